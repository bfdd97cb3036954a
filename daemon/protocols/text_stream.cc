#include "protocols/text_stream.h"

#include <algorithm>

namespace camwarden {

Guess recognise_text(const TextDialect& dialect, Bytes first_bytes) {
  auto text = as_text(first_bytes);
  if (text.starts_with(dialect.version)) return Guess::yes;
  if (dialect.version.starts_with(text)) return Guess::maybe;
  const auto method = text.substr(0, text.find(' '));
  if (method.size() == text.size()) return dialect.may_be_method(text) ? Guess::maybe : Guess::no;
  if (!dialect.is_method(method)) return Guess::no;
  std::string_view line;
  if (take_line(text, line)) {
    return start_line_parts(line).rest.starts_with(dialect.version) ? Guess::yes : Guess::no;
  }
  return text.size() < TextHead::kMaxBytes ? Guess::maybe : Guess::no;
}

TextStream::TextStream(const Stream& stream, const TextDialect& dialect, FactSink& sink)
    : dialect_(dialect),
      sink_(sink),
      scratch_(stream.scratch),
      all_(stream.bytes.size()),
      left_(as_text(stream.bytes)),
      closed_(stream.closed),
      word_(stream.scratch ? *stream.scratch : 0) {}

void TextStream::skip_line_ends() {
  left_.remove_prefix(std::min(left_.find_first_not_of("\r\n"), left_.size()));
}

void TextStream::expect(std::uint64_t octets) {
  const auto length = static_cast<std::uint32_t>(std::min<std::uint64_t>(octets, kLength));
  word_ = (word_ & ~(kInHead | kLength)) | length;
}

void TextStream::pass_over(std::size_t count) {
  left_.remove_prefix(count);
  if (length() != kUnbounded) {
    word_ -= static_cast<std::uint32_t>(std::min<std::size_t>(count, length()));
  }
}

// True, and remembers how far it looked, while the head has no end yet.
bool TextStream::head_is_coming() {
  if (closed_ || left_.size() >= TextHead::kMaxBytes) return false;
  if (has_blank_line(left_, in_head() ? word_ & kLength : 0)) return false;
  expect(left_.size());
  word_ |= kInHead;
  return true;
}

TextStream::Step TextStream::take_head(TextHead& head) {
  skip_line_ends();
  if (left_.empty() || head_is_coming()) return Step::wait;
  expect(0);
  const auto state = head.read(left_, closed_);
  if (state == TextHead::partial) return closed_ ? Step::stop : Step::wait;
  lost_ = state == TextHead::oversized;
  if (lost_) sink_.anomaly(dialect_.head_too_long);
  left_.remove_prefix(std::max<std::size_t>(head.size(), 1));
  return Step::on;
}

Progress TextStream::progress(Step last) {
  if (scratch_) *scratch_ = word_;
  if (last == Step::reject) return {Progress::reject, 0};
  return {last == Step::stop || lost_ ? Progress::done : Progress::more, all_ - left_.size()};
}

}  // namespace camwarden
