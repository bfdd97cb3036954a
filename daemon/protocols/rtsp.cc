// RTSP/1.0 (RFC 2326) on any TCP port. Answers tell of their sender: Server, realms, the methods it
// lists, and the session description (SDP, RFC 4566) of its stream. Requests tell of their receiver
// which path it is asked for, and of their sender what program it is. Of media interleaved in the
// connection ('$' frames, section 10.12) is told that a server sends it; else it is passed over.

#include <algorithm>
#include <string>

#include "base/text.h"
#include "protocols/challenge.h"
#include "protocols/rtsp_path.h"
#include "protocols/text_stream.h"

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
constexpr Field kSdpOrigin{"rtsp.sdp_origin", FieldKind::text, FieldRole::attribute,
                           "user name in the origin of a stream (SDP o=)"};
constexpr Field kSdpInformation{"rtsp.sdp_info", FieldKind::text, FieldRole::attribute,
                                "session information of a stream (SDP i=)"};
constexpr Field kSdpTool{"rtsp.sdp_tool", FieldKind::text, FieldRole::attribute,
                         "program that made a stream's description (SDP a=tool)"};
constexpr Field kSdpAttribute{"rtsp.sdp_attribute", FieldKind::text, FieldRole::attribute,
                              "attribute of a stream that only some makers write (SDP a=), cut"};
constexpr Field kStreamPath{"rtsp.stream_path", FieldKind::text, FieldRole::attribute,
                            "path of a stream in what an RTSP server answers"};
constexpr Field kMedia{
    "rtsp.media", FieldKind::text, FieldRole::attribute,
    "media that an RTSP server sends in the connection: video, jpeg, mpeg-ts, audio"};
constexpr Field kRequestPath{
    "rtsp.request_path", FieldKind::text, FieldRole::attribute,
    "path that a client asks this RTSP server for: what the client expects", true};
constexpr Field kUserAgent{"rtsp.user_agent", FieldKind::text, FieldRole::attribute,
                           "User-Agent of an RTSP client"};
constexpr const Field* kFields[] = {
    &kServer,  &kAuthenticate, &kRealm, &kPublic,      &kAllow,     &kSdpSession, &kSdpInformation,
    &kSdpTool, &kSdpAttribute, &kMedia, &kRequestPath, &kUserAgent, &kStreamPath, &kSdpOrigin};

// Of the place in the stream: this body is a description to be read; this direction has carried an
// answer.
constexpr auto kDescription = TextStream::flag(0);
constexpr auto kAnswers = TextStream::flag(1);
constexpr auto kVideo = TextStream::flag(2);      // a description here offered video
constexpr auto kMediaTold = TextStream::flag(3);  // media that follows an answer was told of

constexpr std::size_t kMaxSdpLine = 4096;

bool may_be_method(std::string_view word) {
  return !word.empty() && word.size() <= 16 && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '_';
  });
}

constexpr TextDialect kDialect{"RTSP/1.", may_be_method, may_be_method, "rtsp.head_too_long"};

