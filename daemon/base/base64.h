#pragma once
// Base 64 with padding (RFC 4648 section 4), without line ends.
//
// Thread: any; values only.

#include <string>
#include <string_view>

namespace camwarden {

std::string base64(std::string_view octets);

}  // namespace camwarden
