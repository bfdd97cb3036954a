#pragma once
// Setup for commands: the configuration and knowledge that a command works with, with all errors
// told; and the devices of an inventory as that policy judges them, for a listing.
//
// Thread: main.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "app/config.h"
#include "fingerprint/registrants.h"
#include "inventory/inventory.h"
#include "policy/policy.h"
#include "report/listing.h"

namespace camwarden {

// Commands that may do without a configuration take the installed one only when it is asked for, so
// that what they print depends on their arguments alone: an empty path is all defaults.
std::shared_ptr<const Setup> setup_or_complain(const std::string& path,
                                               const std::vector<std::string>& interfaces,
                                               const Vocabulary& vocabulary);
Option config_option(std::string& config, const std::string& otherwise);

// For what a daemon wrote: the given database, the configuration's, or the installed
// configuration's.
std::shared_ptr<const Setup> setup_for_reading(std::string config, const std::string& database,
                                               const Vocabulary& vocabulary);

Option database_option(std::string& database);

// Complains of those that do not exist, in the name of `who`.
bool packs_known(const Setup& setup, const std::vector<std::string>& packs, std::string_view who);

// With a rule more: what `packs` name is denied, everywhere. Complains of packs that do not exist
// or mean nobody.
std::shared_ptr<const Setup> with_denied_packs(std::shared_ptr<const Setup> setup,
                                               const std::vector<std::string>& packs);
// Those that count where no rule names one, and mean anybody.
std::vector<std::string> counting_packs(const Setup& setup);
Option deny_option(std::vector<std::string>& deny);

// Where `camwarden oui update` keeps the registry of MAC address blocks.
inline constexpr const char* kUpdatedRegistry = "/var/lib/camwarden/oui.csv";
// The registry that the configuration names, or else the one that is there; empty where none is.
// Nothing after complaining of one that was chosen and cannot be read.
std::optional<Registrants> registrants_of(const Config& config);

// `everything`: hosts too that nobody has named. There are thousands behind a core's SPAN port.
std::vector<ListedDevice> listed_devices(const Inventory& inventory, const Policy& policy,
                                         const Registrants& registrants, bool everything);
bool any_violation(const std::vector<ListedDevice>& devices);

}  // namespace camwarden
