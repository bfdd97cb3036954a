// How devices of Dahua's platform, and the applications that look for them, speak to its cloud over
// UDP 8800: HTTP's form with methods of its own (fact sheet on discovery protocols, sections 10.6
// and 43). A device registers under its serial number and signs with it as the user; an application
// asks for a serial number that is another's, under another user. Only the first is a device.

#include "base/text.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kDahuaP2p;

namespace {

constexpr Field kOnline{"dahua_p2p.online", FieldKind::text, FieldRole::attribute,
                        "registers with the cloud of Dahua's platform as a device does: p2psrv"};
constexpr Field kSerial{"dahua_p2p.serial", FieldKind::text, FieldRole::identifier,
                        "serial number under which a device registers with Dahua's cloud"};
constexpr Field kClient{
    "dahua_p2p.client", FieldKind::text, FieldRole::attribute,
    "asks Dahua's cloud for a device, as an application does: the path's begin"};
constexpr const Field* kFields[] = {&kOnline, &kSerial, &kClient};

constexpr std::uint16_t kPorts[] = {8800};
constexpr std::string_view kRegister = "/online/p2psrv/", kUser = "Username=\"";
constexpr std::size_t kMaxBytes = 2 << 10;

bool recognise(Bytes payload) {
  const auto text = as_text(payload);
  return text.starts_with("DHGET /") || text.starts_with("DHPOST /");
}

std::string_view user_of(std::string_view text) {
  const auto at = text.find(kUser);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + kUser.size());
  return text.substr(0, text.find('"'));
}

// "/online/relay" of "/online/relay/x/y": what comes behind may be someone else's serial number.
std::string_view begin_of(std::string_view path) {
  const auto second = path.find('/', 1);
  if (second == std::string_view::npos) return path;
  return path.substr(0, path.find('/', second + 1));
}

void read(const Packet& packet, FactSink& sink) {
  if (!recognise(packet.payload)) return;
  const Facts facts(packet, kDahuaP2p.name, sink);
  const auto text = as_text(packet.payload).substr(0, kMaxBytes);
  auto path = text.substr(text.find('/'));
  path = path.substr(0, path.find_first_of(" ?\r\n"));
  const auto who = sender_of(packet);
  const auto serial = path.starts_with(kRegister) ? path.substr(kRegister.size()) : "";
  if (serial.empty() || serial != user_of(text)) return facts.say(who, kClient, begin_of(path));
  facts.say(who, kOnline, "p2psrv");
  facts.say(who, kSerial, serial);
}

}  // namespace

const Protocol kDahuaP2p{.name = "dahua_p2p",
                         .fields = kFields,
                         .udp_ports = kPorts,
                         .recognise_datagram = recognise,
                         .on_datagram = read};

}  // namespace camwarden
