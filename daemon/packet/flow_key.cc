#include "packet/flow_key.h"

#include <cstring>

namespace camwarden {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word_of(const IpAddress& ip, std::size_t from) {
  std::uint64_t word;
  std::memcpy(&word, ip.octets.data() + from, sizeof word);
  return word;
}

std::uint32_t half_of(const IpAddress& ip) {
  std::uint32_t half;
  std::memcpy(&half, ip.octets.data(), sizeof half);
  return half;
}

// Any order will do, as long as both senders agree on it.
bool src_first(const Packet& packet) {
  const int order =
      std::memcmp(packet.src.octets.data(), packet.dst.octets.data(), packet.src.octets.size());
  return order != 0 ? order < 0 : packet.src_port <= packet.dst_port;
}

}  // namespace

std::uint32_t FlowKey::hash(std::uint64_t seed) const {
  std::uint64_t hash = mix(words[0] ^ seed, words[4] ^ 0x9e3779b97f4a7c15);
  hash = mix(hash ^ words[5], seed ^ 0xbf58476d1ce4e5b9);
  if ((words[1] | words[2] | words[3]) != 0) {
    hash = mix(hash ^ words[1], words[2] ^ seed);
    hash = mix(hash ^ words[3], seed ^ 0x94d049bb133111eb);
  }
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

FlowKey flow_key(const Packet& packet, int& side) {
  const bool forward = src_first(packet);
  side = forward ? 0 : 1;
  const IpAddress& low = forward ? packet.src : packet.dst;
  const IpAddress& high = forward ? packet.dst : packet.src;
  const std::uint64_t low_port = forward ? packet.src_port : packet.dst_port;
  const std::uint64_t high_port = forward ? packet.dst_port : packet.src_port;
  FlowKey key;
  if (low.is_v4()) {
    key.words[0] = static_cast<std::uint64_t>(half_of(low)) << 32 | half_of(high);
  } else {
    key.words[0] = word_of(low, 0);
    key.words[1] = word_of(low, 8);
    key.words[2] = word_of(high, 0);
    key.words[3] = word_of(high, 8);
  }
  key.words[4] = low_port << 48 | high_port << 32 | static_cast<std::uint64_t>(packet.vlan) << 16 |
                 packet.inner_vlan;
  key.words[5] = static_cast<std::uint64_t>(packet.vni) << 32 |
                 static_cast<std::uint64_t>(packet.interface) << 8 |
                 static_cast<std::uint64_t>(low.family);
  return key;
}

}  // namespace camwarden
