#include "protocols/favicon.h"

#include "base/base64.h"
#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::uint32_t kOne = 0xcc9e2d51, kTwo = 0x1b873593;

std::uint32_t rotate(std::uint32_t value, int bits) { return value << bits | value >> (32 - bits); }

std::uint32_t octet(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : 0;
}

std::uint32_t word(std::string_view bytes, std::size_t at) {
  return octet(bytes, at) | octet(bytes, at + 1) << 8 | octet(bytes, at + 2) << 16 |
         octet(bytes, at + 3) << 24;
}

std::uint32_t mixed(std::uint32_t value) { return rotate(value * kOne, 15) * kTwo; }

std::uint32_t finished(std::uint32_t hash) {
  hash = (hash ^ hash >> 16) * 0x85ebca6b;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35;
  return hash ^ hash >> 16;
}

}  // namespace

std::uint32_t murmur3(std::string_view bytes) {
  std::uint32_t hash = 0;
  std::size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4)
    hash = rotate(hash ^ mixed(word(bytes, at)), 13) * 5 + 0xe6546b64;
  if (at < bytes.size()) hash ^= mixed(word(bytes, at));
  return finished(hash ^ static_cast<std::uint32_t>(bytes.size()));
}

std::string base64_lines(std::string_view bytes) {
  constexpr std::size_t kLine = 76;
  const auto text = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += kLine) out += text.substr(at, kLine) + "\n";
  return out;
}

std::int32_t favicon_number(std::string_view icon) {
  return static_cast<std::int32_t>(murmur3(base64_lines(icon)));
}

bool is_icon(std::string_view content_type, std::string_view body) {
  constexpr std::string_view kIconFile("\0\0\1\0", 4);
  if (body.starts_with(kIconFile)) return true;
  const bool image = body.starts_with("\x89PNG") || body.starts_with("GIF8");
  return image && ifind(content_type, "icon") != std::string_view::npos;
}

}  // namespace camwarden
