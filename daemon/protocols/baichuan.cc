// Baichuan, the protocol of Reolink's cameras and recorders over TCP (port 9000; fact sheet on
// discovery protocols, section 28.3): a header that begins with f0 de bc 0a, or a0 cd ed 0f between
// a recorder and its cameras. All that follows is scrambled or encrypted, so only who asks and who
// answers is told: the first message of a client is a login of the old class, that of a device an
// answer of the new one.

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kBaichuan;

namespace {

constexpr Field kAnswer{"baichuan.answer", FieldKind::text, FieldRole::attribute,
                        "answers a login by Reolink's protocol: the class of its message"};
constexpr Field kProbe{"baichuan.probe", FieldKind::text, FieldRole::attribute,
                       "logs in by Reolink's protocol: a recorder, an app or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer, &kProbe};

constexpr std::uint32_t kMagic = 0x0abcdef0, kRecorderMagic = 0x0fedcda0;
constexpr std::size_t kHeaderBytes = 20;
constexpr std::uint16_t kOldClass = 0x6514, kNewClass = 0x6614;
constexpr std::uint32_t kLogin = 1;

struct Header {
  std::uint32_t magic = 0, message = 0;
  std::uint16_t message_class = 0;
};

Header read_header(Bytes bytes) {
  Cursor cursor(bytes);
  Header header;
  header.magic = cursor.u32_le();
  header.message = cursor.u32_le();
  cursor.skip(4 + 4 + 2);  // length, channel and message number, status
  header.message_class = cursor.u16_le();
  return header;
}

Progress read(const Stream& stream, FactSink& sink) {
  const auto header = read_header(stream.bytes);
  const Facts facts(stream.packet, kBaichuan.name, sink);
  const auto who = sender_of(stream.packet);
  if (header.message == kLogin && header.message_class == kNewClass)
    facts.say(who, kAnswer, "login");
  if (header.message == kLogin && header.message_class == kOldClass)
    facts.say(who, kProbe, "login");
  return {Progress::done, stream.bytes.size()};
}

Guess recognise(Bytes first_bytes) {
  Cursor cursor(first_bytes);
  const auto magic = cursor.u32_le();
  if (!cursor.ok()) {
    const bool may_be = first_bytes.empty() || first_bytes[0] == 0xf0 || first_bytes[0] == 0xa0;
    return may_be ? Guess::maybe : Guess::no;
  }
  if (magic != kMagic && magic != kRecorderMagic) return Guess::no;
  return first_bytes.size() < kHeaderBytes ? Guess::maybe : Guess::yes;
}

}  // namespace

const Protocol kBaichuan{.name = "baichuan",
                         .fields = kFields,
                         .from_start = true,
                         .recognise = recognise,
                         .on_stream = read};

}  // namespace camwarden
