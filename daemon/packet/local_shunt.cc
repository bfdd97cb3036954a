#include "packet/local_shunt.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>

#include "base/random.h"
#include "packet/shunt_layout.h"

namespace camwarden {
namespace {

constexpr std::uint16_t kIpv4 = 0x0800, kIpv6 = 0x86dd, kTag = 0x8100, kServiceTag = 0x88a8;
constexpr std::uint8_t kTcp = 6, kUdp = 17;
enum Flag : std::uint8_t { kFin = 0x01, kSyn = 0x02, kRst = 0x04 };
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min() / 2;

std::uint16_t number16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(at[0] << 8 | at[1]);
}

std::uint64_t word(const std::uint8_t* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::uint32_t half(const std::uint8_t* at) {
  std::uint32_t half;
  std::memcpy(&half, at, sizeof half);
  return half;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 32;
}

}  // namespace

// What the filter wants to know of a frame.
struct LocalShunt::Headers {
  Direction direction;
  std::uint8_t flags = 0;  // TCP's
  bool carries = false;    // octets of payload

  static std::optional<Headers> of(Bytes frame);

 private:
  bool read_ipv4(Bytes ip);
  bool read_ipv6(Bytes ip);
  bool read_transport(Bytes segment, std::size_t length);
};

std::optional<LocalShunt::Headers> LocalShunt::Headers::of(Bytes frame) {
  constexpr std::size_t kTypeAt = 12, kTagSize = 4;
  Headers headers;
  std::size_t at = kTypeAt;
  if (frame.size() < at + 2 + 2 * kTagSize) return std::nullopt;
  std::uint16_t type = number16(&frame[at]);
  for (int depth = 0; depth < 2 && (type == kTag || type == kServiceTag); ++depth) {
    auto& vlan = headers.direction.vlan;
    if (vlan == 0) vlan = number16(&frame[at + 2]) & 0x0fff;
    at += kTagSize;
    type = number16(&frame[at]);
  }
  const auto ip = frame.subspan(at + 2);
  const bool known = type == kIpv4 ? headers.read_ipv4(ip) : type == kIpv6 && headers.read_ipv6(ip);
  return known ? std::optional(headers) : std::nullopt;
}

bool LocalShunt::Headers::read_ipv4(Bytes ip) {
  if (ip.size() < 20 || ip[0] >> 4 != 4) return false;
  if ((ip[6] & 0x3f) != 0 || ip[7] != 0) return false;  // a fragment's ports are elsewhere
  const std::size_t size = (ip[0] & 0x0f) * std::size_t{4}, total = number16(&ip[2]);
  if (total < size || ip.size() < size) return false;
  direction.version = 4;
  direction.protocol = ip[9];
  direction.src[0] = half(&ip[12]);
  direction.dst[0] = half(&ip[16]);
  return read_transport(ip.subspan(size), total - size);
}

// Extension headers are left to the decoder.
bool LocalShunt::Headers::read_ipv6(Bytes ip) {
  if (ip.size() < 40 || ip[0] >> 4 != 6) return false;
  direction.version = 6;
  direction.protocol = ip[6];
  direction.src[0] = word(&ip[8]);
  direction.src[1] = word(&ip[16]);
  direction.dst[0] = word(&ip[24]);
  direction.dst[1] = word(&ip[32]);
  return read_transport(ip.subspan(40), number16(&ip[4]));
}

bool LocalShunt::Headers::read_transport(Bytes segment, std::size_t length) {
  const bool tcp = direction.protocol == kTcp;
  if (!tcp && direction.protocol != kUdp) return false;
  if (segment.size() < (tcp ? 14 : 4)) return false;
  direction.ports = std::uint32_t{number16(&segment[0])} << 16 | number16(&segment[2]);
  if (!tcp) return true;
  flags = segment[13];
  carries = length > (segment[12] >> 4) * std::size_t{4};
  return true;
}

LocalShunt::Direction LocalShunt::Direction::reversed() const {
  Direction other = *this;
  std::swap(other.src, other.dst);
  other.ports = std::rotl(ports, 16);
  return other;
}

LocalShunt::LocalShunt(std::size_t max_directions)
    : seed_(random_seed()),
      places_(std::bit_ceil(std::max(max_directions, kWays))),
      mask_(places_.size() / kWays - 1) {}

LocalShunt::Direction LocalShunt::direction_of(const Packet& packet) {
  Direction direction;
  const auto *src = packet.src.octets.data(), *dst = packet.dst.octets.data();
  if (packet.src.is_v6()) {
    direction.src[0] = word(src);
    direction.src[1] = word(src + 8);
    direction.dst[0] = word(dst);
    direction.dst[1] = word(dst + 8);
  } else {
    direction.src[0] = half(src);
    direction.dst[0] = half(dst);
  }
  direction.ports = std::uint32_t{packet.src_port} << 16 | packet.dst_port;
  direction.vlan = packet.vlan;
  direction.protocol = packet.ip_protocol;
  direction.version = packet.src.is_v6() ? 6 : 4;
  return direction;
}

LocalShunt::Place* LocalShunt::places_of(const Direction& direction) {
  const std::uint64_t rest = std::uint64_t{direction.ports} << 32 |
                             std::uint64_t{direction.vlan} << 16 |
                             std::uint64_t{direction.protocol} << 8 | direction.version;
  auto hash = mix(mix(seed_ ^ rest, direction.src[0]), direction.dst[0]);
  if (direction.version == 6) hash = mix(mix(hash, direction.src[1]), direction.dst[1]);
  return &places_[(hash >> 16 & mask_) * kWays];
}

LocalShunt::Place* LocalShunt::find(const Direction& direction) {
  auto* first = places_of(direction);
  auto* found = std::find_if(first, first + kWays,
                             [&](const Place& one) { return one.direction == direction; });
  return found == first + kWays ? nullptr : found;
}

void LocalShunt::add(const Packet& packet) {
  const auto direction = direction_of(packet);
  auto* place = find(direction);
  if (place == nullptr) {
    auto* first = places_of(direction);
    place = std::min_element(first, first + kWays, [](const Place& one, const Place& other) {
      return one.passed_ns < other.passed_ns;
    });
    entered_ += place->direction.version == 0;
  }
  *place = {direction, to_unix_ns(packet.time), kNever};
}

void LocalShunt::remove(const Packet& packet) {
  if (auto* place = find(direction_of(packet)); place != nullptr) {
    *place = {};
    --entered_;
  }
}

// A clock that steps back (two captures, an NTP correction) lets the next frame pass.
bool LocalShunt::drop_but_sample(const Frame& frame, std::int64_t& passed_ns) {
  const auto now = to_unix_ns(frame.time), age = now - passed_ns;
  if (age < 0 || age >= static_cast<std::int64_t>(SHUNT_SAMPLE_NS)) {
    passed_ns = now;
    return false;
  }
  ++counters_.packets;
  counters_.octets += frame.wire_len;
  return true;
}

bool LocalShunt::drops(const Frame& frame) {
  if (entered_ == 0) return false;
  const auto headers = Headers::of(frame.bytes);
  if (!headers) return false;
  auto* place = find(headers->direction);
  if (headers->flags & kSyn) {
    if (place != nullptr) *place = {};
    entered_ -= place != nullptr;
    return false;
  }
  if (headers->flags & (kFin | kRst)) return false;
  if (place != nullptr) return drop_but_sample(frame, place->passed_ns);
  if (headers->direction.protocol != kTcp || headers->carries) return false;
  place = find(headers->direction.reversed());
  return place != nullptr && drop_but_sample(frame, place->answered_ns);
}

}  // namespace camwarden
