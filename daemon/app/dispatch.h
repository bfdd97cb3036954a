#pragma once
// Which protocols a datagram is shown to, and what is remembered between packets: of UDP
// conversations, of senders, and of datagrams.
//
// Thread: its worker. The tables are of a fixed size.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "protocols/protocol.h"

namespace camwarden {

// Protocols by UDP port.
class PortTable {
 public:
  PortTable();
  // In the registry's order. Two ports with the same protocols give the same span or equal ones.
  std::span<const Protocol* const> at(std::uint16_t port) const { return lists_[list_of_[port]]; }
  // Those that know their datagrams on any port.
  std::span<const Protocol* const> recognisers() const { return recognisers_; }

 private:
  std::array<std::uint16_t, 65536> list_of_{};          // port -> index into lists_; 0: none
  std::vector<std::vector<const Protocol*>> lists_{1};  // the first is empty
  std::vector<const Protocol*> recognisers_;
};

// IP protocols of which something is read: transports, tunnels, and what a protocol asks for.
std::vector<std::uint8_t> ip_protocols_read();

// UDP conversations by sender, receiver, ports and VLAN: a table of two places for each hash. One
// that was silent for kIdle makes room for another; a newcomer that finds both places busy takes
// the one silent for longer. So a flood costs counts, and neither memory nor facts.
class DatagramFlows {
 public:
  static constexpr std::size_t kFlows = 8192;
  static constexpr Duration kIdle = std::chrono::seconds(30);

  DatagramFlows() : flows_(kFlows) {}
  DatagramFlow note(const Packet& packet);

 private:
  struct Flow {
    std::uint64_t key = 0;
    Time first{}, last{};
    std::uint64_t packets = 0, octets = 0;
    std::array<std::uint32_t, 4> scratch{};
  };
  Flow& find(std::uint64_t key, Time now);

  std::vector<Flow> flows_;
};

// What was seen within the last `for_so_long`, by a keyed hash of it. In front of the novelty
// filter, for what packets repeat. 128 KiB: stays in the second-level cache. Four places for each
// hash; forgetting costs a question to the novelty filter. One in five hundred million that are
// new passes for another's.
class Sightings {
 public:
  static constexpr std::size_t kSightings = 16'384;
  static constexpr std::size_t kWays = 4;

  // In whole seconds.
  explicit Sightings(Duration for_so_long)
      : sightings_(kSightings),
        seconds_(static_cast<std::int32_t>(for_so_long / std::chrono::seconds(1))) {}
  bool recent(std::uint64_t key, Time now) const;
  void note(std::uint64_t key, Time now);

 private:
  struct Sighting {
    std::uint32_t tag = 0;
    std::int32_t until = 0;  // seconds
  };
  static std::uint32_t tag_of(std::uint64_t key) {
    return static_cast<std::uint32_t>(key >> 32) | 1;  // 0 marks an empty place
  }
  static std::int32_t second_of(Time now) {
    return static_cast<std::int32_t>(to_unix_ns(now) / 1'000'000'000);
  }
  static std::size_t place_of(std::uint64_t key) { return key % (kSightings / kWays) * kWays; }

  std::vector<Sighting> sightings_;
  std::int32_t seconds_;
};

}  // namespace camwarden
