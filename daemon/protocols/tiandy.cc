// Tiandy's search over UDP 3000, its question only: no source shows an answer (fact sheet on
// discovery protocols, section 17). A head of ten bytes, then text in tab-separated words. Whoever
// asks is a recorder or a maker's tool, so nothing here says what a device is.

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kTiandy;

namespace {

constexpr Field kProbe{"tiandy.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Tiandy's discovery: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kProbe};

constexpr std::uint16_t kPorts[] = {3000};
constexpr std::string_view kQuestion = "SEEKNVSS";

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto magic = cursor.u32();
  cursor.skip(4);
  const std::size_t length = cursor.u16_le();
  const auto text = as_text(cursor.take(length));
  if (!cursor.ok() || magic != 0xbebee5e5) return;
  if (text.find(kQuestion) == std::string_view::npos) return;
  Facts(packet, kTiandy.name, sink).say(sender_of(packet), kProbe, kQuestion);
}

}  // namespace

const Protocol kTiandy{
    .name = "tiandy", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
