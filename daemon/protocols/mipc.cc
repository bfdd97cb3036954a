// MIPC, what cameras of Vimtag, LeFun and MAISI say on a TCP connection before they are asked (fact
// sheet on discovery protocols, section 35): a header, the word mrmt_hello, and the device's id.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kMipc;

namespace {

constexpr Field kHello{"mipc.hello", FieldKind::text, FieldRole::attribute,
                       "greets clients as Vimtag's cameras do: mrmt_hello"};
constexpr Field kDeviceId{"mipc.device_id", FieldKind::text, FieldRole::identifier,
                          "device id in the greeting of Vimtag's cameras"};
constexpr const Field* kFields[] = {&kHello, &kDeviceId};

constexpr std::string_view kOpening("\x38\0\0\0\x6c", 5);
constexpr std::string_view kWord = "mrmt_hello";
constexpr std::size_t kWordOffset = 44, kIdOffset = 92, kIdBytes = 32;

Guess recognise(Bytes first_bytes) {
  const auto text = as_text(first_bytes);
  const auto opening = text.substr(0, kOpening.size());
  if (!kOpening.starts_with(opening)) return Guess::no;
  if (text.size() < kWordOffset + kWord.size()) return Guess::maybe;
  return text.substr(kWordOffset).starts_with(kWord) ? Guess::yes : Guess::no;
}

Progress read(const Stream& stream, FactSink& sink) {
  const bool whole = stream.bytes.size() >= kIdOffset + kIdBytes;
  const bool id_ends = as_text(stream.bytes).find('\n', kIdOffset) != std::string_view::npos;
  if (!whole && !id_ends && !stream.closed) return {Progress::more, 0};
  const Facts facts(stream.packet, kMipc.name, sink);
  const auto who = sender_of(stream.packet);
  facts.say(who, kHello, kWord);
  facts.say(who, kDeviceId, text_at(stream.bytes, kIdOffset, kIdBytes));
  return {Progress::done, stream.bytes.size()};
}

}  // namespace

const Protocol kMipc{.name = "mipc",
                     .fields = kFields,
                     .from_start = true,
                     .recognise = recognise,
                     .on_stream = read};

}  // namespace camwarden
