// TDP, TP-Link's discovery over UDP 20002 (fact sheet on discovery protocols, section 29): a header
// of 16 bytes and JSON. Plugs, bulbs, hubs and cameras of Tapo, Kasa and VIGI answer alike: the
// device type says which. Newer devices may encrypt a part of the answer, never the fields read
// here.

#include <string>

#include "base/json.h"
#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kTdp;

namespace {

constexpr Field kDeviceType{"tdp.device_type", FieldKind::text, FieldRole::attribute,
                            "device type in an answer to TP-Link's discovery: SMART.IPCAMERA"};
constexpr Field kModel{"tdp.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer to TP-Link's discovery"};
constexpr Field kFirmware{"tdp.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in an answer to TP-Link's discovery"};
constexpr Field kHardware{"tdp.hardware", FieldKind::text, FieldRole::attribute,
                          "hardware version in an answer to TP-Link's discovery"};
constexpr Field kDeviceId{"tdp.device_id", FieldKind::text, FieldRole::identifier,
                          "device id in an answer to TP-Link's discovery"};
constexpr Field kMac{"tdp.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer to TP-Link's discovery"};
constexpr Field kProbe{"tdp.probe", FieldKind::text, FieldRole::attribute,
                       "asks with TP-Link's discovery: its sender is an app, a hub or a recorder"};
constexpr const Field* kFields[] = {&kDeviceType, &kModel, &kFirmware, &kHardware,
                                    &kDeviceId,   &kMac,   &kProbe};

constexpr std::uint16_t kPort = 20002;
constexpr std::uint16_t kPorts[] = {kPort};
constexpr std::uint8_t kVersion = 2, kDiscovery = 0;
constexpr std::uint16_t kOpcode = 1;
constexpr std::size_t kMaxBodyBytes = 8 << 10;

std::string_view either(const json::object& object, std::string_view one, std::string_view other) {
  const auto text = text_member(object, one);
  return text.empty() ? text_member(object, other) : text;
}

void read_result(const Facts& facts, const json::object& result) {
  const Answer said(facts, text_member(result, "mac"), text_member(result, "ip"));
  said.identify(kDeviceType, text_member(result, "device_type"));
  said.say(kModel, text_member(result, "device_model"));
  said.say(kFirmware, either(result, "firmware_version", "fw_ver"));
  said.say(kHardware, either(result, "hw_ver", "hardware_version"));
  said.identify(kDeviceId, text_member(result, "device_id"));
  said.say_mac(kMac);
}

void read_body(const Facts& facts, std::string_view body) {
  const auto value = parse_json(body.substr(0, kMaxBodyBytes));
  const auto* message = value ? value->if_object() : nullptr;
  if (!message) return facts.truncated("tdp.malformed");
  if (message->if_contains("params")) return facts.say(sender_of(facts.packet()), kProbe, "key");
  const auto* result = message->if_contains("result");
  if (result && result->is_object()) return read_result(facts, result->get_object());
  facts.anomaly("tdp.unknown_message");
}

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto version = cursor.u8(), type = cursor.u8();
  const auto opcode = cursor.u16(), length = cursor.u16();
  cursor.skip(10);  // flags, a random number, the checksum
  if (!cursor.ok() || version != kVersion || type != kDiscovery || opcode != kOpcode) return;
  const Facts facts(packet, kTdp.name, sink);
  const bool bare = length == 0 && cursor.remaining() == 0;
  if (bare && packet.dst_port == kPort) return facts.say(sender_of(packet), kProbe, "bare");
  if (!bare) read_body(facts, as_text(cursor.rest()).substr(0, length));
}

}  // namespace

const Protocol kTdp{.name = "tdp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
