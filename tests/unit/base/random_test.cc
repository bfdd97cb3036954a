// The hash of tables that the network fills.

#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace camwarden {
namespace {

std::uint64_t hashed(const std::string& text, std::uint64_t salt = 0) {
  return keyed_hash(text.data(), text.size(), salt);
}

TEST(KeyedHash, IsOfAllOctetsTheirNumberAndTheSalt) {
  const std::string text(40, '\0');
  std::set<std::uint64_t> seen;
  for (std::size_t size = 0; size <= text.size(); ++size) seen.insert(hashed(text.substr(0, size)));
  EXPECT_EQ(seen.size(), text.size() + 1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto other = text;
    other[at] = 1;
    EXPECT_NE(hashed(other), hashed(text)) << at;
  }
  EXPECT_NE(hashed(text, 1), hashed(text));
  EXPECT_EQ(hashed(text, 1), hashed(text, 1));
}

// What a flood counts up, and what differs in high bits alone, falls into all buckets alike.
TEST(KeyedHash, SpreadsWhatIsAlike) {
  constexpr std::size_t kBuckets = 4096, kPerBucket = 16;
  for (const int shift : {0, 8, 32, 48}) {
    std::vector<std::size_t> low(kBuckets), high(kBuckets);
    for (std::uint64_t i = 0; i < kBuckets * kPerBucket; ++i) {
      const std::uint64_t word = i << shift;
      const auto hash = keyed_hash(&word, sizeof word);
      ++low[hash % kBuckets];
      ++high[hash >> 52];
    }
    EXPECT_LT(*std::max_element(low.begin(), low.end()), kPerBucket * 4) << shift;
    EXPECT_LT(*std::max_element(high.begin(), high.end()), kPerBucket * 4) << shift;
  }
}

}  // namespace
}  // namespace camwarden
