#include "policy/sentence.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxWord = 64;  // of a device's own words, in bytes
constexpr std::size_t kMaxReasons = 3;
constexpr std::size_t kMaxSentence = 1024;

std::string quoted(std::string_view said) { return printable(to_utf8(said, kMaxWord)); }

std::string_view noun(Kind kind) {
  switch (kind) {
    case Kind::camera:
      return "camera";
    case Kind::recorder:
      return "recorder";
    case Kind::video_other:
      return "video device";
    case Kind::router:
      return "router";
    case Kind::host:
      return "host";
    case Kind::unknown:
      return "device";
  }
  return "device";
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

// Evidence that speaks for the verdict of the maker, or of the kind where no maker is known.
bool speaks_for(const EvidenceItem& item, const Device& device) {
  return std::any_of(item.claims.begin(), item.claims.end(), [&](const Claim& claim) {
    return device.maker.empty()
               ? claim.attribute == Attribute::kind && claim.value == to_string(device.kind)
               : claim.attribute == Attribute::maker && iequals(claim.value, device.maker);
  });
}

std::vector<std::string> reasons(const Device& device) {
  std::vector<std::string> out;
  for (const auto& item : device.evidence) {
    if (out.size() == kMaxReasons) break;
    if (item.because.empty() || !speaks_for(item, device)) continue;
    if (std::find(out.begin(), out.end(), item.because) == out.end()) out.push_back(item.because);
  }
  return out;
}

std::string denied(const DenyRule& rule, const std::vector<LawQuote>& laws) {
  std::vector<std::string> packs;
  for (const auto& law : laws) {
    if (std::find(packs.begin(), packs.end(), law.pack) == packs.end()) packs.push_back(law.pack);
  }
  if (!packs.empty()) return "makers under " + joined(packs, ", ");
  if (!rule.makers.empty()) return "makers on its list (" + joined(rule.makers, ", ") + ")";
  std::vector<std::string> nouns;
  for (const auto kind : rule.kinds) nouns.push_back(std::string(noun(kind)) + "s");
  return joined(nouns, ", ");
}

std::string_view how_sure(Grade grade) {
  switch (grade) {
    case Grade::proven:
      return "proven by";
    case Grade::probable:
      return "probable by";
    case Grade::possible:
      return "possible by";
    case Grade::none:
      return "suggested by";
  }
  return "";
}

std::string cut(std::string sentence) { return to_utf8(sentence, kMaxSentence); }

std::string moved_to(const Policy& policy, const Device& device, const Presence& presence,
                     std::string_view rule, std::string_view from) {
  const auto* place = policy.segment(presence);
  const std::string_view name = place ? std::string_view(place->name) : "";
  if (name == from)
    return fmt::format("rule {} does not apply {} any more", rule, in_segment(from));
  return fmt::format("it is now {} at {}", in_segment(name), located(device, presence));
}

}  // namespace

std::string described(const Device& device) {
  auto out = std::string(noun(device.kind));
  out += device.maker.empty() ? " of unknown maker" : " made by " + quoted(device.maker);
  std::vector<std::string> more;
  if (!device.brand.empty() && !iequals(device.brand, device.maker)) {
    more.push_back("sold as " + quoted(device.brand));
  }
  if (!device.model.empty()) more.push_back("model " + quoted(device.model));
  if (!more.empty()) out += " (" + joined(more, ", ") + ")";
  return out;
}

std::string located(const Device& device, const Presence& presence) {
  std::vector<std::string> names;
  if (presence.ip) names.push_back(presence.ip.to_string());
  if (device.mac) names.push_back(device.mac.to_string());
  if (names.empty()) names.push_back(quoted(device.id));
  std::vector<std::string> rest(names.begin() + 1, names.end());
  if (presence.vlan) rest.push_back(fmt::format("VLAN {}", presence.vlan));
  return rest.empty() ? names.front() : fmt::format("{} ({})", names.front(), joined(rest, ", "));
}

std::string in_segment(std::string_view segment) {
  return segment.empty() ? "outside every segment" : fmt::format("in segment {}", segment);
}

std::string proof(const Device& device) {
  const auto because = reasons(device);
  const auto grade = device.maker.empty() ? kind_grade(device) : device.grade;
  if (because.empty()) return fmt::format("evidence: {}", to_string(grade));
  return fmt::format("{}: {}", how_sure(grade), joined(because, "; "));
}

std::string described(const Exception& exception) {
  const auto ticket = exception.ticket.empty() ? "" : " (" + exception.ticket + ")";
  return fmt::format("{}{} until {}: {}", exception.owner, ticket, to_rfc3339(exception.expires),
                     exception.reason);
}

std::string in_words(const Alert& alert) {
  if (alert.why.empty() || alert.to_raise.empty()) return alert.why;
  return fmt::format("{} It {}.", alert.why, alert.to_raise);
}

std::string broken(const Device& device, const Finding& finding) {
  return cut(fmt::format("A {} was seen at {} {}, where rule {} denies {}; {}.", described(device),
                         located(device, finding.presence), in_segment(finding.segment),
                         finding.rule->id, denied(*finding.rule, finding.laws), proof(device)));
}

std::string discovered(const Device& device, const Policy& policy, Time now) {
  const auto places = policy.places(device, now);
  const auto at = places.empty() ? Presence{} : places.front();
  const auto* segment = places.empty() ? nullptr : policy.segment(at);
  return cut(fmt::format(
      "A {} was seen for the first time, at {} {}; {}.", described(device), located(device, at),
      in_segment(segment ? std::string_view(segment->name) : ""), proof(device)));
}

std::string ended(const Device& device, std::string_view rule, std::string_view segment,
                  std::string_view reason) {
  return cut(fmt::format("A {} no longer breaks rule {} {}: {}.", described(device), rule,
                         in_segment(segment), reason));
}

std::string reason_of_end(const Device& device, const Policy& policy, std::string_view rule_id,
                          std::string_view maker, std::string_view segment, Time now) {
  const auto* rule = policy.rule(rule_id);
  if (!rule) return fmt::format("rule {} is no longer in the policy", rule_id);
  if (device.presences.empty()) {
    return "where it is can no longer be told: what was seen at its address is not its alone";
  }
  const auto places = policy.places(device, now);
  if (places.empty()) {
    return fmt::format("it was last seen {} and counts as gone after {}",
                       to_rfc3339(device.last_seen), to_string(policy.options().gone_after));
  }
  if (const auto found = policy.breaks(*rule, device, now, Grade::none);
      found && found->exception) {
    return "it has an exception: " + described(*found->exception);
  }
  if (!policy.denies_kind(*rule, device.kind)) {
    return fmt::format("it is known as a {} now, which the rule is not about", noun(device.kind));
  }
  if (device.maker != maker) {
    return device.maker.empty() ? "its maker is no longer established"
                                : "its maker is known as " + quoted(device.maker) + " now";
  }
  return moved_to(policy, device, places.front(), rule_id, segment);
}

}  // namespace camwarden
