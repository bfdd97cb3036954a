#pragma once
// How long to wait before the next attempt: the first one at once, because most failures are a
// receiver's restart, then 250 ms doubling to 30 s.

#include <algorithm>
#include <chrono>

#include "base/time.h"

namespace camwarden {

class Backoff {
 public:
  Duration next() {
    const Duration wait = next_;
    next_ = next_ < kFirst ? kFirst : std::min<Duration>(next_ * 2, kMost);
    return wait;
  }
  void reset() { next_ = kFast; }

 private:
  static constexpr Duration kFast = std::chrono::milliseconds(5);
  static constexpr Duration kFirst = std::chrono::milliseconds(250);
  static constexpr Duration kMost = std::chrono::seconds(30);
  Duration next_ = kFast;
};

}  // namespace camwarden
