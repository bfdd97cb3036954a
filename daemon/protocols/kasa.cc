// TP-Link's older "smart home" protocol over UDP 9999 (fact sheet on discovery protocols, section
// 29): JSON under an autokey cipher, each byte XORed with the one before it as sent, the first with
// 171. Mostly plugs and bulbs; some Kasa cameras answer too, and say so in their type.

#include <algorithm>
#include <string>

#include "base/json.h"
#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kKasa;

namespace {

constexpr Field kType{"kasa.type", FieldKind::text, FieldRole::attribute,
                      "device type in TP-Link's smart home protocol: IOT.IPCAMERA"};
constexpr Field kModel{"kasa.model", FieldKind::text, FieldRole::attribute,
                       "model in TP-Link's smart home protocol: KC100(US)"};
constexpr Field kFirmware{"kasa.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in TP-Link's smart home protocol"};
constexpr Field kDeviceId{"kasa.device_id", FieldKind::text, FieldRole::identifier,
                          "device id in TP-Link's smart home protocol"};
constexpr Field kMac{"kasa.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in TP-Link's smart home protocol"};
constexpr Field kProbe{"kasa.probe", FieldKind::text, FieldRole::attribute,
                       "asks with TP-Link's smart home protocol: get_sysinfo"};
constexpr const Field* kFields[] = {&kType, &kModel, &kFirmware, &kDeviceId, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {9999};
constexpr std::size_t kMaxBytes = 4 << 10;
constexpr std::uint8_t kFirstKey = 171;
constexpr std::uint8_t kOpensJson = '{' ^ kFirstKey;

std::string decrypt(std::string_view hidden) {
  std::string text(hidden.substr(0, kMaxBytes));
  char key = static_cast<char>(kFirstKey);
  for (auto& c : text) {
    const char next = c;
    c = static_cast<char>(c ^ key);
    key = next;
  }
  return text;
}

const json::object* object_in(const json::object& object, std::string_view key) {
  const auto* member = object.if_contains(key);
  return member ? member->if_object() : nullptr;
}

std::string_view either(const json::object& object, std::string_view one, std::string_view other) {
  const auto text = text_member(object, one);
  return text.empty() ? text_member(object, other) : text;
}

void read_sysinfo(const Facts& facts, const json::object& sysinfo) {
  const Answer said(facts, either(sysinfo, "mac", "mic_mac"), {});
  said.identify(kType, either(sysinfo, "type", "mic_type"));
  said.say(kModel, text_member(sysinfo, "model"));
  said.say(kFirmware, text_member(sysinfo, "sw_ver"));
  said.identify(kDeviceId, text_member(sysinfo, "deviceId"));
  said.say_mac(kMac);
}

void read_message(const Facts& facts, const json::object& message) {
  const auto* system = object_in(message, "system");
  if (!system || !system->if_contains("get_sysinfo")) return;
  const auto* sysinfo = object_in(*system, "get_sysinfo");
  if (!sysinfo || sysinfo->empty()) {
    return facts.say(sender_of(facts.packet()), kProbe, "get_sysinfo");
  }
  const auto* nested = object_in(*sysinfo, "system");  // as cameras answer
  read_sysinfo(facts, nested ? *nested : *sysinfo);
}

void read(const Packet& packet, FactSink& sink) {
  if (packet.payload.empty() || packet.payload[0] != kOpensJson) return;
  const Facts facts(packet, kKasa.name, sink);
  const auto value = parse_json(decrypt(as_text(packet.payload)));
  // One byte in 256 opens like this: what is no JSON was somebody else's.
  if (value && value->is_object()) read_message(facts, value->get_object());
}

}  // namespace

const Protocol kKasa{.name = "kasa", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
