// "MO_I", the discovery of Netwave's platform: Foscam and many clones (fact sheet on discovery
// protocols, section 26). UDP 10000, which Vivotek uses too: the first four bytes decide. What
// follows the header may be hidden under a key of eight bytes that the header carries.

#include <algorithm>
#include <string>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kNetwave;

namespace {

constexpr Field kAnswer{"netwave.answer", FieldKind::text, FieldRole::attribute,
                        "answers searches of Netwave's platform: MO_I"};
constexpr Field kId{"netwave.id", FieldKind::text, FieldRole::identifier,
                    "identifier in an answer of Netwave's platform: mostly its MAC"};
constexpr Field kMac{"netwave.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer of Netwave's platform"};
constexpr Field kName{"netwave.name", FieldKind::text, FieldRole::locator,
                      "name that its user gave the device, in an answer of Netwave's platform"};
constexpr Field kFirmware{"netwave.firmware", FieldKind::text, FieldRole::attribute,
                          "system firmware in an answer of Netwave's platform"};
constexpr Field kProbe{"netwave.probe", FieldKind::text, FieldRole::attribute,
                       "searches for cameras of Netwave's platform: search"};
constexpr const Field* kFields[] = {&kAnswer, &kId, &kMac, &kName, &kFirmware, &kProbe};

constexpr std::uint16_t kPorts[] = {10000};
constexpr std::string_view kMagic = "MO_I";
constexpr std::size_t kHeaderBytes = 23, kTextBytes = 64;
constexpr std::uint16_t kSearch = 0, kSearchReply = 1;

// The text behind the header, in clear.
std::string text_of(Bytes message) {
  std::string text(as_text(message.subspan(kHeaderBytes)).substr(0, kTextBytes));
  const bool hidden = message[6] != 0;
  for (std::size_t i = 0; hidden && i < text.size(); ++i) {
    text[i] = static_cast<char>(text[i] ^ static_cast<char>(message[7 + i % 8]));
  }
  return text;
}

std::string dotted(Bytes four) {
  const auto version = IpAddress::v4(four);
  return version.unspecified() ? std::string() : version.to_string();
}

void read_reply(const Facts& facts, Bytes text) {
  const auto id = text_at(text, 0, 13);
  if (id.empty()) return facts.anomaly("netwave.malformed");
  const Answer said(facts, id, ipv4_at(text, 0x22).to_string());
  said.identify(kAnswer, kMagic);
  said.identify(kId, id);
  said.say(kName, text_at(text, 13, 21));
  said.say(kFirmware, dotted(text.subspan(0x36, 4)));
  said.say_mac(kMac);
}

void read(const Packet& packet, FactSink& sink) {
  const auto message = packet.payload;
  if (!as_text(message).starts_with(kMagic)) return;
  const Facts facts(packet, kNetwave.name, sink);
  if (message.size() < kHeaderBytes) return facts.truncated("netwave.truncated");
  Cursor cursor(message.subspan(4));
  const auto operation = cursor.u16_le();
  if (operation == kSearch) return facts.say(sender_of(packet), kProbe, "search");
  if (operation != kSearchReply) return;
  const auto text = text_of(message);
  if (text.size() < kTextBytes) return facts.truncated("netwave.truncated");
  read_reply(facts, as_bytes(text));
}

}  // namespace

const Protocol kNetwave{
    .name = "netwave", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
