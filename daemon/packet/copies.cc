#include "packet/copies.h"

#include <algorithm>
#include <cstring>

#include "base/random.h"

namespace camwarden {
namespace {

constexpr std::uint16_t kArp = 0x0806;

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 32;
}

std::uint64_t word_of(Bytes bytes) {
  std::uint64_t word = 0;
  if (bytes.empty()) return word;
  std::memcpy(&word, bytes.data(), std::min(bytes.size(), sizeof word));
  return word;
}

std::uint64_t mix_address(std::uint64_t hash, const IpAddress& ip) {
  if (ip.is_v4()) return mix(hash, word_of(Bytes(ip.octets).first(4)));
  hash = mix(hash, word_of(Bytes(ip.octets).first(8)));
  return mix(hash, word_of(Bytes(ip.octets).last(8)));
}

// The first 16 octets and the last 8, beside a checksum over all of them: of several datagrams at
// once (SSDP's notifications) these can be alike, and the identification 0; where the sender itself
// captures, the checksum is not made yet.
std::uint64_t mix_ends(std::uint64_t hash, Bytes bytes) {
  hash = mix(hash, word_of(bytes));
  if (bytes.size() <= 8) return hash;
  hash = mix(hash, word_of(bytes.subspan(8)));
  return mix(hash, word_of(bytes.last(8)));
}

// A tag takes the place of padding, so that the length says nothing of an ARP message.
std::uint64_t key_of_frame(const Packet& packet, std::uint64_t seed) {
  const bool arp = packet.ether_type == kArp;
  const Bytes all = packet.link_payload;
  const Bytes bytes = arp ? all.first(std::min<std::size_t>(all.size(), 28)) : all;
  std::uint64_t key = mix(seed ^ packet.src_mac.number(), packet.dst_mac.number());
  key = mix(key, packet.ether_type);
  return hash_bytes(bytes.data(), bytes.size(), key);
}

std::uint64_t key_of_packet(const Packet& packet, bool whole, std::uint64_t seed) {
  const std::uint64_t numbers = std::uint64_t{packet.ip_id} << 48 |
                                std::uint64_t{packet.src_port} << 32 |
                                std::uint64_t{packet.dst_port} << 16 | packet.ip_protocol;
  std::uint64_t key =
      mix(seed ^ numbers, std::uint64_t{packet.payload.size()} << 16 | packet.udp_checksum);
  key = mix_address(mix_address(key, packet.src), packet.dst);
  if (packet.transport == Transport::tcp) return mix(key, packet.tcp_seq << 1 | packet.ack);
  if (!whole) return mix_ends(key, packet.payload);
  return hash_bytes(packet.payload.data(), packet.payload.size(), key);
}

}  // namespace

Copies::Copies() : seed_(random_seed()), places_(kPlaces) {}

bool Copies::seen(const Packet& packet, bool whole) {
  ++counters_.compared;
  const std::uint64_t key =
      (packet.transport == Transport::none ? key_of_frame(packet, seed_)
                                           : key_of_packet(packet, whole, seed_)) |
      1;
  Place& place = places_[key >> 20 & (kPlaces - 1)];
  const Place here{key, to_unix_ns(packet.time), packet.src_mac.number(), packet.vlan, packet.ttl};
  const std::int64_t apart = here.time_ns - place.time_ns;
  if (place.key != key || apart > kWindow.count() || apart < -kWindow.count()) {
    place = here;
    return false;
  }
  const bool same = here.mac == place.mac && here.vlan == place.vlan && here.ttl == place.ttl;
  ++(same ? counters_.same : counters_.elsewhere);
  const bool other_vlan = here.vlan != 0 && here.vlan != place.vlan;
  if (here.ttl < place.ttl || (here.ttl == place.ttl && !other_vlan)) return true;
  place = here;
  return false;
}

}  // namespace camwarden
