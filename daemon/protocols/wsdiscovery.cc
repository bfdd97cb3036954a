// WS-Discovery over UDP 3702: SOAP, by which ONVIF devices announce themselves (Hello) and answer
// searches (ProbeMatches, ResolveMatches). Facts: fact sheet on discovery protocols, section 2; the
// 2005/04 draft that ONVIF uses, and OASIS WS-Discovery 1.1. Windows, printers and scanners speak
// it on the same port: of a device that nowhere says "onvif" only its types are told.
//
// The subject is the sender. XAddrs may name other addresses (0.0.0.0, an inner network, another
// interface), so nothing is ever said about those.

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/markup.h"
#include "protocols/soap_envelope.h"
#include "protocols/xml.h"

namespace camwarden {

extern const Protocol kWsDiscovery;

namespace {

constexpr Field kOnvif{
    "wsdd.onvif", FieldKind::text, FieldRole::attribute,
    "says by WS-Discovery that it speaks ONVIF: hello, probematch, resolvematch"};
constexpr Field kTypes{"wsdd.types", FieldKind::text, FieldRole::attribute,
                       "types of a WS-Discovery target, with the prefixes that it uses"};
constexpr Field kEndpoint{"wsdd.endpoint", FieldKind::uuid, FieldRole::identifier,
                          "UUID of a WS-Discovery target"};
constexpr Field kXaddrs{"wsdd.xaddrs", FieldKind::text, FieldRole::attribute,
                        "service addresses of a WS-Discovery target"};
constexpr Field kScopes{"wsdd.scopes", FieldKind::text, FieldRole::attribute,
                        "all scopes of an ONVIF device, as sent"};
constexpr Field kScopeName{"wsdd.scope_name", FieldKind::text, FieldRole::attribute,
                           "name scope of an ONVIF device: maker and model, or its user's words"};
constexpr Field kScopeHardware{"wsdd.scope_hardware", FieldKind::text, FieldRole::attribute,
                               "hardware scope of an ONVIF device: its model"};
constexpr Field kScopeManufacturer{"wsdd.scope_manufacturer", FieldKind::text, FieldRole::attribute,
                                   "manufacturer scope of an ONVIF device"};
constexpr Field kScopeLocation{"wsdd.scope_location", FieldKind::text, FieldRole::attribute,
                               "location scope of an ONVIF device: often the factory's default"};
constexpr Field kScopeMac{"wsdd.scope_mac", FieldKind::mac, FieldRole::identifier,
                          "MAC address in a scope of an ONVIF device"};
constexpr Field kScopeSerial{"wsdd.scope_serial", FieldKind::text, FieldRole::identifier,
                             "serial number in a scope of an ONVIF device"};
constexpr Field kProfile{"wsdd.profile", FieldKind::text, FieldRole::attribute,
                         "ONVIF profile that a device claims: Streaming, G, T"};
constexpr Field kProbe{"wsdd.probe", FieldKind::text, FieldRole::attribute,
                       "types that a client searches for by WS-Discovery; * for all"};
constexpr Field kEnvelope{"wsdd.envelope", FieldKind::text, FieldRole::attribute,
                          "names that an ONVIF device's WS-Discovery gives to SOAP, in order"};
constexpr Field kNamespace{"wsdd.name_space", FieldKind::text, FieldRole::attribute,
                           "namespace in an ONVIF device's WS-Discovery that is no standard's"};
constexpr const Field* kFields[] = {&kMacField,      &kOnvif,         &kTypes,
                                    &kEndpoint,      &kXaddrs,        &kScopes,
                                    &kScopeName,     &kScopeHardware, &kScopeManufacturer,
                                    &kScopeLocation, &kScopeMac,      &kScopeSerial,
                                    &kProfile,       &kProbe,         &kEnvelope,
                                    &kNamespace};

constexpr std::uint16_t kPorts[] = {3702};
constexpr int kMaxMatches = 8;
constexpr int kMaxScopes = 64;
constexpr int kMaxTypes = 16;

constexpr std::array<std::string_view, 2> kDiscoveryNamespaces{
    "http://schemas.xmlsoap.org/ws/2005/04/discovery",
    "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01"};

// Calls `each` with the words of a list, at most `limit` of them.
template <typename Each>
void for_words(std::string_view text, int limit, Each each) {
  constexpr std::string_view kBlank = " \t\r\n";
  for (; limit > 0; --limit) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
    if (text.empty()) return;
    const auto end = std::min(text.find_first_of(kBlank), text.size());
    each(text.substr(0, end));
    text.remove_prefix(end);
  }
}

bool says_onvif(std::string_view text) { return ifind(text, "onvif") != std::string_view::npos; }

struct Target {
  XmlElement types;
  std::string_view scopes, xaddrs, endpoint;

  explicit Target(XmlElement element)
      : types(element.child("Types")),
        scopes(element.child("Scopes").text()),
        xaddrs(element.child("XAddrs").text()),
        endpoint(element.child("EndpointReference").child("Address").text()) {}

  bool onvif() const {
    bool found = says_onvif(scopes) || says_onvif(xaddrs);
    for_words(types.text(), kMaxTypes,
              [&](auto qname) { found = found || says_onvif(types.name_space_of(qname)); });
    return found;
  }
};

std::string_view host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  auto host = url.substr(scheme + 3);
  if (host.starts_with('[')) {
    host.remove_prefix(1);
    return host.substr(0, host.find(']'));
  }
  return host.substr(0, host.find_first_of(":/"));
}

