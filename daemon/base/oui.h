#pragma once
// OUI: the registered first 24, 28 or 36 bits of a MAC address (IEEE MA-L, MA-M, MA-S), and a table
// that finds the longest one that covers an address: a 24-bit block may belong to the registration
// authority, which sold it on in parts.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"

namespace camwarden {

struct Oui {
  int bits = 0;             // 24, 28 or 36
  std::uint64_t value = 0;  // those bits, right-aligned

  // "44:19:B6", "08:ED:02:A", "70:B3:D5:12:3", or the same digits without colons.
  static std::optional<Oui> parse(std::string_view text);
  static Oui of(const MacAddress& mac, int bits) { return {bits, mac.number() >> (48 - bits)}; }
  bool covers(const MacAddress& mac) const { return !mac.none() && of(mac, bits) == *this; }
  // Local and multicast addresses have no registrant.
  bool registrable() const { return (value >> (bits - 8) & 0x03) == 0; }
  std::string digits() const;  // "4419b6", lower case
  auto operator<=>(const Oui&) const = default;
};

class OuiTable {
 public:
  OuiTable() = default;
  explicit OuiTable(std::vector<std::pair<Oui, std::size_t>> entries);
  // The entry of the longest prefix that covers the address, unless it is multicast or local.
  std::optional<std::size_t> find(const MacAddress& mac) const;
  std::size_t size() const { return entries_.size(); }
  const std::vector<std::pair<Oui, std::size_t>>& entries() const {
    return entries_;
  }  // in order of prefix

 private:
  std::vector<std::pair<Oui, std::size_t>> entries_;  // sorted
};

}  // namespace camwarden
