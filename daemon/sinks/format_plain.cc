// The sentence that says why, and one that says what would raise the grade, for people who read
// syslog by eye.

#include "base/text.h"
#include "policy/sentence.h"
#include "sinks/registry.h"

namespace camwarden {

std::string plain_body(const Alert& alert, const Origin&, std::size_t limit) {
  const auto text = printable(in_words(alert));
  return to_utf8(text.empty() ? title(alert.type) : text, limit);
}

}  // namespace camwarden
