#include "app/evaluation/labels.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace camwarden {
namespace {

// One house under several names, and labels that name a chip or a distributor instead of a maker.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSameHouse{
    {{"hisilicon", "tvt"},
     {"netwave", "foscam"},
     {"steinsvik", "truen"},
     {"panasonic", "i-pro"},
     {"samsung", "hanwha vision"},
     {"hanwha", "hanwha vision"},
     {"indiapsn", "panasonic india"}}};

// Lower case, words apart by one blank: "TP-LINK" is "tp link".
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : to_lower(name)) {
    const bool blank = c == ' ' || c == '-' || c == '_';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return std::string(trim(out));
}

std::string squeezed(std::string_view name) {
  auto out = to_lower(name);
  std::erase_if(out, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
  return out;
}

void add_words(std::string_view text, std::vector<std::string>& words) {
  for (const auto part : split(text, '/')) {
    for (const auto word : split(part, ',')) {
      if (!trim(word).empty()) words.emplace_back(trim(word));
    }
  }
}

// "Blink (Amazon/Immedia)" is Blink, or Amazon, or Immedia.
std::vector<std::string> spellings(std::string_view label) {
  std::vector<std::string> words;
  std::string outside;
  while (!label.empty()) {
    const auto open = std::min(label.find('('), label.size());
    outside += label.substr(0, open);
    const auto close = std::min(label.find(')', open), label.size());
    if (open < label.size()) add_words(label.substr(open + 1, close - open - 1), words);
    label.remove_prefix(std::min(close + 1, label.size()));
  }
  if (!trim(outside).empty()) words.emplace(words.begin(), trim(outside));
  const auto given = words;
  for (const auto& word : given) {
    for (const auto& [name, other] : kSameHouse) {
      if (plain(word) == name) words.emplace_back(other);
    }
  }
  return words;
}

bool akin(std::string_view one, std::string_view other) {
  const auto a = squeezed(one), b = squeezed(other);
  return !a.empty() && !b.empty() && (a.starts_with(b) || b.starts_with(a));
}

bool akin_to_any(const std::vector<std::string>& names, std::string_view said) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return akin(name, said); });
}

}  // namespace

std::string_view to_string(Judgement verdict) {
  switch (verdict) {
    case Judgement::unjudged:
      return "unjudged";
    case Judgement::right:
      return "right";
    case Judgement::wrong:
      return "wrong";
    case Judgement::silent:
      return "silent";
  }
  return "";
}

Labels::Labels(const KnowledgeBase& knowledge) : knowledge_(knowledge) {
  for (const auto& maker : knowledge.makers()) {
    makers_.emplace(plain(maker.name), &maker);
    for (const auto& alias : maker.aliases) makers_.emplace(plain(alias), &maker);
  }
  for (const auto& brand : knowledge.brands()) brands_.emplace(plain(brand.name), &brand);
}

Labels::Meant Labels::meaning(std::string_view label) const {
  Meant meant;
  for (const auto& name : spellings(label)) {
    if (const auto at = makers_.find(plain(name)); at != makers_.end()) {
      meant.maker = true;
      meant.makers.insert(at->second->name);
    }
    if (const auto at = brands_.find(plain(name)); at != brands_.end()) {
      meant.brand = true;
      meant.makers.insert(at->second->makers.begin(), at->second->makers.end());
    }
  }
  return meant;
}

Judgement Labels::maker(std::string_view label, const Device& device) const {
  if (trim(label).empty()) return Judgement::unjudged;
  if (device.maker.empty()) return Judgement::silent;
  const auto names = spellings(label);
  if (meaning(label).makers.contains(device.maker) || akin_to_any(names, device.maker)) {
    return Judgement::right;
  }
  // A brand of whose makers the label says nothing.
  return akin_to_any(names, device.brand) ? Judgement::right : Judgement::wrong;
}

Judgement Labels::brand(std::string_view label, const Device& device) const {
  if (trim(label).empty()) return Judgement::unjudged;
  const bool said = !device.brand.empty();
  if (said && akin_to_any(spellings(label), device.brand)) return Judgement::right;
  const auto meant = meaning(label);
  if (meant.brand) return said ? Judgement::wrong : Judgement::silent;
  if (!said) return Judgement::unjudged;
  const auto* brand = knowledge_.brand(device.brand);
  const bool his = meant.maker && brand &&
                   std::any_of(brand->makers.begin(), brand->makers.end(),
                               [&](const auto& maker) { return meant.makers.contains(maker); });
  return his ? Judgement::right : Judgement::wrong;
}

Judgement Labels::model(std::string_view product, const Device& device) {
  const auto said = squeezed(device.model), meant = squeezed(product);
  if (meant.empty()) return Judgement::unjudged;
  if (said.empty()) return Judgement::silent;
  const bool same = said.find(meant) != said.npos || meant.find(said) != meant.npos;
  return same ? Judgement::right : Judgement::wrong;
}

}  // namespace camwarden
