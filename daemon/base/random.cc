#include "base/random.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace camwarden {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t multiply_and_fold(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

std::uint64_t random_seed() {
  std::uint64_t seed = 0x6a09e667f3bcc908;
  (void)!getrandom(&seed, sizeof seed, GRND_NONBLOCK);
  return seed;
}

std::uint64_t keyed_hash(const void* bytes, std::size_t count, std::uint64_t salt) {
  static const std::array<std::uint64_t, 2> key{random_seed(), random_seed() | 1};
  const auto* at = static_cast<const std::uint8_t*>(bytes);
  std::uint64_t hash = multiply_and_fold(salt ^ key[0], count ^ key[1]);
  for (std::size_t step; count > 0; at += step, count -= step) {
    std::uint64_t word = 0;
    step = std::min<std::size_t>(count, sizeof word);
    std::memcpy(&word, at, step);
    hash = multiply_and_fold(hash ^ word, key[1]);
  }
  // After one multiplication, words that count up fall into steps: with one key in fifty some of
  // 4,096 buckets had 4 to 70 times their share.
  return multiply_and_fold(hash, key[0] | 1);
}

}  // namespace camwarden