using Step = TextStream::Step;

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
      : facts_(stream.packet, kRtsp.name, sink), text_(stream, kDialect, sink) {}

  Progress read() {
    auto step = Step::on;
    while (step == Step::on) step = next();
    return text_.progress(step);
  }

 private:
  Step next() {
    if (text_.in_head()) return head();
    return text_.length() > 0 ? body() : boundary();
  }

  Step boundary() {
    text_.skip_line_ends();
    if (text_.left().empty()) return Step::wait;
    if (text_.left()[0] == '$') return frame();
    // A description whose head gave no length, as some devices send it.
    if (text_.has(kAnswers) && description_line(text_.left())) return line(text_.left().size());
    return head();
  }

  Step frame() {
    Cursor cursor(as_bytes(text_.left()));
    cursor.skip(2);
    const std::uint32_t length = cursor.u16();
    if (!cursor.ok()) return Step::wait;
    const bool tells = text_.has(kAnswers) && !text_.has(kMediaTold) && length >= 2;
    if (tells && cursor.remaining() < 2 && !text_.closed()) return Step::wait;
    if (tells) say_media(cursor.u16());
    text_.pass_over(4);
    text_.expect(length);
    return Step::on;
  }

  // The first two octets of an RTP packet (RFC 3550 section 5.1; types of RFC 3551 section 6).
  void say_media(std::uint16_t start) {
    const auto type = start & 0x7f;
    const bool rtcp = type >= 64 && type < 96;
    if (start >> 14 != 2 || rtcp) return;
    text_.set(kMediaTold);
    std::string_view medium = text_.has(kVideo) ? "video" : "media";
    if (type < 24) medium = "audio";
    if (type == 26) medium = "jpeg";
    if (type == 33) medium = "mpeg-ts";
    facts_.say(sender_of(facts_.packet()), kMedia, medium);
  }

  Step body() {
    if (text_.left().empty()) return Step::wait;
    const auto here = std::min<std::size_t>(text_.length(), text_.left().size());
    return text_.has(kDescription) ? line(here) : pass_over(here);
  }

  Step pass_over(std::size_t count) {
    text_.pass_over(count);
    if (text_.length() == 0) text_.clear(kDescription);
    return Step::on;
  }

  // One line of a description within the first `available` bytes.
  Step line(std::size_t available) {
    auto rest = text_.left().substr(0, available);
    std::string_view text;
    if (take_line(rest, text)) {
      say_description_line(text);
      return pass_over(available - rest.size());
    }
    const bool last = text_.closed() || available == text_.length();
    if (!last && available < kMaxSdpLine) return Step::wait;
    if (last) say_description_line(rest);
    return pass_over(available);
  }

  void say_description_line(std::string_view text) {
    if (!description_line(text)) return;
    if (text.starts_with("m=video")) text_.set(kVideo);
    const auto who = sender_of(facts_.packet());
    const auto value = trim(text.substr(2));
    if (text[0] == 's' && value != "-") facts_.say(who, kSdpSession, value);
    if (text[0] == 'o') say_origin(who, value);
    if (text[0] == 'i') facts_.say(who, kSdpInformation, value);
    if (text[0] == 'a') say_attribute(who, value);
  }

  // The user name comes first (RFC 4566 section 5.2), and most write none, or their session's
  // number.
  void say_origin(const Subject& who, std::string_view origin) const {
    const auto name = origin.substr(0, origin.find(' '));
    const bool word = std::any_of(name.begin(), name.end(), [](char c) {
      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    if (word) facts_.say(who, kSdpOrigin, name.substr(0, 64));
  }

  void say_attribute(const Subject& who, std::string_view attribute) const {
    constexpr std::size_t kMaxAttribute = 128;
    const auto name = attribute.substr(0, attribute.find(':'));
    if (name == "control")
      say_stream_path(facts_, who, kStreamPath,
                      attribute.substr(std::min<std::size_t>(8, attribute.size())));
    if (name == "tool")
      facts_.say(who, kSdpTool, attribute.substr(std::min<std::size_t>(5, attribute.size())));
    const bool decoder = name == "fmtp" && attribute.find("DecoderTag=") != std::string_view::npos;
    if (decoder || telling(name))
      facts_.say(who, kSdpAttribute, attribute.substr(0, kMaxAttribute));
  }

  Step head() {
    TextHead head;
    const auto step = text_.take_head(head);
    if (step != Step::on) return step;
    const auto next = message(head);
    return next == Step::on && text_.lost() ? Step::stop : next;
  }

  Step message(const TextHead& head) {
    const auto line = start_line_parts(head.start_line());
    if (line.first.starts_with(kDialect.version)) return answer(head);
    if (line.rest.starts_with(kDialect.version)) return request(head, line);
    return Step::reject;
  }

  Step answer(const TextHead& head) {
    text_.set(kAnswers);
    if (passed_on(head)) return expect_body(head, 0);
    const auto who = sender_of(facts_.packet());
    say_headers(facts_, who, kServer, head, "Server");
    say_headers(facts_, who, kPublic, head, "Public");
    say_headers(facts_, who, kAllow, head, "Allow");
    say_challenges(facts_, who, {kAuthenticate, kRealm}, head);
    say_stream_path(facts_, who, kStreamPath, head);
    const auto type = head.first("Content-Type");
    return expect_body(head,
                       type.empty() || istarts_with(type, "application/sdp") ? kDescription : 0);
  }

  // A server may ask its client too (section 10.8): that says nothing of the client.
  Step request(const TextHead& head, const StartLine& line) {
    if (!text_.has(kAnswers)) {
      facts_.say(receiver_of(facts_.packet()), kRequestPath, request_path(line.second));
      say_headers(facts_, sender_of(facts_.packet()), kUserAgent, head, "User-Agent");
    }
    return expect_body(head, 0);
  }

  // A missing length is 0 (section 4.4).
  Step expect_body(const TextHead& head, std::uint32_t description) {
    const auto length = content_length(head);
    if (length.present && !length.valid) return Step::stop;
    text_.expect(length.octets);
    if (text_.length() > 0) text_.set(description);
    return Step::on;
  }

  Facts facts_;
  TextStream text_;
};

Progress read(const Stream& stream, FactSink& sink) { return Direction(stream, sink).read(); }

Guess recognise(Bytes first_bytes) { return recognise_text(kDialect, first_bytes); }

}  // namespace

const Protocol kRtsp{.name = "rtsp", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
