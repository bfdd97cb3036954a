#pragma once
// Handshakes: are both directions of a conversation mirrored? Told by TCP's SYN and SYN-ACK (RFC
// 9293 section 3.5) alone, so that it costs nothing else: an answer without its question means
// that the clients' direction is missing; questions that nobody ever answers, the servers'. VLANs
// do not matter, for routed conversations answer on another.
//
// Limits: kPlaces handshakes at a time; the newest of a place replaces what was there.
// Thread: its worker.

#include <cstdint>
#include <vector>

#include "packet/packet.h"
#include "packet/sight.h"

namespace camwarden {

class Handshakes {
 public:
  static constexpr std::size_t kPlaces = 4096;

  Handshakes() : places_(kPlaces) {}
  void note(const Packet& packet);  // of TCP, with SYN
  const Sight::Connections& counters() const { return counters_; }

 private:
  enum class State : std::uint8_t { none, opened, answered, both };
  struct Place {
    std::uint64_t key = 0;
    State state = State::none;
  };

  std::vector<Place> places_;  // direct-mapped
  Sight::Connections counters_;
};

}  // namespace camwarden
