#pragma once
// What an HTTP message carries (RFC 9110 section 6.4): whether it is text that a protocol may read,
// the chunked transfer coding taken off (RFC 9112 section 7.1), and the title of a page.
//
// Limits: a body of more than 15 KiB is not read as a whole; so it fits into what is kept of a
// direction of a connection.
//
// Thread: any; values and views only.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "protocols/protocol.h"

namespace camwarden {

inline constexpr std::size_t kMaxBodyBytes = 15 << 10;

// Whether a body that begins like this is XML, JSON or lines of key=value, by its content: devices
// send each of them under every Content-Type. A web page is none of them. maybe: too short to tell.
Guess is_text_body(std::string_view start);

struct Chunks {
  enum State {
    partial,  // its end has not come
    whole,
    broken,  // not chunked, or more than fits
  };
  State state = partial;
  std::size_t size = 0;   // whole: of the coded body
  std::string_view text;  // what the chunks up to here carry, within `room`
};
Chunks read_chunks(std::string_view coded, std::span<char> room);

// The <title> of a page: from its tag on, and up to its end tag.
struct TitleElement {
  std::size_t begin = 0;
  std::optional<std::size_t> end;  // nothing while the end tag has not come
};
std::optional<TitleElement> find_title(std::string_view page);

}  // namespace camwarden
