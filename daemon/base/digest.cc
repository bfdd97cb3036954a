#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "base/base64.h"
#include "base/bytes.h"

namespace camwarden {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest sha256(std::string_view octets) {
  Digest digest{};
  const auto bytes = as_bytes(octets);
  SHA256(bytes.data(), bytes.size(), digest.data());
  return digest;
}

std::string hexadecimal(Bytes octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const auto octet : octets) {
    text += kDigits[octet >> 4];
    text += kDigits[octet & 15];
  }
  return text;
}

}  // namespace

std::string sha256_hex(std::string_view octets, std::size_t digits) {
  return hexadecimal(sha256(octets)).substr(0, digits);
}

std::string md5_hex(std::string_view octets) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  const auto bytes = as_bytes(octets);
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_md5(), nullptr) != 1) {
    return "";
  }
  return hexadecimal(Bytes(digest).first(length));
}

std::string sha256_base64(std::string_view octets) { return base64(as_text(sha256(octets))); }

}  // namespace camwarden
