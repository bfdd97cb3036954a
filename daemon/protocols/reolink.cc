// Reolink's ping (fact sheet on discovery protocols, section 28.1): four bytes to UDP 2000, and a
// record of fixed layout back to UDP 3000. Cisco's SCCP and Tiandy use the same ports; the echo of
// the four bytes inside the record tells them apart.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kReolink;

namespace {

constexpr Field kAnswer{"reolink.answer", FieldKind::text, FieldRole::attribute,
                        "answers Reolink's ping: record"};
constexpr Field kType{"reolink.type", FieldKind::text, FieldRole::attribute,
                      "device type in an answer to Reolink's ping: IPC"};
constexpr Field kName{"reolink.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device, in an answer to Reolink's ping"};
constexpr Field kUid{"reolink.uid", FieldKind::text, FieldRole::identifier,
                     "UID on the label, in an answer to Reolink's ping"};
constexpr Field kMac{"reolink.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer to Reolink's ping"};
constexpr Field kProbe{"reolink.probe", FieldKind::text, FieldRole::attribute,
                       "sends Reolink's ping: its sender is an app, a tool or a recorder"};
constexpr const Field* kFields[] = {&kAnswer, &kType, &kName, &kUid, &kMac, &kProbe};

constexpr std::uint16_t kAskedPort = 2000;
constexpr std::uint16_t kPorts[] = {kAskedPort, 3000};
constexpr std::uint32_t kPing = 0xaaaa0000;
constexpr std::size_t kEcho = 104, kRecordBytes = 388;

bool is_record(Bytes payload) {
  Cursor cursor(payload);
  cursor.skip(kEcho);
  return cursor.u32() == kPing && cursor.ok();
}

void read_record(const Facts& facts, Bytes record) {
  if (record.size() < kRecordBytes) return facts.truncated("reolink.truncated");
  const auto mac_text = text_at(record, 164, 18), ip = text_at(record, 108, 20);
  if (!holds_address(mac_text, ip)) return facts.anomaly("reolink.malformed");
  const auto binary = mac_at(record, 80);
  const Answer said(facts, binary.none() ? std::string(mac_text) : binary.to_string(), ip);
  said.identify(kAnswer, "record");
  said.say(kType, text_at(record, 58, 18));
  said.say(kName, text_at(record, 132, 32));
  said.identify(kUid, text_at(record, 228, 32));
  said.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kReolink.name, sink);
  const bool ping = packet.payload.size() == 4 && Cursor(packet.payload).u32() == kPing;
  if (ping && packet.dst_port == kAskedPort) return facts.say(sender_of(packet), kProbe, "ping");
  if (is_record(packet.payload)) read_record(facts, packet.payload);
}

}  // namespace

const Protocol kReolink{
    .name = "reolink", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
