// Topsee's discovery over UDP 3001, both ways a broadcast (fact sheet on discovery protocols,
// section 15): XML in GB2312 whose facts are attributes. An answer holds the account's password in
// clear: that element is never looked at.

#include "protocols/answer.h"
#include "protocols/markup.h"

namespace camwarden {

extern const Protocol kTopsee;

namespace {

constexpr Field kAnswer{"topsee.answer", FieldKind::text, FieldRole::attribute,
                        "answers Topsee's discovery: SYSTEM_SEARCHIPC_MESSAGE"};
constexpr Field kModel{"topsee.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of Topsee's discovery (DeviceModule)"};
constexpr Field kDeviceType{"topsee.device_type", FieldKind::text, FieldRole::attribute,
                            "device type in an answer of Topsee's discovery"};
constexpr Field kSerial{"topsee.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Topsee's discovery"};
constexpr Field kFirmware{"topsee.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in an answer of Topsee's discovery (FileSystemVersion)"};
constexpr Field kName{"topsee.name", FieldKind::text, FieldRole::locator,
                      "text that its user laid over the picture, in Topsee's discovery"};
constexpr Field kMac{"topsee.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Topsee's discovery"};
constexpr Field kProbe{"topsee.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Topsee's discovery: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer,   &kModel, &kDeviceType, &kSerial,
                                    &kFirmware, &kName,  &kMac,        &kProbe};

constexpr std::uint16_t kPorts[] = {3001};
constexpr std::size_t kMaxBytes = 8 << 10;  // the longest vector has 500

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// What follows `<element` up to the end of that tag.
std::string_view attributes_of(std::string_view text, std::string_view element) {
  for (std::size_t at = text.find(element); at != std::string_view::npos;
       at = text.find(element, at + 1)) {
    const auto rest = text.substr(at + element.size());
    if (at > 0 && text[at - 1] == '<' && !rest.empty() && blank(rest[0])) {
      return rest.substr(0, rest.find('>'));
    }
  }
  return {};
}

std::string_view attribute(std::string_view attributes, std::string_view name) {
  for (std::size_t at = attributes.find(name); at != std::string_view::npos;
       at = attributes.find(name, at + 1)) {
    auto rest = attributes.substr(at + name.size());
    if (at > 0 && blank(attributes[at - 1]) && rest.starts_with("=\"")) {
      rest.remove_prefix(2);
      return rest.substr(0, rest.find('"'));
    }
  }
  return {};
}

void say_answer(const Facts& facts, std::string_view text) {
  const auto network = attributes_of(text, "LANConfig");
  const auto device = attributes_of(text, "DEVICE_TYPE");
  const auto serial = attribute(attributes_of(text, "IPC_SERIALNUMBER"), "SerialNumber");
  const auto mac = attribute(network, "MacAddress");
  if (serial.empty() && mac.empty()) return facts.anomaly("topsee.empty_answer");
  const Answer answer(facts, mac, attribute(network, "IPAddress"));
  const auto firmware = attribute(attributes_of(text, "VERSION"), "FileSystemVersion");
  answer.identify(kAnswer, "SYSTEM_SEARCHIPC_MESSAGE");
  answer.say(kModel, decode_entities(attribute(device, "DeviceModule")));
  answer.say(kDeviceType, decode_entities(attribute(device, "DeviceType")));
  answer.identify(kSerial, decode_entities(serial));
  answer.say(kFirmware, decode_entities(firmware));
  answer.say(kName, decode_entities(attribute(attributes_of(text, "OSD"), "OsdStr")));
  answer.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kTopsee.name, sink);
  const auto text = as_text(packet.payload).substr(0, kMaxBytes);
  if (text.substr(0, 200).find("<XML_TOPSEE") == std::string_view::npos) return;
  const auto head = attributes_of(text, "MESSAGE_HEADER");
  if (attribute(head, "Msg_type") != "SYSTEM_SEARCHIPC_MESSAGE") return;  // not of discovery
  const auto code = attribute(head, "Msg_code");
  if (code == "1") return facts.say(sender_of(packet), kProbe, "SYSTEM_SEARCHIPC_MESSAGE");
  if (code == "3") return say_answer(facts, text);
  facts.truncated("topsee.malformed");
}

}  // namespace

const Protocol kTopsee{
    .name = "topsee", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
