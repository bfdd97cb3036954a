#pragma once
// FlowKey: what tells one TCP connection from another: both addresses and ports in an order that
// does not depend on who sent, VLANs, virtual network (VNI) and interface. Packs into six words so
// that comparing and hashing stay cheap.
//
// Thread: any; a value.

#include <array>
#include <cstdint>

#include "packet/packet.h"

namespace camwarden {

struct FlowKey {
  std::array<std::uint64_t, 6> words{};

  bool operator==(const FlowKey& other) const {
    std::uint64_t difference = 0;
    for (std::size_t i = 0; i < words.size(); ++i) difference |= words[i] ^ other.words[i];
    return difference == 0;
  }
  // Keyed, so that a sender who cannot know `seed` cannot choose flows that collide.
  std::uint32_t hash(std::uint64_t seed) const;
};

// `side` becomes 0 or 1: which of the flow's two directions the packet belongs to.
FlowKey flow_key(const Packet& packet, int& side);

}  // namespace camwarden
