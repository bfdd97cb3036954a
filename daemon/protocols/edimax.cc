// Edimax (fact sheet on discovery protocols, section 37): a search over UDP 20560, and the XML that
// its devices broadcast when they start, to the port that the XML names. Its plugs send the very
// same XML as its cameras: it names the maker and no kind.

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kEdimax;

namespace {

constexpr Field kBroadcast{"edimax.broadcast", FieldKind::text, FieldRole::attribute,
                           "broadcasts itself as Edimax's devices do: the code"};
constexpr Field kProbe{"edimax.probe", FieldKind::text, FieldRole::attribute,
                       "searches for Edimax's devices: search"};
constexpr const Field* kFields[] = {&kBroadcast, &kProbe};

constexpr std::uint16_t kPorts[] = {20560};
constexpr std::string_view kSearch(
    "\xff\xff\xff\xff\xff\xff"
    "EDIMAX",
    12);
constexpr std::string_view kXml = "<param><code value=\"";
constexpr std::size_t kMaxCodeBytes = 8;

bool recognise(Bytes payload) { return as_text(payload).starts_with(kXml); }

void read(const Packet& packet, FactSink& sink) {
  const auto text = as_text(packet.payload);
  const Facts facts(packet, kEdimax.name, sink);
  if (text.starts_with(kSearch)) return facts.say(sender_of(packet), kProbe, "search");
  if (!text.starts_with(kXml)) return;
  const auto code = text.substr(kXml.size(), kMaxCodeBytes);
  const auto end = code.find('"');
  if (end == std::string_view::npos) return facts.truncated("edimax.malformed");
  facts.say(sender_of(packet), kBroadcast, code.substr(0, end));
}

}  // namespace

const Protocol kEdimax{.name = "edimax",
                       .fields = kFields,
                       .udp_ports = kPorts,
                       .recognise_datagram = recognise,
                       .on_datagram = read};

}  // namespace camwarden
