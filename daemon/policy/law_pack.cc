// Law packs: fingerprints/restricted/*.yml, in the format of the README beside them.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/digest.h"
#include "base/text.h"
#include "policy/policy.h"
#include "policy/reading.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxPacks = 256;

std::vector<std::filesystem::path> pack_files(const std::string& directory,
                                              Diagnostics& diagnostics) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  std::filesystem::directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".yml") files.push_back(entry->path());
  }
  if (error) diagnostics.error({directory}, fmt::format("cannot read: {}", error.message()));
  if (files.size() > kMaxPacks) {
    diagnostics.error({directory}, fmt::format("holds more than {} law packs", kMaxPacks));
    files.clear();
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string date(const YamlNode& node, std::string_view key) {
  auto text = text_or_empty(node, key);
  if (!text.empty() && (text.size() != 10 || !parse_rfc3339(text))) {
    node.get(key)->error("expected a date such as 2018-08-13");
  }
  return text;
}

std::string certainty(const YamlNode& node) {
  auto text = needed_text(node, "certainty");
  if (text.empty()) return text;
  const auto grade = text.substr(0, text.find_first_of(" ,;:."));
  if (grade != "high" && grade != "medium" && grade != "low") {
    node.get("certainty")->error("must begin with high, medium or low; then what is uncertain");
  }
  return text;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Every maker of the country but those left out: a law that goes by origin or by whose law a
// company is subject to means also the makers that the knowledge base learns of later.
void add_makers_of(const YamlNode& country, const std::vector<std::string>& left_out,
                   const KnowledgeBase& knowledge, std::vector<std::string>& makers) {
  const auto code = country.text();
  bool any = false;
  for (const auto& maker : knowledge.makers()) {
    if (!code || maker.country != *code) continue;
    any = true;
    if (!contains(left_out, maker.name) && !contains(makers, maker.name))
      makers.push_back(maker.name);
  }
  if (code && !any) {
    country.error(
        fmt::format("no maker is of country \"{}\"; expected two capital letters of ISO "
                    "3166-1 that a vendor file gives",
                    printable(*code)));
  }
}

LawPack::Entity read_entity(const YamlNode& node, const KnowledgeBase& knowledge) {
  LawPack::Entity entity;
  if (!node.expect_keys(
          {"name", "since", "citation", "makers", "countries", "except", "mapping"})) {
    return entity;
  }
  entity.name = needed_text(node, "name");
  entity.since = date(node, "since");
  entity.citation = text_or_empty(node, "citation");
  entity.makers = known_makers(node, "makers", knowledge);
  entity.left_out = known_makers(node, "except", knowledge);
  for (const auto& country : optional_list(node, "countries")) {
    add_makers_of(country, entity.left_out, knowledge, entity.makers);
  }
  if (const auto left_out = node.get("except"); left_out && !node.get("countries")) {
    left_out->error("only makers of \"countries\" can be left out; there are none");
  }
  entity.mapping = needed_text(node, "mapping");
  return entity;
}

// In the order in which they happened, so that the last is how things stand.
std::vector<LawPack::Change> read_changes(const YamlNode& root) {
  std::vector<LawPack::Change> changes;
  for (const auto& item : optional_list(root, "changes")) {
    LawPack::Change change;
    if (!item.expect_keys({"date", "what"})) continue;
    if (item.require("date")) change.date = date(item, "date");
    change.what = needed_text(item, "what");
    if (!changes.empty() && change.date < changes.back().date) {
      item.error("stands after a later change; write them in order of date");
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

LawPack read_pack(const YamlNode& root, const std::string& stem, const KnowledgeBase& knowledge) {
  LawPack pack;
  if (!root.expect_keys({"id", "title", "citation", "authority", "jurisdiction", "in_force",
                         "scope", "source", "test", "certainty", "changes", "entities"})) {
    return pack;
  }
  pack.id = needed_text(root, "id");
  if (pack.id != stem) {
    root.error(
        fmt::format("id \"{}\" must be the name of the file, \"{}\"", printable(pack.id), stem));
  }
  pack.title = needed_text(root, "title");
  pack.citation = needed_text(root, "citation");
  pack.authority = needed_text(root, "authority");
  pack.jurisdiction = needed_text(root, "jurisdiction");
  if (root.require("in_force")) pack.in_force = date(root, "in_force");
  pack.scope = needed_text(root, "scope");
  pack.source = needed_text(root, "source");
  pack.test = text_or_empty(root, "test");
  pack.certainty = certainty(root);
  pack.changes = read_changes(root);
  if (root.require("entities")) {
    for (const auto& item : optional_list(root, "entities")) {
      pack.entities.push_back(read_entity(item, knowledge));
    }
  }
  return pack;
}

std::string octets_of(const std::filesystem::path& file) {
  std::ostringstream octets;
  octets << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(octets).str();
}

}  // namespace

std::vector<LawPack> load_law_packs(const std::string& directory, const KnowledgeBase& knowledge,
                                    Diagnostics& diagnostics) {
  std::vector<LawPack> packs;
  for (const auto& file : pack_files(directory, diagnostics)) {
    const auto root = YamlNode::load_file(file.string(), diagnostics);
    if (!root) continue;
    packs.push_back(read_pack(*root, file.stem().string(), knowledge));
    packs.back().sha256 = sha256_hex(octets_of(file));
  }
  return packs;
}

}  // namespace camwarden
