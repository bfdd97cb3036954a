#include "protocols/digest.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace camwarden {

std::string sha256_hex(std::string_view octets, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  const auto bytes = as_bytes(octets);
  SHA256(bytes.data(), bytes.size(), digest.data());
  std::string text;
  for (const unsigned char octet : digest) {
    text += kDigits[octet >> 4];
    text += kDigits[octet & 15];
  }
  return text.substr(0, std::min(digits, text.size()));
}

}  // namespace camwarden
