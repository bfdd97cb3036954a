// HTTP/1.x (RFC 9110, 9112) on any TCP port. Answers tell of their sender: Server, realms, the
// title of its page. Requests tell of their receiver: which paths and which name a client, who
// should know, asks it for. Bodies are passed over, except to find a page's title.
//
// A body's length is taken from the head alone, so after one without a usable length (chunked, or
// up to the end of the connection) nothing further is read of that direction but its title.

#include <algorithm>
#include <string>

#include "base/text.h"
#include "protocols/challenge.h"
#include "protocols/markup.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kHttp;

namespace {

constexpr Field kServer{"http.server", FieldKind::text, FieldRole::attribute,
                        "Server header of an HTTP answer"};
constexpr Field kAuthenticate{"http.www_authenticate", FieldKind::text, FieldRole::attribute,
                              "WWW-Authenticate header of an HTTP answer, its nonces left out"};
constexpr Field kRealm{"http.realm", FieldKind::text, FieldRole::attribute,
                       "realm that an HTTP server asks a password for"};
constexpr Field kTitle{"http.title", FieldKind::text, FieldRole::attribute, "title of a web page"};
constexpr Field kLocation{"http.location", FieldKind::text, FieldRole::attribute,
                          "where an HTTP answer redirects to, without the query"};
constexpr Field kCookieName{"http.cookie_name", FieldKind::text, FieldRole::attribute,
                            "name of a cookie that an HTTP server sets"};
constexpr Field kRequestPath{
    "http.request_path", FieldKind::text, FieldRole::attribute,
    "path that a client asks this HTTP server for: what the client expects", true};
constexpr Field kHost{"http.host", FieldKind::text, FieldRole::locator,
                      "name that a client calls this HTTP server by", true};
constexpr const Field* kFields[] = {&kServer,   &kAuthenticate, &kRealm,       &kTitle,
                                    &kLocation, &kCookieName,   &kRequestPath, &kHost};

// The reader's word: what is left of a body, or, in a head, what has been looked at; and three
// flags. 0: a head comes next.
constexpr std::uint32_t kWantsTitle = 1U << 31;
constexpr std::uint32_t kBodyStart = 1U << 30;
constexpr std::uint32_t kInHead = 1U << 29;
constexpr std::uint32_t kLength = kInHead - 1;
constexpr std::uint32_t kUnbounded = kLength;

constexpr std::string_view kVersion = "HTTP/1.";
constexpr std::size_t kMaxTitleBytes = 4096;

enum class Step : std::uint8_t { on, wait, stop, not_http };

bool opens_title(std::string_view at) {
  constexpr std::string_view kTag = "<title";
  return istarts_with(at, kTag) && at.size() > kTag.size() &&
         std::string_view("> \t\r\n").find(at[kTag.size()]) != std::string_view::npos;
}

// Where `matches` says yes at a '<', or npos.
template <typename Matches>
std::size_t find_tag(std::string_view text, std::size_t from, Matches matches) {
  for (auto at = text.find('<', from); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (matches(text.substr(at))) return at;
  }
  return std::string_view::npos;
}

std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return {};
  host = host.substr(0, host.find(':'));
  return IpAddress::parse(host) ? std::string_view() : host;
}

// Reads on from where the last call stopped, one head or one piece of a body at a step.
class Direction {
 public:
  Direction(const Stream& stream, FactSink& sink)
      : facts_(stream.packet, kHttp.name, sink),
        left_(as_text(stream.bytes)),
        closed_(stream.closed),
        state_(stream.scratch ? *stream.scratch : 0) {}

  // Ends: every step that goes on has taken bytes, or has gone from a body to the next head.
  Progress read(const Stream& stream) {
    const auto all = left_.size();
    auto step = Step::on;
    while (step == Step::on) step = state_ == 0 || (state_ & kInHead) ? head() : body();
    if (stream.scratch) *stream.scratch = state_;
    if (step == Step::not_http) return {Progress::reject, 0};
    return {step == Step::stop ? Progress::done : Progress::more, all - left_.size()};
  }

 private:
  Step head() {
    left_.remove_prefix(std::min(left_.find_first_not_of("\r\n"), left_.size()));
    if (left_.empty() || head_is_coming()) return Step::wait;
    state_ = 0;
    TextHead head;
    const auto state = head.read(left_, closed_);
    if (state == TextHead::partial) return closed_ ? Step::stop : Step::wait;
    if (state == TextHead::oversized) facts_.anomaly("http.head_too_long");
    const auto step = message(head);
    left_.remove_prefix(std::max<std::size_t>(head.size(), 1));
    return step == Step::on && state == TextHead::oversized ? Step::stop : step;
  }

  // True, and remembers how far it looked, while the head has no end yet.
  bool head_is_coming() {
    if (closed_ || left_.size() >= TextHead::kMaxBytes) return false;
    if (has_blank_line(left_, state_ & kLength)) return false;
    state_ = kInHead | static_cast<std::uint32_t>(left_.size());
    return true;
  }

  Step message(const TextHead& head) {
    const auto line = start_line_parts(head.start_line());
    if (line.first.starts_with(kVersion)) return answer(head, line);
    if (line.rest.starts_with(kVersion)) return request(head, line);
    return Step::not_http;
  }

  Step answer(const TextHead& head, const StartLine& line) {
    const bool own = !passed_on(head);
    if (own) say_answer(head);
    if (line.second == "101") return Step::stop;  // another protocol from here
    if (line.second.starts_with('1') || line.second == "204" || line.second == "304")
      return Step::on;
    return expect_body(head, own && is_page(head) ? kWantsTitle : 0, kUnbounded);
  }

