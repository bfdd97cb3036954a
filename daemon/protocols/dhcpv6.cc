// DHCPv6 (RFC 8415): what clients say of themselves. Their messages go to a multicast group, and
// relays wrap them (section 9); the client is then who the relay says it heard: its link-local
// address, and its link-layer address where the relay adds one (RFC 6939) or the address holds it
// (RFC 4291 appendix A).
//
// The MAC in a DUID names the machine, and may be another interface's (section 11): it identifies
// and binds no address. Options in encrypted or unknown form are passed over.

#include <algorithm>
#include <array>
#include <string>

#include "protocols/dns_message.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kDhcpv6;

namespace {

constexpr Field kDuid{"dhcpv6.duid", FieldKind::text, FieldRole::identifier,
                      "DHCPv6 client identifier (DUID), hex"};
constexpr Field kDuidMac{"dhcpv6.duid_mac", FieldKind::mac, FieldRole::identifier,
                         "MAC address in a DHCPv6 client identifier"};
constexpr Field kDuidEnterprise{"dhcpv6.duid_enterprise", FieldKind::number, FieldRole::attribute,
                                "enterprise number in a DHCPv6 client identifier"};
constexpr Field kVendorClass{"dhcpv6.vendor_class", FieldKind::text, FieldRole::attribute,
                             "DHCPv6 vendor class (option 16): enterprise number and text"};
constexpr Field kVendorOptions{"dhcpv6.vendor_options", FieldKind::number, FieldRole::attribute,
                               "enterprise number of DHCPv6 vendor options (option 17)"};
constexpr Field kFqdn{"dhcpv6.fqdn", FieldKind::text, FieldRole::locator,
                      "name that a client asks for in DHCPv6 (option 39)"};
constexpr Field kOptionList{"dhcpv6.option_list", FieldKind::text, FieldRole::attribute,
                            "options that a client asks for in DHCPv6 (option 6)"};
constexpr const Field* kFields[] = {&kMacField,    &kDuid,          &kDuidMac, &kDuidEnterprise,
                                    &kVendorClass, &kVendorOptions, &kFqdn,    &kOptionList};

constexpr std::uint16_t kPorts[] = {546, 547};
constexpr int kMaxOptions = 48;
constexpr int kMaxRelays = 8;  // section 7.6: HOP_COUNT_LIMIT
constexpr std::size_t kMaxDuid = 130;
constexpr int kMaxRequested = 64;
constexpr int kMaxClasses = 4;

enum Message : std::uint8_t { kRelayForward = 12 };
enum Option : std::uint16_t {
  kClientId = 1,
  kOptionRequest = 6,
  kRelayMessage = 9,
  kVendorClassOption = 16,
  kVendorOptionsOption = 17,
  kFqdnOption = 39,
  kClientLinkLayer = 79,
};

// Of whom the server hears: SOLICIT, REQUEST, CONFIRM, RENEW, REBIND, RELEASE, DECLINE,
// INFORMATION-REQUEST.
bool from_client(std::uint8_t type) {
  constexpr std::uint8_t kTypes[] = {1, 3, 4, 5, 6, 8, 9, 11};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

// Calls `each` with code and value of every option; false when one runs past the end.
template <typename Each>
bool for_options(Bytes bytes, Each each) {
  Cursor cursor(bytes);
  for (int left = kMaxOptions; left > 0 && cursor.remaining() > 0; --left) {
    const auto code = cursor.u16();
    const auto value = cursor.take(cursor.u16());
    if (!cursor.ok()) return false;
    each(code, value);
  }
  return true;
}

std::string hex(Bytes bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const auto byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// Section 11: by link-layer address and time, by enterprise, by link-layer address, by UUID.
void say_duid(const Facts& facts, const Subject& who, Bytes duid) {
  if (duid.size() < 3 || duid.size() > kMaxDuid) return facts.anomaly("dhcpv6.bad_duid");
  facts.say(who, kDuid, hex(duid));
  Cursor cursor(duid);
  const auto type = cursor.u16();
  if (type == 2) {
    const auto enterprise = cursor.u32();
    if (cursor.ok()) facts.say(who, kDuidEnterprise, std::to_string(enterprise));
  } else if (type == 1 || type == 3) {
    const bool ethernet = cursor.u16() == 1;
    if (type == 1) cursor.skip(4);  // the time
    const auto mac = MacAddress::from(cursor.rest());
    if (ethernet && mac.burned_in()) facts.say(who, kDuidMac, mac.to_string());
  }
}

// Section 21.16: an enterprise number, then texts with their lengths.
void say_vendor_class(const Facts& facts, const Subject& who, Bytes value) {
  Cursor cursor(value);
  const auto enterprise = cursor.u32();
  if (!cursor.ok()) return facts.truncated("dhcpv6.bad_vendor_class");
  for (int left = kMaxClasses; left > 0 && cursor.remaining() > 0; --left) {
    const auto text = cursor.take(cursor.u16());
    if (!cursor.ok()) return facts.truncated("dhcpv6.bad_vendor_class");
    facts.say(who, kVendorClass, std::to_string(enterprise).append(" ").append(as_text(text)));
  }
}

void say_option_list(const Facts& facts, const Subject& who, Bytes value) {
  std::string text;
  Cursor cursor(value);
  for (int left = kMaxRequested; left > 0 && cursor.remaining() > 1; --left) {
    if (!text.empty()) text += ',';
    text += std::to_string(cursor.u16());
  }
  facts.say(who, kOptionList, text);
}

// RFC 4704 section 4: flags, then a name in wire form, its root left out when it is partial.
void say_fqdn(const Facts& facts, const Subject& who, Bytes value) {
  DnsName name;
  Cursor cursor(value);
  cursor.skip(1);
  while (cursor.remaining() > 0) {
    const auto label = cursor.take(cursor.u8());
    if (!cursor.ok() || label.size() > 63 || (!label.empty() && !name.add(label))) {
      return facts.truncated("dhcpv6.bad_fqdn");
    }
    if (label.empty()) break;
  }
  facts.say(who, kFqdn, name.text());
}

void read_client(const Facts& facts, const Subject& who, Bytes options) {
  const bool whole = for_options(options, [&](std::uint16_t code, Bytes value) {
    switch (code) {
      case kClientId:
        return say_duid(facts, who, value);
      case kOptionRequest:
        return say_option_list(facts, who, value);
      case kVendorClassOption:
        return say_vendor_class(facts, who, value);
      case kFqdnOption:
        return say_fqdn(facts, who, value);
      case kVendorOptionsOption: {
        Cursor cursor(value);
        const auto enterprise = cursor.u32();
        if (cursor.ok()) facts.say(who, kVendorOptions, std::to_string(enterprise));
        return;
      }
    }
  });
  if (!whole) facts.truncated("dhcpv6.truncated_option");
}

// What a relay says of whom it heard.
struct Relayed {
  IpAddress peer;
  MacAddress mac;
  Bytes message;
};

// The MAC in an interface identifier made of it (RFC 4291 appendix A); none otherwise.
MacAddress mac_of(const IpAddress& ip) {
  const auto& o = ip.octets;
  if (!ip.link_local() || !ip.is_v6() || o[11] != 0xff || o[12] != 0xfe) return {};
  return {{static_cast<std::uint8_t>(o[8] ^ 0x02), o[9], o[10], o[13], o[14], o[15]}};
}

Relayed unwrap(const Facts& facts, Bytes message) {
  Relayed relayed;
  Cursor cursor(message);
  cursor.skip(2 + 16);  // type, hop count, link address
  relayed.peer = IpAddress::v6(cursor.take(16));
  const bool whole = for_options(cursor.rest(), [&](std::uint16_t code, Bytes value) {
    if (code == kRelayMessage) relayed.message = value;
    if (code == kClientLinkLayer && value.size() == 8 && value[1] == 1) {
      relayed.mac = MacAddress::from(value.subspan(2));
    }
  });
  if (!cursor.ok() || !whole) facts.truncated("dhcpv6.truncated_relay");
  if (relayed.mac.none()) relayed.mac = mac_of(relayed.peer);
  return relayed;
}

void read_relayed(const Facts& facts, Bytes message) {
  for (int left = kMaxRelays; left > 0; --left) {
    const auto relayed = unwrap(facts, message);
    if (relayed.message.size() < 4) return;
    message = relayed.message;
    if (message[0] == kRelayForward) continue;
    if (!from_client(message[0]) || relayed.mac.none() || relayed.mac.multicast()) return;
    const auto who = named_in_payload(facts.packet(), relayed.mac, {});
    facts.say(who, kMacField, relayed.mac.to_string());
    return read_client(facts, who, message.subspan(4));
  }
  facts.anomaly("dhcpv6.relay_limit");
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kDhcpv6.name, sink);
  if (packet.payload.size() < 4) return facts.truncated("dhcpv6.truncated");
  const auto type = packet.payload[0];
  if (type == kRelayForward) return read_relayed(facts, packet.payload);
  if (from_client(type)) read_client(facts, sender_of(packet), packet.payload.subspan(4));
}

}  // namespace

const Protocol kDhcpv6{
    .name = "dhcpv6", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
