// Telnet (RFC 854) on any TCP port: what the server writes up to where it asks for a name. Known by
// the option negotiation that both sides open with.
//
// Whoever negotiates may be the client too, and what it sends is what a person types. So nothing is
// told unless a login prompt comes, which only servers write, and nothing behind it is read.

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/markup.h"

namespace camwarden {

extern const Protocol kTelnet;

namespace {

constexpr Field kBanner{"telnet.banner", FieldKind::text, FieldRole::attribute,
                        "what a telnet server writes up to its first prompt"};
constexpr const Field* kFields[] = {&kBanner};

enum Command : std::uint8_t {
  kEndOfSubnegotiation = 240,
  kSubnegotiation = 250,
  kWill = 251,
  kIac = 255
};
constexpr std::uint8_t kMostOption = 50;  // of those that anybody sends first
constexpr std::size_t kMaxBytes = 2048;

// The text without commands (RFC 854, 855). Ends: every round takes a byte.
std::string plain_text(Bytes bytes) {
  std::string text;
  Cursor cursor(bytes);
  while (cursor.remaining() > 0) {
    const auto octet = cursor.u8();
    if (octet != kIac) {
      if (octet != 0) text += static_cast<char>(octet);
      continue;
    }
    const auto command = cursor.u8();
    if (command >= kWill && command != kIac) cursor.skip(1);
    if (command != kSubnegotiation) continue;
    while (cursor.remaining() > 0 && cursor.u8() != kEndOfSubnegotiation) {
    }
  }
  return text;
}

// Where the first prompt ends; nothing when there is none.
std::optional<std::size_t> prompt_end(std::string_view text) {
  std::optional<std::size_t> first;
  for (const std::string_view prompt :
       {"login:", "username:", "user name:", "user:", "password:"}) {
    const auto at = ifind(text, prompt);
    if (at != std::string_view::npos && (!first || at + prompt.size() < *first)) {
      first = at + prompt.size();
    }
  }
  return first;
}

Progress read(const Stream& stream, FactSink& sink) {
  const auto text = plain_text(stream.bytes.first(std::min(stream.bytes.size(), kMaxBytes)));
  if (const auto end = prompt_end(text)) {
    const Facts facts(stream.packet, kTelnet.name, sink);
    facts.say(sender_of(stream.packet), kBanner,
              collapse_blanks(std::string_view(text).substr(0, *end)));
    return {Progress::done, stream.bytes.size()};
  }
  const bool over = stream.closed || stream.bytes.size() >= kMaxBytes;
  return {over ? Progress::done : Progress::more, 0};
}

Guess recognise(Bytes first_bytes) {
  Cursor cursor(first_bytes);
  if (cursor.remaining() > 0 && cursor.u8() != kIac) return Guess::no;
  if (cursor.remaining() > 0) {
    const auto command = cursor.u8();
    if (command < kWill || command == kIac) return Guess::no;
  }
  if (cursor.remaining() == 0) return Guess::maybe;
  return cursor.u8() < kMostOption ? Guess::yes : Guess::no;
}

}  // namespace

const Protocol kTelnet{
    .name = "telnet", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
