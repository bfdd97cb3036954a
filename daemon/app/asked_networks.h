#pragma once
// AskedNetworks: which addresses were asked and which answered, counted by network (a /24, a /64),
// and then by the policy's segments, for the ledger and for reports. A network that several
// segments share counts for the first of them that has its first address.
//
// Segments that only VLANs or interfaces tell have no addresses to ask: nothing counts for them.
//
// Thread: its owner's. Bounded: kMaxNetworks; what finds no room is counted for no segment.

#include <map>
#include <vector>

#include "discovery/targets.h"
#include "policy/policy.h"
#include "report/coverage.h"

namespace camwarden {

class AskedNetworks {
 public:
  static constexpr std::size_t kMaxNetworks = 65'536;

  void note(const IpAddress& ip, bool answered);
  // `whole` says of all what is the same for each: times, limits, completeness; its questions count
  // where there is one segment alone, for nobody knows whose they were.
  std::vector<Asked> by_segment(const Targets& targets, const std::vector<SegmentRule>& segments,
                                const Asked& whole) const;

 private:
  struct Count {
    std::uint64_t asked = 0, answered = 0;
  };
  std::map<Prefix, Count> networks_;
};

}  // namespace camwarden
