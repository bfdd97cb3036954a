#include "policy/reading.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kMostShown = 16;

std::string one_of(const std::vector<std::string>& known) {
  if (known.empty()) return "none is defined";
  const std::vector<std::string> shown(known.begin(),
                                       known.begin() + std::min(known.size(), kMostShown));
  return fmt::format("one of: {}{}", fmt::join(shown, ", "),
                     shown.size() < known.size() ? ", ..." : "");
}

std::vector<std::string> maker_names(const KnowledgeBase& knowledge) {
  std::vector<std::string> names;
  for (const auto& maker : knowledge.makers()) names.push_back(maker.name);
  return names;
}

}  // namespace

std::string unknown_name(std::string_view what, std::string_view word,
                         std::vector<std::string> known) {
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const auto guess = nearest(word, candidates);
  const auto hint = guess.empty() ? one_of(known) : fmt::format("did you mean \"{}\"?", guess);
  return fmt::format("unknown {} \"{}\"; {}", what, printable(word), hint);
}

std::string needed_text(const YamlNode& node, std::string_view key) {
  const auto value = node.require(key);
  if (!value) return "";
  const auto text = value->text();
  if (text && trim(*text).empty()) value->error(fmt::format("\"{}\" must not be empty", key));
  return text.value_or("");
}

std::string text_or_empty(const YamlNode& node, std::string_view key) {
  const auto value = node.get(key);
  return value ? value->text().value_or("") : "";
}

std::vector<YamlNode> optional_list(const YamlNode& node, std::string_view key) {
  const auto value = node.get(key);
  if (!value) return {};
  auto items = value->list();
  if (value->is_list() && items.empty()) {
    value->error(fmt::format("\"{}\" is empty; leave it out to mean no restriction", key));
  }
  return items;
}

std::vector<std::string> known_names(const YamlNode& node, std::string_view key,
                                     std::string_view what, const std::vector<std::string>& known) {
  std::vector<std::string> names;
  for (const auto& item : optional_list(node, key)) {
    auto name = item.text();
    if (!name) continue;
    if (std::find(known.begin(), known.end(), *name) == known.end()) {
      item.error(unknown_name(what, *name, known));
    } else {
      names.push_back(std::move(*name));
    }
  }
  return names;
}

std::vector<std::string> known_makers(const YamlNode& node, std::string_view key,
                                      const KnowledgeBase& knowledge) {
  std::vector<std::string> makers;
  for (const auto& item : optional_list(node, key)) {
    const auto name = item.text();
    if (!name) continue;
    if (const auto* maker = knowledge.maker(*name)) {
      makers.push_back(maker->name);
    } else {
      item.error(unknown_name("maker", *name, maker_names(knowledge)));
    }
  }
  return makers;
}

}  // namespace camwarden
