// THE TABLE: fields as labelled files name them, and the message that carries each. utterance.h.
#include <algorithm>
#include <array>

#include "app/evaluation/utterance.h"
#include "base/text.h"

namespace camwarden {
namespace {

using Value = std::string_view;
using To = Utterance::To;

std::string header(Value name, Value value) {
  return std::string(name).append(": ").append(value).append("\r\n");
}

Utterance http(Value name, Value value) { return answer(Text::http, header(name, value)); }
Utterance rtsp(Value name, Value value) { return answer(Text::rtsp, header(name, value)); }
Utterance body(Value type, Value text) { return answer(Text::http, "", text, type); }

Utterance unauthorized(Text protocol, Value challenge) {
  return answer(protocol, header("WWW-Authenticate", challenge), "", "", "401 Unauthorized");
}

Utterance realm(Value value) {
  return unauthorized(Text::rtsp, "Digest realm=\"" + std::string(value) + "\", nonce=\"7\"");
}

Utterance title(Value value) {
  return body("text/html", "<html><head><title>" + std::string(value) + "</title></head></html>");
}

Utterance upnp_description(Value value) {
  if (value.find("<root") != value.npos) return body("text/xml", value);
  return body("text/xml", "<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>" +
                              std::string(value) + "</device></root>");
}

// Axis's own service gives a MAC address without colons; others' texts may have such a key too.
bool mac_of_axis(Value value) {
  constexpr Value kKey = "macaddress=";
  constexpr std::array<Value, 4> kPrefixes{"00408C", "ACCC8E", "B8A44F", "E82725"};
  if (!value.starts_with(kKey)) return false;
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](Value one) { return istarts_with(value.substr(kKey.size()), one); });
}

// A row is the text alone; these keys are of D-Link's and Axis's own services.
Utterance mdns_txt(Value value) {
  if (value.find("model_number=") != value.npos) return mdns_text("_dhnap._tcp", value);
  return mdns_text(mac_of_axis(value) ? "_axis-video._tcp" : "_http._tcp", value);
}

std::optional<Utterance> sysobjid(Value value) {
  const auto octets = object_id(value);
  if (!octets) return std::nullopt;
  return snmp_answer(2, 6, *octets);
}

// An FTP or SMTP greeting; some rows have lost its code.
Utterance coded_greeting(std::uint16_t port, Value line) {
  const bool coded =
      line.size() >= 3 && line.substr(0, 3).find_first_not_of("0123456789") == line.npos;
  return greeting(port, coded ? std::string(line) : "220 " + std::string(line));
}

// What telnet servers open with (RFC 854, 855), and tools leave out of what they keep: do TERMINAL
// TYPE, will ECHO.
Utterance telnet(Value value) {
  return greeting(23, std::string("\xff\xfd\x18\xff\xfb\x01").append(value));
}

Utterance ssh(Value value) {
  return greeting(22,
                  value.starts_with("SSH-") ? std::string(value) : "SSH-2.0-" + std::string(value));
}

// Some rows have the documents of this as a program kept them.
std::optional<Utterance> isapi(Value value) {
  const auto made = trim(value).starts_with('{') ? document_of(value) : std::string(value);
  if (!made || !trim(*made).starts_with('<')) return std::nullopt;
  return body("application/xml", *made);
}

std::optional<Utterance> vapix(Value value) {
  if (value.starts_with("HTTP/")) return recorded_answer(Text::http, value);
  const auto text = trim(value);
  if (text.starts_with('<')) return body("application/xml", value);
  if (text.starts_with('{')) return body("application/json", value);
  if (text.starts_with("root.")) return body("text/plain", value);
  return std::nullopt;
}

std::optional<Utterance> tplink(Value value, Utterance (*make)(Value)) {
  if (!trim(value).starts_with('{')) return std::nullopt;
  return make(trim(value));
}

// The text without its header, too.
Utterance dhip(Value value) {
  std::string out(value);
  if (out.starts_with('{')) {
    std::string size;
    for (unsigned shift = 0; shift < 32; shift += 8)
      size += static_cast<char>(value.size() >> shift);
    const std::string zeros(4, '\0');
    out = std::string("\x20\0\0\0DHIP", 8) + zeros + zeros + size + zeros + size + zeros + out;
  }
  return datagram(out, 37810, 37810);
}

struct Form {
  Value field;  // one that ends in a dot stands for all that begin so
  std::optional<Utterance> (*make)(Value);
};

