// Messages of text protocols: utterance.h.
#include <fmt/format.h>

#include <algorithm>

#include "app/evaluation/utterance.h"
#include "base/json.h"
#include "base/text.h"

namespace camwarden {
namespace {

// Line ends as on a wire, whatever the file that kept the message made of them.
std::string on_a_wire(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i] == '\n' ? "\r\n" : std::string(1, text[i]);
  }
  return out;
}

Utterance from_port(std::uint16_t port, std::string payload) {
  return {.src_port = port, .payload = std::move(payload)};
}

std::uint16_t port_of(Text protocol) { return protocol == Text::rtsp ? 554 : 80; }

bool chunked(std::string_view head, std::string_view body) {
  const auto first = trim(body.substr(0, body.find('\n')));
  return ifind(head, "transfer-encoding: chunked") != head.npos && !first.empty() &&
         first.find_first_not_of("0123456789abcdefABCDEF") == first.npos;
}

// A tool keeps a body without its codings, and of another length where it changes line ends. What
// is chunked still is left as it is.
std::string restated(std::string_view head, std::string_view body) {
  constexpr std::string_view kOfTheWire[] = {
      "content-length:", "transfer-encoding:", "content-encoding:"};
  if (body.empty() || chunked(head, body)) return std::string(head);
  std::string out;
  for (const auto line : split(head, '\n')) {
    const bool of_the_wire =
        std::any_of(std::begin(kOfTheWire), std::end(kOfTheWire),
                    [&](std::string_view name) { return istarts_with(line, name); });
    if (!of_the_wire) out.append(line).append("\n");
  }
  return fmt::format("{}Content-Length: {}", out, body.size());
}

// Where a notice says that its sender is: what speaks of another host is not the sender's own.
IpAddress location_of(std::string_view message) {
  constexpr std::string_view kLocation = "location:";
  for (const auto line : split(message, '\n')) {
    if (!istarts_with(line, kLocation)) continue;
    auto url = trim(line.substr(kLocation.size()));
    const auto scheme = url.find("://");
    if (scheme == url.npos) return {};
    url.remove_prefix(scheme + 3);
    return IpAddress::parse(url.substr(0, url.find_first_of(":/"))).value_or(IpAddress{});
  }
  return {};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  return out;
}

// "@version" is an attribute; what is neither a text nor nothing is left out.
std::string element(std::string_view name, const json::object& inside) {
  std::string marks, plain;
  for (const auto& [key, value] : inside) {
    const auto* text = value.if_string();
    if (!text && !value.is_null()) continue;
    const auto said = text ? escaped(*text) : std::string();
    if (key.starts_with('@'))
      marks += fmt::format(" {}=\"{}\"", std::string_view(key).substr(1), said);
    if (!key.starts_with('@')) plain += fmt::format("<{0}>{1}</{0}>", std::string_view(key), said);
  }
  return fmt::format("<{0}{1}>{2}</{0}>", name, marks, plain);
}

}  // namespace

std::optional<std::string> document_of(std::string_view kept) {
  const auto whole = parse_json(kept);
  const auto* object = whole ? whole->if_object() : nullptr;
  const auto* response = object ? object->if_contains("response") : nullptr;
  if (response) object = response->if_object();
  if (!object || object->size() != 1 || !object->begin()->value().is_object()) return std::nullopt;
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         element(object->begin()->key(), object->begin()->value().as_object());
}

Utterance answer(Text protocol, std::string_view headers, std::string_view body,
                 std::string_view body_type, std::string_view status) {
  const bool rtsp = protocol == Text::rtsp;
  auto head = fmt::format("{} {}\r\n{}{}", rtsp ? "RTSP/1.0" : "HTTP/1.1", status,
                          rtsp ? "CSeq: 2\r\n" : "", headers);
  if (!body.empty()) head += fmt::format("Content-Type: {}\r\n", body_type);
  return from_port(port_of(protocol),
                   fmt::format("{}Content-Length: {}\r\n\r\n{}", head, body.size(), body));
}

Utterance recorded_answer(Text protocol, std::string_view message) {
  if (protocol == Text::http && !message.starts_with("HTTP/")) {
    return answer(protocol, on_a_wire(std::string(trim(message)) + "\n"));
  }
  // The blank line of either kind; the body stays as it is.
  const auto unix_end = message.find("\n\n"), wire_end = message.find("\r\n\r\n");
  const bool wire = wire_end < unix_end;
  const auto end = wire ? wire_end : unix_end;
  const auto body = end == message.npos ? std::string_view() : message.substr(end + (wire ? 4 : 2));
  const auto head = trim(message.substr(0, end));
  const auto sent = protocol == Text::http ? restated(head, body) : std::string(head);
  return from_port(port_of(protocol), fmt::format("{}\r\n\r\n{}", on_a_wire(sent), body));
}

Utterance search_notice(std::string_view message) {
  auto made = datagram(on_a_wire(message), 1900, 1900, Utterance::To::group);
  made.sender = location_of(message);
  return made;
}

Utterance search_notice_of_server(std::string_view server) {
  return search_notice(fmt::format(
      "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNTS: ssdp:alive\r\nNT: "
      "upnp:rootdevice\r\n"
      "USN: uuid:00000000-0000-4000-8000-000000000007::upnp:rootdevice\r\nSERVER: {}\r\n"
      "LOCATION: http://{}/d.xml\r\nCACHE-CONTROL: max-age=1800\r\n\r\n",
      server, kDeviceIp));
}

namespace {

// hardware='IPC-1', name='Camera': what a tool printed of onvif://www.onvif.org/hardware/IPC-1 and
// the next. "" of any other text.
std::string scopes_of_print_out(std::string_view text) {
  std::string scopes;
  while (!text.empty()) {
    const auto equals = text.find("='");
    const auto end = equals == text.npos ? text.npos : text.find('\'', equals + 2);
    if (end == text.npos) return "";
    scopes += fmt::format("{}onvif://www.onvif.org/{}/{}", scopes.empty() ? "" : " ",
                          trim(text.substr(0, equals)), text.substr(equals + 2, end - equals - 2));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return scopes;
}

}  // namespace

std::optional<Utterance> probe_match_of_scopes(std::string_view told) {
  const auto scopes = told.find("://") == told.npos ? scopes_of_print_out(told) : std::string(told);
  if (scopes.empty()) return std::nullopt;
  return datagram(
      fmt::format(
          R"(<?xml version="1.0"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" )"
          R"(xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" )"
          R"(xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><e:Header><a:Action>)"
          R"(http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action></e:Header><e:Body>)"
          R"(<d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>)"
          R"(urn:uuid:00000000-0000-4000-8000-000000000007</a:Address></a:EndpointReference><d:Scopes>)"
          R"({}</d:Scopes></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>)",
          scopes),
      3702, 50000);
}

Utterance sip(std::string_view first_line, std::string_view header, std::string_view value) {
  return datagram(fmt::format("{}\r\nVia: SIP/2.0/UDP 10.10.10.7:5060;branch=z9hG4bK7\r\n"
                              "From: <sip:7@10.10.10.2>;tag=7\r\nTo: <sip:7@10.10.10.2>\r\n"
                              "Call-ID: 7@10.10.10.7\r\nCSeq: 1 REGISTER\r\n"
                              "Contact: <sip:7@10.10.10.7>\r\n{}: {}\r\nContent-Length: 0\r\n\r\n",
                              first_line, header, value),
                  5060, 5060);
}

Utterance greeting(std::uint16_t port, std::string_view line) {
  return from_port(port, std::string(line) + (line.ends_with('\n') ? "" : "\r\n"));
}

}  // namespace camwarden
