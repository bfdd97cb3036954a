#pragma once
// Trigger: when a rule fires on a value: always, on exact strings, or on a pattern. And
// ClaimTemplate: what it then asserts, a fixed text or one with $1 to $9 for the pattern's groups.
// Values come from devices: a claim is trimmed and cut, and an empty one is no claim.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/regex.h"
#include "fingerprint/claim.h"

namespace camwarden {

// The whole value and then the pattern's groups.
using Groups = std::vector<std::string_view>;

struct Trigger {
  bool any = false;
  std::vector<std::string> equals;
  std::shared_ptr<const Pattern> pattern;  // of all rules that differ in the field alone

  std::optional<Groups> fire(std::string_view value) const;
  int groups() const { return pattern ? pattern->groups() : 0; }
};

struct ClaimTemplate {
  Attribute attribute;
  std::string text;
  Place place;

  bool fixed() const { return text.find('$') == std::string::npos; }
  // The first "$" that is followed by no group's number up to `groups`, as written; or "".
  std::string_view bad_reference(int groups) const;
  std::string expand(const Groups& groups) const;
};

inline constexpr std::size_t kMaxClaimBytes = 128;

std::vector<Claim> expand(const std::vector<ClaimTemplate>& templates, const Groups& groups);

}  // namespace camwarden
