#pragma once
// Addresses as values: MAC (IEEE 802 48-bit), IP (v4 and v6 in one type), and IP prefixes.
// An all-zero MAC and an unspecified IP mean "none". Parsing accepts the usual spellings and nothing
// else; printing gives one canonical spelling (MAC lower case with colons, IPv6 as RFC 5952).

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"

namespace camwarden {

// The same in every run. Of a table that the network fills, anybody could choose the bucket by it:
// such have keyed_hash (random.h).
std::uint64_t hash_bytes(const void* bytes, std::size_t count, std::uint64_t seed = 0);

struct MacAddress {
  std::array<std::uint8_t, 6> octets{};

  static MacAddress from(Bytes six);  // none() when not six bytes
  // "44:19:b6:0a:0b:0c", "44-19-B6-0A-0B-0C", "4419.b60a.0b0c", "4419B60A0B0C".
  static std::optional<MacAddress> parse(std::string_view text);

  bool none() const { return number() == 0; }
  explicit operator bool() const { return !none(); }
  std::uint64_t number() const {
    std::uint64_t value = 0;
    for (const auto octet : octets) value = value << 8 | octet;
    return value;
  }
  bool multicast() const { return octets[0] & 0x01; }  // IEEE 802: the I/G bit; broadcast too
  bool locally_administered() const { return octets[0] & 0x02; }  // IEEE 802: the U/L bit
  // A router's shared address: VRRP (RFC 9568 section 7.3) or HSRP v1, v2 (RFC 2281, Cisco).
  bool virtual_router() const;
  // Names one network interface in the world: not none, multicast, local or virtual.
  bool burned_in() const {
    return !none() && !multicast() && !locally_administered() && !virtual_router();
  }
  std::string to_string() const;
  auto operator<=>(const MacAddress&) const = default;
};

struct IpAddress {
  enum class Family : std::uint8_t { none, v4, v6 };
  Family family = Family::none;
  std::array<std::uint8_t, 16> octets{};  // v4: the first four

  static IpAddress v4(Bytes four);     // none when not four bytes
  static IpAddress v6(Bytes sixteen);  // none when not sixteen bytes
  static IpAddress v4(std::uint32_t host_order);
  static std::optional<IpAddress> parse(std::string_view text);

  bool is_v4() const { return family == Family::v4; }
  bool is_v6() const { return family == Family::v6; }
  int bits() const { return is_v4() ? 32 : is_v6() ? 128 : 0; }
  bool none() const { return family == Family::none; }
  explicit operator bool() const { return !none(); }
  bool unspecified() const;  // 0.0.0.0, ::
  bool multicast() const;    // 224/4, ff00::/8
  bool broadcast() const;    // 255.255.255.255
  bool loopback() const;     // 127/8, ::1
  bool link_local() const;   // 169.254/16, fe80::/10
  // Can be one host's own address: none of the above special ones but link_local.
  bool host() const { return !none() && !unspecified() && !multicast() && !broadcast() && !loopback(); }
  std::string to_string() const;
  auto operator<=>(const IpAddress&) const = default;
};

struct Prefix {
  IpAddress address;
  std::uint8_t length = 0;  // 0 to 32 or 128

  // "10.0.0.0/8", "2001:db8::/32", or a bare address for its full length. Host bits must be zero.
  static std::optional<Prefix> parse(std::string_view text);
  bool contains(const IpAddress& ip) const;
  bool overlaps(const Prefix& other) const;
  std::string to_string() const;
  auto operator<=>(const Prefix&) const = default;
};

}  // namespace camwarden

template <>
struct std::hash<camwarden::MacAddress> {
  std::size_t operator()(const camwarden::MacAddress& mac) const {
    return camwarden::keyed_hash(mac.octets.data(), mac.octets.size());
  }
};
template <>
struct std::hash<camwarden::IpAddress> {
  std::size_t operator()(const camwarden::IpAddress& ip) const {
    return camwarden::keyed_hash(ip.octets.data(), ip.octets.size(),
                                 static_cast<std::uint64_t>(ip.family));
  }
};
