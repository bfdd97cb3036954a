#pragma once
// JSON, both ways. Reading is for bytes from outside: bounded in depth, never throwing. Writing
// gives ASCII-safe, valid JSON whatever the strings hold: control characters and non-characters are
// escaped by the library after to_utf8() has made them UTF-8.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace camwarden {

namespace json = boost::json;

// The first JSON value in `text`, with at most 32 levels; trailing NULs and blanks are allowed.
// Nothing when it is not JSON.
std::optional<json::value> parse_json(std::string_view text);

std::string to_string(const json::value& value);  // one line, no blanks

// A member that is a string, or "".
std::string_view text_member(const json::object& object, std::string_view key);

// Device-supplied bytes as a JSON string value: valid UTF-8, bidirectional and C1 controls shown
// escaped, so that the line is safe on a terminal too.
json::string json_text(std::string_view bytes);

}  // namespace camwarden
