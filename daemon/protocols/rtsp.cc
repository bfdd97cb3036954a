// RTSP/1.0 (RFC 2326) on any TCP port. Answers tell of their sender: Server, realms, the methods it
// lists, and the session description (SDP, RFC 4566) of its stream. Requests tell of their receiver
// which path it is asked for, and of their sender what program it is. Media interleaved in the
// connection ('$' frames, section 10.12) is passed over.

#include <algorithm>
#include <string>

#include "base/text.h"
#include "protocols/challenge.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kRtsp;

namespace {

constexpr Field kServer{"rtsp.server", FieldKind::text, FieldRole::attribute,
                        "Server header of an RTSP answer"};
constexpr Field kAuthenticate{"rtsp.www_authenticate", FieldKind::text, FieldRole::attribute,
                              "WWW-Authenticate header of an RTSP answer, its nonces left out"};
constexpr Field kRealm{"rtsp.realm", FieldKind::text, FieldRole::attribute,
                       "realm that an RTSP server asks a password for"};
constexpr Field kPublic{"rtsp.public", FieldKind::text, FieldRole::attribute,
                        "methods in an RTSP answer, in the server's order (Public)"};
constexpr Field kAllow{"rtsp.allow", FieldKind::text, FieldRole::attribute,
                       "methods in an RTSP error answer, in the server's order (Allow)"};
constexpr Field kSdpSession{"rtsp.sdp_session", FieldKind::text, FieldRole::attribute,
                            "session name of a stream (SDP s=)"};
constexpr Field kSdpInformation{"rtsp.sdp_info", FieldKind::text, FieldRole::attribute,
                                "session information of a stream (SDP i=)"};
constexpr Field kSdpTool{"rtsp.sdp_tool", FieldKind::text, FieldRole::attribute,
                         "program that made a stream's description (SDP a=tool)"};
constexpr Field kSdpAttribute{"rtsp.sdp_attribute", FieldKind::text, FieldRole::attribute,
                              "attribute of a stream that only some makers write (SDP a=), cut"};
constexpr Field kRequestPath{
    "rtsp.request_path", FieldKind::text, FieldRole::attribute,
    "path that a client asks this RTSP server for: what the client expects", true};
constexpr Field kUserAgent{"rtsp.user_agent", FieldKind::text, FieldRole::attribute,
                           "User-Agent of an RTSP client"};
constexpr const Field* kFields[] = {&kServer,       &kAuthenticate, &kRealm,          &kPublic,
                                    &kAllow,        &kSdpSession,   &kSdpInformation, &kSdpTool,
                                    &kSdpAttribute, &kRequestPath,  &kUserAgent};

// The reader's word: what is left of a body or a frame, or, in a head, what has been looked at; and
// three flags.
constexpr std::uint32_t kDescription = 1U << 31;  // that body is a description to be read
constexpr std::uint32_t kAnswers = 1U << 30;      // this direction has carried an answer
constexpr std::uint32_t kInHead = 1U << 29;
constexpr std::uint32_t kLength = kInHead - 1;

constexpr std::string_view kVersion = "RTSP/1.";
constexpr std::size_t kMaxSdpLine = 4096;

enum class Step : std::uint8_t { on, wait, stop, not_rtsp };

// Attributes that tell makers apart (fact sheet on discovery protocols, section 39.2, and real
// descriptions): Hikvision's platform writes the first two, Dahua's the next two.
bool telling(std::string_view name) {
  return name == "Media_header" || name == "appversion" || name == "packetization-supported" ||
         name == "rtppayload-supported" || istarts_with(name, "x-");
}

bool description_line(std::string_view at) {
  return at.size() > 1 && at[0] >= 'a' && at[0] <= 'z' && at[1] == '=';
}

class Direction {
 public:
  Direction(const Stream& stream, FactSink& sink)
      : facts_(stream.packet, kRtsp.name, sink),
        left_(as_text(stream.bytes)),
        closed_(stream.closed),
        state_(stream.scratch ? *stream.scratch : 0) {}

  // Ends: every step that goes on has taken bytes.
  Progress read(const Stream& stream) {
    const auto all = left_.size();
    auto step = Step::on;
    while (step == Step::on) step = next();
    if (stream.scratch) *stream.scratch = state_;
    if (step == Step::not_rtsp) return {Progress::reject, 0};
    return {step == Step::stop ? Progress::done : Progress::more, all - left_.size()};
  }

 private:
  Step next() {
    if (state_ & kInHead) return head();
    return state_ & kLength ? body() : boundary();
  }

  Step boundary() {
    left_.remove_prefix(std::min(left_.find_first_not_of("\r\n"), left_.size()));
    if (left_.empty()) return Step::wait;
    if (left_[0] == '$') return frame();
    // A description whose head gave no length, as some devices send it.
    if ((state_ & kAnswers) && description_line(left_)) return line(left_.size());
    return head();
  }

  Step frame() {
    Cursor cursor(as_bytes(left_));
    cursor.skip(2);
    const std::uint32_t length = cursor.u16();
    if (!cursor.ok()) return Step::wait;
    left_.remove_prefix(4);
    state_ = (state_ & kAnswers) | length;
    return Step::on;
  }

  Step body() {
    if (left_.empty()) return Step::wait;
    const auto here = std::min<std::size_t>(state_ & kLength, left_.size());
    return state_ & kDescription ? line(here) : pass_over(here);
  }

