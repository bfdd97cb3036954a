// V380, the discovery of Macro-video's cameras (fact sheet on discovery protocols, section 34):
// text with '^' between its fields, asked over UDP 10008 and answered over UDP 10009.

#include <array>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kV380;

namespace {

constexpr Field kAnswer{"v380.answer", FieldKind::text, FieldRole::attribute,
                        "answers searches as V380's cameras do: NVDEVRESULT"};
constexpr Field kDeviceId{"v380.device_id", FieldKind::text, FieldRole::identifier,
                          "device id in an answer of V380's cameras"};
constexpr Field kMac{"v380.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in an answer of V380's cameras"};
constexpr Field kProbe{"v380.probe", FieldKind::text, FieldRole::attribute,
                       "searches for V380's cameras: NVDEVSEARCH"};
constexpr const Field* kFields[] = {&kAnswer, &kDeviceId, &kMac, &kProbe};

constexpr std::size_t kMaxBytes = 512;
constexpr std::size_t kMacPart = 2, kIpPart = 3, kIdPart = 12, kFieldCount = 13;

using Parts = std::array<std::string_view, kFieldCount>;

// Whether there are enough of them.
bool cut(std::string_view text, Parts& parts) {
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const auto end = text.find('^');
    parts[i] = text.substr(0, end);
    if (end == std::string_view::npos) return i + 1 == kFieldCount;
    text.remove_prefix(end + 1);
  }
  return true;
}

// Not by its ports, on which telephones begin to number their media.
bool recognise(Bytes payload) { return as_text(payload).starts_with("NVDEV"); }

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kV380.name, sink);
  const auto text = text_at(packet.payload, 0, kMaxBytes);
  if (text.starts_with("NVDEVSEARCH^")) return facts.say(sender_of(packet), kProbe, "NVDEVSEARCH");
  if (!text.starts_with("NVDEVRESULT^")) return;
  Parts parts;
  if (!cut(text, parts)) return facts.truncated("v380.malformed");
  if (!holds_address(parts[kMacPart], parts[kIpPart])) return facts.anomaly("v380.malformed");
  const Answer said(facts, parts[kMacPart], parts[kIpPart]);
  said.identify(kAnswer, "NVDEVRESULT");
  said.identify(kDeviceId, parts[kIdPart]);
  said.say_mac(kMac);
}

}  // namespace

const Protocol kV380{
    .name = "v380", .fields = kFields, .recognise_datagram = recognise, .on_datagram = read};

}  // namespace camwarden
