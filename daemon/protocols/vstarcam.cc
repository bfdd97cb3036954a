// "DH", the old discovery of VStarcam and Wansview over UDP 8600 (fact sheet on discovery
// protocols, section 25). The answer holds the user's name and password in clear: nothing at or
// behind them is read.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kVstarcam;

namespace {

constexpr Field kAnswer{"vstarcam.answer", FieldKind::text, FieldRole::attribute,
                        "answers searches as VStarcam's cameras do: DH"};
constexpr Field kUid{"vstarcam.uid", FieldKind::text, FieldRole::identifier,
                     "UID in an answer of VStarcam's cameras: VSTD123456ABCDE"};
constexpr Field kName{"vstarcam.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device, in an answer of VStarcam's cameras"};
constexpr Field kFirmware{"vstarcam.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in an answer of VStarcam's cameras"};
constexpr Field kMac{"vstarcam.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer of VStarcam's cameras"};
constexpr Field kProbe{"vstarcam.probe", FieldKind::text, FieldRole::attribute,
                       "searches for VStarcam's cameras: search"};
constexpr const Field* kFields[] = {&kAnswer, &kUid, &kName, &kFirmware, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {8600};
constexpr std::uint32_t kSearch = 0x44480101, kReply = 0x44480108;  // "DH", version, command
constexpr std::size_t kUserOffset = 0xec;                           // the name and password begin

void read_reply(const Facts& facts, Bytes message) {
  const auto ip = text_at(message, 4, 16);
  if (!holds_address({}, ip)) return facts.anomaly("vstarcam.malformed");
  const Answer said(facts, mac_at(message, 0x54).to_string(), ip);
  said.identify(kAnswer, "DH");
  said.identify(kUid, text_at(message, 0x5c, 32));
  said.say(kName, text_at(message, 0x7c, 32));
  said.say(kFirmware, text_at(message, 0xcc, 16));
  said.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const auto opening = Cursor(packet.payload).u32();
  const Facts facts(packet, kVstarcam.name, sink);
  if (opening == kSearch && packet.payload.size() == 4) {
    return facts.say(sender_of(packet), kProbe, "search");
  }
  if (opening != kReply) return;
  if (packet.payload.size() < kUserOffset) return facts.truncated("vstarcam.truncated");
  read_reply(facts, packet.payload.first(kUserOffset));
}

}  // namespace

const Protocol kVstarcam{
    .name = "vstarcam", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
