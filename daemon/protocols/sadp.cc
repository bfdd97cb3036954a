// SADP, Hikvision's discovery over UDP 37020 (fact sheet on discovery protocols, section 6): a bare
// XML document. Answers often go to the group 239.255.255.250, so that anybody may hear them. Read
// with the tolerant scanner, since real answers are not always well-formed.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/markup.h"

namespace camwarden {

extern const Protocol kSadp;

namespace {

constexpr Field kAnswer{"sadp.answer", FieldKind::text, FieldRole::attribute,
                        "answers SADP searches (ProbeMatch) or announces itself (Hello), as "
                        "Hikvision's platform does"};
constexpr Field kDeviceType{"sadp.device_type", FieldKind::text, FieldRole::attribute,
                            "device type code of a SADP answer"};
constexpr Field kModel{"sadp.model", FieldKind::text, FieldRole::attribute,
                       "model in a SADP answer (DeviceDescription)"};
constexpr Field kSerial{"sadp.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in a SADP answer (DeviceSN: model, date, unit)"};
constexpr Field kFirmware{"sadp.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in a SADP answer (SoftwareVersion)"};
constexpr Field kDspVersion{"sadp.dsp_version", FieldKind::text, FieldRole::attribute,
                            "DSP firmware in a SADP answer"};
constexpr Field kMac{"sadp.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in a SADP answer"};
constexpr Field kOemCode{"sadp.oem_code", FieldKind::text, FieldRole::attribute,
                         "OEM code in a SADP answer"};
constexpr Field kOemInfo{"sadp.oem_info", FieldKind::text, FieldRole::attribute,
                         "OEM text in a SADP answer"};
constexpr Field kActivated{"sadp.activated", FieldKind::text, FieldRole::attribute,
                           "false: the device has no password yet"};
constexpr Field kChannels{"sadp.channels", FieldKind::text, FieldRole::attribute,
                          "analog/digital channels in a SADP answer; 0/1 is a camera"};
constexpr Field kProbe{"sadp.probe", FieldKind::text, FieldRole::attribute,
                       "what a SADP search asks for: its sender is a recorder or a maker's tool"};
constexpr Field kOpaque{"sadp.opaque", FieldKind::text, FieldRole::attribute,
                        "answers on the SADP port in a form other than XML: non-xml"};
constexpr const Field* kFields[] = {&kAnswer,     &kDeviceType, &kModel,   &kSerial,  &kFirmware,
                                    &kDspVersion, &kMac,        &kOemCode, &kOemInfo, &kActivated,
                                    &kChannels,   &kProbe,      &kOpaque};

constexpr std::uint16_t kPort = 37020;
constexpr std::uint16_t kPorts[] = {kPort};
// Real answers have 700 to 2500 bytes and some 50 elements.
constexpr std::size_t kMaxBytes = 16 << 10;
constexpr int kMaxTags = 512;

enum Element {
  mac,
  ip,
  device_type,
  model,
  serial,
  firmware,
  dsp_version,
  oem_code,
  oem_info,
  activated,
  analog,
  digital,
  types,
  kElements
};
constexpr std::array<std::string_view, kElements> kNames{
    "MAC",      "IPv4Address",     "DeviceType",       "DeviceDescription",
    "DeviceSN", "SoftwareVersion", "DSPVersion",       "OEMCode",
    "OEMInfo",  "Activated",       "AnalogChannelNum", "DigitalChannelNum",
    "Types"};

struct Document {
  std::string_view root;
  std::array<std::string_view, kElements> values;  // of each element, the first
};

void keep(Document& document, const TagScanner::Tag& tag) {
  for (std::size_t i = 0; i < kElements; ++i) {
    if (document.values[i].empty() && iequals(tag.name, kNames[i])) document.values[i] = tag.after;
  }
}

Document scan(std::string_view text) {
  Document document;
  TagScanner scanner(text);
  for (int i = 0; i < kMaxTags; ++i) {
    const auto tag = scanner.next();
    if (!tag) break;
    if (document.root.empty()) {
      document.root = tag->name;
    } else {
      keep(document, *tag);
    }
  }
  return document;
}

void say_channels(const Facts& facts, const Subject& who, const Document& document) {
  const auto a = trim(document.values[analog]).substr(0, 8);
  const auto d = trim(document.values[digital]).substr(0, 8);
  if (!a.empty() || !d.empty()) facts.say(who, kChannels, std::string(a) + "/" + std::string(d));
}

void read_answer(const Facts& facts, const Document& document, std::string_view kind) {
  const auto& values = document.values;
  // Whoever answers says what it is; an empty answer names nobody.
  if (trim(values[model]).empty() && trim(values[serial]).empty() && trim(values[mac]).empty()) {
    return facts.anomaly("sadp.empty_answer");
  }
  const auto described = described_in(facts.packet(), values[mac], values[ip]);
  const auto& who = described.device;
  const auto say = [&](const Field& field, Element element) {
    facts.say(who, field, decode_entities(values[element]));
  };
  facts.say(who, kAnswer, kind);
  if (described.other_than_sender) facts.say(sender_of(facts.packet()), kAnswer, kind);
  say(kDeviceType, device_type);
  say(kModel, model);
  say(kSerial, serial);
  say(kFirmware, firmware);
  say(kDspVersion, dsp_version);
  say(kOemCode, oem_code);
  say(kOemInfo, oem_info);
  say(kActivated, activated);
  say_channels(facts, who, document);
  if (who.mac_origin == MacOrigin::payload) facts.say(who, kMac, who.mac.to_string());
  if (described.other_than_sender) {
    facts.say(sender_of(facts.packet()), kSerial, decode_entities(values[serial]));
  }
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kSadp.name, sink);
  const auto text = trim(as_text(packet.payload));
  if (text.empty()) return;
  const auto document = scan(text.substr(0, kMaxBytes));
  if (iequals(document.root, "ProbeMatch")) {
    read_answer(facts, document, "ProbeMatch");
  } else if (iequals(document.root, "Hello")) {
    // One source tells of it, no capture (sections 6.4 and 47). The elements are the same.
    read_answer(facts, document, "Hello");
  } else if (iequals(document.root, "Probe")) {
    facts.say(sender_of(packet), kProbe, document.values[types]);
  } else if (document.root.empty() && packet.src_port == kPort) {
    // Newer firmware may encrypt (section 6.5): that it speaks here is still worth knowing.
    facts.say(sender_of(packet), kOpaque, "non-xml");
  } else {
    facts.truncated("sadp.malformed");
  }
}

}  // namespace

const Protocol kSadp{.name = "sadp",
                     .fields = kFields,
                     .udp_ports = kPorts,
                     .on_datagram = read};

}  // namespace camwarden
