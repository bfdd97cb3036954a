#include "base/oui.h"

#include <fmt/format.h>

#include <algorithm>

namespace camwarden {
namespace {

constexpr std::array kLengths{36, 28, 24};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool colons_in_place(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == ':') != (i % 3 == 2)) return false;
  }
  return !text.ends_with(':');
}

}  // namespace

std::optional<Oui> Oui::parse(std::string_view text) {
  if (text.find(':') != text.npos && !colons_in_place(text)) return std::nullopt;
  Oui oui;
  for (const char c : text) {
    if (c == ':') continue;
    const int digit = hex_digit(c);
    if (digit < 0 || oui.bits == 36) return std::nullopt;
    oui.value = oui.value << 4 | static_cast<std::uint64_t>(digit);
    oui.bits += 4;
  }
  if (std::find(kLengths.begin(), kLengths.end(), oui.bits) == kLengths.end()) return std::nullopt;
  return oui;
}

std::string Oui::digits() const { return fmt::format("{:0{}x}", value, bits / 4); }

OuiTable::OuiTable(std::vector<std::pair<Oui, std::size_t>> entries)
    : entries_(std::move(entries)) {
  std::sort(entries_.begin(), entries_.end());
}

std::optional<std::size_t> OuiTable::find(const MacAddress& mac) const {
  if (mac.none() || mac.multicast() || mac.locally_administered()) return std::nullopt;
  for (const int bits : kLengths) {
    const auto wanted = std::make_pair(Oui::of(mac, bits), std::size_t{0});
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), wanted);
    if (at != entries_.end() && at->first == wanted.first) return at->second;
  }
  return std::nullopt;
}

}  // namespace camwarden
