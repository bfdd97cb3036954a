#pragma once
// What the tests of makers' own discovery share.

#include <algorithm>

#include "unit/protocols/maker_vectors.h"
#include "unit/protocols/recorder.h"

namespace camwarden {

inline Recorder heard(std::string_view protocol, Packet packet, std::uint16_t src_port,
                      std::uint16_t dst_port) {
  packet.src_port = src_port;
  packet.dst_port = dst_port;
  return read_datagram(protocol, packet);
}
inline Recorder from_device(std::string_view protocol, std::string_view bytes,
                            std::uint16_t src_port = 0, std::uint16_t dst_port = 50000) {
  return heard(protocol, packet_from_device(bytes), src_port, dst_port);
}
inline Recorder from_client(std::string_view protocol, std::string_view bytes,
                            std::uint16_t dst_port = 0) {
  return heard(protocol, packet_from_client(bytes), 50000, dst_port);
}

inline std::string replaced(std::string bytes, std::size_t at, std::string_view with) {
  return bytes.replace(at, with.size(), with);
}

// A message cut anywhere says less or nothing, and never something else.
inline bool cuts_say_nothing_new(std::string_view protocol, std::string_view bytes,
                                 std::uint16_t src_port) {
  const auto whole = from_device(protocol, bytes, src_port);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    for (const auto& fact : from_device(protocol, bytes.substr(0, length), src_port).facts) {
      const auto values = whole.values(fact.field->name);
      const bool known = std::any_of(values.begin(), values.end(), [&](const auto& value) {
        return value.starts_with(fact.value);
      });
      if (!known) return false;
    }
  }
  return true;
}

}  // namespace camwarden
