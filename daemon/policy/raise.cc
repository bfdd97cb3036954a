#include "policy/raise.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/text.h"
#include "inventory/fusion.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxWord = 64;  // of what a device or a rule calls a maker, in bytes
constexpr std::size_t kMaxProtocols = 4;

std::string quoted(std::string_view name) { return printable(to_utf8(name, kMaxWord)); }

// The protocols by which the maker is named; the registrant of a MAC is a witness of its own.
std::set<std::string> witnesses(const Device& device) {
  std::set<std::string> found;
  for (const auto& item : device.evidence) {
    const bool names = std::any_of(item.claims.begin(), item.claims.end(), [&](const Claim& claim) {
      return claim.attribute == Attribute::maker && iequals(claim.value, device.maker);
    });
    if (names) found.insert(item.field == kMacField.name ? "the prefix of its MAC" : item.protocol);
  }
  return found;
}

std::string either(std::vector<std::string> words) {
  if (words.size() > kMaxProtocols) words.resize(kMaxProtocols);
  return fmt::format("{}", fmt::join(words, " or "));
}

std::string besides(const std::set<std::string>& seen) {
  return seen.empty() ? "" : fmt::format(", besides {}", fmt::join(seen, " and "));
}

std::string proof_by(const Device& device, const KnowledgeBase& knowledge) {
  const auto seen = witnesses(device);
  const auto maker = quoted(device.maker);
  std::string out;
  if (const auto own = knowledge.own_protocols(device.maker); !own.empty()) {
    out = fmt::format("its serial number in an answer of {}, or by ", either(own));
  }
  return out + fmt::format("{} that names {}{}",
                           seen.size() < 2 ? "a second protocol" : "one more protocol", maker,
                           besides(seen));
}

// Another maker with a confidence of its own keeps the grade a step lower (fusion.h).
std::string contradiction(const Device& device) {
  for (const auto& conflict : device.conflicts) {
    if (conflict.attribute != Attribute::maker) continue;
    return fmt::format("; that {} is claimed too may keep it a step lower", quoted(conflict.other));
  }
  return "";
}

}  // namespace

std::string what_would_raise(const Device& device, const KnowledgeBase& knowledge) {
  if (device.maker.empty()) {
    return is_video(device.kind) ? "would be named by a sign of its maker's own firmware" : "";
  }
  if (device.grade == Grade::proven) return "";
  const auto proof = proof_by(device, knowledge) + contradiction(device);
  if (device.grade == Grade::probable) return "would be proven by " + proof;
  if (!is_video(device.kind)) {
    return fmt::format("would be probable by any sign that it is a camera or recorder of {}",
                       quoted(device.maker));
  }
  return fmt::format("would be probable by a sign of {}'s own firmware; would be proven by {}",
                     quoted(device.maker), proof);
}

}  // namespace camwarden
