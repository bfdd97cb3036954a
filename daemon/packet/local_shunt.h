#pragma once
// LocalShunt: what shunt.h has the kernel do, done here: for captures in files, and where the
// kernel refuses the filter. A frame costs a look at its headers and at one table, and is not
// decoded.
//
// Drops exactly what shunt.bpf.c drops, but by packet time: frames of a direction that was read to
// its end, and bare acknowledgements of such, but for one in SHUNT_SAMPLE_NS; never a connection's
// beginning or end, a fragment, or what is not understood. (IP protocols that nobody reads are left
// to the decoder: in a file they cost next to nothing.)
//
// A table of fixed size, four places for each hash, of which a newcomer takes the one that was
// quiet for longest: forgetting costs nothing but frames that are looked at again. Compared by the
// whole key, so that nobody's frames can be made to look like another's.
// Thread: its worker.

#include <cstdint>
#include <vector>

#include "packet/packet.h"

namespace camwarden {

class LocalShunt {
 public:
  struct Counters {
    std::uint64_t packets = 0, octets = 0;  // dropped
  };

  explicit LocalShunt(std::size_t max_directions);

  void add(const Packet& packet);
  void remove(const Packet& packet);
  // Of a frame with an Ethernet header; counted when it is.
  bool drops(const Frame& frame);
  const Counters& counters() const { return counters_; }

 private:
  // Addresses, ports, VLAN, protocol and IP version; all 0 is nobody's.
  struct Direction {
    std::uint64_t src[2] = {}, dst[2] = {};
    std::uint32_t ports = 0;  // the sender's above the receiver's
    std::uint16_t vlan = 0;   // outermost; 0: none
    std::uint8_t protocol = 0, version = 0;
    bool operator==(const Direction&) const = default;
    Direction reversed() const;
  };
  struct alignas(64) Place {
    Direction direction;
    std::int64_t passed_ns = 0,
                 answered_ns = 0;  // newest frame, and acknowledgement of it, that passed
  };
  struct Headers;

  static constexpr std::size_t kWays = 4;
  static Direction direction_of(const Packet& packet);
  Place* places_of(const Direction& direction);
  Place* find(const Direction& direction);
  bool drop_but_sample(const Frame& frame, std::int64_t& passed_ns);

  std::uint64_t seed_;
  std::vector<Place> places_;
  std::size_t mask_;
  std::size_t entered_ = 0;
  Counters counters_;
};

}  // namespace camwarden
