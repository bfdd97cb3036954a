// JVC's search for its VN-V cameras (JVC VN-V API guide, "API to search"; fact sheet on discovery
// protocols, section 37): the line system.id to UDP 80, and back
// "system.id=VN-V686U(192.0.2.2/24)&200 OK".

#include <algorithm>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kJvc;

namespace {

constexpr Field kModel{"jvc.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of JVC's cameras"};
constexpr Field kProbe{"jvc.probe", FieldKind::text, FieldRole::attribute,
                       "searches for JVC's cameras: system.id"};
constexpr const Field* kFields[] = {&kModel, &kProbe};

constexpr std::size_t kMaxBytes = 256;
constexpr std::string_view kWord = "system.id";

// Not by its port, which much else uses over UDP.
bool recognise(Bytes payload) { return as_text(payload).starts_with(kWord); }

void read(const Packet& packet, FactSink& sink) {
  if (!recognise(packet.payload)) return;
  const Facts facts(packet, kJvc.name, sink);
  auto text = text_at(packet.payload, 0, kMaxBytes);
  if (text == kWord) return facts.say(sender_of(packet), kProbe, text);
  text.remove_prefix(std::min(kWord.size(), text.size()));
  const auto end = text.find('(');
  if (!text.starts_with('=') || end == std::string_view::npos)
    return facts.truncated("jvc.malformed");
  facts.say(sender_of(packet), kModel, text.substr(1, end - 1));
}

}  // namespace

const Protocol kJvc{
    .name = "jvc", .fields = kFields, .recognise_datagram = recognise, .on_datagram = read};

}  // namespace camwarden
