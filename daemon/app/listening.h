#pragma once
// Listening: what workers count from their start, as what each interface delivered since it was
// last asked: the ledger's diet. Counters that went back (another capture file) start anew.
//
// Thread: core (for replay, the main thread).

#include <array>
#include <string>
#include <vector>

#include "app/sight_report.h"
#include "report/coverage.h"

namespace camwarden {

class Listening {
 public:
  Listening(std::uint16_t interface, std::string name)
      : interface_(interface), name_(std::move(name)) {}

  // `all` rings of the interface together, at `now`, after `length` more of listening.
  Listened since_last(const SightReport& all, Time now, Duration length);

 private:
  std::uint16_t interface_;
  std::string name_;
  std::array<std::uint64_t, Sight::kVlans> vlans_{};
  Loss lost_;
};

}  // namespace camwarden
