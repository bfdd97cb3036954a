#include "protocols/answer.h"

#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(FixedText, EndsAtItsFirstNul) {
  EXPECT_EQ(text_at(as_bytes("..name\0junk.."s), 2, 9), "name");
}

TEST(FixedText, EndsWithItsField) { EXPECT_EQ(text_at(as_bytes("..name.."), 2, 4), "name"); }

TEST(FixedText, EndsWithTheMessage) { EXPECT_EQ(text_at(as_bytes("..na"), 2, 100), "na"); }

TEST(FixedText, BeyondTheMessageThereIsNone) {
  EXPECT_EQ(text_at(as_bytes("abc"), 3, 4), "");
  EXPECT_EQ(text_at(as_bytes("abc"), SIZE_MAX, SIZE_MAX), "");
  EXPECT_EQ(text_at({}, 0, 4), "");
}

TEST(FixedText, ControlCharactersMakeItNone) {
  EXPECT_EQ(text_at(as_bytes("a\x01z"), 0, 3), "");
  EXPECT_EQ(text_at(as_bytes("\xe5\x89\x8d"), 0, 3), "\xe5\x89\x8d");
}

TEST(FixedAddress, NeedsAllItsBytes) {
  EXPECT_TRUE(mac_at(as_bytes("12345"), 0).none());
  EXPECT_TRUE(ipv4_at(as_bytes("12345"), 2).none());
  EXPECT_EQ(ipv4_at(as_bytes("\x0a\x01\x02\x03"), 0), ip("10.1.2.3"));
}

}  // namespace
}  // namespace camwarden
