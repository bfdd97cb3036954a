// DHCP for IPv4 (RFC 2131, options of RFC 2132): what a client says of itself when it asks for an
// address, and which address a server gave it. The client is chaddr, wherever the frame came from:
// a relay forwards both ways. An address that a client merely asks for (option 50) is no binding.

#include <algorithm>
#include <array>
#include <string>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kDhcp;

namespace {

constexpr Field kHostname{"dhcp.hostname", FieldKind::text, FieldRole::locator,
                          "host name that a DHCP client gives (option 12)"};
constexpr Field kVendorClass{"dhcp.vendor_class", FieldKind::text, FieldRole::attribute,
                             "vendor class of a DHCP client (option 60)"};
constexpr Field kParameterList{"dhcp.parameter_list", FieldKind::text, FieldRole::attribute,
                               "options that a DHCP client asks for, in its order: 1,3,6,15"};
// Not an identifier: cloned images and copied configurations share client ids.
constexpr Field kClientId{"dhcp.client_id", FieldKind::text, FieldRole::attribute,
                          "client identifier (option 61), as text, or as hex with its type first"};
constexpr Field kFqdn{"dhcp.fqdn", FieldKind::text, FieldRole::locator,
                      "domain name that a DHCP client gives (option 81)"};
// What a client wants, or had before: binds nothing until a server acknowledges it.
constexpr Field kRequestedIp{"dhcp.requested_ip", FieldKind::ip, FieldRole::locator,
                             "address that a DHCP client asks for (option 50)"};
constexpr Field kLease{"dhcp.lease", FieldKind::ip, FieldRole::locator,
                       "address that a DHCP server acknowledged to the client"};
constexpr const Field* kFields[] = {&kMacField, &kHostname, &kVendorClass, &kParameterList,
                                    &kClientId, &kFqdn,     &kRequestedIp, &kLease};

constexpr std::uint32_t kMagicCookie = 0x63825363;
constexpr std::uint8_t kBootRequest = 1, kBootReply = 2, kEthernet = 1, kAck = 5;

// One option's value, its instances joined in order of appearance (RFC 3396 section 7). Longer than
// any real one is cut.
struct Option {
  std::uint8_t code;
  std::array<std::uint8_t, 512> octets{};
  std::size_t size = 0;

  void append(Bytes more) {
    const auto count = std::min(more.size(), octets.size() - size);
    std::copy_n(more.begin(), count, octets.begin() + static_cast<std::ptrdiff_t>(size));
    size += count;
  }
  Bytes value() const { return Bytes(octets).first(size); }
};

class Options {
 public:
  // False when an option runs past the end; what came before it counts.
  bool read(Bytes area) {
    Cursor cursor(area);
    while (cursor.remaining() > 0) {
      const auto code = cursor.u8();
      if (code == 0) continue;
      if (code == 255) break;
      const auto value = cursor.take(cursor.u8());
      if (!cursor.ok()) return false;
      if (auto* option = find(code)) option->append(value);
    }
    return true;
  }
  Bytes value(std::uint8_t code) const {
    for (const auto& option : options_) {
      if (option.code == code) return option.value();
    }
    return {};
  }
  std::uint8_t byte(std::uint8_t code) const {
    const auto bytes = value(code);
    return bytes.empty() ? 0 : bytes[0];
  }

