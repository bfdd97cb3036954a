#pragma once
// What a sensor sees, told: as words for a log line and as JSON. Both say the same, and nothing
// that is zero is left out where its absence would leave a question.
//
// Thread: core (for replay, the main thread).

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "app/worker.h"
#include "base/json.h"
#include "packet/sight.h"

namespace camwarden {

struct SightReport {
  Sight sight;
  std::uint64_t left_unread = 0;  // on purpose
  std::uint64_t repeated = 0;     // datagrams that were read a moment before
  std::uint64_t lost_interface = 0, lost_ring = 0, lost_queue = 0;
  std::map<std::string_view, std::uint64_t> anomalies;

  static SightReport of(const Worker& worker);
  void add(const SightReport& other);
};

// key=value pairs, separated by blanks: "link=ethernet frames=10 understood=100.0% ...".
std::string to_text(const SightReport& report);
json::object to_json(const SightReport& report);
// "macsec x 3; ether type 0x1234 x 1": what hides something; "" when all was understood.
std::string not_understood(const Sight& sight);

}  // namespace camwarden
