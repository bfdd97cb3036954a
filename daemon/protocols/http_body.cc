#include "protocols/http_body.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "protocols/markup.h"

namespace camwarden {
namespace {

// Of the place in the stream.
constexpr auto kWantsTitle = TextStream::flag(0);  // this body may hold a page's title
constexpr auto kStart = TextStream::flag(1);       // it begins here
constexpr auto kMayBeText = TextStream::flag(2);   // to be shown when all of it is here
constexpr auto kChunked = TextStream::flag(3);
constexpr auto kOfAnswer = TextStream::flag(4);
constexpr auto kAll = kWantsTitle | kStart | kMayBeText | kChunked | kOfAnswer;

constexpr std::string_view kVersion = "HTTP/1.";
constexpr std::size_t kMaxTitleBytes = 4096;

bool may_be_page(const TextHead& head) {
  const auto type = head.first("Content-Type");
  return type.empty() || ifind(type, "html") != std::string_view::npos;
}

bool compressed(const TextHead& head) {
  const auto coding = head.first("Content-Encoding");
  return !coding.empty() && !iequals(coding, "identity");
}

std::uint64_t octets_behind(const TextHead& head, bool answer) {
  const auto length = content_length(head);
  if (head.has("Transfer-Encoding") || (length.present && !length.valid)) {
    return TextStream::kUnbounded;
  }
  if (length.present) return length.octets;
  return answer ? TextStream::kUnbounded : 0;
}

std::uint32_t flags_for(const TextHead& head, HttpBody::Of of) {
  std::uint32_t flags = kStart;
  if (of.answer) flags |= kOfAnswer;
  if (!of.own || compressed(head)) return flags;
  if (of.answer && may_be_page(head)) flags |= kWantsTitle;
  if (iequals(head.first("Transfer-Encoding"), "chunked")) flags |= kChunked;
  return flags | kMayBeText;
}

}  // namespace

HttpBody::Step HttpBody::begin(const TextHead& head, Of of) {
  const auto octets = octets_behind(head, of.answer);
  if (octets == 0) return Step::on;
  text_.expect(octets);
  text_.set(flags_for(head, of));
  return pass_over(0);
}

HttpBody::Step HttpBody::read() {
  const auto left = text_.left();
  if (left.empty()) return Step::wait;
  if (text_.has(kStart)) {
    // The answer to HEAD has a length and no body: then the next answer stands here.
    if (left.starts_with(kVersion)) return end(0);
    if (!text_.closed() && kVersion.starts_with(left)) return Step::wait;
    text_.clear(kStart);
  }
  const auto rest = text_.length();
  const auto here = rest == TextStream::kUnbounded ? left : left.substr(0, rest);
  const bool last = text_.closed() || here.size() == rest;
  if (text_.has(kMayBeText)) return text_.has(kChunked) ? read_chunked() : read_text(here, last);
  return text_.has(kWantsTitle) ? look_for_title(here, last) : pass_over(here.size());
}

// Waits for all of a body that is text, or for as much as may be held, and shows it.
HttpBody::Step HttpBody::read_text(std::string_view here, bool last) {
  const auto guess = is_text_body(here);
  const bool fits = here.size() <= kMaxBodyBytes;
  if (guess == Guess::no || (last && guess == Guess::maybe)) return give_up_text();
  if (text_.has(kWantsTitle)) take_title(here);
  if (fits && !last) return Step::wait;
  const bool all = here.size() == text_.length() || text_.length() == TextStream::kUnbounded;
  fits&& all ? show(here, true) : show_beginning(here.substr(0, kMaxBodyBytes));
  return give_up_text();
}

HttpBody::Step HttpBody::read_chunked() {
  std::array<char, kMaxBodyBytes> room;
  const auto chunks = read_chunks(text_.left(), room);
  const auto guess = is_text_body(chunks.text);
  if (chunks.state == Chunks::whole) {
    if (guess == Guess::yes) show(chunks.text, true);
    if (text_.has(kWantsTitle)) take_title(chunks.text);
    return end(chunks.size);
  }
  const bool waits = chunks.state == Chunks::partial && guess != Guess::no && !text_.closed();
  if (waits) return Step::wait;
  if (guess == Guess::yes) show_beginning(chunks.text);
  return give_up_text();
}

// `last`: nothing of the body comes behind `here`. Takes what cannot belong to a title, so that no
// byte is looked at again, but for the few that may begin one.
HttpBody::Step HttpBody::look_for_title(std::string_view here, bool last) {
  const auto found = find_title(here);
  if (!found) {
    constexpr std::size_t kMayBegin = 6;
    const auto count = last ? here.size() : here.size() - std::min(here.size(), kMayBegin);
    return count == 0 ? Step::wait : pass_over(count);
  }
  if (!found->end && !last && here.size() - found->begin < kMaxTitleBytes) {
    (void)pass_over(found->begin);
    return Step::wait;
  }
  take_title(here);
  text_.clear(kWantsTitle);
  return pass_over(here.size());
}

HttpBody::Step HttpBody::give_up_text() {
  text_.clear(kMayBeText | kChunked);
  return pass_over(0);
}

// Takes that much of the body, and says whether there is a point in going on.
HttpBody::Step HttpBody::pass_over(std::size_t count) {
  text_.pass_over(count);
  if (text_.length() == 0) text_.clear(kAll);
  const bool endless = text_.length() == TextStream::kUnbounded;
  return endless && !text_.has(kWantsTitle | kMayBeText) ? Step::stop : Step::on;
}

HttpBody::Step HttpBody::end(std::size_t count) {
  text_.pass_over(count);
  text_.expect(0);
  text_.clear(kAll);
  return Step::on;
}

void HttpBody::show(std::string_view text, bool whole) {
  const Body body{facts_.packet(), text, text_.has(kOfAnswer)};
  for (const auto* protocol : protocols()) {
    if (protocol->on_body && (whole || protocol->reads_beginnings)) protocol->on_body(body, sink_);
  }
}

// Of XML alone: what is cut off behind a tag reads as far as it goes, and no value is half there.
void HttpBody::show_beginning(std::string_view text) {
  const auto end = text.rfind('>');
  if (text.starts_with('<') && end != std::string_view::npos) show(text.substr(0, end + 1), false);
}

void HttpBody::take_title(std::string_view here) {
  const auto found = find_title(here);
  if (!found || !found->end) return;
  text_.clear(kWantsTitle);
  const auto element = here.substr(found->begin, *found->end - found->begin);
  const auto title = element.substr(std::min(element.find('>'), element.size() - 1) + 1);
  if (title.size() > kMaxTitleBytes) return facts_.anomaly("http.title_too_long");
  facts_.say(sender_of(facts_.packet()), title_, collapse_blanks(decode_entities(title)));
}

}  // namespace camwarden
