// Tuya's announcements over UDP 6666, 6667 and 7000 (fact sheet on discovery protocols, section
// 30): every few seconds, from plugs, bulbs, locks and cameras of hundreds of labels alike. They
// hold no device class, so they never make a camera. Only the oldest form is in clear; the others
// are known by their frame alone, since what is hidden in them names no product either.

#include <string>

#include "base/json.h"
#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kTuya;

namespace {

constexpr Field kAnnounce{"tuya.announce", FieldKind::text, FieldRole::attribute,
                          "announces itself as Tuya's devices do: clear, hidden, hidden-gcm"};
constexpr Field kId{"tuya.id", FieldKind::text, FieldRole::identifier,
                    "device id in a Tuya announcement (gwId)"};
constexpr Field kProductKey{"tuya.product_key", FieldKind::text, FieldRole::attribute,
                            "product key in a Tuya announcement: one product, not a brand"};
constexpr Field kVersion{"tuya.version", FieldKind::text, FieldRole::attribute,
                         "protocol version in a Tuya announcement"};
constexpr Field kProbe{"tuya.probe", FieldKind::text, FieldRole::attribute,
                       "asks for Tuya's devices, as an app does: search"};
constexpr const Field* kFields[] = {&kAnnounce, &kId, &kProductKey, &kVersion, &kProbe};

constexpr std::uint16_t kPorts[] = {6666, 6667, 7000};
constexpr std::uint32_t kFrame = 0x000055aa, kFrameEnd = 0x0000aa55;
constexpr std::uint32_t kGcmFrame = 0x00006699, kGcmFrameEnd = 0x00009966;
constexpr std::uint32_t kSearch = 0x25;  // REQ_DEVINFO, from apps
constexpr std::size_t kMaxJsonBytes = 1024;
constexpr std::size_t kEndBytes = 4;

std::uint32_t last_word(Bytes payload) {
  return Cursor(payload.subspan(payload.size() - kEndBytes)).u32();
}

void read_clear(const Facts& facts, const json::object& message) {
  const Subject who = sender_of(facts.packet());
  facts.say(who, kAnnounce, "clear");
  facts.say(who, kId, text_member(message, "gwId"));
  facts.say(who, kProductKey, text_member(message, "productKey"));
  facts.say(who, kVersion, text_member(message, "version"));
}

// Behind the header stand a return code, in answers, and the JSON or what hides it; then a checksum
// and the end.
void read_frame(const Facts& facts, std::uint32_t command, Bytes rest) {
  if (command == kSearch) return facts.say(sender_of(facts.packet()), kProbe, "search");
  const auto text = as_text(rest).substr(0, kMaxJsonBytes);
  const auto begin = text.substr(0, 8).find('{');
  const auto end = text.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) {
    return facts.say(sender_of(facts.packet()), kAnnounce, "hidden");
  }
  const auto value = parse_json(text.substr(begin, end + 1 - begin));
  if (!value || !value->is_object()) return facts.anomaly("tuya.malformed");
  read_clear(facts, value->get_object());
}

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto begin = cursor.u32();
  if (begin != kFrame && begin != kGcmFrame) return;
  cursor.skip(begin == kFrame ? 4 : 6);  // sequence; of the newer form two bytes more
  const auto command = cursor.u32(), length = cursor.u32();
  const Facts facts(packet, kTuya.name, sink);
  if (!cursor.ok()) return facts.truncated("tuya.truncated");
  const bool whole = last_word(packet.payload) == (begin == kFrame ? kFrameEnd : kGcmFrameEnd);
  // The newer form's length leaves the end out.
  const std::size_t counted = begin == kFrame ? length : std::size_t{length} + kEndBytes;
  if (!whole || length == 0 || counted != cursor.remaining()) {
    return facts.truncated("tuya.truncated");
  }
  if (begin == kFrame) return read_frame(facts, command, cursor.rest());
  if (command == kSearch) return facts.say(sender_of(packet), kProbe, "search");
  facts.say(sender_of(packet), kAnnounce, "hidden-gcm");
}

}  // namespace

const Protocol kTuya{.name = "tuya", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
