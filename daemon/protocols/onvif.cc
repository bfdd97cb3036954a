// ONVIF's web services (ONVIF Core Specification; fact sheet on discovery protocols, section 3):
// SOAP in the bodies of HTTP. A device's answers name it: GetDeviceInformation its maker, model,
// firmware and serial number, GetNetworkInterfaces its MAC address. A question is evidence of who
// asks: a recorder or a program that looks for cameras. A notification comes unasked, from a device
// to whoever subscribed.
//
// Finding devices by multicast is WS-Discovery's affair. Passwords and tokens are not kept.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "protocols/body_values.h"
#include "protocols/markup.h"
#include "protocols/soap_envelope.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kOnvif;

namespace {

constexpr Field kAnswer{"onvif.answer", FieldKind::text, FieldRole::attribute,
                        "answers this call of an ONVIF client, as an ONVIF device does"};
constexpr Field kProbe{"onvif.probe", FieldKind::text, FieldRole::attribute,
                       "makes this call to an ONVIF device: its sender is a recorder or a program"};
constexpr Field kNotify{"onvif.notify", FieldKind::text, FieldRole::attribute,
                        "topic of an event that an ONVIF device tells its subscribers"};
constexpr Field kManufacturer{"onvif.manufacturer", FieldKind::text, FieldRole::attribute,
                              "manufacturer that an ONVIF device gives"};
constexpr Field kModel{"onvif.model", FieldKind::text, FieldRole::attribute,
                       "model that an ONVIF device gives, also as its hardware scope"};
constexpr Field kFirmware{"onvif.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware version that an ONVIF device gives"};
constexpr Field kSerial{"onvif.serial", FieldKind::text, FieldRole::identifier,
                        "serial number that an ONVIF device gives"};
constexpr Field kHardwareId{"onvif.hardware_id", FieldKind::text, FieldRole::attribute,
                            "hardware id that an ONVIF device gives"};
constexpr Field kMac{"onvif.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address that an ONVIF device gives for its network interface"};
constexpr Field kHostname{"onvif.hostname", FieldKind::text, FieldRole::locator,
                          "host name that an ONVIF device gives"};
constexpr Field kName{"onvif.name", FieldKind::text, FieldRole::attribute,
                      "name scope of an ONVIF device: maker and model, or its user's words"};
constexpr Field kXaddr{"onvif.xaddr", FieldKind::text, FieldRole::attribute,
                       "path of a service of an ONVIF device"};
constexpr Field kStreamPath{"onvif.stream_path", FieldKind::text, FieldRole::attribute,
                            "path of the stream that an ONVIF device offers"};
constexpr Field kNamespace{"onvif.name_space", FieldKind::text, FieldRole::attribute,
                           "namespace in an ONVIF answer that is no standard's: its maker's own"};
constexpr Field kEnvelope{
    "onvif.envelope", FieldKind::text, FieldRole::attribute,
    "names that an ONVIF answer gives to SOAP and to its namespaces, in order"};
constexpr Field kService{"onvif.service", FieldKind::text, FieldRole::attribute,
                         "namespace of a service of an ONVIF device that is not ONVIF's own"};
constexpr const Field* kFields[] = {&kMacField,  &kAnswer,   &kProbe,  &kNotify,     &kManufacturer,
                                    &kModel,     &kFirmware, &kSerial, &kHardwareId, &kMac,
                                    &kHostname,  &kName,     &kXaddr,  &kStreamPath, &kService,
                                    &kNamespace, &kEnvelope};

constexpr std::string_view kOwn = "www.onvif.org/";
constexpr int kMaxScopes = 64;
constexpr int kMaxTags = 1000;

// Others are told as "other": what is worth telling is that somebody asks, not each thing asked.
constexpr std::array<std::string_view, 9> kCalls{
    "GetDeviceInformation", "GetSystemDateAndTime", "GetScopes",   "GetCapabilities", "GetServices",
    "GetNetworkInterfaces", "GetHostname",          "GetProfiles", "GetStreamUri"};

std::string_view known(std::string_view call) {
  return std::find(kCalls.begin(), kCalls.end(), call) != kCalls.end() ? call : "other";
}

// Calls `use` with each element of that name, at most `most`.
template <typename Use>
void for_elements(std::string_view document, std::string_view name, int most, Use use) {
  TagScanner scanner(document);
  for (int i = 0; i < kMaxTags && most > 0; ++i) {
    const auto tag = scanner.next();
    if (!tag) return;
    if (local_name(tag->name) != name) continue;
    use(decode_entities(trim(tag->after)));
    --most;
  }
}

void say_device(const Facts& facts, const Subject& who, std::string_view answer) {
  facts.say(who, kManufacturer, element_text(answer, "Manufacturer"));
  facts.say(who, kModel, element_text(answer, "Model"));
  facts.say(who, kFirmware, element_text(answer, "FirmwareVersion"));
  facts.say(who, kSerial, element_text(answer, "SerialNumber"));
  facts.say(who, kHardwareId, element_text(answer, "HardwareId"));
}

// onvif://www.onvif.org/<category>/<value>; the letter case of the category varies with the maker.
void say_scope(const Facts& facts, const Subject& who, std::string_view scope) {
  constexpr std::pair<std::string_view, const Field*> kCategories[] = {
      {"name", &kName}, {"hardware", &kModel}, {"manufacturer", &kManufacturer}};
  constexpr std::string_view kPrefix = "onvif://www.onvif.org/";
  if (!istarts_with(scope, kPrefix)) return;
  scope.remove_prefix(kPrefix.size());
  const auto slash = std::min(scope.find('/'), scope.size());
  for (const auto& [category, field] : kCategories) {
    if (!iequals(scope.substr(0, slash), category)) continue;
    facts.say(who, *field, percent_decode(scope.substr(std::min(slash + 1, scope.size()))));
  }
}

// The MAC is bound to the sender's address when a second thing agrees: an address of that
// interface, or the MAC of the frame. Else the device is behind a router or address translation,
// and the MAC is only a name of its sender.
void say_interface(const Facts& facts, std::string_view element) {
  const auto& packet = facts.packet();
  const auto mac = MacAddress::parse(element_text(element, "HwAddress")).value_or(MacAddress());
  if (mac.none() || mac.multicast()) return;
  bool same = mac == packet.src_mac;
  for_elements(element, "Address", kMaxScopes, [&](const std::string& address) {
    same = same || (packet.src.host() && IpAddress::parse(address) == packet.src);
  });
  facts.say(sender_of(packet), kMac, mac.to_string());
  if (same) facts.say(named_in_payload(packet, mac, packet.src), kMacField, mac.to_string());
}

void say_interfaces(const Facts& facts, std::string_view answer) {
  constexpr std::string_view kElement = "NetworkInterfaces";
  auto rest = from_element(answer, kElement);
  for (int left = 8; left > 0 && !rest.empty(); --left) {
    const auto element = within_element(rest, kElement);
    say_interface(facts, element);
    rest = from_element(rest.substr(std::max<std::size_t>(element.size(), 1)), kElement);
  }
}

void say_services(const Facts& facts, const Subject& who, std::string_view answer) {
  facts.say(who, kXaddr, request_path(element_text(answer, "XAddr")));
  for_elements(answer, "Namespace", kMaxScopes, [&](const std::string& name) {
    if (name.find(kOwn) == std::string::npos) facts.say(who, kService, name);
  });
}

void say_hostname(const Facts& facts, const Subject& who, std::string_view answer) {
  const auto name = element_text(answer, "Name");
  if (!iequals(name, "localhost")) facts.say(who, kHostname, name);
}

void read_answer(const Facts& facts, std::string_view call, std::string_view answer) {
  const auto who = sender_of(facts.packet());
  facts.say(who, kAnswer, known(call));
  if (call == "GetDeviceInformation") say_device(facts, who, answer);
  if (call == "GetCapabilities" || call == "GetServices") say_services(facts, who, answer);
  if (call == "GetNetworkInterfaces") say_interfaces(facts, answer);
  if (call == "GetHostname") say_hostname(facts, who, answer);
  if (call == "GetStreamUri")
    facts.say(who, kStreamPath, request_path(element_text(answer, "Uri")));
  if (call == "GetScopes") {
    for_elements(answer, "ScopeItem", kMaxScopes,
                 [&](const std::string& scope) { say_scope(facts, who, scope); });
  }
}

// The first element in the envelope's body; "" when there is none.
std::string_view call_in(std::string_view envelope) {
  TagScanner scanner(from_element(envelope, "Body"));
  (void)scanner.next();
  const auto tag = scanner.next();
  return tag ? local_name(tag->name) : std::string_view();
}

void read(const Body& body, FactSink& sink) {
  if (root_element(body.text) != "Envelope" || body.text.find(kOwn) == std::string_view::npos)
    return;
  const Facts facts(body.packet, kOnvif.name, sink);
  constexpr std::string_view kResponse = "Response";
  auto call = call_in(body.text);
  if (call.empty() || call.starts_with('/')) return facts.anomaly("onvif.no_call");
  const auto who = sender_of(body.packet);
  if (body.answer) {
    say_envelope(facts, who, {kEnvelope, kNamespace}, body.text);
    if (call == "Fault") return facts.say(who, kAnswer, call);
    if (!call.ends_with(kResponse)) return;
    const auto answer = from_element(body.text, call);
    call.remove_suffix(kResponse.size());
    read_answer(facts, call, answer);
  } else if (call == "Notify") {
    facts.say(who, kNotify, element_text(body.text, "Topic"));
  } else {
    facts.say(who, kProbe, known(call));
  }
}

}  // namespace

const Protocol kOnvif{
    .name = "onvif", .fields = kFields, .on_body = read, .reads_beginnings = true};

}  // namespace camwarden
