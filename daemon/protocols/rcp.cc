// Bosch's discovery of RCP+ devices, a broadcast to UDP 1757 with answers to 1758 (fact sheet on
// discovery protocols, section 21). Older devices answer in 32 bytes with their addresses only,
// newer ones in XML.

#include <array>

#include "base/text.h"
#include "protocols/answer.h"
#include "protocols/markup.h"

namespace camwarden {

extern const Protocol kRcp;

namespace {

constexpr Field kAnswer{"rcp.answer", FieldKind::text, FieldRole::attribute,
                        "answers Bosch's RCP+ discovery: binary, or the XML namespace"};
constexpr Field kSerial{"rcp.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Bosch's RCP+ discovery"};
constexpr Field kFriendlyName{"rcp.friendly_name", FieldKind::text, FieldRole::attribute,
                              "friendlyName in an answer of Bosch's RCP+ discovery"};
constexpr Field kName{"rcp.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device (unitName), in Bosch's RCP+ discovery"};
constexpr Field kMac{"rcp.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Bosch's RCP+ discovery"};
constexpr Field kProbe{"rcp.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Bosch's RCP+ discovery: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer, &kSerial, &kFriendlyName, &kName, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {1757, 1758};
constexpr std::uint32_t kMagic = 0x9939a427, kQuestion = 0xff0006de;
constexpr std::size_t kQuestionBytes = 12, kAnswerBytes = 28;
constexpr std::string_view kNamespace = "OEMExt00:device-1-0";
constexpr std::size_t kMaxBytes = 16 << 10;
constexpr int kMaxTags = 256;

void read_binary(const Facts& facts, Bytes payload) {
  Cursor cursor(payload);
  cursor.skip(8);  // magic, transaction
  if (payload.size() == kQuestionBytes && cursor.u32() == kQuestion) {
    return facts.say(sender_of(facts.packet()), kProbe, "ff0006de");
  }
  if (payload.size() < kAnswerBytes) return facts.truncated("rcp.truncated");
  const auto mac = MacAddress::from(cursor.take(6));
  cursor.skip(2);
  const auto ip = IpAddress::v4(cursor.take(4));
  if (mac.none() || mac.multicast()) return facts.anomaly("rcp.malformed");
  const Answer answer(facts, mac, ip);
  answer.identify(kAnswer, "binary");
  answer.say_mac(kMac);
}

enum Element { friendly_name, unit_name, serial, mac, ip, kElements };
constexpr std::array<std::string_view, kElements> kNames{"friendlyName", "unitName", "serialNumber",
                                                         "physAddress", "unitIPAddress"};
using Values = std::array<std::string_view, kElements>;

Values scan(std::string_view text) {
  Values values;
  TagScanner scanner(text);
  for (int tags = 0; tags < kMaxTags; ++tags) {
    const auto tag = scanner.next();
    if (!tag) break;
    for (std::size_t i = 0; i < kElements; ++i) {
      if (values[i].empty() && tag->name == kNames[i]) values[i] = trim(tag->after);
    }
  }
  return values;
}

void read_xml(const Facts& facts, std::string_view text) {
  const auto values = scan(text);
  if (values[serial].empty() && values[mac].empty()) return facts.truncated("rcp.empty_answer");
  const Answer answer(facts, values[mac], values[ip]);
  answer.identify(kAnswer, kNamespace);
  answer.identify(kSerial, decode_entities(values[serial]));
  answer.say(kFriendlyName, decode_entities(values[friendly_name]));
  answer.say(kName, decode_entities(values[unit_name]));
  answer.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kRcp.name, sink);
  Cursor cursor(packet.payload);
  if (cursor.u32() == kMagic) return read_binary(facts, packet.payload);
  const auto text = as_text(packet.payload).substr(0, kMaxBytes);
  if (text.substr(0, 200).find(kNamespace) != std::string_view::npos) read_xml(facts, text);
}

}  // namespace

const Protocol kRcp{.name = "rcp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
