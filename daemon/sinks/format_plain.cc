// The sentence that says why, and one that says what would raise the grade, for people who read
// syslog by eye.

#include <fmt/format.h>

#include "base/text.h"
#include "sinks/registry.h"

namespace camwarden {

std::string plain_body(const Alert& alert, const Origin&, std::size_t limit) {
  auto text = printable(alert.why);
  if (text.empty()) text = title(alert.type);
  if (!alert.to_raise.empty()) text += fmt::format(" It {}.", printable(alert.to_raise));
  return to_utf8(text, limit);
}

}  // namespace camwarden
