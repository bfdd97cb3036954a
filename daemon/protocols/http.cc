// HTTP/1.x (RFC 9110, 9112) on any TCP port. Answers tell of their sender: Server, realms, the
// title of its page. Requests tell of their receiver: which paths and which name a client, who
// should know, asks it for. Bodies that are text, of answers and of requests, are shown whole to
// the protocols that read them; others are passed over, except to find a page's title.
//
// After a body of which neither the head nor its chunks say where it ends, or whose chunks do not
// fit into what is kept, nothing further is read of that direction but its title.

#include <algorithm>
#include <string>

#include "base/text.h"
#include "protocols/challenge.h"
#include "protocols/http_body.h"
#include "protocols/http_paths.h"
#include "protocols/http_tunnel.h"

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
constexpr const Field* kFields[] = {&kServer,        &kAuthenticate, &kRealm,         &kTitle,
                                    &kLocation,      &kCookieName,   &kRequestPath,   &kHost,
                                    &kHttpKnownPath, &kHttpFavicon,  &kHttpFaviconMd5};

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

std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return {};
  host = host.substr(0, host.find(':'));
  return IpAddress::parse(host) ? std::string_view() : host;
}

// A request that no proxy made for another host.
bool of_sender(const TextHead& head) {
  return !passed_on(head) && !head.has("X-Forwarded-For") && !head.has("Forwarded");
}

// Reads on from where the last call stopped, one head or one piece of a body at a step.
class Direction {
 public:
  Direction(const Stream& stream, FactSink& sink)
      : facts_(stream.packet, kHttp.name, sink),
        text_(stream, kDialect, sink),
        body_(text_, facts_, kTitle, sink) {}

  Progress read() {
    auto step = Step::on;
    while (step == Step::on) step = text_.length() == 0 ? head() : body_.read();
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
    if (own && opens_tunnel(head)) return tunnel(0);
    return body_.begin(head, {.answer = true, .own = own});
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

  Step request(const TextHead& head, const StartLine& line) {
    if (line.first == "CONNECT") return Step::stop;  // a tunnel to somewhere else from here
    // An absolute target is a question to a proxy about another server (RFC 9112 section 3.2.2).
    if (line.second.starts_with('/')) {
      const auto who = receiver_of(facts_.packet());
      facts_.say(who, kRequestPath, request_path(line.second));
      facts_.say(who, kHost, host_name(head.first("Host")));
    }
    if (of_sender(head) && line.first == "POST" && opens_tunnel(head)) return tunnel(kClientsSide);
    return body_.begin(head, {.answer = false, .own = of_sender(head)});
  }

  // From here on the connection is RTSP's.
  Step tunnel(std::uint32_t side) {
    text_.set(kTunnel | side);
    return Step::wait;
  }

  Facts facts_;
  TextStream text_;
  HttpBody body_;
};

bool in_tunnel(const Stream& stream) { return stream.scratch && (*stream.scratch & kTunnel) != 0; }

Progress read(const Stream& stream, FactSink& sink) {
  if (in_tunnel(stream)) return read_tunnel(stream, sink);
  auto progress = Direction(stream, sink).read();
  if (progress.verdict != Progress::more || !in_tunnel(stream)) return progress;
  const auto head = progress.consumed;
  progress =
      read_tunnel({stream.packet, stream.bytes.subspan(head), stream.closed, stream.scratch}, sink);
  progress.consumed += head;
  return progress;
}

Guess recognise(Bytes first_bytes) { return recognise_text(kDialect, first_bytes); }

}  // namespace

const Protocol kHttp{.name = "http", .fields = kFields, .recognise = recognise, .on_stream = read};

}  // namespace camwarden
