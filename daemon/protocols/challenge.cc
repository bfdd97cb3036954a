#include "protocols/challenge.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "protocols/markup.h"

namespace camwarden {
namespace {

struct Parameter {
  std::string_view name, value;  // the value without its quotes
};

// name=value pairs, quoted or not, wherever they stand; scheme names are passed over.
class Parameters {
 public:
  explicit Parameters(std::string_view header) : left_(header) {}

  std::optional<Parameter> next() {
    while (!left_.empty()) {
      const auto name = take_name();
      if (name.empty()) {
        left_.remove_prefix(std::min<std::size_t>(1, left_.size()));
      } else if (skip_blanks(), left_.starts_with('=')) {
        left_.remove_prefix(1);
        return Parameter{name, take_value()};
      }
    }
    return std::nullopt;
  }

 private:
  void skip_blanks() {
    left_.remove_prefix(std::min(left_.find_first_not_of(" \t"), left_.size()));
  }
  std::string_view take(std::size_t count) {
    const auto taken = left_.substr(0, count);
    left_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view take_name() {
    return take(std::min(left_.find_first_of(" \t\r\n,=\""), left_.size()));
  }
  std::string_view take_value() {
    skip_blanks();
    if (!left_.starts_with('"')) return trim(take(std::min(left_.find(','), left_.size())));
    left_.remove_prefix(1);
    std::size_t end = 0;
    while (end < left_.size() && left_[end] != '"') end += left_[end] == '\\' ? 2 : 1;
    return take(std::min(end, left_.size()));
  }
  std::string_view left_;
};

bool changes_each_time(std::string_view name) {
  return iequals(name, "nonce") || iequals(name, "opaque") || iequals(name, "cnonce");
}

void say_realms(const Facts& facts, const Subject& who, const Field& field,
                std::string_view header) {
  Parameters parameters(header);
  int left = 4;
  while (const auto parameter = parameters.next()) {
    if (!iequals(parameter->name, "realm") || left-- <= 0) continue;
    say_header(facts, who, field, parameter->value);
  }
}

}  // namespace

std::string without_nonces(std::string_view header) {
  std::string out;
  Parameters parameters(header);
  const char* kept = header.data();
  while (const auto parameter = parameters.next()) {
    if (parameter->value.empty() || !changes_each_time(parameter->name)) continue;
    out.append(kept, parameter->value.data());
    kept = parameter->value.data() + parameter->value.size();
  }
  return out.append(kept, header.data() + header.size());
}

void say_challenges(const Facts& facts, const Subject& who, const ChallengeFields& fields,
                    const TextHead& head) {
  int left = 4;
  for (const auto& header : head.headers()) {
    if (!iequals(header.name, "WWW-Authenticate") || left-- <= 0) continue;
    say_header(facts, who, fields.header, without_nonces(header.value));
    say_realms(facts, who, fields.realm, header.value);
  }
}

}  // namespace camwarden
