// SSH on any TCP port: the line in which either side names its software (RFC 4253 section 4.2),
// before all is encrypted.

#include <algorithm>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kSsh;

namespace {

constexpr Field kBanner{"ssh.banner", FieldKind::text, FieldRole::attribute,
                        "software that an SSH server or client says it is"};
constexpr const Field* kFields[] = {&kBanner};

constexpr std::string_view kMagic = "SSH-";
constexpr std::size_t kMaxLine = 255;

// What is behind "SSH-2.0-".
std::string_view software(std::string_view line) {
  const auto version = line.find('-', kMagic.size());
  return line.substr(version == std::string_view::npos ? line.size() : version + 1);
}

Progress read(const Stream& stream, FactSink& sink) {
  auto left = as_text(stream.bytes).substr(0, kMaxLine);
  std::string_view line;
  if (!take_line(left, line)) {
    if (!stream.closed && stream.bytes.size() < kMaxLine) return {Progress::more, 0};
    line = left;
  }
  const Facts facts(stream.packet, kSsh.name, sink);
  facts.say(sender_of(stream.packet), kBanner, software(line));
  return {Progress::done, stream.bytes.size()};
}

Guess recognise(Bytes first_bytes) {
  const auto text = as_text(first_bytes);
  if (text.starts_with(kMagic)) return Guess::yes;
  return kMagic.starts_with(text) ? Guess::maybe : Guess::no;
}

}  // namespace

const Protocol kSsh{.name = "ssh", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
