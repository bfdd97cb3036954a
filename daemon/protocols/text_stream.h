#pragma once
// TextStream: one direction of a connection that carries text messages, HTTP/1.x (RFC 9112) or
// RTSP/1.0 (RFC 2326): finds the heads, and counts off the bodies and frames between them. Which
// bodies there are, and what a head says, is the protocol's own affair.
//
// Its place is kept in the one word that a reader has per direction: a length, whether that counts
// what was looked at of a head without an end, and six flags of the protocol. The highest bit is
// not touched: a protocol that carries another one's stream may mark its word with it.
//
// Thread: any; lives on the stack of a reader.

#include <cstdint>
#include <string_view>

#include "protocols/text_message.h"

namespace camwarden {

// What tells one such protocol from another.
struct TextDialect {
  std::string_view version;                      // what a version begins with: "HTTP/1."
  bool (*may_be_method)(std::string_view word);  // of the beginning of a first word
  bool (*is_method)(std::string_view word);
  std::string_view head_too_long;  // the anomaly
};

// Whether a direction that begins like this speaks it: with an answer, or with a request.
Guess recognise_text(const TextDialect& dialect, Bytes first_bytes);

class TextStream {
 public:
  // What comes of a step of reading. One that goes `on` has taken bytes, or has come to the end of
  // a body or from it to the next head: so reading ends.
  enum class Step : std::uint8_t { on, wait, stop, reject };

  static constexpr std::uint32_t kUnbounded = (1U << 24) - 1;  // as a length: not known, or huge
  static constexpr std::uint32_t flag(int number) { return 1U << (25 + number); }  // 0 to 5

  TextStream(const Stream& stream, const TextDialect& dialect, FactSink& sink);

  std::string_view left() const { return left_; }
  bool closed() const { return closed_; }  // nothing will come behind what is left
  bool in_head() const { return (word_ & kInHead) != 0; }
  std::uint32_t length() const { return in_head() ? 0 : word_ & kLength; }
  bool has(std::uint32_t flags) const { return (word_ & flags) != 0; }
  void set(std::uint32_t flags) { word_ |= flags; }
  void clear(std::uint32_t flags) { word_ &= ~flags; }

  void skip_line_ends();
  // `octets` of a body or a frame come next.
  void expect(std::uint64_t octets);
  // Takes bytes, and counts them off unless the length is kUnbounded.
  void pass_over(std::size_t count);
  // on: `head` is read and taken. stop: the direction ends within it.
  Step take_head(TextHead& head);
  // The head taken was too long, so where its body begins is not known: nothing more can be read.
  bool lost() const { return lost_; }
  // Keeps the place for the next time. To be called once, at the end.
  Progress progress(Step last);

 private:
  static constexpr std::uint32_t kLength = kUnbounded;
  static constexpr std::uint32_t kInHead = 1U << 24;

  bool head_is_coming();

  const TextDialect& dialect_;
  FactSink& sink_;
  std::uint32_t* scratch_;
  std::size_t all_;
  std::string_view left_;
  bool closed_;
  std::uint32_t word_;
  bool lost_ = false;
};

}  // namespace camwarden
