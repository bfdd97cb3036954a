#pragma once
// Strings that devices chose, made safe to keep and to show; and small text questions.
// Everything here is byte-wise and locale-free.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace camwarden {

std::string_view trim(std::string_view text);  // blanks, tabs, CR, LF and NUL at both ends
std::string to_lower(std::string_view text);   // ASCII letters only
bool iequals(std::string_view a, std::string_view b);                   // ASCII case-insensitive
bool istarts_with(std::string_view text, std::string_view prefix);      // ASCII case-insensitive
std::size_t ifind(std::string_view text, std::string_view what, std::size_t from = 0);
std::vector<std::string_view> split(std::string_view text, char separator);

// Valid UTF-8 of at most max_bytes: a byte that is not part of a well-formed sequence (RFC 3629)
// becomes U+FFFD, and no sequence is cut in two.
std::string to_utf8(std::string_view bytes, std::size_t max_bytes);
bool valid_utf8(std::string_view text);

// For a terminal or a log line: valid UTF-8 with C0, DEL and C1 controls, and the characters that
// reorder a line or cannot be seen, shown as \xNN or \u{NNNN}; a backslash is shown as it is.
std::string printable(std::string_view text);

// RFC 3986 percent-decoding; a broken escape is kept as it stands.
std::string percent_decode(std::string_view text);

// The candidate nearest to `word` by edit distance, or "" when none is close enough to be a slip.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace camwarden
