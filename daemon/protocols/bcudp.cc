// BcUDP, Baichuan's discovery and peer-to-peer negotiation for Reolink (fact sheet on discovery
// protocols, section 28.2): XML under a key stream that the transaction id completes. Elements
// whose name begins with "D2" are said by the device, with "C2" by a client; the cloud's say
// nothing of hosts here. Only which element it is, is kept.

#include <algorithm>
#include <array>
#include <string>

#include "protocols/facts.h"
#include "protocols/markup.h"

namespace camwarden {

extern const Protocol kBcUdp;

namespace {

constexpr Field kDevice{"bcudp.device", FieldKind::text, FieldRole::attribute,
                        "negotiates by BcUDP as a device: the element, D2C_C_R"};
constexpr Field kProbe{"bcudp.probe", FieldKind::text, FieldRole::attribute,
                       "negotiates by BcUDP as a client: the element, C2D_S"};
constexpr const Field* kFields[] = {&kDevice, &kProbe};

constexpr std::uint16_t kPorts[] = {2015, 2018};
constexpr std::uint32_t kMagic = 0x3acf872a;
constexpr std::size_t kHeaderBytes = 20;
constexpr std::size_t kMaxXmlBytes = 256;  // the two first tags are at its beginning
constexpr std::array<std::uint32_t, 8> kKeyWords{0x1f2d3c4b, 0x5a6c7f8d, 0x38172e4b, 0x8271635a,
                                                 0x863f1a2b, 0xa5c6f7d8, 0x8371e1b4, 0x17f2d3a5};

bool is_negotiation(Bytes payload) {
  return payload.size() > kHeaderBytes && Cursor(payload).u32() == kMagic;
}

std::string decrypt(Bytes payload, std::uint32_t transaction) {
  std::string text(as_text(payload.first(std::min(payload.size(), kMaxXmlBytes))));
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint32_t word = kKeyWords[i / 4 % kKeyWords.size()] + transaction;
    text[i] = static_cast<char>(text[i] ^ static_cast<char>(word >> 8 * (i % 4)));
  }
  return text;
}

// The element inside <P2P>; "" when the text is not that.
std::string_view element_of(std::string_view xml) {
  TagScanner scanner(xml);
  const auto root = scanner.next();
  const auto inner = root && root->name == "P2P" ? scanner.next() : std::nullopt;
  return inner ? inner->name : std::string_view();
}

void read(const Packet& packet, FactSink& sink) {
  if (!is_negotiation(packet.payload)) return;
  const Facts facts(packet, kBcUdp.name, sink);
  Cursor cursor(packet.payload);
  cursor.skip(12);
  const auto transaction = cursor.u32_le();
  cursor.skip(4);  // checksum of what follows: the XML itself shows whether it was read right
  const auto xml = decrypt(cursor.rest(), transaction);
  const auto element = element_of(xml);
  if (element.empty()) return facts.truncated("bcudp.malformed");
  if (element.starts_with("D2")) facts.say(sender_of(packet), kDevice, element);
  if (element.starts_with("C2")) facts.say(sender_of(packet), kProbe, element);
}

}  // namespace

const Protocol kBcUdp{.name = "bcudp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
