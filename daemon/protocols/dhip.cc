// DHIP, Dahua's discovery over UDP 37810 (fact sheet on discovery protocols, section 10): a header
// of 32 bytes and a JSON document. Brands that Dahua builds for answer it alike, so the bare fact
// names the maker, and the strings inside it the brand.

#include <algorithm>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kDhip;

namespace {

constexpr Field kAnswer{"dhip.answer", FieldKind::text, FieldRole::attribute,
                        "answers DHIP searches, as Dahua's platform does: client.notifyDevInfo"};
constexpr Field kDeviceClass{"dhip.device_class", FieldKind::text, FieldRole::attribute,
                             "device class in a DHIP answer: IPC, NVR, HCVR, VTO"};
constexpr Field kDeviceType{"dhip.device_type", FieldKind::text, FieldRole::attribute,
                            "model in a DHIP answer (DeviceType)"};
constexpr Field kSerial{"dhip.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in a DHIP answer (SerialNo)"};
constexpr Field kVersion{"dhip.version", FieldKind::text, FieldRole::attribute,
                         "firmware in a DHIP answer"};
constexpr Field kVendor{"dhip.vendor", FieldKind::text, FieldRole::attribute,
                        "vendor in a DHIP answer: Dahua, General, Private or a brand"};
constexpr Field kManufacturer{"dhip.manufacturer", FieldKind::text, FieldRole::attribute,
                              "manufacturer in a DHIP answer: often the brand"};
constexpr Field kMachineName{"dhip.machine_name", FieldKind::text, FieldRole::locator,
                             "name that its user gave the device, in a DHIP answer"};
constexpr Field kMac{"dhip.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in a DHIP answer"};
constexpr Field kPort{"dhip.port", FieldKind::number, FieldRole::attribute,
                      "port of the maker's own protocol in a DHIP answer: 37777, Lorex 35000"};
constexpr Field kProbe{"dhip.probe", FieldKind::text, FieldRole::attribute,
                       "what a DHIP search asks for: its sender is a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer,  &kDeviceClass, &kDeviceType,   &kSerial,
                                    &kVersion, &kVendor,      &kManufacturer, &kMachineName,
                                    &kMac,     &kPort,        &kProbe};

struct Named {
  const Field& field;
  std::string_view key;
};
constexpr Named kTexts[] = {
    {kDeviceClass, "DeviceClass"}, {kDeviceType, "DeviceType"}, {kSerial, "SerialNo"},
    {kVersion, "Version"},         {kVendor, "Vendor"},         {kManufacturer, "Manufacturer"},
    {kMachineName, "MachineName"},
};

constexpr std::uint16_t kPorts[] = {37810};
constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kMaxBodyBytes = 16 << 10;  // the longest of 2374 real answers had 867

bool starts_with_magic(Bytes payload) {
  Cursor cursor(payload);
  return cursor.u32_le() == kHeaderBytes && as_text(cursor.take(4)) == "DHIP";
}

// The body that the header tells of. Never a search for the first '{' from the start: when the low
// byte of the length is 0x7B, the header itself holds one (section 10.4).
std::string_view body_of(Bytes payload) {
  Cursor cursor(payload);
  cursor.skip(16);
  const std::size_t length = cursor.u32_le();
  cursor.skip(12);
  if (!cursor.ok()) return {};
  const auto body = as_text(cursor.rest()).substr(0, std::min(length, kMaxBodyBytes));
  return body.substr(std::min(body.find('{'), body.size()));
}

const json::object* object_member(const json::object* object, std::string_view key) {
  const auto* member = object ? object->if_contains(key) : nullptr;
  return member ? member->if_object() : nullptr;
}

// A few devices write their names in another encoding than UTF-8: those bytes are then replaced, as
// JSON allows no others.
std::optional<json::value> parse_body(std::string_view body) {
  if (auto value = parse_json(body)) return value;
  return parse_json(to_utf8(trim(body), kMaxBodyBytes));
}

std::string_view address_in(const json::object& device) {
  const auto* ipv4 = object_member(&device, "IPv4Address");
  return ipv4 ? text_member(*ipv4, "IPAddress") : std::string_view();
}

void say_port(const Facts& facts, const Subject& who, const json::object& device) {
  const auto* port = device.if_contains("Port");
  if (port && port->is_int64() && port->get_int64() > 0 && port->get_int64() < 65536) {
    facts.say(who, kPort, std::to_string(port->get_int64()));
  }
}

void read_answer(const Facts& facts, const json::object& message, const json::object& device) {
  const auto [who, other] =
      described_in(facts.packet(), text_member(message, "mac"), address_in(device));
  facts.say(who, kAnswer, "client.notifyDevInfo");
  if (other) facts.say(sender_of(facts.packet()), kAnswer, "client.notifyDevInfo");
  for (const auto& [field, key] : kTexts) facts.say(who, field, text_member(device, key));
  say_port(facts, who, device);
  if (who.mac_origin == MacOrigin::payload) facts.say(who, kMac, who.mac.to_string());
  if (other) facts.say(sender_of(facts.packet()), kSerial, text_member(device, "SerialNo"));
}

void read_message(const Facts& facts, const json::object& message) {
  const auto method = text_member(message, "method");
  const auto* device = object_member(object_member(&message, "params"), "deviceInfo");
  if (method == "client.notifyDevInfo" && device) {
    read_answer(facts, message, *device);
  } else if (method == "DHDiscover.search") {
    facts.say(sender_of(facts.packet()), kProbe, method);
  } else {
    facts.anomaly("dhip.unknown_method");
  }
}

// A document that is no JSON still answers in the form of the platform.
void read_malformed(const Facts& facts, std::string_view body) {
  facts.truncated("dhip.malformed");
  if (body.find("\"client.notifyDevInfo\"") == std::string_view::npos) return;
  facts.say(sender_of(facts.packet()), kAnswer, "client.notifyDevInfo");
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kDhip.name, sink);
  // Older firmware answers to these four bytes alone, and some tools send no more (section 10.5).
  if (as_text(packet.payload) == "DHIP") return facts.say(sender_of(packet), kProbe, "DHIP");
  if (!starts_with_magic(packet.payload)) return;
  const auto text = body_of(packet.payload);
  const auto body = parse_body(text);
  const auto* message = body ? body->if_object() : nullptr;
  if (!message) return read_malformed(facts, text);
  read_message(facts, *message);
}

}  // namespace

const Protocol kDhip{.name = "dhip", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