  void say_answer(const TextHead& head) const {
    const auto who = sender_of(facts_.packet());
    say_headers(facts_, who, kServer, head, "Server");
    say_challenges(facts_, who, {kAuthenticate, kRealm}, head);
    const auto location = head.first("Location");
    say_header(facts_, who, kLocation, location.substr(0, location.find_first_of("?#")));
    int cookies = 8;
    for (const auto& header : head.headers()) {
      if (iequals(header.name, "Set-Cookie") && cookies-- > 0) {
        facts_.say(who, kCookieName, header.value.substr(0, header.value.find_first_of("=;")));
      }
    }
  }

  static bool is_page(const TextHead& head) {
    const auto coding = head.first("Content-Encoding");
    const auto type = head.first("Content-Type");
    return (coding.empty() || iequals(coding, "identity")) &&
           (type.empty() || ifind(type, "html") != std::string_view::npos);
  }

  Step request(const TextHead& head, const StartLine& line) {
    if (line.first == "CONNECT") return Step::stop;  // a tunnel to somewhere else from here
    // An absolute target is a question to a proxy about another server (RFC 9112 section 3.2.2).
    if (line.second.starts_with('/')) {
      const auto who = receiver_of(facts_.packet());
      facts_.say(who, kRequestPath, request_path(line.second));
      facts_.say(who, kHost, host_name(head.first("Host")));
    }
    return expect_body(head, 0, 0);
  }

  // What follows the head, when it gives no length: `otherwise` bytes.
  Step expect_body(const TextHead& head, std::uint32_t title, std::uint32_t otherwise) {
    const auto length = content_length(head);
    std::uint64_t octets = length.present && length.valid ? length.octets : otherwise;
    if (head.has("Transfer-Encoding") || (length.present && !length.valid)) octets = kUnbounded;
    if (octets == 0) return Step::on;
    state_ = title | kBodyStart |
             static_cast<std::uint32_t>(std::min<std::uint64_t>(octets, kUnbounded));
    return pass_over(0);
  }

  // Takes that much of the body, and says whether there is a point in going on.
  Step pass_over(std::size_t count) {
    left_.remove_prefix(count);
    if ((state_ & kLength) == kUnbounded) return state_ & kWantsTitle ? Step::on : Step::stop;
    state_ -= static_cast<std::uint32_t>(count);
    if ((state_ & kLength) == 0) state_ = 0;
    return Step::on;
  }

  Step body() {
    if (left_.empty()) return Step::wait;
    if (state_ & kBodyStart) {
      // The answer to HEAD has a length and no body: then the next answer stands here.
      if (left_.starts_with(kVersion)) {
        state_ = 0;
        return Step::on;
      }
      if (!closed_ && kVersion.starts_with(left_)) return Step::wait;
      state_ &= ~kBodyStart;
    }
    const std::uint32_t rest = state_ & kLength;
    const auto here = rest == kUnbounded ? left_ : left_.substr(0, rest);
    const bool last = closed_ || here.size() == rest;
    return state_ & kWantsTitle ? title(here, last) : pass_over(here.size());
  }

  // `last`: nothing of the body comes behind `here`. Takes what cannot belong to a title, so that
  // no byte is looked at again, but for the few that may begin one.
  Step title(std::string_view here, bool last) {
    const auto open = find_tag(here, 0, opens_title);
    if (open == std::string_view::npos) {
      constexpr std::size_t kMayBegin = 6;
      const auto count = last ? here.size() : here.size() - std::min(here.size(), kMayBegin);
      return count == 0 ? Step::wait : pass_over(count);
    }
    const auto end = find_tag(here, open + 1, [](auto at) { return istarts_with(at, "</title"); });
    if (end == std::string_view::npos && !last && here.size() - open < kMaxTitleBytes) {
      (void)pass_over(open);
      return Step::wait;
    }
    if (end != std::string_view::npos) say_title(here.substr(open, end - open));
    state_ &= ~kWantsTitle;
    return pass_over(here.size());
  }

  void say_title(std::string_view element) const {
    const auto text = element.substr(std::min(element.find('>'), element.size() - 1) + 1);
    if (text.size() > kMaxTitleBytes) return facts_.anomaly("http.title_too_long");
    facts_.say(sender_of(facts_.packet()), kTitle, collapse_blanks(decode_entities(text)));
  }

  Facts facts_;
  std::string_view left_;
  bool closed_;
  std::uint32_t state_;
};

Progress read(const Stream& stream, FactSink& sink) { return Direction(stream, sink).read(stream); }

bool is_method(std::string_view word) {
  constexpr std::string_view kMethods[] = {"GET",    "POST",    "HEAD",    "PUT",
                                           "DELETE", "OPTIONS", "CONNECT", "PATCH"};
  return std::find(std::begin(kMethods), std::end(kMethods), word) != std::end(kMethods);
}

bool may_be_method(std::string_view word) {
  return word.size() <= 8 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Guess recognise(Bytes first_bytes) {
  auto text = as_text(first_bytes);
  if (text.starts_with(kVersion)) return Guess::yes;
  if (kVersion.starts_with(text)) return Guess::maybe;
  const auto method = text.substr(0, text.find(' '));
  if (method.size() == text.size()) return may_be_method(text) ? Guess::maybe : Guess::no;
  if (!is_method(method)) return Guess::no;
  std::string_view line;
  if (take_line(text, line)) {
    return start_line_parts(line).rest.starts_with(kVersion) ? Guess::yes : Guess::no;
  }
  return text.size() < TextHead::kMaxBytes ? Guess::maybe : Guess::no;
}

}  // namespace

const Protocol kHttp{.name = "http",
                     .fields = kFields,
                     .recognise = recognise,
                     .on_stream = read};

}  // namespace camwarden
