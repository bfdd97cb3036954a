// SNMP (RFC 1157, RFC 3416, RFC 3412) on UDP 161 and 162: what an agent says it is, in answers and
// traps that pass by. Of the variables only the system group's three names are told; other tables
// hold what an agent knows of its neighbours. The community is a password and is never told.
//
// SNMPv3 hides the variables, and shows the identifier of the agent's engine, which holds its
// maker's enterprise number and often its MAC (RFC 3411 section 5, SnmpEngineID).
//
// BER is read with definite lengths alone, as RFC 3417 section 8 wants, each inside its outer one.

#include <algorithm>
#include <string>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kSnmp;

namespace {

constexpr Field kSysDescr{"snmp.sysdescr", FieldKind::text, FieldRole::attribute,
                          "sysDescr of an SNMP agent"};
constexpr Field kSysObjectId{"snmp.sysobjid", FieldKind::text, FieldRole::attribute,
                             "sysObjectID of an SNMP agent, or the enterprise of its traps"};
constexpr Field kSysName{"snmp.sysname", FieldKind::text, FieldRole::locator,
                         "sysName of an SNMP agent"};
constexpr Field kEngineEnterprise{"snmp.engine_enterprise", FieldKind::number, FieldRole::attribute,
                                  "enterprise number in an SNMPv3 engine id"};
constexpr Field kEngineMac{"snmp.engine_mac", FieldKind::mac, FieldRole::identifier,
                           "MAC address in an SNMPv3 engine id"};
constexpr const Field* kFields[] = {&kSysDescr, &kSysObjectId, &kSysName, &kEngineEnterprise,
                                    &kEngineMac};

constexpr std::uint16_t kAgentPort = 161, kTrapPort = 162;
constexpr std::uint16_t kPorts[] = {kAgentPort, kTrapPort};
constexpr int kMaxVariables = 64;
constexpr int kMaxArcs = 128;  // RFC 2578 section 3.5

enum Tag : std::uint8_t {
  kInteger = 0x02,
  kOctetString = 0x04,
  kObjectId = 0x06,
  kSequence = 0x30,
  kIpAddress = 0x40,
  kResponse = 0xa2,
  kTrapV1 = 0xa4,
  kInform = 0xa6,
  kTrapV2 = 0xa7,
};

struct Element {
  std::uint8_t tag = 0;
  Bytes value;
};

// X.690 section 8.1.3, definite forms; tags of one octet, since SNMP has no other.
bool next(Cursor& cursor, Element& element) {
  element.tag = cursor.u8();
  std::size_t length = cursor.u8();
  if (length >= 0x80) {
    const std::size_t octets = length & 0x7f;
    if (octets == 0 || octets > 4) return false;
    length = 0;
    for (std::size_t i = 0; i < octets; ++i) length = length << 8 | cursor.u8();
  }
  element.value = cursor.take(length);
  return cursor.ok();
}

bool next(Cursor& cursor, std::uint8_t tag, Bytes& value) {
  Element element;
  if (!next(cursor, element) || element.tag != tag) return false;
  value = element.value;
  return true;
}

// "1.3.6.1.4.1.368" (X.690 section 8.19); "" when it is none.
std::string dotted(Bytes value) {
  std::string text;
  std::uint64_t arc = 0;
  int arcs = 0;
  for (const auto octet : value) {
    if (arc >> 32 != 0 || arcs == kMaxArcs) return {};
    arc = arc << 7 | (octet & 0x7f);
    if (octet & 0x80) continue;
    if (arcs++ == 0) {
      const auto top = std::min<std::uint64_t>(arc / 40, 2);
      text = std::to_string(top) + ".";
      arc -= top * 40;
    } else {
      text += '.';
    }
    text += std::to_string(arc);
    arc = 0;
  }
  return text;
}

bool is_oid(Bytes value, std::string_view oid) { return as_text(value) == oid; }

constexpr std::string_view kSysDescrOid("\x2b\x06\x01\x02\x01\x01\x01\x00",
                                        8);  // 1.3.6.1.2.1.1.1.0
constexpr std::string_view kSysObjectIdOid("\x2b\x06\x01\x02\x01\x01\x02\x00",
                                           8);                                  // 1.3.6.1.2.1.1.2.0
constexpr std::string_view kSysNameOid("\x2b\x06\x01\x02\x01\x01\x05\x00", 8);  // 1.3.6.1.2.1.1.5.0
// snmpTrapEnterprise.0 (RFC 3418)
constexpr std::string_view kTrapEnterpriseOid("\x2b\x06\x01\x06\x03\x01\x01\x04\x03\x00", 10);

void say_variable(const Facts& facts, Bytes name, const Element& value) {
  const auto who = sender_of(facts.packet());
  if (value.tag == kOctetString && is_oid(name, kSysDescrOid)) {
    facts.say(who, kSysDescr, as_text(value.value));
  } else if (value.tag == kOctetString && is_oid(name, kSysNameOid)) {
    facts.say(who, kSysName, as_text(value.value));
  } else if (value.tag == kObjectId &&
             (is_oid(name, kSysObjectIdOid) || is_oid(name, kTrapEnterpriseOid))) {
    facts.say(who, kSysObjectId, dotted(value.value));
  }
}

void read_variables(const Facts& facts, Cursor cursor) {
  Bytes list;
  if (!next(cursor, kSequence, list)) return facts.truncated("snmp.bad_variables");
  Cursor variables(list);
  for (int left = kMaxVariables; left > 0 && variables.remaining() > 0; --left) {
    Bytes pair, name;
    Element value;
    if (!next(variables, kSequence, pair)) return facts.truncated("snmp.bad_variables");
    Cursor inner(pair);
    if (!next(inner, kObjectId, name) || !next(inner, value)) {
      return facts.truncated("snmp.bad_variables");
    }
    say_variable(facts, name, value);
  }
}

// RFC 1157 section 4.1.6. One that names another agent was passed on by its sender.
void read_trap(const Facts& facts, Bytes pdu) {
  Cursor cursor(pdu);
  Bytes enterprise, agent;
  if (!next(cursor, kObjectId, enterprise) || !next(cursor, kIpAddress, agent)) {
    return facts.truncated("snmp.bad_trap");
  }
  const auto address = IpAddress::v4(agent);
  if (address.host() && address != facts.packet().src) return;
  facts.say(sender_of(facts.packet()), kSysObjectId, dotted(enterprise));
  Element skipped;
  for (int i = 0; i < 3; ++i) {  // generic and specific number, time
    if (!next(cursor, skipped)) return facts.truncated("snmp.bad_trap");
  }
  read_variables(facts, cursor);
}

void read_pdu(const Facts& facts, const Element& pdu) {
  const bool answer = pdu.tag == kResponse && facts.packet().src_port == kAgentPort;
  const bool notice =
      (pdu.tag == kTrapV2 || pdu.tag == kInform) && facts.packet().dst_port == kTrapPort;
  if (pdu.tag == kTrapV1) return read_trap(facts, pdu.value);
  if (!answer && !notice) return;
  Cursor cursor(pdu.value);
  Bytes number;
  for (int i = 0; i < 3; ++i) {  // request id, error status, error index
    if (!next(cursor, kInteger, number)) return facts.truncated("snmp.bad_pdu");
  }
  read_variables(facts, cursor);
}

// The agent's engine has the last word in answers and in traps (RFC 3414 section 1.5.1).
void say_engine(const Facts& facts, Bytes engine) {
  constexpr std::uint32_t kNewForm = 1U << 31;
  constexpr std::uint8_t kMacForm = 3;
  if (engine.size() < 5) return;  // empty while a manager asks for it
  Cursor cursor(engine);
  const auto enterprise = cursor.u32();
  const auto who = sender_of(facts.packet());
  facts.say(who, kEngineEnterprise, std::to_string(enterprise & ~kNewForm));
  if (!(enterprise & kNewForm) || cursor.u8() != kMacForm) return;
  const auto mac = MacAddress::from(cursor.rest());
  if (mac.burned_in()) facts.say(who, kEngineMac, mac.to_string());
}

// Whether the engine in a message is its sender's. To the trap port go informs too, whose receiver
// has the last word: they want a report (RFC 3412 section 6.4), and traps do not.
bool senders_engine(const Packet& packet, Bytes global) {
  constexpr std::uint8_t kReportable = 0x04;
  Cursor cursor(global);
  Bytes number, flags;
  const bool read = next(cursor, kInteger, number) && next(cursor, kInteger, number) &&
                    next(cursor, kOctetString, flags) && flags.size() == 1;
  if (!read) return false;
  return packet.src_port == kAgentPort ||
         (packet.dst_port == kTrapPort && !(flags[0] & kReportable));
}

// RFC 3412 section 6, with the security parameters of RFC 3414 section 2.4.
void read_v3(const Facts& facts, Cursor cursor) {
  Bytes global, security, parameters, engine;
  if (!next(cursor, kSequence, global) || !next(cursor, kOctetString, security)) {
    return facts.truncated("snmp.bad_v3");
  }
  if (!senders_engine(facts.packet(), global)) return;
  Cursor outer(security);
  if (!next(outer, kSequence, parameters)) return;  // another security model
  Cursor inner(parameters);
  if (next(inner, kOctetString, engine)) say_engine(facts, engine);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kSnmp.name, sink);
  Cursor datagram(packet.payload);
  Bytes message, version, community;
  if (!next(datagram, kSequence, message)) return facts.truncated("snmp.malformed");
  Cursor cursor(message);
  if (!next(cursor, kInteger, version) || version.size() != 1) {
    return facts.truncated("snmp.malformed");
  }
  if (version[0] == 3) return read_v3(facts, cursor);
  Element pdu;
  if (!next(cursor, kOctetString, community) || !next(cursor, pdu)) {
    return facts.truncated("snmp.malformed");
  }
  read_pdu(facts, pdu);
}

}  // namespace

const Protocol kSnmp{.name = "snmp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
