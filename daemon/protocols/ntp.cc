// NTP (RFC 5905) on UDP 123. A client's request tells that the host keeps time over the network,
// and whether it asks inside or outside: a fact of two words, since the server's address changes
// with every look-up in a pool. A reply to a control query (RFC 9327, mode 6) tells processor,
// system and version. Both are attributes that name nobody by themselves.

#include <algorithm>
#include <string>

#include "base/text.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kNtp;

namespace {

constexpr Field kClient{"ntp.client", FieldKind::text, FieldRole::attribute,
                        "asks an NTP server for the time: version, and where the server is"};
constexpr Field kSystem{"ntp.system", FieldKind::text, FieldRole::attribute,
                        "operating system in an NTP control answer"};
constexpr Field kProcessor{"ntp.processor", FieldKind::text, FieldRole::attribute,
                           "processor in an NTP control answer"};
constexpr Field kVersion{"ntp.version", FieldKind::text, FieldRole::attribute,
                         "version in an NTP control answer"};
constexpr const Field* kFields[] = {&kClient, &kSystem, &kProcessor, &kVersion};

constexpr std::uint16_t kPort = 123;
constexpr std::uint16_t kPorts[] = {kPort};
constexpr std::size_t kRequestBytes = 48;

enum Mode : std::uint8_t { kClientMode = 3, kControlMode = 6 };

// RFC 1918, RFC 4193, and what never leaves a link.
bool inside(const IpAddress& ip) {
  const auto& o = ip.octets;
  if (!ip.host() || ip.link_local()) return true;
  if (ip.is_v6()) return (o[0] & 0xfe) == 0xfc;
  return o[0] == 10 || (o[0] == 172 && (o[1] & 0xf0) == 16) || (o[0] == 192 && o[1] == 168);
}

void read_request(const Facts& facts, std::uint8_t first) {
  const auto& packet = facts.packet();
  if (packet.dst_port != kPort || packet.payload.size() < kRequestBytes) return;
  const int version = first >> 3 & 7;
  if (version == 0) return;
  facts.say(sender_of(packet), kClient,
            "v" + std::to_string(version) + (inside(packet.dst) ? " inside" : " outside"));
}

// `name="value"` in a list of such, or `name=value`.
std::string_view variable(std::string_view list, std::string_view name) {
  const auto at = list.find(name);
  if (at == std::string_view::npos || !list.substr(at + name.size()).starts_with('=')) return {};
  if (at > 0 && list[at - 1] != ' ' && list[at - 1] != ',' && list[at - 1] != '\n') return {};
  list.remove_prefix(at + name.size() + 1);
  if (!list.starts_with('"')) return list.substr(0, list.find_first_of(",\r\n"));
  list.remove_prefix(1);
  return list.substr(0, list.find('"'));
}

// The first part of an answer to "read variables" without an error.
void read_control(const Facts& facts) {
  constexpr std::uint8_t kResponse = 0x80, kError = 0x40, kOperation = 0x1f, kReadVariables = 2;
  Cursor cursor(facts.packet().payload);
  cursor.skip(1);
  const auto operation = cursor.u8();
  cursor.skip(6);  // sequence, status, association
  const auto offset = cursor.u16();
  const auto list = as_text(cursor.take(cursor.u16()));
  if (!cursor.ok()) return facts.truncated("ntp.truncated");
  if (!(operation & kResponse) || operation & kError) return;
  if ((operation & kOperation) != kReadVariables || offset != 0) return;
  const auto who = sender_of(facts.packet());
  facts.say(who, kSystem, variable(list, "system"));
  facts.say(who, kProcessor, variable(list, "processor"));
  facts.say(who, kVersion, variable(list, "version"));
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kNtp.name, sink);
  if (packet.payload.empty()) return;
  const auto first = packet.payload[0];
  switch (first & 7) {
    case kClientMode:
      return read_request(facts, first);
    case kControlMode:
      return read_control(facts);
  }
}

}  // namespace

const Protocol kNtp{.name = "ntp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
