#include "base/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace camwarden {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool starts_with(const MacAddress& mac, std::initializer_list<std::uint8_t> octets) {
  return std::equal(octets.begin(), octets.end(), mac.octets.begin());
}

}  // namespace

std::uint64_t hash_bytes(const void* bytes, std::size_t count, std::uint64_t seed) {
  // Multiply and fold, eight bytes a step.
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  const auto* at = static_cast<const std::uint8_t*>(bytes);
  std::uint64_t hash = seed ^ (count * kOdd);
  for (; count > 0;) {
    std::uint64_t word = 0;
    const std::size_t step = std::min<std::size_t>(count, 8);
    std::memcpy(&word, at, step);
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 29;
    at += step;
    count -= step;
  }
  return hash ^ hash >> 32;
}

MacAddress MacAddress::from(Bytes six) {
  MacAddress mac;
  if (six.size() == mac.octets.size()) std::copy(six.begin(), six.end(), mac.octets.begin());
  return mac;
}

std::optional<MacAddress> MacAddress::parse(std::string_view text) {
  const std::size_t group = text.size() == 17 ? 2 : text.size() == 14 ? 4 : 0;
  if (group == 0 && text.size() != 12) return std::nullopt;
  const char separator = group == 4 ? '.' : group == 2 ? text[2] : '\0';
  if (group == 2 && separator != ':' && separator != '-') return std::nullopt;
  MacAddress mac;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (group != 0 && (i + 1) % (group + 1) == 0) {
      if (text[i] != separator) return std::nullopt;
      continue;
    }
    const int digit = hex_digit(text[i]);
    if (digit < 0) return std::nullopt;
    auto& octet = mac.octets[digits++ / 2];
    octet = static_cast<std::uint8_t>(octet << 4 | digit);
  }
  return mac;
}

bool MacAddress::virtual_router() const {
  return starts_with(*this, {0x00, 0x00, 0x5e, 0x00, 0x01}) ||  // VRRP for IPv4
         starts_with(*this, {0x00, 0x00, 0x5e, 0x00, 0x02}) ||  // VRRP for IPv6
         starts_with(*this, {0x00, 0x00, 0x0c, 0x07, 0xac}) ||  // HSRP version 1
         (starts_with(*this, {0x00, 0x00, 0x0c, 0x9f}) && octets[4] >= 0xf0) ||  // HSRP version 2
         starts_with(*this, {0x00, 0x05, 0x73, 0xa0}) ||        // HSRP for IPv6
         starts_with(*this, {0x00, 0x07, 0xb4, 0x00});          // GLBP
}

std::string MacAddress::to_string() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(17, ':');
  for (std::size_t i = 0; i < octets.size(); ++i) {
    text[3 * i] = kDigits[octets[i] >> 4];
    text[3 * i + 1] = kDigits[octets[i] & 0xf];
  }
  return text;
}

IpAddress IpAddress::v4(Bytes four) {
  IpAddress ip;
  if (four.size() != 4) return ip;
  ip.family = Family::v4;
  std::copy(four.begin(), four.end(), ip.octets.begin());
  return ip;
}

IpAddress IpAddress::v6(Bytes sixteen) {
  IpAddress ip;
  if (sixteen.size() != 16) return ip;
  ip.family = Family::v6;
  std::copy(sixteen.begin(), sixteen.end(), ip.octets.begin());
  return ip;
}

IpAddress IpAddress::v4(std::uint32_t host_order) {
  IpAddress ip;
  ip.family = Family::v4;
  for (int i = 0; i < 4; ++i) ip.octets[i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
  return ip;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  char buffer[INET6_ADDRSTRLEN];
  if (text.empty() || text.size() >= sizeof buffer) return std::nullopt;
  text.copy(buffer, text.size());
  buffer[text.size()] = '\0';
  IpAddress ip;
  if (inet_pton(AF_INET, buffer, ip.octets.data()) == 1) {
    ip.family = Family::v4;
    return ip;
  }
  if (inet_pton(AF_INET6, buffer, ip.octets.data()) == 1) {
    ip.family = Family::v6;
    return ip;
  }
  return std::nullopt;
}

bool IpAddress::unspecified() const {
  return !none() && std::all_of(octets.begin(), octets.end(), [](auto o) { return o == 0; });
}
bool IpAddress::multicast() const {
  return is_v4() ? octets[0] >> 4 == 0xe : is_v6() && octets[0] == 0xff;
}
bool IpAddress::broadcast() const {
  return is_v4() && std::all_of(octets.begin(), octets.begin() + 4, [](auto o) { return o == 255; });
}
bool IpAddress::loopback() const {
  if (is_v4()) return octets[0] == 127;
  return is_v6() && octets[15] == 1 &&
         std::all_of(octets.begin(), octets.end() - 1, [](auto o) { return o == 0; });
}
bool IpAddress::link_local() const {
  if (is_v4()) return octets[0] == 169 && octets[1] == 254;
  return is_v6() && octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80;
}

std::string IpAddress::to_string() const {
  if (none()) return "";
  char buffer[INET6_ADDRSTRLEN];
  inet_ntop(is_v4() ? AF_INET : AF_INET6, octets.data(), buffer, sizeof buffer);
  return buffer;
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  int length = address->bits();
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    if (length < 0 || length > address->bits()) return std::nullopt;
  }
  for (int bit = length; bit < address->bits(); ++bit) {
    if (address->octets[bit / 8] >> (7 - bit % 8) & 1) return std::nullopt;
  }
  return Prefix{*address, static_cast<std::uint8_t>(length)};
}

bool Prefix::contains(const IpAddress& ip) const {
  if (ip.family != address.family) return false;
  const int whole = length / 8;
  if (std::memcmp(ip.octets.data(), address.octets.data(), whole) != 0) return false;
  if (length % 8 == 0) return true;
  const int shift = 8 - length % 8;
  return ip.octets[whole] >> shift == address.octets[whole] >> shift;
}

bool Prefix::overlaps(const Prefix& other) const {
  return contains(other.address) || other.contains(address);
}

std::string Prefix::to_string() const { return fmt::format("{}/{}", address.to_string(), length); }

}  // namespace camwarden
