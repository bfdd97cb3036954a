// Ubiquiti's discovery over UDP 10001 (fact sheet on discovery protocols, section 27): a header of
// four bytes, then type, length, value. Access points, switches, routers, recorders and cameras all
// speak it: the platform and the firmware's name say which. Others use the port (peer-to-peer
// clouds, tank gauges), so a message whose length does not add up is not ours.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kUbiquiti;

namespace {

constexpr Field kAnswer{"ubiquiti.answer", FieldKind::text, FieldRole::attribute,
                        "answers or announces itself by Ubiquiti's discovery: version.command"};
constexpr Field kFirmware{"ubiquiti.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in Ubiquiti's discovery: UVC.S2L.v4.75.62 is a camera's"};
constexpr Field kPlatform{"ubiquiti.platform", FieldKind::text, FieldRole::attribute,
                          "platform in Ubiquiti's discovery: UVC G3 Flex, UNVR, U6-Pro"};
constexpr Field kModel{"ubiquiti.model", FieldKind::text, FieldRole::attribute,
                       "full name of the model in Ubiquiti's discovery"};
constexpr Field kHostname{"ubiquiti.hostname", FieldKind::text, FieldRole::locator,
                          "host name in Ubiquiti's discovery"};
constexpr Field kMac{"ubiquiti.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in Ubiquiti's discovery"};
constexpr Field kProbe{"ubiquiti.probe", FieldKind::text, FieldRole::attribute,
                       "asks with Ubiquiti's discovery: v1, v2; devices do so too"};
constexpr const Field* kFields[] = {&kAnswer,   &kFirmware, &kPlatform, &kModel,
                                    &kHostname, &kMac,      &kProbe};

constexpr std::uint16_t kPorts[] = {10001};
constexpr std::size_t kHeaderBytes = 4;
constexpr int kMaxElements = 64;  // real answers have some 20

enum Element : std::uint8_t {
  mac = 0x01,
  mac_and_ip = 0x02,
  firmware = 0x03,
  host_name = 0x0b,
  platform = 0x0c,
  model = 0x14,
};

struct Values {
  MacAddress mac;
  IpAddress ip;
  std::string_view firmware, host_name, platform, model;
};

void keep(Values& values, std::uint8_t type, Bytes value) {
  switch (type) {
    case Element::mac:
      if (values.mac.none()) values.mac = mac_at(value, 0);
      break;
    case Element::mac_and_ip:
      if (values.mac.none()) values.mac = mac_at(value, 0);
      if (values.ip.none()) values.ip = ipv4_at(value, 6);
      break;
    case Element::firmware:
      values.firmware = text_at(value, 0, value.size());
      break;
    case Element::host_name:
      values.host_name = text_at(value, 0, value.size());
      break;
    case Element::platform:
      values.platform = text_at(value, 0, value.size());
      break;
    case Element::model:
      values.model = text_at(value, 0, value.size());
      break;
    default:
      break;  // users, networks, counters: not asked for
  }
}

void read_answer(const Facts& facts, std::uint8_t version, std::uint8_t command, Bytes elements) {
  Cursor cursor(elements);
  Values values;
  for (int i = 0; i < kMaxElements && cursor.remaining() > 0; ++i) {
    const auto type = cursor.u8();
    const auto value = cursor.take(cursor.u16());
    if (!cursor.ok()) return facts.truncated("ubiquiti.malformed");
    keep(values, type, value);
  }
  if (values.mac.none()) return;  // somebody else's message, or one that names nobody
  const Answer said(facts, values.mac, values.ip);
  said.identify(kAnswer, std::to_string(version) + "." + std::to_string(command));
  said.say(kFirmware, values.firmware);
  said.say(kPlatform, values.platform);
  said.say(kModel, values.model);
  said.say(kHostname, values.host_name);
  said.say_mac(kMac);
}

bool is_answer(std::uint8_t version, std::uint8_t command) {
  // A video recorder answers as version 0 with any command.
  return version == 0 || (version == 1 && command == 0) ||
         (version == 2 && (command == 6 || command == 9 || command == 0x0b));
}

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto version = cursor.u8(), command = cursor.u8();
  const auto length = cursor.u16();
  if (!cursor.ok()) return;
  const Facts facts(packet, kUbiquiti.name, sink);
  if (length == 0 && packet.payload.size() == kHeaderBytes) {
    if (version == 1 && command == 0) facts.say(sender_of(packet), kProbe, "v1");
    if (version == 2 && command == 8) facts.say(sender_of(packet), kProbe, "v2");
    return;
  }
  const bool adds_up = length == cursor.remaining() || (packet.truncated && length > 0);
  if (adds_up && is_answer(version, command)) read_answer(facts, version, command, cursor.rest());
}

}  // namespace

const Protocol kUbiquiti{
    .name = "ubiquiti", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
