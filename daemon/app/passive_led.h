#pragma once
// PassiveLed: which of the devices that listening found are worth a question: video devices, or
// what may be one, whose maker is established less well than the rules want. Each once, and with
// whom the evidence suspects: other makers' questions could raise nothing.
//
// Thread: core. Bounded: kMostRemembered devices; then all may be asked again.

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/active_options.h"
#include "discovery/probe.h"
#include "inventory/device.h"
#include "policy/policy.h"

namespace camwarden {

struct Doubt {
  std::string id;  // of the device
  IpAddress ip;
  Suspects suspects;  // whom any of the evidence names; of nobody, everything is to be asked
};

class PassiveLed {
 public:
  static constexpr std::size_t kMostRemembered = 100'000;
  // Newly worth asking: where each is now, at its newest address of those that may be asked. At
  // most `room`; the others another time.
  std::vector<Doubt> choose(const std::vector<Device>& devices, const PolicyOptions& policy,
                            const ActiveOptions& active, std::size_t room = SIZE_MAX);
  // It was not asked after all, and is to be chosen again.
  void forget(const Doubt& doubt) { asked_.erase(doubt.id); }

 private:
  std::unordered_set<std::string> asked_;  // ids
};

// What the rules want at least, of those that want most.
Grade wanted_grade(const PolicyOptions& policy);

}  // namespace camwarden
