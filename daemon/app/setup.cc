#include "app/setup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "app/terminal.h"
#include "base/text.h"

namespace camwarden {
namespace {

ListedDevice judged(Device device, const Policy& policy, const Registrants& registrants) {
  ListedDevice entry;
  entry.registrant = registrants.of(device.mac);
  if (!device.presences.empty()) {
    if (const auto* segment = policy.segment(device.presences.front()))
      entry.segment = segment->name;
  }
  if (is_video(device.kind)) entry.laws = policy.laws_for(device.maker);
  const auto findings = policy.judge(device, device.last_seen);
  entry.violation = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.exception == nullptr;
  });
  entry.device = std::move(device);
  return entry;
}

bool restricts_somebody(const LawPack& pack) {
  return std::any_of(pack.entities.begin(), pack.entities.end(),
                     [](const LawPack::Entity& entity) { return !entity.makers.empty(); });
}

// Whoever denies by a law that names nobody would take silence for a clean network.
bool restrict_somebody(const Setup& setup, const std::vector<std::string>& packs) {
  bool all = true;
  for (const auto& pack : setup.law_packs) {
    const bool wanted = std::find(packs.begin(), packs.end(), pack.id) != packs.end();
    if (!wanted || restricts_somebody(pack)) continue;
    complain(fmt::format(
        "--deny: law pack \"{}\" means no maker and so denies nothing; see `camwarden lists {}`",
        pack.id, pack.id));
    all = false;
  }
  return all;
}

// The file that `camwarden oui update` wrote, or Debian's.
std::vector<std::string> default_registries() {
  if (access(kUpdatedRegistry, R_OK) == 0) return {kUpdatedRegistry};
  return installed_registries();
}

}  // namespace

bool packs_known(const Setup& setup, const std::vector<std::string>& packs, std::string_view who) {
  std::vector<std::string_view> known;
  for (const auto& pack : setup.law_packs) known.push_back(pack.id);
  bool all = true;
  for (const auto& pack : packs) {
    if (std::find(known.begin(), known.end(), pack) != known.end()) continue;
    complain(fmt::format("{}: there is no law pack \"{}\"; {}", who, printable(pack),
                         suggestion(pack, known)));
    all = false;
  }
  return all;
}

std::optional<Registrants> registrants_of(const Config& config) {
  const bool chosen = !config.oui_registry.empty();
  Diagnostics diagnostics;
  auto registrants = Registrants::load(
      chosen ? std::vector{config.oui_registry} : default_registries(), diagnostics);
  if (registrants) return registrants;
  complain(diagnostics.to_string());
  if (chosen) return std::nullopt;
  complain("warning: without that registry, no registrants of MAC addresses are shown");
  return Registrants();
}

std::shared_ptr<const Setup> setup_or_complain(const std::string& path,
                                               const std::vector<std::string>& interfaces,
                                               const Vocabulary& vocabulary) {
  Diagnostics diagnostics;
  auto setup = load_setup(path, interfaces, vocabulary, diagnostics);
  if (!setup) complain(diagnostics.to_string());
  return setup;
}

Option config_option(std::string& config, const std::string& otherwise) {
  return {.names = "-c,--config",
          .target = &config,
          .help = "Configuration file; without: " + otherwise,
          .type = "FILE"};
}

std::shared_ptr<const Setup> setup_for_reading(std::string config, const std::string& database,
                                               const Vocabulary& vocabulary) {
  if (config.empty() && database.empty() && access(kDefaultConfig, R_OK) == 0)
    config = kDefaultConfig;
  auto setup = setup_or_complain(config, {}, vocabulary);
  if (!setup || database.empty()) return setup;
  auto changed = std::make_shared<Setup>(*setup);
  changed->config.database = database;
  return changed;
}

Option database_option(std::string& database) {
  return {.names = "--database",
          .target = &database,
          .help = "Read this database instead of the configured one",
          .type = "FILE"};
}

std::shared_ptr<const Setup> with_denied_packs(std::shared_ptr<const Setup> setup,
                                               const std::vector<std::string>& packs) {
  if (!packs_known(*setup, packs, "--deny") || !restrict_somebody(*setup, packs)) return nullptr;
  if (packs.empty()) return setup;
  auto changed = std::make_shared<Setup>(*setup);
  DenyRule rule;
  rule.id = "restricted-maker";
  rule.name = "Equipment of a restricted maker";
  rule.law_packs = packs;
  changed->config.policy.rules.push_back(std::move(rule));
  // What is denied is shown, too. (None chosen: all are.)
  auto& counting = changed->config.policy.law_packs;
  for (const auto& pack : packs) {
    const bool counts = std::find(counting.begin(), counting.end(), pack) != counting.end();
    if (!counting.empty() && !counts) counting.push_back(pack);
  }
  return changed;
}

std::vector<std::string> counting_packs(const Setup& setup) {
  const auto& counting = setup.config.policy.law_packs;
  std::vector<std::string> packs;
  for (const auto& pack : setup.law_packs) {
    const bool counts =
        counting.empty() || std::find(counting.begin(), counting.end(), pack.id) != counting.end();
    if (counts && restricts_somebody(pack)) packs.push_back(pack.id);
  }
  return packs;
}

Option deny_option(std::vector<std::string>& deny) {
  return {.names = "--deny",
          .target = &deny,
          .help = "Deny this law pack everywhere, beside the configured rules",
          .type = "PACK"};
}

std::vector<ListedDevice> listed_devices(const Inventory& inventory, const Policy& policy,
                                         const Registrants& registrants, bool everything) {
  std::vector<ListedDevice> devices;
  for (auto& device :
       inventory.devices(everything ? Inventory::Which::all : Inventory::Which::known)) {
    devices.push_back(judged(std::move(device), policy, registrants));
  }
  return devices;
}

bool any_violation(const std::vector<ListedDevice>& devices) {
  return std::any_of(devices.begin(), devices.end(),
                     [](const auto& entry) { return entry.violation; });
}

}  // namespace camwarden
