// GVCP, the control protocol of GigE Vision over UDP 3956 (fact sheet on discovery protocols,
// section 37; layout as Wireshark's dissector has it): industrial cameras, which look at work
// pieces. They are no surveillance cameras; naming them keeps them from being taken for one.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kGvcp;

namespace {

constexpr Field kManufacturer{"gvcp.manufacturer", FieldKind::text, FieldRole::attribute,
                              "manufacturer in a GigE Vision discovery answer"};
constexpr Field kModel{"gvcp.model", FieldKind::text, FieldRole::attribute,
                       "model in a GigE Vision discovery answer"};
constexpr Field kVersion{"gvcp.version", FieldKind::text, FieldRole::attribute,
                         "device version in a GigE Vision discovery answer"};
constexpr Field kSerial{"gvcp.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in a GigE Vision discovery answer"};
constexpr Field kMac{"gvcp.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in a GigE Vision discovery answer"};
constexpr Field kProbe{"gvcp.probe", FieldKind::text, FieldRole::attribute,
                       "searches for industrial cameras by GigE Vision: discovery"};
constexpr const Field* kFields[] = {&kManufacturer, &kModel, &kVersion, &kSerial, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {3956};
constexpr std::uint8_t kKey = 0x42;
constexpr std::uint16_t kDiscoveryCommand = 0x0002, kDiscoveryAnswer = 0x0003;
constexpr std::size_t kAnswerBytes = 248;

void read_answer(const Facts& facts, Bytes body) {
  const Answer said(facts, mac_at(body, 10), ipv4_at(body, 36));
  said.identify(kManufacturer, text_at(body, 72, 32));
  said.say(kModel, text_at(body, 104, 32));
  said.say(kVersion, text_at(body, 136, 32));
  said.identify(kSerial, text_at(body, 216, 16));
  said.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto opening = cursor.u16(), command = cursor.u16();
  const auto length = cursor.u16();
  cursor.skip(2);  // the request's number
  if (!cursor.ok()) return;
  const Facts facts(packet, kGvcp.name, sink);
  if (opening >> 8 == kKey && command == kDiscoveryCommand && length == 0) {
    return facts.say(sender_of(packet), kProbe, "discovery");
  }
  if (opening != 0 || command != kDiscoveryAnswer || length < kAnswerBytes) return;
  if (cursor.remaining() < kAnswerBytes) return facts.truncated("gvcp.truncated");
  read_answer(facts, cursor.rest());
}

}  // namespace

const Protocol kGvcp{.name = "gvcp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