  Step pass_over(std::size_t count) {
    left_.remove_prefix(count);
    state_ -= static_cast<std::uint32_t>(std::min<std::size_t>(count, state_ & kLength));
    if ((state_ & kLength) == 0) state_ &= ~kDescription;
    return Step::on;
  }

  // One line of a description within the first `available` bytes.
  Step line(std::size_t available) {
    auto rest = left_.substr(0, available);
    std::string_view text;
    if (take_line(rest, text)) {
      say_description_line(text);
      return pass_over(available - rest.size());
    }
    const bool last = closed_ || available == (state_ & kLength);
    if (!last && available < kMaxSdpLine) return Step::wait;
    if (last) say_description_line(rest);
    return pass_over(available);
  }

  void say_description_line(std::string_view text) const {
    if (!description_line(text)) return;
    const auto who = sender_of(facts_.packet());
    const auto value = trim(text.substr(2));
    if (text[0] == 's' && value != "-") facts_.say(who, kSdpSession, value);
    if (text[0] == 'i') facts_.say(who, kSdpInformation, value);
    if (text[0] == 'a') say_attribute(who, value);
  }

  void say_attribute(const Subject& who, std::string_view attribute) const {
    constexpr std::size_t kMaxAttribute = 128;
    const auto name = attribute.substr(0, attribute.find(':'));
    if (name == "tool")
      facts_.say(who, kSdpTool, attribute.substr(std::min<std::size_t>(5, attribute.size())));
    if (telling(name)) facts_.say(who, kSdpAttribute, attribute.substr(0, kMaxAttribute));
  }

  // True, and remembers how far it looked, while the head has no end yet.
  bool head_is_coming() {
    if (closed_ || left_.size() >= TextHead::kMaxBytes) return false;
    if (has_blank_line(left_, state_ & kInHead ? state_ & kLength : 0)) return false;
    state_ = (state_ & kAnswers) | kInHead | static_cast<std::uint32_t>(left_.size());
    return true;
  }

  Step head() {
    if (head_is_coming()) return Step::wait;
    state_ &= kAnswers;
    TextHead head;
    const auto state = head.read(left_, closed_);
    if (state == TextHead::partial) return closed_ ? Step::stop : Step::wait;
    if (state == TextHead::oversized) facts_.anomaly("rtsp.head_too_long");
    const auto step = message(head);
    left_.remove_prefix(std::max<std::size_t>(head.size(), 1));
    return step == Step::on && state == TextHead::oversized ? Step::stop : step;
  }

  Step message(const TextHead& head) {
    const auto line = start_line_parts(head.start_line());
    if (line.first.starts_with(kVersion)) return answer(head);
    if (line.rest.starts_with(kVersion)) return request(head, line);
    return Step::not_rtsp;
  }

  Step answer(const TextHead& head) {
    state_ |= kAnswers;
    if (passed_on(head)) return expect_body(head, 0);
    const auto who = sender_of(facts_.packet());
    say_headers(facts_, who, kServer, head, "Server");
    say_headers(facts_, who, kPublic, head, "Public");
    say_headers(facts_, who, kAllow, head, "Allow");
    say_challenges(facts_, who, {kAuthenticate, kRealm}, head);
    const auto type = head.first("Content-Type");
    return expect_body(head,
                       type.empty() || istarts_with(type, "application/sdp") ? kDescription : 0);
  }

  // A server may ask its client too (section 10.8): that says nothing of the client.
  Step request(const TextHead& head, const StartLine& line) {
    if (!(state_ & kAnswers)) {
      facts_.say(receiver_of(facts_.packet()), kRequestPath, request_path(line.second));
      say_headers(facts_, sender_of(facts_.packet()), kUserAgent, head, "User-Agent");
    }
    return expect_body(head, 0);
  }

  // A missing length is 0 (section 4.4).
  Step expect_body(const TextHead& head, std::uint32_t description) {
    const auto length = content_length(head);
    if (length.present && !length.valid) return Step::stop;
    const auto octets = static_cast<std::uint32_t>(std::min<std::uint64_t>(length.octets, kLength));
    state_ = (state_ & kAnswers) | octets | (octets > 0 ? description : 0);
    return Step::on;
  }

  Facts facts_;
  std::string_view left_;
  bool closed_;
  std::uint32_t state_;
};

Progress read(const Stream& stream, FactSink& sink) { return Direction(stream, sink).read(stream); }

bool may_be_method(std::string_view word) {
  return word.size() <= 16 && std::all_of(word.begin(), word.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || c == '_';
         });
}

Guess recognise(Bytes first_bytes) {
  auto text = as_text(first_bytes);
  if (text.starts_with(kVersion)) return Guess::yes;
  if (kVersion.starts_with(text)) return Guess::maybe;
  const auto method = text.substr(0, text.find(' '));
  if (method.empty() || !may_be_method(method)) return Guess::no;
  std::string_view line;
  if (take_line(text, line)) {
    return start_line_parts(line).rest.starts_with(kVersion) ? Guess::yes : Guess::no;
  }
  return text.size() < TextHead::kMaxBytes ? Guess::maybe : Guess::no;
}

}  // namespace

const Protocol kRtsp{.name = "rtsp",
                     .fields = kFields,
                     .recognise = recognise,
                     .on_stream = read};

}  // namespace camwarden