// A discovery proxy answers with the targets of others. What it lists is not the sender's own,
// unless the service address is the sender's.
bool names_sender(const Target& target, const Packet& packet) {
  bool named = false;
  for_words(target.xaddrs, kMaxScopes,
            [&](auto url) { named = named || IpAddress::parse(host_of(url)) == packet.src; });
  return named;
}

// "urn:uuid:" or "uuid:" and a UUID; other endpoint addresses name nobody for good.
std::string uuid_of(std::string_view address) {
  const auto at = ifind(address, "uuid:");
  if (at == std::string_view::npos) return {};
  auto uuid = to_lower(trim(address.substr(at + 5)));
  constexpr std::string_view kForm = "00000000-0000-0000-0000-000000000000";
  const bool valid =
      std::equal(uuid.begin(), uuid.end(), kForm.begin(), kForm.end(), [](char c, char form) {
        return form == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      });
  return valid && uuid != kForm ? uuid : std::string();
}

void say_mac(const Facts& facts, const Subject& who, std::string_view text) {
  const auto mac = MacAddress::parse(trim(text)).value_or(MacAddress());
  if (mac.none() || mac.multicast()) return;
  facts.say(who, kScopeMac, mac.to_string());
  facts.say(named_in_payload(facts.packet(), mac, facts.packet().src), kMacField, mac.to_string());
}

struct Category {
  std::string_view name;
  const Field& field;
};
constexpr Category kCategories[] = {
    {"name", kScopeName},
    {"hardware", kScopeHardware},
    {"manufacturer", kScopeManufacturer},
    {"location", kScopeLocation},
    {"profile", kProfile},
    {"mac", kScopeMac},
    {"macaddress", kScopeMac},
    {"macaddr", kScopeMac},
    {"model", kScopeHardware},
    {"serialnumber", kScopeSerial},
    {"serial", kScopeSerial},
};

// onvif://www.onvif.org/<category>/<value>; the letter case of the category varies with the maker.
void say_scope(const Facts& facts, const Subject& who, std::string_view scope) {
  constexpr std::string_view kPrefix = "onvif://www.onvif.org/";
  if (!istarts_with(scope, kPrefix)) return;
  scope.remove_prefix(kPrefix.size());
  const auto slash = scope.find('/');
  if (slash == std::string_view::npos) return;
  const auto value = percent_decode(scope.substr(slash + 1));
  for (const auto& [name, field] : kCategories) {
    if (!iequals(scope.substr(0, slash), name)) continue;
    if (&field == &kScopeMac) return say_mac(facts, who, value);
    return facts.say(who, field, value);
  }
}

void say_target(const Facts& facts, const Target& target, std::string_view how) {
  const auto who = sender_of(facts.packet());
  facts.say(who, kTypes, collapse_blanks(target.types.text()));
  if (!target.onvif()) return;
  facts.say(who, kOnvif, how);
  say_envelope(facts, who, {kEnvelope, kNamespace}, as_text(facts.packet().payload));
  facts.say(who, kEndpoint, uuid_of(target.endpoint));
  facts.say(who, kXaddrs, collapse_blanks(target.xaddrs));
  facts.say(who, kScopes, collapse_blanks(target.scopes));
  for_words(target.scopes, kMaxScopes, [&](auto scope) { say_scope(facts, who, scope); });
}

void read_matches(const Facts& facts, XmlElement matches, std::string_view name,
                  std::string_view how) {
  const auto first = matches.child(name);
  const bool several = first && first.next();
  int left = kMaxMatches;
  for (auto match = first; match && left > 0; match = match.next(), --left) {
    const Target target(match);
    if (!several || names_sender(target, facts.packet())) say_target(facts, target, how);
  }
}

void say_probe(const Facts& facts, XmlElement probe) {
  const auto types = collapse_blanks(probe.child("Types").text());
  facts.say(sender_of(facts.packet()), kProbe, types.empty() ? "*" : types);
}

void read_message(const Facts& facts, XmlElement message) {
  const auto name = message.local_name();
  if (name == "Hello") {
    say_target(facts, Target(message), "hello");
  } else if (name == "ProbeMatches") {
    read_matches(facts, message, "ProbeMatch", "probematch");
  } else if (name == "ResolveMatches") {
    read_matches(facts, message, "ResolveMatch", "resolvematch");
  } else if (name == "Probe") {
    say_probe(facts, message);
  }
}

bool known_namespace(std::string_view name_space) {
  return std::find(kDiscoveryNamespaces.begin(), kDiscoveryNamespaces.end(), name_space) !=
         kDiscoveryNamespaces.end();
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kWsDiscovery.name, sink);
  const auto text = trim(as_text(packet.payload));
  if (text.empty()) return;
  const Xml xml(text);
  const auto envelope = xml.root();
  if (envelope.local_name() != "Envelope") return facts.truncated("wsdd.malformed");
  const auto message = envelope.child("Body").child();
  if (!message) return;
  // Faults, and the metadata exchange that printers carry on this port, are not for us.
  if (known_namespace(message.name_space())) read_message(facts, message);
}

}  // namespace

const Protocol kWsDiscovery{
    .name = "wsdd", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
