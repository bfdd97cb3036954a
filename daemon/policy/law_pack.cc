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

LawPack::Entity read_entity(const YamlNode& node, const KnowledgeBase& knowledge) {
  LawPack::Entity entity;
  if (!node.expect_keys({"name", "since", "makers", "mapping"})) return entity;
  entity.name = needed_text(node, "name");
  entity.since = date(node, "since");
  entity.makers = known_makers(node, "makers", knowledge);
  entity.mapping = needed_text(node, "mapping");
  return entity;
}

LawPack read_pack(const YamlNode& root, const std::string& stem, const KnowledgeBase& knowledge) {
  LawPack pack;
  if (!root.expect_keys({"id", "title", "citation", "authority", "jurisdiction", "in_force",
                         "scope", "source", "test", "certainty", "entities"})) {
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
