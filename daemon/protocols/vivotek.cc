// Vivotek's discovery over UDP 10000 (fact sheet on discovery protocols, section 24): any byte, a
// magic of four, then fields of type, length and value. Foscam and others use the port too, so what
// has no magic is passed over in silence.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kVivotek;

namespace {

constexpr Field kAnswer{"vivotek.answer", FieldKind::text, FieldRole::attribute,
                        "answers Vivotek's discovery: 4a5d8f1c"};
constexpr Field kModel{"vivotek.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of Vivotek's discovery"};
constexpr Field kName{"vivotek.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device, in Vivotek's discovery"};
constexpr Field kMac{"vivotek.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Vivotek's discovery"};
constexpr Field kProbe{"vivotek.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Vivotek's discovery: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer, &kModel, &kName, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {10000};
constexpr std::uint32_t kMagic = 0x4a5d8f1c;
constexpr std::size_t kHeadBytes = 5;
constexpr int kMaxFields = 32;  // the answer seen has ten
enum Type : std::uint8_t { name = 0x01, mac = 0x02, ip = 0x03, bare = 0x04, model = 0x09 };

struct Values {
  Bytes name, mac, ip, model;
};

// False when the datagram ends inside a field.
bool read_values(Cursor& cursor, Values& values) {
  for (int i = 0; i < kMaxFields && cursor.remaining() > 0; ++i) {
    const auto type = cursor.u8();
    // This one type has no length: one byte of value follows.
    const auto value = cursor.take(type == bare ? 1 : cursor.u8());
    if (!cursor.ok()) return false;
    if (type == name) values.name = value;
    if (type == mac) values.mac = value;
    if (type == ip) values.ip = value;
    if (type == model) values.model = value;
  }
  return true;
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kVivotek.name, sink);
  Cursor cursor(packet.payload);
  cursor.skip(1);  // of the asker's choice
  if (cursor.u32() != kMagic) return;
  if (packet.payload.size() == kHeadBytes) {
    return facts.say(sender_of(packet), kProbe, "4a5d8f1c");
  }
  Values values;
  if (!read_values(cursor, values)) return facts.truncated("vivotek.truncated");
  const auto written = MacAddress::from(values.mac);
  if (written.none() || written.multicast()) return facts.anomaly("vivotek.malformed");
  const Answer answer(facts, written, IpAddress::v4(values.ip));
  answer.identify(kAnswer, "4a5d8f1c");
  answer.say(kModel, text_at(values.model, 0, values.model.size()));
  answer.say(kName, text_at(values.name, 0, values.name.size()));
  answer.say_mac(kMac);
}

}  // namespace

const Protocol kVivotek{
    .name = "vivotek", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
