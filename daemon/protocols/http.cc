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
#include "protocols/text_stream.h"

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

// Of the place in the stream: this body may hold a page's title; it begins here.
constexpr auto kWantsTitle = TextStream::flag(0);
constexpr auto kBodyStart = TextStream::flag(1);

constexpr std::size_t kMaxTitleBytes = 4096;

bool is_method(std::string_view word) {
  constexpr std::string_view kMethods[] = {"GET",    "POST",    "HEAD",    "PUT",
                                           "DELETE", "OPTIONS", "CONNECT", "PATCH"};
  return std::find(std::begin(kMethods), std::end(kMethods), word) != std::end(kMethods);
}

bool may_be_method(std::string_view word) {
  return word.size() <= 8 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

constexpr TextDialect kDialect{"HTTP/1.", may_be_method, is_method, "http.head_too_long"};

using Step = TextStream::Step;

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
      : facts_(stream.packet, kHttp.name, sink), text_(stream, kDialect, sink) {}

  Progress read() {
    auto step = Step::on;
    while (step == Step::on) step = text_.length() == 0 ? head() : body();
    return text_.progress(step);
  }

 private:
  Step head() {
    TextHead head;
    const auto step = text_.take_head(head);
    if (step != Step::on) return step;
    const auto next = message(head);
    return next == Step::on && text_.lost() ? Step::stop : next;
  }

  Step message(const TextHead& head) {
    const auto line = start_line_parts(head.start_line());
    if (line.first.starts_with(kDialect.version)) return answer(head, line);
    if (line.rest.starts_with(kDialect.version)) return request(head, line);
    return Step::reject;
  }

  Step answer(const TextHead& head, const StartLine& line) {
    const bool own = !passed_on(head);
    if (own) say_answer(head);
    if (line.second == "101") return Step::stop;  // another protocol from here
    if (line.second.starts_with('1') || line.second == "204" || line.second == "304")
      return Step::on;
    return expect_body(head, own && is_page(head) ? kWantsTitle : 0, TextStream::kUnbounded);
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
    if (head.has("Transfer-Encoding") || (length.present && !length.valid))
      octets = TextStream::kUnbounded;
    if (octets == 0) return Step::on;
    text_.expect(octets);
    text_.set(title | kBodyStart);
    return pass_over(0);
  }

  // Takes that much of the body, and says whether there is a point in going on.
  Step pass_over(std::size_t count) {
    text_.pass_over(count);
    if (text_.length() == 0) text_.clear(kWantsTitle | kBodyStart);
    return text_.length() == TextStream::kUnbounded && !text_.has(kWantsTitle) ? Step::stop
                                                                               : Step::on;
  }

  Step body() {
    const auto left = text_.left();
    if (left.empty()) return Step::wait;
    if (text_.has(kBodyStart)) {
      // The answer to HEAD has a length and no body: then the next answer stands here.
      if (left.starts_with(kDialect.version)) return no_body();
      if (!text_.closed() && kDialect.version.starts_with(left)) return Step::wait;
      text_.clear(kBodyStart);
    }
    const auto rest = text_.length();
    const auto here = rest == TextStream::kUnbounded ? left : left.substr(0, rest);
    const bool last = text_.closed() || here.size() == rest;
    return text_.has(kWantsTitle) ? title(here, last) : pass_over(here.size());
  }

  Step no_body() {
    text_.expect(0);
    return pass_over(0);
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
    text_.clear(kWantsTitle);
    return pass_over(here.size());
  }

  void say_title(std::string_view element) const {
    const auto text = element.substr(std::min(element.find('>'), element.size() - 1) + 1);
    if (text.size() > kMaxTitleBytes) return facts_.anomaly("http.title_too_long");
    facts_.say(sender_of(facts_.packet()), kTitle, collapse_blanks(decode_entities(text)));
  }

  Facts facts_;
  TextStream text_;
};

Progress read(const Stream& stream, FactSink& sink) { return Direction(stream, sink).read(); }

Guess recognise(Bytes first_bytes) { return recognise_text(kDialect, first_bytes); }

}  // namespace

const Protocol kHttp{.name = "http", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
