// Dahua's older discovery over UDP 5050 (fact sheet on discovery protocols, section 11): a binary
// head with two sections of text behind it, whose lengths must add up to the datagram's. Others use
// the port too, so what does not add up is passed over in silence.

#include "base/text.h"
#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kDvrip;

namespace {

constexpr Field kAnswer{"dvrip.answer", FieldKind::text, FieldRole::attribute,
                        "answers Dahua's older discovery: b3"};
constexpr Field kModel{"dvrip.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of Dahua's older discovery"};
constexpr Field kSerial{"dvrip.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Dahua's older discovery (SerialNo)"};
constexpr Field kName{"dvrip.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device, in Dahua's older discovery"};
constexpr Field kMac{"dvrip.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Dahua's older discovery"};
constexpr Field kProbe{"dvrip.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Dahua's older discovery: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer, &kModel, &kSerial, &kName, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {5050};
constexpr std::size_t kHeadBytes = 0x78, kRequestBytes = 32, kMacCharacters = 17;
constexpr int kMaxLines = 32;  // answers seen have four

bool is_question(Bytes payload) {
  Cursor cursor(payload);
  const auto command = cursor.u16();
  cursor.skip(14);
  return payload.size() == kRequestBytes && command == 0xa301 && cursor.u32_le() == 2;
}

struct Sections {
  IpAddress ip;
  std::string_view mac, model, lines;
};

// False when the lengths do not add up.
bool read_sections(Bytes payload, Sections& sections) {
  Cursor cursor(payload);
  const auto command = cursor.u8();
  cursor.skip(1);
  const std::size_t second = cursor.u8();
  cursor.skip(1);
  const auto fixed = cursor.u32_le();
  cursor.skip(12);
  const std::size_t third = cursor.u16_le();
  cursor.skip(0x38 - 0x16);
  sections.ip = IpAddress::v4(cursor.take(4));
  cursor.skip(kHeadBytes - 0x3c);
  const auto named = as_text(cursor.take(second));
  sections.lines = as_text(cursor.take(third));
  sections.mac = named.substr(0, kMacCharacters);
  sections.model = named.size() > kMacCharacters ? named.substr(kMacCharacters) : "";
  return cursor.ok() && cursor.remaining() == 0 && command == 0xb3 && fixed == 0x58 &&
         MacAddress::parse(sections.mac).has_value();
}

// "key:value" lines; a value may hold colons too.
std::string_view line_value(std::string_view lines, std::string_view key) {
  for (int i = 0; i < kMaxLines && !lines.empty(); ++i) {
    const auto line = lines.substr(0, lines.find('\n'));
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && line.substr(0, colon) == key) {
      return text_at(as_bytes(trim(line.substr(colon + 1))), 0, line.size());
    }
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
  }
  return {};
}

void say_answer(const Facts& facts, const Sections& sections) {
  const Answer answer(facts, sections.mac, sections.ip.to_string());
  const auto model = text_at(as_bytes(sections.model), 0, sections.model.size());
  answer.identify(kAnswer, "b3");
  answer.say(kModel, model.empty() ? line_value(sections.lines, "Device") : model);
  answer.identify(kSerial, line_value(sections.lines, "SerialNo"));
  answer.say(kName, line_value(sections.lines, "Name"));
  answer.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kDvrip.name, sink);
  if (is_question(packet.payload)) return facts.say(sender_of(packet), kProbe, "a301");
  Sections sections;
  if (read_sections(packet.payload, sections)) say_answer(facts, sections);
}

}  // namespace

const Protocol kDvrip{.name = "dvrip", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
