#include "protocols/body_values.h"

#include <algorithm>

#include "base/text.h"
#include "protocols/markup.h"
#include "protocols/text_message.h"

namespace camwarden {
namespace {

constexpr int kMaxTags = 1000;
constexpr int kMaxLines = 500;

// The first tag of that local name; of any when `name` is "".
std::optional<TagScanner::Tag> find_tag(std::string_view document, std::string_view name) {
  TagScanner scanner(document);
  for (int i = 0; i < kMaxTags; ++i) {
    const auto tag = scanner.next();
    if (!tag || name.empty() || local_name(tag->name) == name) return tag;
  }
  return std::nullopt;
}

std::size_t offset_in(std::string_view document, std::string_view part) {
  return static_cast<std::size_t>(part.data() - document.data());
}

std::string_view without_quotes(std::string_view value) {
  value = trim(value);
  if (value.ends_with(';')) value = trim(value.substr(0, value.size() - 1));
  const bool quoted =
      value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

std::string_view local_name(std::string_view tag_name) {
  const auto prefix = tag_name.starts_with('/') ? 0 : tag_name.find(':');
  return prefix == std::string_view::npos || prefix == 0 ? tag_name : tag_name.substr(prefix + 1);
}

std::string_view root_element(std::string_view document) {
  const auto tag = find_tag(document, {});
  return tag ? local_name(tag->name) : std::string_view();
}

std::string_view from_element(std::string_view document, std::string_view name) {
  const auto tag = find_tag(document, name);
  return tag ? document.substr(offset_in(document, tag->name) - 1) : std::string_view();
}

std::string_view within_element(std::string_view document, std::string_view name) {
  const auto element = from_element(document, name);
  TagScanner scanner(element);
  for (int i = 0; i < kMaxTags; ++i) {
    const auto tag = scanner.next();
    if (!tag) break;
    const bool end = tag->name.starts_with('/') && local_name(tag->name.substr(1)) == name;
    if (end) return element.substr(0, offset_in(element, tag->name));
  }
  return element;
}

std::string element_text(std::string_view document, std::string_view name) {
  const auto tag = find_tag(document, name);
  return tag ? decode_entities(trim(tag->after)) : std::string();
}

std::string_view value_of(std::string_view lines, std::string_view key) {
  std::string_view line;
  for (int i = 0; i < kMaxLines && !lines.empty(); ++i) {
    if (!take_line(lines, line)) {
      line = lines;
      lines = {};
    }
    line = trim(line);
    if (line.starts_with("var ")) line.remove_prefix(4);
    if (!line.starts_with(key) || line.size() <= key.size()) continue;
    const auto rest = trim(line.substr(key.size()));
    if (rest.starts_with('=')) return without_quotes(rest.substr(1));
  }
  return {};
}

}  // namespace camwarden
