#include "fingerprint/trigger.h"

#include <algorithm>

#include "base/text.h"

namespace camwarden {

std::optional<Groups> Trigger::fire(std::string_view value) const {
  if (any || std::find(equals.begin(), equals.end(), value) != equals.end()) return Groups{value};
  if (pattern) return pattern->groups_in(value);
  return std::nullopt;
}

std::string_view ClaimTemplate::bad_reference(int groups) const {
  const std::string_view all = text;
  for (auto at = all.find('$'); at != all.npos; at = all.find('$', at + 1)) {
    const char digit = at + 1 < all.size() ? all[at + 1] : '\0';
    if (digit < '0' || digit > '9' || digit - '0' > groups) return all.substr(at, 2);
  }
  return {};
}

std::string ClaimTemplate::expand(const Groups& groups) const {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const auto group = static_cast<std::size_t>(text[++i] - '0');
    if (group < groups.size()) out += groups[group];
  }
  return std::string(trim(trim(out).substr(0, kMaxClaimBytes)));
}

std::vector<Claim> expand(const std::vector<ClaimTemplate>& templates, const Groups& groups) {
  std::vector<Claim> claims;
  for (const auto& one : templates) {
    auto value = one.expand(groups);
    if (!value.empty()) claims.push_back({one.attribute, std::move(value)});
  }
  return claims;
}

}  // namespace camwarden
