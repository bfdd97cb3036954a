#pragma once
// Copies: a mirror often shows one packet twice: where it comes in and where it goes out, once per
// VLAN, before and after a router. A copy tells nothing new, unless it was caught nearer to the
// sender: with a higher TTL, or with a VLAN tag where the first had none or another.
//
// Two packets are the same when addresses, ports, IPv4 identification, UDP checksum, length and
// what they carry (of media its ends) are, within kWindow of packet time; TTL, MACs and VLANs may
// differ. What a host sends again has another identification or comes later. Copies of TCP segments
// fall out in reassembly, so of those only SYNs are looked up, to be counted: a sample, that costs
// bulk traffic nothing.
//
// Limits: kPlaces packets; the newest of a place replaces what was there, and a copy that comes
// after so many others is taken for new.
// Thread: its worker.

#include <cstdint>
#include <vector>

#include "packet/packet.h"
#include "packet/sight.h"

namespace camwarden {

class Copies {
 public:
  static constexpr std::size_t kPlaces = 2048;  // 64 KiB: stays in the second-level cache
  static constexpr Duration kWindow = std::chrono::milliseconds(50);

  Copies();
  // True for a copy that tells no more of its sender than what was seen before. `whole`: compare
  // all octets of a datagram, because somebody reads it: or one made alike at its ends would hide
  // it.
  bool seen(const Packet& packet, bool whole = true);
  const Sight::Copies& counters() const { return counters_; }

 private:
  struct Place {
    std::uint64_t key = 0;
    std::int64_t time_ns = 0;
    std::uint64_t mac = 0;
    std::uint16_t vlan = 0;
    std::uint8_t ttl = 0;
  };

  std::uint64_t seed_;
  std::vector<Place> places_;  // direct-mapped
  Sight::Copies counters_;
};

}  // namespace camwarden
