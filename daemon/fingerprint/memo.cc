#include "fingerprint/memo.h"

#include <functional>

#include "base/address.h"

namespace camwarden {

Memo::Answer Memo::of(const Field& field, std::string_view value) {
  const auto hash = keyed_hash(value.data(), value.size(),
                               std::hash<const Field*>{}(&field) * 0x9e3779b97f4a7c15);
  const auto at = hash & (kSets - 1);
  const auto mark = static_cast<std::uint32_t>(hash >> 32);
  auto& set = sets_[at];
  for (std::size_t way = 0; way < kWays; ++way) {
    if (set.marks[way] != mark) continue;
    auto& slot = slots_[at * kWays + way];
    const bool known = slot.field == &field && slot.value == value;
    if (!known) slot.field = &field, slot.value = value;
    return {&slot.matches, known};
  }
  set.marks[set.oldest++ % kWays] = mark;
  return {nullptr, false};
}

}  // namespace camwarden
