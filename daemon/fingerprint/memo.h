#pragma once
// Memo: what values gave when they were last asked about, because devices repeat themselves. A
// fixed number of slots, four to a hash; of four the oldest gives way. A value has a slot from the
// second time on, so that a flood of different ones costs no more than not to remember them, and
// long ones never have, so that all is under 16 MiB when full of the longest.
//
// Thread: any one at a time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fingerprint/claim.h"
#include "observation/field.h"

namespace camwarden {

class Memo {
 public:
  static constexpr std::size_t kMaxValueBytes = 256;
  static constexpr std::size_t kSets = 4096;  // a power of two
  static constexpr std::size_t kWays = 4;

  Memo() : sets_(kSets), slots_(kSets * kWays) {}

  struct Answer {
    std::vector<Match>* matches =
        nullptr;  // to be filled where it is not known; null: has no slot yet
    bool known = false;
  };
  // Of a value of at most kMaxValueBytes.
  Answer of(const Field& field, std::string_view value);

 private:
  struct Slot {
    const Field* field = nullptr;
    std::string value;
    std::vector<Match> matches;
  };
  // The marks of a set's slots lie together: most slots need not be looked at.
  struct Set {
    std::array<std::uint32_t, kWays> marks{};
    std::uint32_t oldest = 0;
  };

  std::vector<Set> sets_;
  std::vector<Slot> slots_;
};

}  // namespace camwarden
