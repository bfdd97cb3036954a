// TVT's discovery over UDP 23456 (fact sheet on discovery protocols, section 14): "MHED", to the
// groups 234.55.55.55 and .56. Devices announce themselves every two seconds without being asked.
// The layout is that of captures; a vendor's header lays out bytes 140 to 187 in another way, which
// no capture shows. The password field of a set command is never looked at. Numbers are little
// endian, addresses in network order.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kMhed;

namespace {

constexpr Field kAnswer{"mhed.answer", FieldKind::text, FieldRole::attribute,
                        "announces itself by TVT's discovery: announce"};
constexpr Field kName{"mhed.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device, in TVT's discovery"};
constexpr Field kSerial{"mhed.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in TVT's discovery"};
constexpr Field kModel{"mhed.model", FieldKind::text, FieldRole::attribute,
                       "model in TVT's discovery"};
constexpr Field kManufacturer{"mhed.manufacturer", FieldKind::text, FieldRole::attribute,
                              "label for which the device was built, in TVT's discovery"};
constexpr Field kFirmware{"mhed.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in TVT's discovery"};
constexpr Field kDeviceType{"mhed.device_type", FieldKind::number, FieldRole::attribute,
                            "0 DVR, 1 video server, 2 camera, 3 NVR, 4 decoder"};
constexpr Field kMac{"mhed.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in TVT's discovery"};
constexpr Field kProbe{"mhed.probe", FieldKind::text, FieldRole::attribute,
                       "what TVT's discovery asks for: its sender is a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer,   &kName,       &kSerial, &kModel, &kManufacturer,
                                    &kFirmware, &kDeviceType, &kMac,    &kProbe};

constexpr std::uint16_t kPorts[] = {23456};
constexpr std::size_t kAnnounceBytes = 228;  // up to the manufacturer's end; 240 in captures
constexpr std::uint32_t kMaxDeviceType = 4;

// The number is 1.4.10.0 as 01 04 0a 00; devices that write a text write it at another place.
std::string firmware_of(Bytes payload, std::uint32_t number) {
  const auto text = text_at(payload, 156, 16);
  if (!text.empty() || number == 0) return std::string(text);
  const auto part = [&](int shift) { return std::to_string(number >> shift & 0xff); };
  return part(24) + "." + part(16) + "." + part(8) + "." + part(0);
}

// A long model goes on at another place (one capture: NVRs).
std::string model_of(Bytes payload) {
  const auto begin = text_at(payload, 196, 16);
  const auto end = begin.size() == 16 ? text_at(payload, 180, 16) : std::string_view();
  return std::string(begin) + std::string(end);
}

void say_announce(const Facts& facts, Bytes payload) {
  const auto mac = mac_at(payload, 32);
  Cursor cursor(payload);
  cursor.skip(52);
  const auto version = cursor.u32_le();
  cursor.skip(8);  // build date, ports
  const auto device_type = cursor.u32_le();
  if (mac.none() || mac.multicast() || device_type > kMaxDeviceType) {
    return facts.anomaly("mhed.malformed");
  }
  const Answer answer(facts, mac, ipv4_at(payload, 40));
  answer.identify(kAnswer, "announce");
  answer.say(kName, text_at(payload, 12, 20));
  answer.identify(kSerial, text_at(payload, 140, 16));
  answer.say(kFirmware, firmware_of(payload, version));
  answer.say(kModel, model_of(payload));
  answer.say(kManufacturer, text_at(payload, 212, 16));
  answer.say(kDeviceType, std::to_string(device_type));
  answer.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kMhed.name, sink);
  Cursor cursor(packet.payload);
  const auto magic = as_text(cursor.take(4));
  cursor.skip(4);  // version
  const auto command = cursor.u32_le();
  if (!cursor.ok() || magic != "MHED") return;
  switch (command) {
    case 1:
    case 13:
      return facts.say(sender_of(packet), kProbe, "search");
    case 3:
    case 4:
      return facts.say(sender_of(packet), kProbe, "set");
    case 2:
      break;
    default:
      return;  // an acknowledgement, or what is not known
  }
  if (packet.payload.size() < kAnnounceBytes) return facts.truncated("mhed.truncated");
  say_announce(facts, packet.payload);
}

}  // namespace

const Protocol kMhed{.name = "mhed", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
