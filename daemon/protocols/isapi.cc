// ISAPI, the XML that Hikvision's platform speaks over HTTP (fact sheet on discovery protocols,
// section 8): what a device answers of itself, and the alerts that it posts to whoever it was told
// to. Labels keep the namespace, or have a neutral one; the older PSIA has the same documents under
// its own. A document without any is read where what stands in it is the platform's own. Read with
// the tolerant scanner, as SADP is.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "protocols/body_values.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kIsapi;

namespace {

constexpr Field kAnswer{"isapi.answer", FieldKind::text, FieldRole::attribute,
                        "namespace of the ISAPI documents that a device answers with"};
constexpr Field kProbe{"isapi.probe", FieldKind::text, FieldRole::attribute,
                       "ISAPI document that a client sends: a recorder or a program"};
constexpr Field kEvent{"isapi.event", FieldKind::text, FieldRole::attribute,
                       "type of an alert that a device tells by ISAPI"};
constexpr Field kModel{"isapi.model", FieldKind::text, FieldRole::attribute,
                       "model in an ISAPI device description"};
constexpr Field kSerial{"isapi.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an ISAPI device description"};
constexpr Field kFirmware{"isapi.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware version and build in an ISAPI device description"};
constexpr Field kDeviceType{"isapi.device_type", FieldKind::text, FieldRole::attribute,
                            "device type in an ISAPI device description: IPCamera, NVR"};
constexpr Field kDeviceName{"isapi.device_name", FieldKind::text, FieldRole::locator,
                            "name that its user gave the device, in an ISAPI description"};
constexpr Field kManufacturer{"isapi.manufacturer", FieldKind::text, FieldRole::attribute,
                              "manufacturer in an ISAPI device description"};
constexpr Field kMac{"isapi.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an ISAPI document"};
constexpr const Field* kFields[] = {&kAnswer,       &kProbe,    &kEvent,      &kModel,
                                    &kSerial,       &kFirmware, &kDeviceType, &kDeviceName,
                                    &kManufacturer, &kMac};

// An open standard's: whoever speaks it need not be of Hikvision's platform.
constexpr std::string_view kOpenNamespace = "psialliance";
// What Hikvision's platform adds to the open standard's alerts.
constexpr std::string_view kOwnExtension = "urn:selfextension:psiaext-";
constexpr std::string_view kDescription = "DeviceInfo", kAlert = "EventNotificationAlert";
constexpr std::array<std::string_view, 4> kNamespaces{"hikvision.com/ver", "isapi.org/ver",
                                                      "std-cgi.com/ver", kOpenNamespace};

std::string_view tag_of(std::string_view document, std::string_view element) {
  const auto from = from_element(document, element);
  return from.substr(0, from.find('>'));
}

// The default namespace of the document's first element; "" when it is none of ISAPI's.
std::string_view name_space_of(std::string_view document, std::string_view root) {
  auto tag = tag_of(document, root);
  const auto at = tag.find("xmlns=");
  if (at == std::string_view::npos) return {};
  tag.remove_prefix(at + 6);
  if (tag.empty() || (tag[0] != '"' && tag[0] != '\'')) return {};
  const auto name = tag.substr(1, tag.find(tag[0], 1) - 1);
  const bool ours = std::any_of(kNamespaces.begin(), kNamespaces.end(),
                                [&](auto one) { return name.find(one) != std::string_view::npos; });
  return ours ? name : std::string_view();
}

// The model, a date (before it, of some, two digits), and capitals:
// "DS-2CD2386G2-IU20200101AAWR..".
bool serial_of_the_platform(std::string_view serial, std::string_view model) {
  if (model.empty() || !serial.starts_with(model)) return false;
  const auto rest = serial.substr(model.size());
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  return digits >= 8 && digits <= 12 && digits < rest.size() && rest[digits] >= 'A' &&
         rest[digits] <= 'Z';
}

// Of a document that names no namespace.
bool own_description(std::string_view document) {
  return serial_of_the_platform(element_text(document, "serialNumber"),
                                element_text(document, "model"));
}

// The platform alone numbers channels and access events so; the open standard has no version 2, and
// describes its alerts in other words than "Motion alarm".
bool own_alert(std::string_view document, std::string_view root) {
  const auto has = [&](std::string_view tag) { return document.find(tag) != document.npos; };
  if (has("<dynChannelID>")) return true;
  if (has("<AccessControllerEvent>") && has("<majorEventType>")) return true;
  return tag_of(document, root).find("version=\"2.0\"") != document.npos &&
         !element_text(document, "eventState").empty() &&
         element_text(document, "eventDescription").ends_with(" alarm");
}

// Whether a document that is not of ISAPI's namespaces is ISAPI's all the same.
bool own_without_name_space(std::string_view document, std::string_view root) {
  if (tag_of(document, root).find("xmlns") != std::string_view::npos) return false;
  if (root == kAlert) return own_alert(document, root);
  return root == kDescription && own_description(document);
}

void say_firmware(const Facts& facts, const Subject& who, std::string_view document) {
  const auto version = element_text(document, "firmwareVersion");
  const auto build = element_text(document, "firmwareReleasedDate");
  facts.say(who, kFirmware, version.empty() || build.empty() ? version : version + " " + build);
}

// Whether a sender with another MAC than the document's may still be the device: behind a router,
// or where frames have no MAC. Any other is a host on the link that passes the document on.
bool may_be_the_device(const Packet& packet) { return packet.routed() || packet.src_mac.none(); }

// An answer is about the device whose MAC it gives. That it speaks ISAPI, and the serial number by
// which a device behind a router is found again, is said of its sender too.
void read_device(const Facts& facts, std::string_view document, std::string_view name_space) {
  const auto [who, other] = described_in(facts.packet(), element_text(document, "macAddress"), {});
  facts.say(who, kAnswer, name_space);
  facts.say(who, kModel, element_text(document, "model"));
  facts.say(who, kSerial, element_text(document, "serialNumber"));
  say_firmware(facts, who, document);
  facts.say(who, kDeviceType, element_text(document, "deviceType"));
  facts.say(who, kDeviceName, element_text(document, "deviceName"));
  facts.say(who, kManufacturer, element_text(document, "manufacturer"));
  if (who.mac_origin == MacOrigin::payload) facts.say(who, kMac, who.mac.to_string());
  if (!other || !may_be_the_device(facts.packet())) return;
  facts.say(sender_of(facts.packet()), kAnswer, name_space);
  facts.say(sender_of(facts.packet()), kSerial, element_text(document, "serialNumber"));
}

// The open standard's alerts carry what the platform adds to them.
bool of_the_platform(std::string_view document, std::string_view name_space) {
  return name_space.find(kOpenNamespace) == std::string_view::npos ||
         document.find(kOwnExtension) != std::string_view::npos;
}

void read_event(const Facts& facts, std::string_view document, std::string_view name_space) {
  const auto [who, other] = described_in(facts.packet(), element_text(document, "macAddress"),
                                         element_text(document, "ipAddress"));
  if (who.mac_origin == MacOrigin::payload) facts.say(who, kMac, who.mac.to_string());
  if (!of_the_platform(document, name_space)) return;
  const auto type = element_text(document, "eventType");
  facts.say(who, kEvent, type);
  if (other && may_be_the_device(facts.packet())) {
    facts.say(sender_of(facts.packet()), kEvent, type);
  }
}

void read(const Body& body, FactSink& sink) {
  const auto root = root_element(body.text);
  if (root.empty()) return;
  const auto name_space = name_space_of(body.text, root);
  if (name_space.empty() && !own_without_name_space(body.text, root)) return;
  const Facts facts(body.packet, kIsapi.name, sink);
  if (root == kAlert) {
    read_event(facts, body.text, name_space);
  } else if (!body.answer) {
    facts.say(sender_of(body.packet), kProbe, root);
  } else if (root == kDescription) {
    read_device(facts, body.text, name_space);
  } else {
    facts.say(sender_of(body.packet), kAnswer, name_space);
  }
}

}  // namespace

const Protocol kIsapi{.name = "isapi", .fields = kFields, .on_body = read};

}  // namespace camwarden
