#include "sinks/framing.h"

#include <fmt/format.h>

#include <cstdint>

namespace camwarden {
namespace {

std::string line(std::string_view message) {
  std::string out;
  out.reserve(message.size() + 1);
  for (const char c : message) {
    const auto octet = static_cast<std::uint8_t>(c);
    if (octet < 0x20 || octet == 0x7f)
      out += fmt::format("\\x{:02x}", octet);
    else
      out += c;
  }
  return out += '\n';
}

}  // namespace

std::string framed(std::string_view message, Framing framing) {
  switch (framing) {
    case Framing::octet:
      return fmt::format("{} {}", message.size(), message);
    case Framing::lf:
      return line(message);
  }
  return {};
}

}  // namespace camwarden
