// DynaColor's discovery over UDP 6666 and 6667, known from Beward's cameras (fact sheet on
// discovery protocols, section 37): base64 of text whose every bit is turned. The search reads
// "DynaColor,00,????"; of answers it is only known that they begin with the same word. Tuya uses
// the ports too: the word decides.

#include <array>
#include <string>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kDynacolor;

namespace {

constexpr Field kAnswer{"dynacolor.answer", FieldKind::text, FieldRole::attribute,
                        "answers searches as DynaColor's cameras do: the message's number"};
constexpr Field kProbe{"dynacolor.probe", FieldKind::text, FieldRole::attribute,
                       "searches for DynaColor's cameras: search"};
constexpr const Field* kFields[] = {&kAnswer, &kProbe};

constexpr std::uint16_t kPorts[] = {6666, 6667};
// "DynaColor," and two digits are 12 bytes: 16 of base64.
constexpr std::size_t kEncodedBytes = 16;
constexpr std::string_view kWord = "DynaColor,";

// The digit's value, or 64 (RFC 4648 section 4).
std::uint32_t digit(char c) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = kDigits.find(c);
  return at == std::string_view::npos ? 64 : static_cast<std::uint32_t>(at);
}

std::string decode(std::string_view encoded) {
  std::string text;
  for (std::size_t at = 0; at + 4 <= encoded.size(); at += 4) {
    std::uint32_t bits = 0;
    for (const char c : encoded.substr(at, 4)) {
      if (digit(c) == 64) return {};
      bits = bits << 6 | digit(c);
    }
    for (const int shift : {16, 8, 0}) text += static_cast<char>(~(bits >> shift) & 0xff);
  }
  return text;
}

void read(const Packet& packet, FactSink& sink) {
  const auto text = decode(as_text(packet.payload).substr(0, kEncodedBytes));
  if (!text.starts_with(kWord)) return;
  const Facts facts(packet, kDynacolor.name, sink);
  const auto number = std::string_view(text).substr(kWord.size());
  if (number == "00") return facts.say(sender_of(packet), kProbe, "search");
  facts.say(sender_of(packet), kAnswer, number);
}

}  // namespace

const Protocol kDynacolor{
    .name = "dynacolor", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
