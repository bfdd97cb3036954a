#pragma once
// The head of an HTTP/1.x (RFC 9112) or RTSP/1.0 (RFC 2326) message: a start line and headers.
// Reads what devices really send: bare LF as line end, blanks before the colon, folded lines, a
// missing last line when the connection closes.
//
// Limits: 8 KiB and 100 headers; what is behind them is not read. Views into the stream's bytes.
//
// Thread: any; values on the stack of a reader.

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "protocols/facts.h"

namespace camwarden {

struct HeaderLine {
  std::string_view name;
  std::string_view value;  // a folded one still holds its line ends
};

class TextHead {
 public:
  TextHead() {}  // leaves headers_ as they are: clearing them would cost more than reading a head
  static constexpr std::size_t kMaxBytes = 8 << 10;
  static constexpr std::size_t kMaxHeaders = 100;

  enum State {
    partial,    // its end has not come
    whole,      // up to its blank line, or up to where the closed stream ends
    oversized,  // its end is not within the limit; the headers up to there may be used
  };
  State read(std::string_view bytes, bool closed);

  std::string_view start_line() const { return start_line_; }
  std::size_t size() const { return size_; }  // with the blank line
  std::span<const HeaderLine> headers() const { return std::span(headers_).first(count_); }
  std::string_view first(std::string_view name) const;  // "" when absent
  bool has(std::string_view name) const;

 private:
  void add(std::string_view line);

  std::string_view start_line_;
  std::size_t size_ = 0;
  std::array<HeaderLine, kMaxHeaders> headers_;  // the first count_ only are set
  std::size_t count_ = 0;
};

// "a b c" of a start line, c being all that is behind the second blank.
struct StartLine {
  std::string_view first, second, rest;
};
StartLine start_line_parts(std::string_view line);

// Whether a blank line ends a head in `text`, when none did in its first `seen` bytes: a head that
// comes byte by byte is looked at once, not once a packet.
bool has_blank_line(std::string_view text, std::size_t seen);

// The first line of `text` without its line end, removed from `text`; false when its end is
// missing.
bool take_line(std::string_view& text, std::string_view& line);

// The length in Content-Length; nothing when there is none, or when it is not one plain number.
struct ContentLength {
  bool present = false, valid = false;
  std::uint64_t octets = 0;
};
ContentLength content_length(const TextHead& head);

// Of an answer that a proxy or cache passed on: what it says is true of some server behind its
// sender, and would make a camera of the proxy (RFC 9110 section 7.6.3 and common practice).
bool passed_on(const TextHead& head);

// The path of a request target, without scheme, host, query and fragment, at most 128 bytes. Some
// makers put credentials into the path (/user=admin&password=...): the value behind them is not
// kept.
std::string_view request_path(std::string_view target);

// A header's value as one fact; folded lines joined by a blank (RFC 9112 section 5.2).
void say_header(const Facts& facts, const Subject& who, const Field& field, std::string_view value);
// All headers of that name, at most eight.
void say_headers(const Facts& facts, const Subject& who, const Field& field, const TextHead& head,
                 std::string_view name);

}  // namespace camwarden