constexpr auto kForms = std::to_array<Form>({
    {"http.server", [](Value v) { return std::optional(http("Server", v)); }},
    {"http.www_authenticate", [](Value v) { return std::optional(unauthorized(Text::http, v)); }},
    {"http.set_cookie", [](Value v) { return std::optional(http("Set-Cookie", v)); }},
    {"http.x_powered_by", [](Value v) { return std::optional(http("X-Powered-By", v)); }},
    {"http.title", [](Value v) { return std::optional(title(v)); }},
    {"http.headers", [](Value v) { return std::optional(recorded_answer(Text::http, v)); }},
    {"http.body.hnap", [](Value v) { return std::optional(body("text/xml", v)); }},
    {"onvif.Get",
     [](Value v) { return std::optional(body("application/soap+xml; charset=utf-8", v)); }},
    {"isapi.", isapi},
    {"vapix.", vapix},
    {"rtsp.server", [](Value v) { return std::optional(rtsp("Server", v)); }},
    {"rtsp.www_authenticate", [](Value v) { return std::optional(unauthorized(Text::rtsp, v)); }},
    {"rtsp.realm", [](Value v) { return std::optional(realm(v)); }},
    {"rtsp.sdp",
     [](Value v) { return std::optional(answer(Text::rtsp, "", v, "application/sdp")); }},
    {"rtsp.response", [](Value v) { return std::optional(recorded_answer(Text::rtsp, v)); }},
    {"dhcp.vendor_class", [](Value v) { return std::optional(dhcp_request(60, v)); }},
    {"dhcp.hostname", [](Value v) { return std::optional(dhcp_request(12, v)); }},
    {"dhcp.option55", dhcp_parameter_list},
    {"ssdp.server", [](Value v) { return std::optional(search_notice_of_server(v)); }},
    {"ssdp.notify", [](Value v) { return std::optional(search_notice(v)); }},
    {"upnp.description", [](Value v) { return std::optional(upnp_description(v)); }},
    {"wsdd.scopes", probe_match_of_scopes},
    {"wsdd.probematch", [](Value v) { return std::optional(datagram(v, 3702, 50000)); }},
    {"wsdd.message", [](Value v) { return std::optional(datagram(v, 3702, 50000)); }},
    {"mdns.names", mdns_names},
    {"mdns.txt", [](Value v) { return std::optional(mdns_txt(v)); }},
    {"mdns.device_info_txt",
     [](Value v) { return std::optional(mdns_text("_device-info._tcp", v)); }},
    {"dns.query_sent", [](Value v) { return std::optional(dns_query(v)); }},
    {"snmp.sysdescr", [](Value v) { return std::optional(snmp_answer(1, 4, v)); }},
    {"snmp.sysobjid", sysobjid},
    {"sip.user_agent",
     [](Value v) {
       return std::optional(sip("REGISTER sip:10.10.10.2 SIP/2.0", "User-Agent", v));
     }},
    {"sip.server", [](Value v) { return std::optional(sip("SIP/2.0 200 OK", "Server", v)); }},
    {"ftp.banner", [](Value v) { return std::optional(coded_greeting(21, v)); }},
    {"smtp.banner", [](Value v) { return std::optional(coded_greeting(25, v)); }},
    {"telnet.banner", [](Value v) { return std::optional(telnet(v)); }},
    {"ssh.banner", [](Value v) { return std::optional(ssh(v)); }},
    {"pop3.banner", [](Value v) { return std::optional(greeting(110, "+OK " + std::string(v))); }},
    {"imap.banner", [](Value v) { return std::optional(greeting(143, "* OK " + std::string(v))); }},
    {"tls.subject", [](Value v) { return std::optional(certificate(v, v)); }},
    {"tls.issuer", [](Value v) { return std::optional(certificate("CN=device", v)); }},
    {"tls.sni_sent", [](Value v) { return std::optional(server_name(v)); }},
    {"tplink.tdp", [](Value v) { return tplink(v, tplink_discovery); }},
    {"tplink.kasa", [](Value v) { return tplink(v, tplink_smart_home); }},
    {"xiongmai.systeminfo", [](Value v) { return std::optional(xiongmai(1021, v)); }},
    {"xiongmai.login_reply", [](Value v) { return std::optional(xiongmai(1001, v)); }},
    {"discovery.dhip37810", [](Value v) { return std::optional(dhip(v)); }},
});

// Whole UDP payloads: the device's port, the client's, and whom the device answers.
struct Discovery {
  Value field;
  std::uint16_t src_port, dst_port;
  To to = To::client;
};

constexpr auto kDiscoveries = std::to_array<Discovery>({
    {"discovery.360vision", 3600, 3600, To::everybody},
    {"discovery.advantech", 5048, 5048},
    {"discovery.arecont", 5353, 5353, To::group},
    {"discovery.axis", 5353, 5353, To::group},
    {"discovery.bosch", 1757, 1758},
    {"discovery.cyberpower", 53566, 53568},
    {"discovery.dahua1", 5050, 5050},
    {"discovery.dahua2", 37810, 37810},
    {"discovery.eaton", 4679, 4679},
    {"discovery.foscam", 10000, 10000, To::everybody},
    {"discovery.foscam_cipher", 10000, 10000, To::everybody},
    {"discovery.gigevision", 3956, 40000},
    {"discovery.googlecast", 5353, 5353, To::group},
    {"discovery.hanwha", 7701, 7711, To::everybody},
    {"discovery.hikvision", 37020, 37020, To::group},
    {"discovery.lantronix", 30718, 30718},
    {"discovery.microchip", 30303, 30303},
    {"discovery.mssql", 1434, 40000},
    {"discovery.nicevision", 2007, 2007},
    {"discovery.panasonic", 10670, 10669, To::everybody},
    {"discovery.sony", 2380, 2380, To::everybody},
    {"discovery.ssdp", 1900, 1900, To::group},
    {"discovery.ubiquiti", 10001, 40000},
    {"discovery.vivotek", 10000, 10000, To::everybody},
    {"discovery.vstarcam", 8600, 8600, To::everybody},
    {"discovery.wsdiscovery", 3702, 50000},
});

// What begins so: requests and documents of many names.
constexpr std::array<Value, 4> kFamilies{"onvif.Get", "isapi.", "vapix.", "rtsp.response"};

bool covers(const Form& form, Value field) {
  if (form.field == field) return true;
  for (const auto family : kFamilies) {
    if (form.field == family && field.starts_with(family)) return true;
  }
  return false;
}

}  // namespace

std::optional<Utterance> utterance_of(std::string_view field, std::string_view value) {
  for (const auto& form : kForms) {
    if (covers(form, field)) return form.make(value);
  }
  for (const auto& one : kDiscoveries) {
    if (one.field == field) return datagram(value, one.src_port, one.dst_port, one.to);
  }
  return std::nullopt;
}

std::string_view our_field(std::string_view field) {
  if (field == "favicon.mmh3") return "http.favicon_mmh3";
  return field == "favicon.md5" ? "http.favicon_md5" : field;
}

}  // namespace camwarden
