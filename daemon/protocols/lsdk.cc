// The discovery of the l_sdk library, with which small makers build cameras (fact sheet on
// discovery protocols, section 37): JSON, broadcast over UDP 57975, in an older draft to the group
// 239.209.219.229 over UDP 23919. Known from its documentation only.

#include "base/json.h"
#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kLsdk;

namespace {

constexpr Field kDeviceType{"lsdk.device_type", FieldKind::text, FieldRole::attribute,
                            "device type in an answer of cameras built with l_sdk: ipc"};
constexpr Field kModel{"lsdk.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of cameras built with l_sdk"};
constexpr Field kFirmware{"lsdk.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in an answer of cameras built with l_sdk"};
constexpr Field kSerial{"lsdk.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of cameras built with l_sdk"};
constexpr Field kName{
    "lsdk.name", FieldKind::text, FieldRole::locator,
    "name that its user gave the device, in an answer of cameras built with l_sdk"};
constexpr Field kMac{"lsdk.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer of cameras built with l_sdk"};
constexpr const Field* kFields[] = {&kDeviceType, &kModel, &kFirmware, &kSerial, &kName, &kMac};

constexpr std::uint16_t kPorts[] = {57975, 23919};
constexpr std::size_t kMaxBytes = 1340;  // the documentation's own limit

void read_answer(const Facts& facts, const json::object& message, const json::object& device) {
  const Answer said(facts, text_member(device, "mac"), {});
  said.identify(kDeviceType, text_member(device, "dev_type"));
  said.identify(kSerial, text_member(message, "sn"));
  said.say(kModel, text_member(device, "model"));
  said.say(kFirmware, text_member(device, "sw_ver"));
  said.say(kName, text_member(device, "name"));
  said.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const auto text = as_text(packet.payload).substr(0, kMaxBytes);
  if (!text.starts_with('{')) return;
  const Facts facts(packet, kLsdk.name, sink);
  const auto value = parse_json(text);
  const auto* message = value ? value->if_object() : nullptr;
  if (!message) return facts.truncated("lsdk.malformed");
  const auto* device = message->if_contains("discover");
  if (text_member(*message, "cmd") != "discover" || !device || !device->is_object()) return;
  read_answer(facts, *message, device->get_object());
}

}  // namespace

const Protocol kLsdk{.name = "lsdk", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
