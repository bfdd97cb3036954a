#include "base/base64.h"

#include <cstdint>

namespace camwarden {

std::string base64(std::string_view octets) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto octet = [&](std::size_t i) -> std::uint32_t {
    return i < octets.size() ? static_cast<std::uint8_t>(octets[i]) : 0;
  };
  std::string text;
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const auto three = octet(i) << 16 | octet(i + 1) << 8 | octet(i + 2);
    for (const auto shift : {18, 12, 6, 0}) text += kDigits[three >> shift & 63];
    const auto left = octets.size() - i;
    if (left < 3) text.replace(text.size() - (3 - left), 3 - left, 3 - left, '=');
  }
  return text;
}

}  // namespace camwarden
