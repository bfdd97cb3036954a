#include "base/random.h"

#include <sys/random.h>

namespace camwarden {

std::uint64_t random_seed() {
  std::uint64_t seed = 0x6a09e667f3bcc908;
  (void)!getrandom(&seed, sizeof seed, GRND_NONBLOCK);
  return seed;
}

}  // namespace camwarden
