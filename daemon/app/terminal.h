#pragma once
// Terminal: what commands say, to people and to pipes. Writing to a full disk or a closed pipe is
// trouble too, not silence.
//
// Thread: main.

#include <string_view>

#include "app/command.h"
#include "report/listing.h"

namespace camwarden {

// "camwarden: ..." on the standard error.
void complain(std::string_view message);

// Writes the text to the standard output; `exit`, or trouble if it could not.
int finish(std::string_view text, Exit exit);

// Of the standard output: its width, and colour unless NO_COLOR or a dumb terminal forbids it.
TableStyle terminal_style();

// "table", "json" or "csv".
ListFormat list_format(std::string_view word);
Option format_option(std::string& format);
Option everything_option(bool& everything);

// "did you mean ...?", or all that there are.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace camwarden
