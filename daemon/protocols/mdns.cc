// Multicast DNS (RFC 6762) with DNS-SD (RFC 6763) on UDP 5353: a device says which services it
// offers, under which names, and what it tells of them (fact sheet on discovery protocols,
// section 5).
//
// Whose facts: an answer's records are its sender's, as are those that a host probes for
// (RFC 6762 section 8.2). Known answers in a question (section 7.1) are somebody else's. Reflectors
// repeat the answers of other links, and sleep proxies answer for who sleeps: where a message names
// addresses, and its sender's is none of them, nothing of it is told.
//
// Of TXT records only the keys that identify are told: the others change with the hour (an epoch, a
// session) and hold what is nobody's business. Of questions only those for services that cameras
// offer: they come from recorders and makers' tools.

#include <algorithm>

#include "base/text.h"
#include "protocols/dns_message.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kMdns;

namespace {

constexpr Field kHost{"mdns.host", FieldKind::text, FieldRole::locator,
                      "host name in multicast DNS, without .local"};
constexpr Field kOffered{"mdns.service", FieldKind::text, FieldRole::attribute,
                         "service type that a host offers: _axis-video._tcp"};
constexpr Field kInstance{"mdns.instance", FieldKind::text, FieldRole::attribute,
                          "name of a service that a host offers, with its type"};
constexpr Field kTxt{"mdns.txt", FieldKind::text, FieldRole::attribute,
                     "service type and one string of its TXT record: _dhnap._tcp dtype=100"};
constexpr Field kMac{"mdns.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in a TXT record"};
constexpr Field kProbe{"mdns.probe", FieldKind::text, FieldRole::attribute,
                       "camera service that a host looks for: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kHost, &kOffered, &kInstance, &kTxt, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {5353};
constexpr int kMaxStrings = 64;  // of all TXT records of a message
constexpr std::size_t kMaxTxtBytes = 200;

constexpr std::string_view kCameraTypes[] = {
    "_arec._tcp",  "_axis-nvr._tcp", "_axis-video._tcp", "_camera._tcp", "_cgi._tcp",
    "_dhnap._tcp", "_nvr._tcp",      "_onvif._tcp",      "_psia._tcp",   "_rtsp._tcp"};

// What a TXT record's key must be to be told.
constexpr std::string_view kKeys[] = {"ci",           "dtype",   "firmware", "fw",    "fwversion",
                                      "hardware_ver", "host",    "hw",       "mac",   "macaddress",
                                      "manufacturer", "md",      "mfg",      "model", "model_name",
                                      "model_number", "product", "serial",   "sn",    "sw",
                                      "swversion",    "vendor",  "version"};

// A name of DNS-SD taken apart: "<instance>.<type>.local". The type is two labels.
struct ServiceName {
  std::size_t type_at = 0;
  bool found = false;
  explicit ServiceName(const DnsName& name) {
    for (std::size_t i = 0; i + 1 < name.labels() && !found; ++i) {
      const auto transport = name.label(i + 1);
      found = name.label(i).starts_with('_') &&
              (iequals(transport, "_tcp") || iequals(transport, "_udp"));
      if (found) type_at = i;
    }
  }
  bool instance() const { return found && type_at > 0; }
};

std::string_view type_of(const DnsName& name) {
  const ServiceName service(name);
  return service.found ? name.joined(service.type_at, service.type_at + 2) : std::string_view();
}

bool of_local_host(const DnsName& name) {
  return name.labels() >= 2 && iequals(name.label(name.labels() - 1), "local");
}

// The sender's own records: not those of a question but for the ones it probes for.
bool own(const DnsReader& message, const DnsRecord& record) {
  const auto wanted = message.response() ? record.section != DnsRecord::authority
                                         : record.section == DnsRecord::authority;
  return wanted && record.ttl > 0;  // 0: it says goodbye (RFC 6762 section 10.1)
}

class Announcement {
 public:
  explicit Announcement(const Facts& facts) : facts_(facts), who_(sender_of(facts.packet())) {}

  void read(const DnsReader& message) {
    auto reader = message;
    for (DnsRecord record; reader.next(record);) {
      if (own(message, record)) say(reader, record);
    }
    if (reader.malformed()) facts_.truncated("mdns.malformed");
  }

 private:
  void say(const DnsReader& message, const DnsRecord& record) {
    switch (record.type) {
      case kDnsA:
      case kDnsAaaa:
        return say_host(record.name);
      case kDnsPtr:
        return say_pointer(message, record);
      case kDnsSrv:
        return say_target(message, record);
      case kDnsTxt:
        return say_text(record);
    }
  }

  void say_host(const DnsName& name) const {
    if (of_local_host(name)) facts_.say(who_, kHost, name.joined(0, name.labels() - 1));
  }

  void say_instance(const DnsName& name) const {
    const ServiceName service(name);
    if (!service.found) return;
    facts_.say(who_, kOffered, name.joined(service.type_at, service.type_at + 2));
    if (service.instance()) facts_.say(who_, kInstance, name.joined(0, service.type_at + 2));
  }

  // To an instance, or (of _services._dns-sd._udp, RFC 6763 section 9) to a type. What an address
  // points to is told by the address itself.
  void say_pointer(const DnsReader& message, const DnsRecord& record) const {
    DnsName target;
    if (!message.name_in(record, 0, target)) return facts_.truncated("mdns.bad_pointer");
    if (ServiceName(record.name).found) say_instance(target);
  }

  void say_target(const DnsReader& message, const DnsRecord& record) const {
    DnsName target;
    if (!message.name_in(record, 6, target)) return facts_.truncated("mdns.bad_target");
    say_instance(record.name);
    say_host(target);
  }

  void say_text(const DnsRecord& record) {
    const auto type = type_of(record.name);
    if (type.empty()) return;
    Cursor cursor(record.rdata);
    for (; strings_left_ > 0 && cursor.remaining() > 0; --strings_left_) {
      const auto text = as_text(cursor.take(cursor.u8()));
      if (!cursor.ok()) return facts_.truncated("mdns.bad_text");
      say_string(type, text.substr(0, kMaxTxtBytes));
    }
  }

  // RFC 6763 section 6.3: "key=value". Some write a model without a key.
  void say_string(std::string_view type, std::string_view text) const {
    const auto key = text.substr(0, text.find('='));
    const bool plain = key.size() == text.size() && text.find(' ') != std::string_view::npos;
    const auto wanted = [&](std::string_view one) { return iequals(one, key); };
    if (!plain && std::none_of(std::begin(kKeys), std::end(kKeys), wanted)) return;
    facts_.say(who_, kTxt, std::string(type).append(" ").append(text));
    if (key.size() < text.size() && istarts_with(key, "mac")) say_mac(text.substr(key.size() + 1));
  }

  void say_mac(std::string_view text) const {
    const auto mac = MacAddress::parse(trim(text)).value_or(MacAddress());
    if (mac.burned_in()) facts_.say(who_, kMac, mac.to_string());
  }

  const Facts& facts_;
  Subject who_;
  int strings_left_ = kMaxStrings;
};

// Whether the addresses in a message allow that its records are its sender's.
bool senders_own(const DnsReader& message, const IpAddress& sender) {
  auto reader = message;
  bool others = false;
  for (DnsRecord record; reader.next(record);) {
    const auto address = own(message, record) ? record.address() : IpAddress();
    if (address == sender) return true;
    others = others || !address.none();
  }
  return !others;
}

void read_questions(const Facts& facts, const DnsReader& message) {
  auto reader = message;
  for (DnsQuestion question; reader.next(question);) {
    if (question.type != kDnsPtr) continue;
    const auto type = type_of(question.name);
    const auto same = [&](std::string_view one) { return iequals(one, type); };
    if (std::any_of(std::begin(kCameraTypes), std::end(kCameraTypes), same)) {
      facts.say(sender_of(facts.packet()), kProbe, type);
    }
  }
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kMdns.name, sink);
  const DnsReader message(packet.payload);
  if (message.malformed()) return facts.truncated("mdns.truncated");
  if (!message.plain()) return;  // RFC 6762 section 18.3
  if (!message.response()) read_questions(facts, message);
  if (senders_own(message, packet.src)) Announcement(facts).read(message);
}

}  // namespace

const Protocol kMdns{.name = "mdns", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
