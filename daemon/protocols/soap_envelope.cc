#include "protocols/soap_envelope.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace camwarden {
namespace {

// The text between the quotes that `text` has behind its '='.
std::string_view quoted(std::string_view text) {
  const auto begin = text.find_first_of("\"'");
  if (begin == std::string_view::npos || begin > 4) return {};
  const auto end = text.find(text[begin], begin + 1);
  return end == std::string_view::npos ? std::string_view()
                                       : text.substr(begin + 1, end - begin - 1);
}

// Of a standard: those of ONVIF, and those that SOAP and WS-* need.
bool of_a_standard(std::string_view name) {
  constexpr std::array<std::string_view, 6> kStandards{
      "onvif.org/", "w3.org/", "xmlsoap.org/", "oasis-open.org/", "oasis-open-", "onvif://"};
  return std::any_of(kStandards.begin(), kStandards.end(),
                     [&](auto one) { return name.find(one) != std::string_view::npos; });
}

}  // namespace

// What the envelope's tag declares: xmlns:prefix="name". Every toolkit and maker has an order and
// prefixes of its own, which no setting of the device changes.
void say_envelope(const Facts& facts, const Subject& who, const EnvelopeFields& fields,
                  std::string_view document) {
  constexpr std::string_view kDeclares = "xmlns:";
  constexpr std::size_t kMaxEnvelope = 256;
  const auto end = document.find("Envelope");
  if (end == std::string_view::npos) return;
  auto tag = document.substr(end, document.find('>', end) - end);
  const auto begin = document.rfind('<', end) + 1;
  std::string names(document.substr(begin, end - begin));  // the envelope's own prefix, with its colon
  for (int left = 64; left > 0; --left) {
    tag.remove_prefix(std::min(tag.find(kDeclares), tag.size()));
    if (tag.empty()) break;
    tag.remove_prefix(kDeclares.size());
    const auto equals = std::min(tag.find('='), tag.size());
    const auto name = quoted(tag.substr(equals));
    names += names.empty() || names.size() > kMaxEnvelope ? "" : " ";
    if (names.size() < kMaxEnvelope) names += trim(tag.substr(0, equals));
    if (!name.empty() && !of_a_standard(name)) facts.say(who, fields.name_space, name);
  }
  facts.say(who, fields.names, names.substr(0, kMaxEnvelope));
}

}  // namespace camwarden
