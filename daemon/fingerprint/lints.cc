#include "fingerprint/lints.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"

namespace camwarden {
namespace {

// RE2's instructions. What is shipped has 353 at most and 128 but for four. A count such as {1,500}
// passes it, and a hundred such rules no longer fit the memory of their field's automaton, after
// which every value is asked rule by rule.
constexpr int kMaxProgram = 1000;

using RulesOfField = std::map<const Field*, std::vector<const Rule*>>;

RulesOfField by_field(const VendorFile& files) {
  RulesOfField all;
  for (const auto& rule : files.rules) all[rule.fingerprint.field].push_back(&rule);
  return all;
}

struct Fired {
  const Rule* rule;
  std::vector<Claim> claims;
};

std::vector<Fired> fired_on(const std::vector<const Rule*>& rules, std::string_view value) {
  std::vector<Fired> fired;
  for (const auto* rule : rules) {
    if (const auto groups = rule->trigger.fire(value)) {
      fired.push_back({rule, expand(rule->claims, *groups)});
    }
  }
  return fired;
}

const std::string* claimed(const std::vector<Claim>& claims, Attribute attribute) {
  for (const auto& claim : claims) {
    if (claim.attribute == attribute) return &claim.value;
  }
  return nullptr;
}

// What a device has one of, whatever the value that says so.
constexpr std::array kSingle{Attribute::maker, Attribute::brand, Attribute::kind};

void compare(const Fired& mine, const Fired& other, const Example& example, Diagnostics& errors) {
  for (const auto attribute : kSingle) {
    const auto* own = claimed(mine.claims, attribute);
    const auto* theirs = claimed(other.claims, attribute);
    if (!own || !theirs || iequals(*own, *theirs)) continue;
    errors.error(
        example.place,
        fmt::format("on this example \"{}\" claims {} \"{}\", and \"{}\" at {} claims \"{}\"",
                    mine.rule->fingerprint.id, to_string(attribute), printable(*own),
                    other.rule->fingerprint.id, other.rule->place.to_string(), printable(*theirs)));
  }
}

void compare_all(const Rule& rule, const std::vector<const Rule*>& rules, Diagnostics& errors) {
  for (const auto& example : rule.examples) {
    const auto fired = fired_on(rules, example.value);
    const auto mine = std::find_if(fired.begin(), fired.end(),
                                   [&](const Fired& one) { return one.rule == &rule; });
    if (mine == fired.end()) continue;
    for (const auto& other : fired) compare(*mine, other, example, errors);
  }
}

// All that one says is said by the other, at least as surely.
bool covers(const Fired& other, const Fired& mine) {
  const auto& weaker = mine.rule->fingerprint;
  const auto& stronger = other.rule->fingerprint;
  if (stronger.certainty < weaker.certainty || (weaker.proprietary && !stronger.proprietary)) {
    return false;
  }
  if (mine.rule->some_video && !other.rule->some_video && !claimed(other.claims, Attribute::kind)) {
    return false;
  }
  return std::all_of(mine.claims.begin(), mine.claims.end(), [&](const Claim& claim) {
    return std::find(other.claims.begin(), other.claims.end(), claim) != other.claims.end();
  });
}

// The rules that say all that `rule` says of this example. Of two that say the same, the one whose
// id comes later is the needless one.
std::set<const Rule*> cover_of(const Rule& rule, const std::vector<const Rule*>& rules,
                               const Example& example) {
  const auto fired = fired_on(rules, example.value);
  std::set<const Rule*> found;
  for (const auto& mine : fired) {
    if (mine.rule != &rule) continue;
    for (const auto& other : fired) {
      const bool later = other.rule->fingerprint.id > rule.fingerprint.id;
      if (other.rule == &rule || !covers(other, mine) || (later && covers(mine, other))) continue;
      found.insert(other.rule);
    }
  }
  return found;
}

const Rule* shadow_of(const Rule& rule, const std::vector<const Rule*>& rules) {
  std::map<const Rule*, std::size_t> times;
  for (const auto& example : rule.examples) {
    for (const auto* other : cover_of(rule, rules, example)) ++times[other];
  }
  for (const auto* other : rules) {
    if (times[other] == rule.examples.size()) return other;
  }
  return nullptr;
}

void lint_pattern(const Rule& rule, Diagnostics& warnings) {
  const auto& pattern = *rule.trigger.pattern;
  if (pattern.begins_with_anything()) {
    warnings.error(
        rule.place,
        fmt::format(
            "the pattern of \"{}\" begins with .*, for which every value is read to its end; "
            "a pattern is searched for: leave it out",
            rule.fingerprint.id));
  }
  if (pattern.program_size() > kMaxProgram) {
    warnings.error(rule.place,
                   fmt::format("the pattern of \"{}\" is slow: {} instructions, {} are much; "
                               "lower its {{counts}} or make it two rules",
                               rule.fingerprint.id, pattern.program_size(), kMaxProgram));
  }
}

std::set<std::string_view> makers_shown(const VendorFile& files) {
  std::set<std::string_view> shown;
  for (const auto& group : files.ouis) {
    if (!group.prefixes.empty()) shown.insert(group.maker.name);
  }
  for (const auto& rule : files.rules) {
    for (const auto& claim : rule.claims) {
      if (claim.attribute == Attribute::maker) shown.insert(claim.text);
    }
  }
  for (const auto& entry : files.makers) shown.insert(entry.maker.parent);
  return shown;
}

}  // namespace

void lint_overlaps(const VendorFile& files, Diagnostics& errors) {
  const auto rules = by_field(files);
  for (const auto& rule : files.rules) compare_all(rule, rules.at(rule.fingerprint.field), errors);
}

void lint_shadows(const VendorFile& files, Diagnostics& warnings) {
  const auto rules = by_field(files);
  for (const auto& rule : files.rules) {
    const auto* shadow = shadow_of(rule, rules.at(rule.fingerprint.field));
    if (!shadow) continue;
    warnings.error(
        rule.place,
        fmt::format("\"{}\" adds nothing: on all its examples \"{}\" at {} claims as much; "
                    "remove it, or give an example that it alone knows",
                    rule.fingerprint.id, shadow->fingerprint.id, shadow->place.to_string()));
  }
}

void lint_patterns(const VendorFile& files, Diagnostics& warnings) {
  for (const auto& rule : files.rules) {
    if (rule.trigger.pattern) lint_pattern(rule, warnings);
  }
}

// A maker that nothing can ever point at, and that is nobody's parent, is a mistake or an
// unfinished file.
void lint_makers(const VendorFile& files, Diagnostics& warnings) {
  const auto shown = makers_shown(files);
  for (const auto& entry : files.makers) {
    if (shown.contains(entry.maker.name)) continue;
    warnings.error(entry.place, fmt::format("nothing shows maker \"{}\"; add a prefix or a "
                                            "fingerprint that claims it",
                                            printable(entry.maker.name)));
  }
}

}  // namespace camwarden
