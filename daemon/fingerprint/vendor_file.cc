#include "fingerprint/vendor_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace camwarden {
namespace {

Mention mention(const YamlNode& node) { return {node.text().value_or(""), node.place()}; }

std::vector<Mention> mentions(const YamlNode& map, std::string_view key) {
  std::vector<Mention> all;
  const auto node = map.get(key);
  if (!node) return all;
  if (node->is_scalar()) return {mention(*node)};
  for (const auto& item : node->list()) all.push_back(mention(item));
  return all;
}

bool country_code(std::string_view text) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 2 && std::all_of(text.begin(), text.end(), upper);
}

void read_maker(const YamlNode& node, std::vector<MakerEntry>& makers) {
  if (!node.expect_keys({"name", "legal_name", "country", "parent", "aliases", "source"})) return;
  MakerEntry entry;
  entry.place = node.place();
  entry.maker.name = required_text(node, "name");
  entry.maker.legal_name = required_text(node, "legal_name");
  entry.maker.country = required_text(node, "country");
  if (!country_code(entry.maker.country)) {
    node.get("country").value_or(node).error(
        "expected two capital letters of ISO 3166-1, as \"CN\"");
  }
  if (const auto parent = node.get("parent")) {
    entry.maker.parent = parent->text().value_or("");
    entry.parent_place = parent->place();
  }
  if (const auto aliases = node.get("aliases")) entry.maker.aliases = aliases->texts();
  required_text(node, "source");
  if (!entry.maker.name.empty()) makers.push_back(std::move(entry));
}

void read_brand(const YamlNode& node, std::vector<BrandEntry>& brands) {
  if (!node.expect_keys({"name", "makers", "shows", "source"})) return;
  BrandEntry entry;
  entry.place = node.place();
  entry.brand.name = required_text(node, "name");
  entry.brand.shows = required_text(node, "shows");
  required_text(node, "source");
  entry.makers = mentions(node, "makers");
  for (const auto& maker : entry.makers) entry.brand.makers.push_back(maker.name);
  if (!entry.brand.name.empty()) brands.push_back(std::move(entry));
}

void read_prefix(std::string_view text, const YamlNode& node, OuiGroup& group) {
  const auto oui = Oui::parse(text);
  if (!oui) {
    node.error(
        fmt::format("\"{}\" is no prefix of 24, 28 or 36 bits; expected as 44:19:B6, "
                    "08:ED:02:A or 70:B3:D5:12:3",
                    printable(text)));
  } else if (!oui->registrable()) {
    node.error(fmt::format("{} is a local or multicast address, which is never matched", text));
  } else {
    group.prefixes.emplace_back(*oui, node.place());
  }
}

// A line of prefixes, with blanks between: some registrants have two thousand.
void read_prefixes(const YamlNode& line, OuiGroup& group) {
  const auto text = line.text().value_or("");
  for (const auto prefix : split(text, ' ')) {
    if (!prefix.empty()) read_prefix(prefix, line, group);
  }
}

// The group names a brand, a maker, or both; or else it is the file's maker.
bool read_registrant(const YamlNode& node, const std::vector<MakerEntry>& makers, OuiGroup& group) {
  if (const auto brand = node.get("brand")) group.brand = mention(*brand);
  if (const auto maker = node.get("maker")) group.maker = mention(*maker);
  if (!group.registrant().empty()) return true;
  if (makers.empty()) {
    node.error("has no owner; add \"brand\", or \"maker\", or give the file a maker");
    return false;
  }
  group.maker = {makers.back().maker.name, node.place()};
  return true;
}

void read_oui_group(const YamlNode& node, const std::vector<MakerEntry>& makers,
                    std::vector<OuiGroup>& groups) {
  if (!node.expect_keys({"maker", "brand", "only_video", "source", "prefixes"})) return;
  OuiGroup group;
  group.source = required_text(node, "source");
  if (const auto only = node.require("only_video"))
    group.only_video = only->boolean().value_or(false);
  if (const auto prefixes = node.require("prefixes")) {
    for (const auto& line : prefixes->list()) read_prefixes(line, group);
  }
  if (read_registrant(node, makers, group)) groups.push_back(std::move(group));
}

// A list of maps, or one map.
std::vector<YamlNode> items(const YamlNode& map, std::string_view key) {
  const auto node = map.get(key);
  if (!node) return {};
  return node->is_map() ? std::vector{*node} : node->list();
}

template <typename Entry>
void move_behind(std::vector<Entry>& more, std::vector<Entry>& all) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

std::string required_text(const YamlNode& map, std::string_view key) {
  const auto node = map.require(key);
  if (!node) return "";
  auto text = node->text().value_or("");
  if (node->is_scalar() && trim(text).empty()) node->error("is empty");
  return text;
}

std::string optional_text(const YamlNode& map, std::string_view key) {
  const auto node = map.get(key);
  return node ? node->text().value_or("") : "";
}

void read_vendor_file(const YamlNode& root, const Vocabulary& vocabulary, VendorFile& files) {
  if (!root.expect_keys({"maker", "ouis", "brands", "fingerprints", "mute"})) return;
  std::vector<MakerEntry> makers;
  if (const auto maker = root.get("maker")) read_maker(*maker, makers);
  for (const auto& group : items(root, "ouis")) read_oui_group(group, makers, files.ouis);
  for (const auto& brand : items(root, "brands")) read_brand(brand, files.brands);
  if (const auto rules = root.get("fingerprints")) read_rules(*rules, vocabulary, files.rules);
  if (const auto mutes = root.get("mute")) read_mutes(*mutes, vocabulary, files.mutes);
  move_behind(makers, files.makers);
}

void append(VendorFile more, VendorFile& files) {
  move_behind(more.makers, files.makers);
  move_behind(more.brands, files.brands);
  move_behind(more.ouis, files.ouis);
  move_behind(more.rules, files.rules);
  move_behind(more.mutes, files.mutes);
}

}  // namespace camwarden
