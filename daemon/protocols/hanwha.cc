// Hanwha's discovery (before: Samsung Techwin), a broadcast to UDP 7701 with answers to 7711 (fact
// sheet on discovery protocols, section 19): 262 bytes of NUL-padded text without any magic, so an
// answer counts only when a MAC and an address stand in their places. It cuts a model to ten
// characters and has no serial number.

#include <algorithm>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kHanwha;

namespace {

constexpr Field kAnswer{"hanwha.answer", FieldKind::text, FieldRole::attribute,
                        "answers Hanwha's discovery: 0b"};
constexpr Field kModel{"hanwha.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of Hanwha's discovery, cut to ten characters"};
constexpr Field kMac{"hanwha.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Hanwha's discovery"};
constexpr Field kProbe{"hanwha.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Hanwha's discovery: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer, &kModel, &kMac, &kProbe};

constexpr std::uint16_t kAskedPort = 7701, kAnsweredPort = 7711;
constexpr std::uint16_t kPorts[] = {kAskedPort, kAnsweredPort};
constexpr std::size_t kBytes = 262;

bool is_question(const Packet& packet) {
  const auto payload = packet.payload;
  return packet.dst_port == kAskedPort && payload[0] == 0x01 &&
         std::all_of(payload.begin() + 1, payload.end(), [](auto octet) { return octet == 0; });
}

void read(const Packet& packet, FactSink& sink) {
  if (packet.payload.size() != kBytes) return;
  const Facts facts(packet, kHanwha.name, sink);
  if (is_question(packet)) return facts.say(sender_of(packet), kProbe, "01");
  const auto mac = MacAddress::parse(text_at(packet.payload, 0x13, 18));
  const auto ip = IpAddress::parse(text_at(packet.payload, 0x25, 16));
  if (packet.payload[0] != 0x0b || !mac || !ip) return;
  const Answer answer(facts, *mac, *ip);
  answer.identify(kAnswer, "0b");
  answer.say(kModel, text_at(packet.payload, 0x6d, 10));
  answer.say_mac(kMac);
}

}  // namespace

const Protocol kHanwha{
    .name = "hanwha", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
