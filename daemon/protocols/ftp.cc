// FTP (RFC 959) on any TCP port: the server's greeting, which in cameras holds model and firmware.
// Known by its code, 220, which SMTP shares: what looks like a mail server's is left to smtp.cc,
// which is asked before. The client's side is not read: it holds passwords.

#include "protocols/facts.h"
#include "protocols/greeting.h"

namespace camwarden {

extern const Protocol kFtp;

namespace {

constexpr Field kBanner{"ftp.banner", FieldKind::text, FieldRole::attribute,
                        "greeting of an FTP server, its lines joined"};
constexpr const Field* kFields[] = {&kBanner};

Progress read(const Stream& stream, FactSink& sink) {
  const auto text = read_greeting(as_text(stream.bytes), stream.closed);
  if (!text) return {Progress::more, 0};
  const Facts facts(stream.packet, kFtp.name, sink);
  facts.say(sender_of(stream.packet), kBanner, *text);
  return {Progress::done, stream.bytes.size()};
}

Guess recognise(Bytes first_bytes) {
  const auto line = greeting_line(as_text(first_bytes));
  if (!line) return Guess::no;
  return line->empty() ? Guess::maybe : Guess::yes;
}

}  // namespace

const Protocol kFtp{.name = "ftp", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
