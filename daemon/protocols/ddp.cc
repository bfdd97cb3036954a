// DDP, D-Link's discovery over UDP 62976 and 62992 (fact sheet on discovery protocols, section 36).
// Devices announce themselves to everybody every 30 seconds, and answer searches. Cameras, routers,
// storage and plugs all speak it: only the model says which.
//
// The announcement's layout is from captures of one camera, the answer's from one implementation:
// of the two places where an answer may hold its product, the one that names a model is taken.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kDdp;

namespace {

constexpr Field kMessage{"ddp.message", FieldKind::text, FieldRole::attribute,
                         "speaks D-Link's discovery as a device: announcement, answer"};
constexpr Field kProduct{"ddp.product", FieldKind::text, FieldRole::attribute,
                         "product type in D-Link's discovery: Wireless Internet Camera"};
constexpr Field kModel{"ddp.model", FieldKind::text, FieldRole::attribute,
                       "model in D-Link's discovery; a user may change it"};
constexpr Field kFirmware{"ddp.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in D-Link's discovery"};
constexpr Field kHardware{"ddp.hardware", FieldKind::text, FieldRole::attribute,
                          "hardware revision in D-Link's discovery"};
constexpr Field kMac{"ddp.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in D-Link's discovery"};
constexpr Field kProbe{"ddp.probe", FieldKind::text, FieldRole::attribute,
                       "asks with D-Link's discovery: search (a1), boot (d1)"};
constexpr const Field* kFields[] = {&kMessage,  &kProduct, &kModel, &kFirmware,
                                    &kHardware, &kMac,     &kProbe};

constexpr std::uint16_t kPorts[] = {62976, 62992};
constexpr std::size_t kHeaderBytes = 22;
constexpr std::uint16_t kNewestVersion = 2;
// Within the body.
constexpr std::size_t kAnnouncedMac = 128, kAnnouncedIp = 262, kAnsweredIp = 268;

enum Opening : std::uint16_t { announcement = 0xffff, answer = 0xeefe, query = 0xfdfd };

void read_announcement(const Facts& facts, std::string_view kind, Bytes body, MacAddress mac) {
  if (mac.none()) mac = mac_at(body, kAnnouncedMac);
  const Answer said(facts, mac, ipv4_at(body, kAnnouncedIp));
  said.identify(kMessage, kind);
  said.say(kProduct, text_at(body, 0, 64));
  said.say(kFirmware, text_at(body, 96, 32));
  said.say(kHardware, text_at(body, 134, 64));
  said.say(kModel, text_at(body, 198, 64));
  said.say_mac(kMac);
}

// The form of the other source: the product stands where the announcement has a class.
void read_short_answer(const Facts& facts, Bytes body, const MacAddress& mac) {
  const Answer said(facts, mac, ipv4_at(body, kAnsweredIp));
  said.identify(kMessage, "answer");
  said.say(kModel, text_at(body, 64, 64));
  said.say_mac(kMac);
}

void read_answer(const Facts& facts, Bytes body, const MacAddress& mac) {
  const bool as_announced = !text_at(body, 0, 64).empty();
  if (as_announced) return read_announcement(facts, "answer", body, mac);
  read_short_answer(facts, body, mac);
}

void read_query(const Facts& facts, std::uint8_t command) {
  if (command == 0xa1) facts.say(sender_of(facts.packet()), kProbe, "search");
  if (command == 0xd1) facts.say(sender_of(facts.packet()), kProbe, "boot");
}

// Sequence and command are read by now; what follows is the same in all messages.
struct Header {
  MacAddress mac;
  std::uint16_t version = 0;
  bool whole = false;
};
Header read_header(Cursor& cursor) {
  Header header;
  header.mac = MacAddress::from(cursor.take(6));
  cursor.skip(6);  // the address, two zeros
  header.version = cursor.u16_le();
  cursor.skip(kHeaderBytes - 20);  // the body's length
  header.whole = cursor.ok();
  return header;
}

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto opening = cursor.u16();
  if (opening != announcement && opening != answer && opening != query) return;
  cursor.skip(2);  // sequence
  const auto command = cursor.u8();
  cursor.skip(1);
  const auto [mac, version, whole] = read_header(cursor);
  if (whole && (version == 0 || version > kNewestVersion)) return;
  const Facts facts(packet, kDdp.name, sink);
  if (opening == query) return whole ? read_query(facts, command) : void();
  if (command != 0xa0 && command != 0xa1) return;
  if (cursor.remaining() < kAnnouncedIp + 4) return facts.truncated("ddp.truncated");
  if (opening == announcement) return read_announcement(facts, "announcement", cursor.rest(), mac);
  read_answer(facts, cursor.rest(), mac);
}

}  // namespace

const Protocol kDdp{.name = "ddp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
