#include "base/json.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>

#include "base/text.h"

namespace camwarden {
namespace {

// As boost::json::serialize(), but numbers with a fraction are written as people do: 0.98, not
// 9.8E-1, which some receivers take for text. Depth is our own: values come from to_json().
void append(std::string& out, const json::value& value) {
  char separator = '\0';
  const auto separate = [&] {
    if (separator) out += separator;
    separator = ',';
  };
  if (const auto* object = value.if_object()) {
    out += '{';
    for (const auto& member : *object) {
      separate();
      out += json::serialize(json::string(member.key()));
      out += ':';
      append(out, member.value());
    }
    out += '}';
  } else if (const auto* array = value.if_array()) {
    out += '[';
    for (const auto& item : *array) {
      separate();
      append(out, item);
    }
    out += ']';
  } else if (const auto* real = value.if_double(); real && std::isfinite(*real)) {
    out += fmt::format("{}", *real);
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::optional<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = 32;
  boost::system::error_code error;
  auto value = json::parse(trim(text), error, {}, options);
  if (error) return std::nullopt;
  return value;
}

std::string to_string(const json::value& value) {
  std::string out;
  append(out, value);
  return out;
}

std::string_view text_member(const json::object& object, std::string_view key) {
  const auto* member = object.if_contains(key);
  const auto* text = member ? member->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

json::string json_text(std::string_view bytes) { return json::string(printable(bytes)); }

}  // namespace camwarden
