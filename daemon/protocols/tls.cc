// TLS over TCP on any port (RFC 8446, 5246): the handshake as far as it is in clear.
//
// A ClientHello tells of its sender which program it is (JA4), what it speaks (ALPN), and, where
// that is a camera cloud, whom it calls (SNI). Other names would tell what people read, as in
// dns.cc. The name is never the receiver's own, and it is hearsay: a phone, a PC and a camera all
// call on a maker's cloud, so it supports what a device says of itself and names nobody alone.
//
// A Certificate (up to TLS 1.2; later ones are encrypted) tells of whoever presents it, server or
// client. What it says is what its presenter wants it to say; which issuers are worth believing is
// for the fingerprints.
//
// Handshake messages may be cut into records anywhere: they are put together here, up to 16 KiB of
// a direction. Only the first certificate, the sender's own, is read, as soon as it is there.

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "protocols/certificate.h"
#include "protocols/client_hello.h"
#include "protocols/cloud_domains.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kTls;

namespace {

constexpr Field kSni{"tls.sni", FieldKind::text, FieldRole::attribute,
                     "camera cloud that a TLS client calls (SNI)", true};
constexpr Field kAlpn{"tls.alpn", FieldKind::text, FieldRole::attribute,
                      "protocols that a TLS client offers (ALPN), in its order"};
constexpr Field kJa4{"tls.ja4", FieldKind::text, FieldRole::attribute,
                     "JA4 fingerprint of a TLS client: which program it is"};
constexpr Field kSubject{"tls.subject", FieldKind::text, FieldRole::attribute,
                         "subject of the certificate that a host presents, as RFC 4514 writes it"};
constexpr Field kIssuer{"tls.issuer", FieldKind::text, FieldRole::attribute,
                        "issuer of the certificate that a host presents"};
constexpr Field kSan{"tls.san", FieldKind::text, FieldRole::attribute,
                     "name or address in the certificate that a host presents (subjectAltName)"};
constexpr Field kSerial{"tls.serial", FieldKind::text, FieldRole::attribute,
                        "number that the issuer gave a host's certificate; no device's serial"};
constexpr Field kValidity{"tls.validity", FieldKind::text, FieldRole::attribute,
                          "first and last day of the certificate that a host presents"};
constexpr const Field* kFields[] = {&kSni,    &kAlpn, &kJa4,    &kSubject,
                                    &kIssuer, &kSan,  &kSerial, &kValidity};

enum ContentType : std::uint8_t { kAlert = 21, kHandshake = 22 };
enum MessageType : std::uint8_t { kClientHello = 1, kServerHello = 2, kCertificate = 11 };

constexpr std::uint8_t kMajor = 3;                     // of SSL 3.0 and all that followed
constexpr std::size_t kMaxRecord = (16 << 10) + 2048;  // RFC 5246 section 6.2.3
constexpr std::size_t kMaxHandshake = 16 << 10;        // what a flow keeps of a direction
constexpr std::size_t kMaxName = 255;                  // RFC 1035 section 2.3.4
constexpr std::uint16_t kTls13 = 0x0304;
constexpr std::uint16_t kSupportedVersions = 43;

// Servers that do not know the name in SNI say so first, and go on (RFC 6066 section 3).
constexpr std::uint8_t kWarning = 1;
constexpr std::size_t kAlertBytes = 2;

enum class Step : std::uint8_t { on, wait, stop };

std::uint32_t u24(Cursor& cursor) {
  const std::uint32_t high = cursor.u8();
  return high << 16 | cursor.u16();
}

// Whether what follows is encrypted: the server chose TLS 1.3 (RFC 8446 section 4.2.1).
bool chose_tls13(Bytes server_hello) {
  Cursor cursor(server_hello);
  cursor.skip(2 + 32);       // version, random
  cursor.skip(cursor.u8());  // session id
  cursor.skip(2 + 1);        // cipher suite, compression method
  Cursor extensions(cursor.take(cursor.u16()));
  while (extensions.remaining() > 0) {
    const auto type = extensions.u16();
    Cursor body(extensions.take(extensions.u16()));
    if (extensions.ok() && type == kSupportedVersions) return body.u16() == kTls13;
  }
  return false;
}

// The first certificate of a list, as soon as it is whole: its issuers' may take long to come.
std::optional<Bytes> first_certificate(Bytes list) {
  Cursor cursor(list);
  (void)u24(cursor);
  const std::size_t length = u24(cursor);
  if (!cursor.ok() || length > cursor.remaining()) return std::nullopt;
  return cursor.take(length);
}

// What of one direction's handshake is here, and what it says.
class Handshake {
 public:
  Handshake(const Stream& stream, FactSink& sink)
      : facts_(stream.packet, kTls.name, sink), sender_(sender_of(stream.packet)) {}

