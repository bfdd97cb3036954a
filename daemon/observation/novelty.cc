#include "observation/novelty.h"

#include <algorithm>
#include <bit>

namespace camwarden {

Novelty::Novelty(const Options& options) : repeat_after_(options.repeat_after) {
  const auto buckets = std::bit_ceil(std::max<std::size_t>(options.entries / kWays, 1));
  entries_.resize(buckets * kWays);
  mask_ = buckets - 1;
}

bool Novelty::is_news(std::uint64_t key, Time now) const {
  const auto* entry = &entries_[bucket(key)];
  for (std::size_t way = 0; way < kWays; ++way, ++entry) {
    if (entry->key != key || entry->said_ns == INT64_MIN) continue;
    // A clock that steps back (two captures, an NTP correction) makes old facts news again.
    const auto age = to_unix_ns(now) - entry->said_ns;
    return age < 0 || age >= repeat_after_.count();
  }
  return true;
}

bool Novelty::changed_hands(const Subject& who) {
  if (!who.bound) return false;
  auto& binding = bindings_[std::hash<IpAddress>()(who.ip) % kBindings];
  const bool changed = binding.ip == who.ip && binding.mac != who.mac;
  binding = {who.ip, who.mac};
  turns_ += changed;
  return changed;
}

void Novelty::said(std::uint64_t key, Time now) {
  auto* first = &entries_[bucket(key)];
  auto* oldest = first;
  for (auto* entry = first; entry != first + kWays; ++entry) {
    if (entry->key == key) {
      oldest = entry;
      break;
    }
    if (entry->said_ns < oldest->said_ns) oldest = entry;
  }
  *oldest = {key, to_unix_ns(now)};
}

std::uint64_t Novelty::key(const Subject& who, const Field& field, std::string_view value) {
  const std::uint64_t where = who.mac.number() << 16 | who.vlan;
  const std::uint64_t how = std::uint64_t{who.interface} << 8 | static_cast<std::uint64_t>(who.mac_origin) << 4 |
                            std::uint64_t{who.routed} << 1 | std::uint64_t{who.bound};
  std::uint64_t key = keyed_hash(who.ip.octets.data(), who.ip.octets.size(), where);
  // A field is one object, so where it is says which.
  key ^= how * 0x9e3779b97f4a7c15 ^ std::hash<const Field*>()(&field);
  return keyed_hash(value.data(), value.size(), key);
}

}  // namespace camwarden
