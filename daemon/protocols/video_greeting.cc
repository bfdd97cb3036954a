// The first bytes by which a few makers' servers are known, whatever follows (fact sheet on
// discovery protocols, sections 8.1, 14 and 41.4): nothing more of these protocols is public.
// Servers send them before or in place of an answer, so they are their sender's.

#include <algorithm>
#include <iterator>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kVideoGreeting;

namespace {

constexpr Field kMagic{"video_greeting.magic", FieldKind::text, FieldRole::attribute,
                       "by which first bytes a maker's server was known: hikvision-8000, tvt-head"};
constexpr const Field* kFields[] = {&kMagic};

struct Magic {
  std::string_view bytes, name;
};
constexpr Magic kMagics[] = {
    {std::string_view("head\0\0\0\0\xf9", 9), "tvt-head"},
    {std::string_view("head\0\0\0\0\xfa", 9), "tvt-head"},
};

// Hikvision's port 8000 to whoever does not speak its language: 16 bytes, the length, a status
// twice, nothing (section 8.1). Two statuses are known, and any other could be anybody's framing.
constexpr std::size_t kRefusalBytes = 16;
bool refuses(Bytes bytes) {
  constexpr std::uint32_t kUnknown = 0x0d, kNotALogin = 0x1e;
  Cursor cursor(bytes);
  if (cursor.remaining() != kRefusalBytes || cursor.u32() != kRefusalBytes) return false;
  const auto status = cursor.u32();
  if (status != kUnknown && status != kNotALogin) return false;
  return cursor.u32() == status && cursor.u32() == 0;
}

std::string_view name_of(Bytes bytes) {
  if (refuses(bytes)) return "hikvision-8000";
  const auto* found = std::find_if(std::begin(kMagics), std::end(kMagics), [&](const Magic& magic) {
    return as_text(bytes).starts_with(magic.bytes);
  });
  return found == std::end(kMagics) ? std::string_view() : found->name;
}

Progress read(const Stream& stream, FactSink& sink) {
  const Facts facts(stream.packet, kVideoGreeting.name, sink);
  facts.say(sender_of(stream.packet), kMagic, name_of(stream.bytes));
  return {Progress::done, stream.bytes.size()};
}

Guess recognise(Bytes first_bytes) {
  if (!name_of(first_bytes).empty()) return Guess::yes;
  const auto text = as_text(first_bytes);
  constexpr std::string_view kRefusal("\0\0\0\x10\0\0\0", 7);
  const auto known = text.substr(0, kRefusal.size());
  const bool may_refuse = text.size() < kRefusalBytes && kRefusal.starts_with(known);
  const bool may_greet =
      std::any_of(std::begin(kMagics), std::end(kMagics),
                  [&](const Magic& magic) { return magic.bytes.starts_with(text); });
  return may_refuse || may_greet ? Guess::maybe : Guess::no;
}

}  // namespace

const Protocol kVideoGreeting{.name = "video_greeting",
                              .fields = kFields,
                              .from_start = true,
                              .recognise = recognise,
                              .on_stream = read};

}  // namespace camwarden
