// SSDP, the discovery of UPnP (UPnP Device Architecture 1.1, section 1) on UDP 1900: NOTIFY and
// answers to M-SEARCH tell of their sender, and M-SEARCH of who searches. Facts: fact sheet on
// discovery protocols, section 4. The description that LOCATION points to is HTTP's.
//
// A LOCATION on another address than the sender's is of a relay that repeats other links' messages:
// nothing of such a message is told.

#include <algorithm>

#include "base/text.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kSsdp;

namespace {

constexpr Field kServer{"ssdp.server", FieldKind::text, FieldRole::attribute,
                        "SERVER of an SSDP announcement or answer"};
constexpr Field kTarget{"ssdp.target", FieldKind::text, FieldRole::attribute,
                        "what an SSDP announcement or answer says it is (NT, ST)"};
constexpr Field kUuid{"ssdp.uuid", FieldKind::uuid, FieldRole::identifier, "UUID of a UPnP device"};
constexpr Field kUsn{"ssdp.usn", FieldKind::text, FieldRole::identifier,
                     "unique name of a UPnP device where it is no UUID: may hold a serial number"};
constexpr Field kLocation{"ssdp.location", FieldKind::text, FieldRole::attribute,
                          "path of a UPnP description: /rootdesc1.xml"};
constexpr Field kUserAgent{"ssdp.user_agent", FieldKind::text, FieldRole::attribute,
                           "X-User-Agent or USER-AGENT of an SSDP announcement or answer"};
constexpr Field kProbe{"ssdp.probe", FieldKind::text, FieldRole::attribute,
                       "what a host searches for with SSDP (ST)"};
constexpr const Field* kFields[] = {&kServer,   &kTarget,    &kUuid, &kUsn,
                                    &kLocation, &kUserAgent, &kProbe};

constexpr std::uint16_t kPorts[] = {1900};

// Of an absolute URL. The port is left out: many take another at each start.
struct Url {
  std::string_view host, path;
  explicit Url(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return;
    url.remove_prefix(scheme + 3);
    const bool v6 = url.starts_with('[');
    if (v6) url.remove_prefix(1);
    const auto end = std::min(url.find_first_of(v6 ? "]" : ":/"), url.size());
    host = url.substr(0, end);
    url = url.substr(std::min(url.find('/'), url.size()));
    if (url.size() > 1) path = url.substr(0, url.find_first_of("?#"));
  }
};

// A zone ("fe80::1%eth0", RFC 6874) is the sender's own affair.
bool elsewhere(const Url& location, const IpAddress& sender) {
  const auto host = IpAddress::parse(location.host.substr(0, location.host.find('%')));
  return host && host->host() && *host != sender;
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view kForm = "00000000-0000-0000-0000-000000000000";
  return std::equal(text.begin(), text.end(), kForm.begin(), kForm.end(), [](char c, char form) {
    if (form == '-') return c == '-';
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

// "uuid:<device>::<what>", of which the device's part stays the same.
void say_usn(const Facts& facts, std::string_view usn) {
  if (istarts_with(usn, "uuid:")) usn.remove_prefix(5);
  usn = trim(usn.substr(0, usn.find("::")));
  if (is_uuid(usn)) {
    facts.say(sender_of(facts.packet()), kUuid, to_lower(usn));
  } else {
    facts.say(sender_of(facts.packet()), kUsn, usn);
  }
}

// A device that is told by its UUID alone says that as its target too.
void say_target(const Facts& facts, std::string_view target) {
  if (!istarts_with(target, "uuid:")) facts.say(sender_of(facts.packet()), kTarget, target);
}

void read_announcement(const Facts& facts, const TextHead& head, std::string_view target) {
  const Url location(head.first("LOCATION"));
  if (elsewhere(location, facts.packet().src)) return;
  const auto who = sender_of(facts.packet());
  facts.say(who, kServer, head.first("SERVER"));
  facts.say(who, kLocation, location.path);
  facts.say(who, kUserAgent, head.first("X-User-Agent"));
  say_target(facts, head.first(target));
  say_usn(facts, head.first("USN"));
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kSsdp.name, sink);
  const auto text = as_text(packet.payload);
  TextHead head;
  // A datagram is all of its message: many end without the blank line.
  if (head.read(text, true) == TextHead::partial) return;
  const auto line = start_line_parts(head.start_line());
  if (line.first == "NOTIFY") {
    read_announcement(facts, head, "NT");
  } else if (line.first.starts_with("HTTP/1.") && line.second == "200") {
    read_announcement(facts, head, "ST");
  } else if (line.first == "M-SEARCH") {
    facts.say(sender_of(packet), kProbe, head.first("ST"));
  }
}

}  // namespace

const Protocol kSsdp{.name = "ssdp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
