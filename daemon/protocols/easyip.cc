// Easy IP Setup, the discovery of i-PRO (before: Panasonic) over UDP 10670 and 10669 (fact sheet on
// discovery protocols, section 22): a head with a constant of nine bytes, then fields of tag,
// length and value. Numbers are in network order. The checksum is not tested: tools send none too.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kEasyIp;

namespace {

constexpr Field kAnswer{"easyip.answer", FieldKind::text, FieldRole::attribute,
                        "answers i-PRO's Easy IP Setup: 000e"};
constexpr Field kModel{"easyip.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of Easy IP Setup"};
constexpr Field kFirmware{"easyip.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in an answer of Easy IP Setup"};
constexpr Field kSerial{"easyip.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Easy IP Setup"};
constexpr Field kName{"easyip.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device, in Easy IP Setup"};
constexpr Field kMac{"easyip.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Easy IP Setup"};
constexpr Field kProbe{"easyip.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Easy IP Setup: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer, &kModel, &kFirmware, &kSerial,
                                    &kName,   &kMac,   &kProbe};

constexpr std::uint16_t kPorts[] = {10669, 10670};
constexpr std::string_view kConstant("\x20\x11\x1e\x11\x23\x1f\x1e\x19\x13");
constexpr std::uint16_t kSearch = 0x000d, kFound = 0x000e, kEnd = 0xffff;
constexpr int kMaxFields = 64;  // the answer seen has 30

struct Head {
  bool ours = false;
  std::uint16_t command = 0;
  MacAddress mac;
};

Head read_head(Cursor& cursor) {
  Head head;
  const auto version = cursor.u16();
  cursor.skip(2);  // length
  head.command = cursor.u16();
  head.mac = MacAddress::from(cursor.take(6));
  cursor.skip(12);  // who asks, step
  const auto constant = as_text(cursor.take(kConstant.size()));
  cursor.skip(15);
  head.ours = cursor.ok() && version == 1 && constant == kConstant;
  return head;
}

struct Texts {
  Bytes ip, name, model, firmware, serial;
};

// What the datagram holds of them; false when it ends inside a field.
bool read_texts(Cursor& cursor, Texts& texts) {
  for (int i = 0; i < kMaxFields; ++i) {
    const auto tag = cursor.u16();
    if (tag == kEnd || !cursor.ok()) return tag == kEnd;
    const auto value = cursor.take(cursor.u16());
    if (!cursor.ok()) return false;
    if (tag == 0x20) texts.ip = value;
    if (tag == 0xa7) texts.name = value;
    if (tag == 0xa8) texts.model = value;
    if (tag == 0xa9) texts.firmware = value;
    if (tag == 0xd1) texts.serial = value;
  }
  return true;
}

void read_answer(const Facts& facts, const MacAddress& mac, Cursor& cursor) {
  Texts texts;
  if (!read_texts(cursor, texts)) facts.truncated("easyip.truncated");
  if (mac.none() || mac.multicast()) return facts.anomaly("easyip.malformed");
  if (texts.model.empty() && texts.serial.empty()) return facts.truncated("easyip.empty_answer");
  const Answer answer(facts, mac, IpAddress::v4(texts.ip));
  answer.identify(kAnswer, "000e");
  answer.say(kModel, text_at(texts.model, 0, texts.model.size()));
  answer.say(kFirmware, text_at(texts.firmware, 0, texts.firmware.size()));
  answer.identify(kSerial, text_at(texts.serial, 0, texts.serial.size()));
  answer.say(kName, text_at(texts.name, 0, texts.name.size()));
  answer.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kEasyIp.name, sink);
  Cursor cursor(packet.payload);
  const auto head = read_head(cursor);
  if (!head.ours) return;
  if (head.command == kSearch) return facts.say(sender_of(packet), kProbe, "000d");
  if (head.command == kFound) read_answer(facts, head.mac, cursor);
}

}  // namespace

const Protocol kEasyIp{
    .name = "easyip", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
