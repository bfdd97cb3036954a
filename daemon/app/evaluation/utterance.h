#pragma once
// Utterance: what a device would have to send to be observed as a labelled row says: the one thing
// that it says to a client, in a datagram or in its direction of a connection. A row is a value
// ("http.server", "DCS-932L"), which is put into the message that carries such values, or a message
// that somebody recorded. Names of fields are the labelled files', not ours: the one table of both
// is in forms.cc.
//
// Thread: main. Pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "packet/packet.h"

namespace camwarden {

struct Utterance {
  enum class To : std::uint8_t { client, group, everybody };

  Transport transport = Transport::tcp;
  std::uint16_t src_port = 0, dst_port = 40000;
  std::string payload;
  To to = To::client;
  IpAddress sender{};  // none: where the device usually is
};

// Of the block for documentation (RFC 9542 section 2.1.2): no registrant to add a word of its own.
inline constexpr std::string_view kDeviceMac = "00:00:5e:00:53:07";
inline constexpr std::string_view kClientMac = "00:00:5e:00:53:02";
inline constexpr std::string_view kDeviceIp = "10.10.10.7";
inline constexpr std::string_view kClientIp = "10.10.10.2";

// Nothing where no such message exists, or the value is not of the form that the name says.
std::optional<Utterance> utterance_of(std::string_view field, std::string_view value);

// Our name of a field that has no message of its own here: one that only a probe can learn.
std::string_view our_field(std::string_view field);

// Text protocols.
enum class Text : std::uint8_t { http, rtsp };
Utterance answer(Text protocol, std::string_view headers, std::string_view body = {},
                 std::string_view body_type = "text/html", std::string_view status = "200 OK");
// The XML that a program kept as JSON.
std::optional<std::string> document_of(std::string_view kept);
Utterance recorded_answer(Text protocol, std::string_view message);
Utterance search_notice(std::string_view message);  // SSDP, as recorded
Utterance search_notice_of_server(std::string_view server);
std::optional<Utterance> probe_match_of_scopes(std::string_view scopes);
Utterance sip(std::string_view first_line, std::string_view header, std::string_view value);
Utterance greeting(std::uint16_t port, std::string_view line);  // what a server says first

// Protocols of octets.
Utterance datagram(std::string_view payload, std::uint16_t src_port, std::uint16_t dst_port,
                   Utterance::To to = Utterance::To::client);
Utterance dhcp_request(std::uint8_t option, std::string_view value);
std::optional<Utterance> dhcp_parameter_list(std::string_view codes);  // "1,3,6"
std::optional<Utterance> mdns_names(std::string_view names);  // "a.local,b._http._tcp.local"
Utterance mdns_text(std::string_view service, std::string_view strings);
Utterance dns_query(std::string_view name);
Utterance snmp_answer(std::uint8_t system_object, std::uint8_t type, std::string_view octets);
std::optional<std::string> object_id(std::string_view dotted);  // BER, without tag and length
Utterance certificate(std::string_view subject, std::string_view issuer);  // RFC 4514 names
Utterance server_name(std::string_view name);
Utterance tplink_discovery(std::string_view json);
Utterance tplink_smart_home(std::string_view json);
Utterance xiongmai(std::uint16_t identity, std::string_view json);

}  // namespace camwarden
