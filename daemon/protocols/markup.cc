#include "protocols/markup.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace camwarden {
namespace {

struct Entity {
  std::string_view name;
  char character;
};
constexpr std::array<Entity, 6> kEntities{{{"&amp;", '&'},
                                           {"&lt;", '<'},
                                           {"&gt;", '>'},
                                           {"&quot;", '"'},
                                           {"&apos;", '\''},
                                           {"&#39;", '\''}}};

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::string decode_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto* entity = std::find_if(kEntities.begin(), kEntities.end(), [&](const Entity& one) {
      return text.starts_with(one.name);
    });
    out += entity == kEntities.end() ? text[0] : entity->character;
    text.remove_prefix(entity == kEntities.end() ? 1 : entity->name.size());
  }
  return out;
}

std::string collapse_blanks(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    if (!blank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::optional<TagScanner::Tag> TagScanner::next() {
  for (;;) {
    const auto open = left_.find('<');
    if (open == std::string_view::npos) return std::nullopt;
    left_.remove_prefix(open + 1);
    const bool comment = left_.starts_with("!--");
    const auto close = left_.find(comment ? "-->" : ">");
    if (close == std::string_view::npos) return std::nullopt;
    auto tag = left_.substr(0, close);
    left_.remove_prefix(close + (comment ? 3 : 1));
    // An unescaped '<' in a text opens nothing: the last one before the '>' does.
    if (!comment && tag.rfind('<') != std::string_view::npos) tag.remove_prefix(tag.rfind('<') + 1);
    if (tag.empty() || tag[0] == '!' || tag[0] == '?') continue;
    return Tag{tag.substr(0, tag.find_first_of(" \t\r\n/", 1)), left_.substr(0, left_.find('<'))};
  }
}

}  // namespace camwarden
