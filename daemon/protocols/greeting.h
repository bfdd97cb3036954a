#pragma once
// The first reply of a server that speaks first: "220 text", or lines "220-text" up to one "220
// text" (FTP: RFC 959 section 4.2; SMTP: RFC 5321 section 4.2.1). And how much of a free text may
// be told.
//
// Limits: 16 lines, 1 KiB. Views into the stream's bytes.
//
// Thread: any; values only.

#include <optional>
#include <string>
#include <string_view>

namespace camwarden {

// The lines of the greeting without their code, joined by blanks; nothing while it has not ended.
std::optional<std::string> read_greeting(std::string_view bytes, bool closed);

// Its first line: nothing when the bytes do not begin as a greeting; "" while it is not all there.
std::optional<std::string_view> greeting_line(std::string_view bytes);

// The words that a text begins with, without digits and what follows them: as much as tells one
// kind of message from another, and nobody's name, address or count.
std::string_view first_words(std::string_view text, int words);

// Whether those words are a video device's. What people write, and what is logged of them, is
// theirs.
bool of_a_device(std::string_view words);

}  // namespace camwarden
