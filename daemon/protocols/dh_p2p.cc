// Dahua's peer-to-peer service over UDP 8800 (fact sheet on discovery protocols, sections 10.6,
// 43): requests in the form of HTTP with methods of their own. A device that reports to its cloud
// writes its serial number in clear.
//
// An app that looks for a device asks with the device's serial number too, so the number in the
// path is the sender's only where it signs with the same name.

#include <algorithm>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kDhP2p;

namespace {

constexpr Field kSerial{"dh_p2p.serial", FieldKind::text, FieldRole::identifier,
                        "serial number that a device of Dahua's reports to its cloud under"};
constexpr Field kProbe{"dh_p2p.probe", FieldKind::text, FieldRole::attribute,
                       "what a host asks Dahua's peer-to-peer service for: a device or an app"};
constexpr const Field* kFields[] = {&kSerial, &kProbe};

constexpr std::uint16_t kPorts[] = {8800};
constexpr std::string_view kMethods[] = {"DHGET ", "DHPOST "};
constexpr std::string_view kOnline = "/online/p2psrv/";
constexpr std::size_t kMaxSerial = 40;

bool starts_request(std::string_view text) {
  return std::any_of(std::begin(kMethods), std::end(kMethods),
                     [&](auto method) { return text.starts_with(method); });
}

// X-WSSE: UsernameToken Username="4K01FD2PAJ6E3FF", PasswordDigest="..."
std::string_view signer(const TextHead& head) {
  constexpr std::string_view kName = "Username=\"";
  const auto token = head.first("X-WSSE");
  const auto at = token.find(kName);
  if (at == std::string_view::npos) return {};
  const auto name = token.substr(at + kName.size());
  return name.substr(0, name.find('"'));
}

// The first part of the path: the rest holds serial numbers, which may be another's.
std::string_view first_part(std::string_view path) {
  return path.substr(0, path.find('/', std::min<std::size_t>(1, path.size())));
}

void read(const Packet& packet, FactSink& sink) {
  const auto text = as_text(packet.payload);
  if (!starts_request(text)) return;
  const Facts facts(packet, kDhP2p.name, sink);
  TextHead head;
  if (head.read(text, true) != TextHead::whole) return facts.truncated("dh_p2p.head_too_long");
  const auto path = start_line_parts(head.start_line()).second;
  const auto serial = path.substr(std::min(kOnline.size(), path.size()));
  const bool own = path.starts_with(kOnline) && !serial.empty() && serial.size() <= kMaxSerial &&
                   signer(head) == serial;
  facts.say(sender_of(packet), own ? kSerial : kProbe, own ? serial : first_part(path));
}

bool recognise(Bytes payload) { return starts_request(as_text(payload)); }

}  // namespace

const Protocol kDhP2p{.name = "dh_p2p",
                      .fields = kFields,
                      .udp_ports = kPorts,
                      .recognise_datagram = recognise,
                      .on_datagram = read};

}  // namespace camwarden
