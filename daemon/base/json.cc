#include "base/json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"

namespace camwarden {

std::optional<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = 32;
  boost::system::error_code error;
  auto value = json::parse(trim(text), error, {}, options);
  if (error) return std::nullopt;
  return value;
}

std::string to_string(const json::value& value) { return json::serialize(value); }

std::string_view text_member(const json::object& object, std::string_view key) {
  const auto* member = object.if_contains(key);
  const auto* text = member ? member->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

json::string json_text(std::string_view bytes) { return json::string(printable(bytes)); }

}  // namespace camwarden
