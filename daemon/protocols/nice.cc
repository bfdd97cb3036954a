// NICE NiceVision's discovery over UDP 2007 (fact sheet on discovery protocols, section 37):
// encoders and recorders. Known from one implementation.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kNice;

namespace {

constexpr Field kAnswer{"nice.answer", FieldKind::text, FieldRole::attribute,
                        "answers searches of NICE NiceVision: NICE"};
constexpr Field kName{"nice.name", FieldKind::text, FieldRole::locator,
                      "name in an answer of NICE NiceVision"};
constexpr Field kMac{"nice.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer of NICE NiceVision"};
constexpr Field kProbe{"nice.probe", FieldKind::text, FieldRole::attribute,
                       "searches for NICE NiceVision: search"};
constexpr const Field* kFields[] = {&kAnswer, &kName, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {2007};
constexpr std::string_view kMagic = "NICE";
constexpr std::size_t kLongestSearch = 32, kReplyBytes = 590;
constexpr std::uint32_t kSearch = 0x01080000;

void read_reply(const Facts& facts, Bytes message) {
  const Answer said(facts, mac_at(message, 0x0a), ipv4_at(message, 0x10));
  said.identify(kAnswer, kMagic);
  said.say(kName, text_at(message, 0x4a, 16));
  said.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const auto message = packet.payload;
  if (!as_text(message).starts_with(kMagic)) return;
  const Facts facts(packet, kNice.name, sink);
  Cursor cursor(message);
  cursor.skip(6);  // and the transaction
  const bool search = cursor.u32() == kSearch && cursor.ok();
  if (search && message.size() <= kLongestSearch) {
    return facts.say(sender_of(packet), kProbe, "search");
  }
  if (message.size() < kReplyBytes) return facts.truncated("nice.truncated");
  read_reply(facts, message);
}

}  // namespace

const Protocol kNice{.name = "nice", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
