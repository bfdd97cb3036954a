#pragma once
// Explain, and read back: what `camwarden match` says of a value, and the devices that a daemon's
// database holds, seen by another process.
//
// Thread: main.

#include <memory>
#include <string>

#include "app/config.h"
#include "base/result.h"
#include "fingerprint/registrants.h"
#include "inventory/inventory.h"
#include "policy/policy.h"

namespace camwarden {

// `term` is FIELD=VALUE; the value may hold \xNN for bytes that a shell cannot pass. The text says
// which fingerprints fire, what they claim, how sure they are, which laws name the maker, and what
// it would take to raise the grade.
Result<std::string> explain(std::string_view term, const Setup& setup, const Registrants& registrants,
                            const Vocabulary& vocabulary);
// The same for programs: one line of JSON, {field, value, mute, matches, device}, and the
// registrant of a MAC. `device` is what
// would be said of something of which this value alone is known.
Result<std::string> explain_json(std::string_view term, const Setup& setup, const Registrants& registrants,
                                 const Vocabulary& vocabulary);

struct ReadDevices {
  std::unique_ptr<Inventory> inventory;
  std::unique_ptr<Policy> policy;
};
Result<ReadDevices> read_devices(std::shared_ptr<const Setup> setup, const Vocabulary& vocabulary);

}  // namespace camwarden
