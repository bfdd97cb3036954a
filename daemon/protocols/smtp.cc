// SMTP (RFC 5321) on any TCP port. The server's greeting tells of the server. Of a client, which a
// camera is when it mails an alarm, the name that it greets with is told, and of its first mail the
// program that wrote it. Only headers are looked at (RFC 5322), and of those
// - nothing once a Received header shows that the mail is somebody else's, passed on;
// - of Subject and From the first words, and only when they are a device's: what people write to
//   each other is theirs. No address, no name, no login is ever told.

#include <algorithm>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/greeting.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kSmtp;

namespace {

constexpr Field kBanner{"smtp.banner", FieldKind::text, FieldRole::attribute,
                        "greeting of a mail server"};
constexpr Field kHelo{"smtp.helo", FieldKind::text, FieldRole::attribute,
                      "name that a host greets a mail server with"};
constexpr Field kMailer{"smtp.mailer", FieldKind::text, FieldRole::attribute,
                        "program that wrote a mail (X-Mailer), of the host that sends it"};
constexpr Field kSubject{"smtp.subject", FieldKind::text, FieldRole::attribute,
                         "first words of the subject of a mail that a device sends"};
constexpr Field kFrom{"smtp.from", FieldKind::text, FieldRole::attribute,
                      "first words of the name that a device sends mail under"};
constexpr const Field* kFields[] = {&kBanner, &kHelo, &kMailer, &kSubject, &kFrom};

constexpr std::size_t kMaxLine = 2000;  // twice what RFC 5321 section 4.5.3.1.6 allows
constexpr int kMaxLines = 200;          // of one direction
constexpr int kWordsOfSubject = 6;
constexpr std::uint32_t kInHeaders = 1U << 31;  // the reader's word: this, and the lines read

bool mail_server(std::string_view greeting) {
  if (ifind(greeting, "ftp") != std::string_view::npos) return false;
  constexpr std::string_view kSigns[] = {"smtp", "mail", "postfix", "exim"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](auto sign) { return ifind(greeting, sign) != std::string_view::npos; });
}

class Client {
 public:
  Client(const Stream& stream, FactSink& sink)
      : facts_(stream.packet, kSmtp.name, sink),
        who_(sender_of(stream.packet)),
        state_(stream.scratch ? *stream.scratch : 0) {}

  Progress read(const Stream& stream) {
    auto left = as_text(stream.bytes);
    bool more = true;
    for (std::string_view line; more && take_line(left, line);) more = next(line);
    if (left.size() > kMaxLine || stream.closed) more = false;
    if (stream.scratch) *stream.scratch = state_;
    return {more ? Progress::more : Progress::done, stream.bytes.size() - left.size()};
  }

 private:
  // Whether to go on behind this line.
  bool next(std::string_view line) {
    if ((++state_ & ~kInHeaders) > kMaxLines) return false;
    return state_ & kInHeaders ? header(line) : command(line);
  }

  bool command(std::string_view line) {
    if (istarts_with(line, "EHLO ") || istarts_with(line, "HELO ")) {
      facts_.say(who_, kHelo, line.substr(5));
    }
    if (istarts_with(line, "DATA") || istarts_with(line, "BDAT ")) state_ |= kInHeaders;
    return !istarts_with(line, "STARTTLS");
  }

  bool header(std::string_view line) {
    if (line.empty() || istarts_with(line, "Received:")) return false;
    const auto colon = std::min(line.find(':'), line.size());
    const auto name = line.substr(0, colon);
    const auto value = trim(line.substr(std::min(colon + 1, line.size())));
    if (iequals(name, "X-Mailer") || iequals(name, "User-Agent")) facts_.say(who_, kMailer, value);
    if (iequals(name, "Subject")) say_words(kSubject, value);
    if (iequals(name, "From")) say_words(kFrom, value.substr(0, value.find('<')));
    return true;
  }

  void say_words(const Field& field, std::string_view text) const {
    text = trim(text);
    if (text.starts_with('"')) text = text.substr(1, text.find('"', 1) - 1);
    const auto words = first_words(text, kWordsOfSubject);
    if (of_a_device(words)) facts_.say(who_, field, words);
  }

  Facts facts_;
  Subject who_;
  std::uint32_t state_;
};

bool greets(std::string_view text) {
  return istarts_with(text, "EHLO ") || istarts_with(text, "HELO ");
}

Progress read(const Stream& stream, FactSink& sink) {
  const auto text = as_text(stream.bytes);
  // A client's words do not begin with a code, wherever its line stopped.
  if (!text.starts_with("220") || (stream.scratch && *stream.scratch != 0)) {
    return Client(stream, sink).read(stream);
  }
  const auto greeting = read_greeting(text, stream.closed);
  if (!greeting) return {Progress::more, 0};
  Facts(stream.packet, kSmtp.name, sink).say(sender_of(stream.packet), kBanner, *greeting);
  return {Progress::done, stream.bytes.size()};
}

Guess recognise(Bytes first_bytes) {
  const auto text = as_text(first_bytes);
  if (greets(text)) return Guess::yes;
  if (istarts_with("EHLO ", text) || istarts_with("HELO ", text)) return Guess::maybe;
  const auto line = greeting_line(text);
  if (!line) return Guess::no;
  if (line->empty()) return Guess::maybe;
  return mail_server(*line) ? Guess::yes : Guess::no;
}

}  // namespace

const Protocol kSmtp{.name = "smtp", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
