// TFTP requests (RFC 1350): which file a host asks for. Cameras that were flashed in a factory
// still ask for its scripts when they start, and so name their platform.

#include <string>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kTftp;

namespace {

constexpr Field kRead{"tftp.read", FieldKind::text, FieldRole::attribute,
                      "file that a host asks for by TFTP"};
constexpr const Field* kFields[] = {&kRead};

constexpr std::uint16_t kPorts[] = {69};
constexpr std::uint16_t kReadRequest = 1;
constexpr std::size_t kMaxNameBytes = 128;

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto opcode = cursor.u16();
  const Facts facts(packet, kTftp.name, sink);
  if (!cursor.ok()) return facts.truncated("tftp.truncated");
  if (opcode == kReadRequest) {
    facts.say(sender_of(packet), kRead, text_at(cursor.rest(), 0, kMaxNameBytes));
  }
}

}  // namespace

const Protocol kTftp{.name = "tftp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
