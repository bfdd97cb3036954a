#include "app/dispatch.h"

#include <algorithm>

#include "packet/tunnel.h"

namespace camwarden {
namespace {

std::uint64_t conversation(const Packet& packet) {
  const std::uint64_t ports =
      std::uint64_t{packet.src_port} << 32 | std::uint64_t{packet.dst_port} << 16 | packet.vlan;
  const auto src = keyed_hash(packet.src.octets.data(), packet.src.octets.size(), ports);
  return keyed_hash(packet.dst.octets.data(), packet.dst.octets.size(), src) |
         1;  // 0: an empty place
}

}  // namespace

PortTable::PortTable() {
  std::vector<std::vector<const Protocol*>> by_port(65536);
  for (const auto* protocol : protocols()) {
    for (const auto port : protocol->udp_ports) by_port[port].push_back(protocol);
    if (protocol->recognise_datagram != nullptr) recognisers_.push_back(protocol);
  }
  for (std::size_t port = 0; port < by_port.size(); ++port) {
    if (by_port[port].empty()) continue;
    const auto same = std::find(lists_.begin(), lists_.end(), by_port[port]);
    list_of_[port] = static_cast<std::uint16_t>(same - lists_.begin());
    if (same == lists_.end()) lists_.push_back(std::move(by_port[port]));
  }
}

std::vector<std::uint8_t> ip_protocols_read() {
  std::vector<std::uint8_t> numbers{6, 17};  // TCP, UDP (IANA's protocol numbers)
  // Also those tunnels that are only counted, for what was left in the kernel has no name; but ESP
  // and AH, of which nothing can be read, may be all that there is on a link: samples name them.
  constexpr std::uint8_t kEsp = 50, kAh = 51;
  for (const auto number : tunnel_protocols()) {
    if (number != kEsp && number != kAh) numbers.push_back(number);
  }
  for (const auto* protocol : protocols()) {
    if (protocol->ip_protocol != 0) numbers.push_back(protocol->ip_protocol);
  }
  return numbers;
}

DatagramFlow DatagramFlows::note(const Packet& packet) {
  auto& flow = find(conversation(packet), packet.time);
  if (flow.packets == 0) flow.first = packet.time;
  flow.last = packet.time;
  ++flow.packets;
  flow.octets += packet.payload.size();
  return {packet, flow.first, flow.packets, flow.octets, flow.scratch};
}

DatagramFlows::Flow& DatagramFlows::find(std::uint64_t key, Time now) {
  auto* first = &flows_[(key >> 16) % (kFlows / 2) * 2];
  for (auto* flow = first; flow != first + 2; ++flow) {
    if (flow->key == key && now - flow->last < kIdle) return *flow;
  }
  auto* oldest = first->last <= first[1].last ? first : first + 1;
  *oldest = Flow{.key = key};
  return *oldest;
}

bool Sightings::recent(std::uint64_t key, Time now) const {
  const auto tag = tag_of(key);
  const auto second = second_of(now);
  const auto* first = &sightings_[place_of(key)];
  // A clock that steps back makes old sightings news again.
  return std::any_of(first, first + kWays, [&](const Sighting& one) {
    return one.tag == tag && second < one.until && second > one.until - 2 * seconds_;
  });
}

void Sightings::note(std::uint64_t key, Time now) {
  auto* first = &sightings_[place_of(key)];
  auto* place = std::min_element(
      first, first + kWays,
      [](const Sighting& one, const Sighting& other) { return one.until < other.until; });
  *place = {tag_of(key), second_of(now) + seconds_};
}

}  // namespace camwarden
