#pragma once
// The number by which search engines of the internet know a web server's icon: MurmurHash3 (32
// bits, seed 0) of its base64, a line end behind every 76 characters and at the end (fact sheet on
// discovery protocols, section 40.1). Lists of such numbers are public; they rank, and prove
// nothing alone.
//
// Thread: any; pure.

#include <cstdint>
#include <string>
#include <string_view>

namespace camwarden {

std::int32_t favicon_number(std::string_view icon);
std::uint32_t murmur3(std::string_view bytes);  // MurmurHash3_x86_32, seed 0; public domain
std::string base64_lines(std::string_view bytes);

// Whether a body is an icon, by what it is sent as or begins like.
bool is_icon(std::string_view content_type, std::string_view body);

}  // namespace camwarden
