#pragma once
// Setup for commands: the configuration and knowledge that a command works with, with all errors
// told; and the devices of an inventory as that policy judges them, for a listing.
//
// Thread: main.

#include <memory>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/config.h"
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

// With a rule more: what `packs` name is denied, everywhere. Complains of packs that do not exist.
std::shared_ptr<const Setup> with_denied_packs(std::shared_ptr<const Setup> setup,
                                               const std::vector<std::string>& packs);
std::vector<std::string> all_packs(const Setup& setup);
Option deny_option(std::vector<std::string>& deny);

// `everything`: hosts too that nobody has named. There are thousands behind a core's SPAN port.
std::vector<ListedDevice> listed_devices(const Inventory& inventory, const Policy& policy,
                                         bool everything);
bool any_violation(const std::vector<ListedDevice>& devices);

}  // namespace camwarden
