// 360 Vision's discovery over UDP 3600 (fact sheet on discovery protocols, section 37): the word
// DISCOVER, and one line of text back.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kVision360;

namespace {

constexpr Field kType{"vision360.type", FieldKind::text, FieldRole::attribute,
                      "device type in an answer of 360 Vision's cameras: IPDOME"};
constexpr Field kId{"vision360.id", FieldKind::text, FieldRole::identifier,
                    "identifier in an answer of 360 Vision's cameras"};
constexpr Field kMac{"vision360.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer of 360 Vision's cameras"};
constexpr Field kProbe{"vision360.probe", FieldKind::text, FieldRole::attribute,
                       "searches for 360 Vision's cameras: DISCOVER"};
constexpr const Field* kFields[] = {&kType, &kId, &kMac, &kProbe};

constexpr std::uint16_t kPort = 3600;
constexpr std::uint16_t kPorts[] = {kPort};
constexpr std::size_t kMaxBytes = 256;

// What stands behind `key` up to a blank, or between quotes.
std::string_view value_of(std::string_view text, std::string_view key) {
  const auto at = text.find(key);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + key.size());
  const bool quoted = text.starts_with('\'');
  if (quoted) text.remove_prefix(1);
  return text.substr(0, text.find(quoted ? '\'' : ' '));
}

void read(const Packet& packet, FactSink& sink) {
  const auto text = text_at(packet.payload, 0, kMaxBytes);
  const Facts facts(packet, kVision360.name, sink);
  if (text == "DISCOVER" && packet.dst_port == kPort) {
    return facts.say(sender_of(packet), kProbe, text);
  }
  if (!text.starts_with("DISCOVER TYPE=")) return;
  const auto mac = value_of(text, " KEY=");
  if (!holds_address(mac, {})) return facts.truncated("vision360.malformed");
  const Answer said(facts, mac, {});
  said.identify(kType, value_of(text, " TYPE="));
  said.identify(kId, value_of(text, " ID="));
  said.say_mac(kMac);
}

}  // namespace

const Protocol kVision360{
    .name = "vision360", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