 private:
  Option* find(std::uint8_t code) {
    const auto found = std::find_if(options_.begin(), options_.end(),
                                    [&](const Option& option) { return option.code == code; });
    return found == options_.end() ? nullptr : &*found;
  }
  std::array<Option, 8> options_{{{12}, {50}, {52}, {53}, {55}, {60}, {61}, {81}}};
};

std::string decimal_list(Bytes bytes) {
  std::string text;
  for (const auto byte : bytes) {
    if (!text.empty()) text += ',';
    text += std::to_string(byte);
  }
  return text;
}

std::string hex_list(Bytes bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const auto byte : bytes) {
    if (!text.empty()) text += ':';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// Type 0 is "not a hardware address" (RFC 2132 section 9.14); many put plain text behind it.
std::string client_id(Bytes value) {
  const auto text = value.empty() ? value : value.subspan(1);
  const bool printable =
      std::all_of(text.begin(), text.end(), [](auto byte) { return byte >= 0x20 && byte < 0x7f; });
  if (!value.empty() && value[0] == 0 && printable) return std::string(as_text(text));
  return hex_list(value);
}

// Labels in wire form, never compressed (RFC 4702 section 2.3.1).
std::string joined_labels(Bytes bytes) {
  std::string name;
  Cursor cursor(bytes);
  while (cursor.remaining() > 0) {
    const auto label = cursor.take(cursor.u8());
    if (!cursor.ok() || label.empty()) break;
    if (!name.empty()) name += '.';
    name += as_text(label);
  }
  return name;
}

std::string fqdn(Bytes value) {
  constexpr std::uint8_t kWireForm = 0x04;  // the E bit
  if (value.size() <= 3) return {};
  const auto name = value.subspan(3);
  return value[0] & kWireForm ? joined_labels(name) : std::string(as_text(name));
}

void read_client(const Facts& facts, const Subject& who, const Options& options) {
  facts.say(who, kHostname, as_text(options.value(12)));
  facts.say(who, kVendorClass, as_text(options.value(60)));
  facts.say(who, kParameterList, decimal_list(options.value(55)));
  facts.say(who, kClientId, client_id(options.value(61)));
  facts.say(who, kFqdn, fqdn(options.value(81)));
  const auto requested = IpAddress::v4(options.value(50));
  if (requested.host()) facts.say(who, kRequestedIp, requested.to_string());
}

struct Message {
  std::uint8_t op = 0, htype = 0, hlen = 0;
  IpAddress ciaddr, yiaddr;
  MacAddress chaddr;
  Bytes sname, file, options;
  bool ok = false;
};

Message parse(Bytes bytes) {
  Message message;
  Cursor cursor(bytes);
  message.op = cursor.u8();
  message.htype = cursor.u8();
  message.hlen = cursor.u8();
  cursor.skip(9);  // hops, xid, secs, flags
  message.ciaddr = IpAddress::v4(cursor.take(4));
  message.yiaddr = IpAddress::v4(cursor.take(4));
  cursor.skip(8);  // siaddr, giaddr
  message.chaddr = MacAddress::from(cursor.take(6));
  cursor.skip(10);
  message.sname = cursor.take(64);
  message.file = cursor.take(128);
  message.ok = cursor.u32() == kMagicCookie;
  message.options = cursor.rest();
  return message;
}

// RFC 2131 section 4.1: the options field first, then `file`, then `sname`, as option 52 says.
Options all_options(const Facts& facts, const Message& message) {
  Options options;
  bool whole = options.read(message.options);
  const auto overload = options.byte(52);
  if (overload & 1) whole &= options.read(message.file);
  if (overload & 2) whole &= options.read(message.sname);
  if (!whole) facts.truncated("dhcp.truncated_option");
  return options;
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kDhcp.name, sink);
  const auto message = parse(packet.payload);
  if (!message.ok) return facts.truncated("dhcp.malformed");
  if (message.htype != kEthernet || message.hlen != 6) return;
  if (message.chaddr.none() || message.chaddr.multicast()) return facts.anomaly("dhcp.bad_chaddr");
  const auto options = all_options(facts, message);
  if (message.op == kBootRequest) {
    // A client that renews sends from the address it has; behind a relay the two differ.
    const bool own = message.ciaddr == packet.src;
    const auto ip = own ? message.ciaddr : IpAddress();
    const auto who = named_in_payload(packet, message.chaddr, ip);
    // Behind a relay no frame shows the client's own MAC.
    if (packet.src_mac != message.chaddr) facts.say(who, kMacField, message.chaddr.to_string());
    read_client(facts, who, options);
  } else if (message.op == kBootReply && options.byte(53) == kAck && message.yiaddr.host()) {
    facts.say(named_in_payload(packet, message.chaddr, message.yiaddr), kLease,
              message.yiaddr.to_string());
  }
}

constexpr std::uint16_t kPorts[] = {67, 68};

}  // namespace

const Protocol kDhcp{.name = "dhcp",
                     .fields = kFields,
                     .udp_ports = kPorts,
                     .on_datagram = read};

}  // namespace camwarden