  Progress read(const Stream& stream) {
    Cursor records(stream.bytes);
    std::size_t consumed = 0;
    auto step = Step::on;
    while (step == Step::on) {
      step = record(records);
      if (step == Step::on && begin_ == end_) consumed = records.position();
    }
    if (step == Step::stop || stream.closed) return {Progress::done, consumed};
    return {Progress::more, consumed};
  }

 private:
  Step record(Cursor& records) {
    if (records.remaining() < 5) return Step::wait;
    const auto type = records.u8();
    const auto major = records.u8();
    records.skip(1);
    const std::size_t length = records.u16();
    if (type == kAlert && begin_ == end_) return alert(records, length);
    if (type != kHandshake) return Step::stop;  // encrypted from here
    if (major != kMajor || length == 0 || length > kMaxRecord) return malformed("tls.record");
    const auto here = records.take(std::min(length, records.remaining()));
    if (here.size() > buffer_.size() - end_) return Step::stop;
    std::copy(here.begin(), here.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(end_));
    end_ += here.size();
    auto step = Step::on;
    while (step == Step::on && begin_ < end_) step = message();
    if (step == Step::stop) return step;
    return here.size() == length ? Step::on : Step::wait;
  }

  static Step alert(Cursor& records, std::size_t length) {
    if (length != kAlertBytes) return Step::stop;
    if (records.remaining() < length) return Step::wait;
    const auto level = records.u8();
    records.skip(1);
    return level == kWarning ? Step::on : Step::stop;
  }

  // Ends: whatever goes on takes four bytes at least.
  Step message() {
    const auto pending = Bytes(buffer_).subspan(begin_, end_ - begin_);
    Cursor cursor(pending);
    const auto type = cursor.u8();
    const std::size_t length = u24(cursor);
    if (!cursor.ok()) return Step::wait;
    if (type == kCertificate) return certificate(cursor.rest());
    if (type != kClientHello && type != kServerHello) return Step::stop;
    if (length > buffer_.size() - 4) return malformed("tls.hello_too_long");
    if (length > cursor.remaining()) return Step::wait;
    begin_ += 4 + length;
    const auto body = cursor.take(length);
    if (type == kClientHello) return client_hello(body);
    return chose_tls13(body) ? Step::stop : Step::on;
  }

  Step client_hello(Bytes body) {
    const auto hello = read_client_hello(body);
    if (!hello) return malformed("tls.client_hello");
    const auto name = to_lower(hello->server_name.substr(0, kMaxName));
    if (in_cloud_domain(name)) facts_.say(sender_, kSni, name);
    facts_.say(sender_, kAlpn, hello->alpn_list());
    facts_.say(sender_, kJa4, hello->ja4());
    return Step::on;
  }

  Step certificate(Bytes list) {
    const auto der = first_certificate(list);
    if (!der) return Step::wait;
    if (der->empty()) return Step::stop;  // a client that was asked for one and has none
    const auto read = read_certificate(*der);
    if (!read) return malformed("tls.certificate");
    facts_.say(sender_, kSubject, read->subject);
    facts_.say(sender_, kIssuer, read->issuer);
    for (const auto& name : read->names) facts_.say(sender_, kSan, name);
    facts_.say(sender_, kSerial, read->serial);
    facts_.say(sender_, kValidity, read->validity);
    return Step::stop;
  }

  Step malformed(std::string_view name) {
    facts_.truncated(name);
    return Step::stop;
  }

  Facts facts_;
  Subject sender_;
  std::array<std::uint8_t, kMaxHandshake> buffer_;  // left unset: only what was copied is read
  std::size_t begin_ = 0, end_ = 0;                 // what of it no message has taken
};

Progress read(const Stream& stream, FactSink& sink) { return Handshake(stream, sink).read(stream); }

bool opens_handshake(std::uint8_t message) {
  return message == kClientHello || message == kServerHello || message == kCertificate;
}

Guess recognise(Bytes first_bytes) {
  Cursor cursor(first_bytes);
  if (cursor.remaining() < 6) {
    const bool may_be =
        first_bytes.empty() || first_bytes[0] == kHandshake || first_bytes[0] == kAlert;
    return may_be && (first_bytes.size() < 2 || first_bytes[1] == kMajor) ? Guess::maybe
                                                                          : Guess::no;
  }
  const auto type = cursor.u8();
  if (cursor.u8() != kMajor) return Guess::no;
  cursor.skip(1);
  const auto length = cursor.u16();
  const auto first = cursor.u8();
  if (type == kHandshake) return opens_handshake(first) ? Guess::yes : Guess::no;
  if (type != kAlert || length != kAlertBytes || first != kWarning) return Guess::no;
  cursor.skip(1);
  if (cursor.remaining() == 0) return Guess::maybe;
  return cursor.u8() == kHandshake ? Guess::yes : Guess::no;
}

}  // namespace

const Protocol kTls{.name = "tls", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
