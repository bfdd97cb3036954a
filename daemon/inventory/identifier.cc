// What in a fact names a device for good.

#include <algorithm>

#include "base/text.h"
#include "inventory/identity.h"

namespace camwarden {
namespace {

// Shorter ones are counters and placeholders.
constexpr std::size_t kMinLength = 6;

std::uint64_t hashed(std::string_view space, std::string_view value) {
  return keyed_hash(value.data(), value.size(), keyed_hash(space.data(), space.size()));
}

// "00000000", "ffff-ffff": what firmware says that was never given a number.
bool placeholder(std::string_view value) {
  const auto first = value.find_first_not_of("-: ");
  if (value.size() < kMinLength || first == std::string_view::npos) return true;
  return std::all_of(value.begin(), value.end(),
                     [&](char c) { return c == value[first] || c == '-' || c == ':' || c == ' '; });
}

// The last 32 hex digits, so that "urn:uuid:...", "uuid:..." and "{...}" are one spelling; "" when
// there are fewer.
std::string uuid_digits(std::string_view value) {
  std::string digits;
  for (const char c : to_lower(value)) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) digits += c;
  }
  return digits.size() < 32 ? std::string() : digits.substr(digits.size() - 32);
}

void add(std::vector<std::uint64_t>& identifiers, std::string_view space, std::string_view value) {
  if (!placeholder(value)) identifiers.push_back(hashed(space, value));
}

void add_field(std::vector<std::uint64_t>& identifiers, const KnownFact& fact) {
  const auto& field = *fact.field;
  if (field.role != FieldRole::identifier || fact.is_mac()) return;
  if (field.kind == FieldKind::mac) {
    const auto mac = MacAddress::parse(trim(fact.value));
    if (mac && mac->burned_in()) identifiers.push_back(mac_identifier(*mac));
  } else if (field.kind == FieldKind::uuid) {
    add(identifiers, "uuid", uuid_digits(fact.value));
  } else {
    add(identifiers, field.name, trim(fact.value));
  }
}

}  // namespace

std::uint64_t mac_identifier(const MacAddress& mac) { return hashed("mac", mac.to_string()); }

std::vector<std::uint64_t> identifiers_in(const KnownFact& fact) {
  std::vector<std::uint64_t> identifiers;
  add_field(identifiers, fact);
  for (const auto& match : fact.matches) {
    if (!match.fingerprint->proprietary) continue;
    for (const auto& claim : match.claims) {
      if (claim.attribute == Attribute::serial) add(identifiers, "serial", trim(claim.value));
    }
  }
  return identifiers;
}

}  // namespace camwarden
