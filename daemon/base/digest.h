#pragma once
// SHA-256 (FIPS 180-4) and MD5 (RFC 1321) as text. Hides OpenSSL's library.
//
// Thread: any; values only.

#include <string>
#include <string_view>

namespace camwarden {

// The first `digits` of 64 hexadecimal digits, lower case.
std::string sha256_hex(std::string_view octets, std::size_t digits = 64);
// All of it, as base 64 with padding (RFC 4648 section 4).
std::string sha256_base64(std::string_view octets);

// 32 digits, lower case. Only for what others have published under it: it resists nobody. "" where
// the library refuses to make one.
std::string md5_hex(std::string_view octets);

}  // namespace camwarden
