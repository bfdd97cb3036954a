#include "base/bytes.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

constexpr std::uint8_t kBytes[] = {1, 2, 3, 4, 5, 6, 7, 8};

TEST(Cursor, ReadsBothByteOrders) {
  Cursor cursor(kBytes);
  EXPECT_EQ(cursor.u8(), 1);
  EXPECT_EQ(cursor.u16(), 0x0203);
  EXPECT_EQ(cursor.u16_le(), 0x0504);
  EXPECT_EQ(cursor.remaining(), 3U);
  EXPECT_TRUE(cursor.ok());
  Cursor again(kBytes);
  EXPECT_EQ(again.u32(), 0x01020304U);
  EXPECT_EQ(again.u32_le(), 0x08070605U);
  EXPECT_EQ(Cursor(kBytes).u64(), 0x0102030405060708U);
}

TEST(Cursor, ReadPastTheEndIsZeroAndFailsForGood) {
  Cursor cursor(Bytes(kBytes, 3));
  EXPECT_EQ(cursor.u32(), 0U);
  EXPECT_FALSE(cursor.ok());
  EXPECT_EQ(cursor.remaining(), 0U);
  EXPECT_EQ(cursor.u8(), 0);
  EXPECT_TRUE(cursor.take(0).empty());
  EXPECT_FALSE(cursor.ok());
}

TEST(Cursor, TakesViewsAndNoMoreThanThereIs) {
  Cursor cursor(kBytes);
  EXPECT_EQ(cursor.take(3).size(), 3U);
  EXPECT_EQ(cursor.position(), 3U);
  EXPECT_EQ(cursor.rest().front(), 4);
  EXPECT_TRUE(cursor.take(SIZE_MAX).empty());
  EXPECT_FALSE(cursor.ok());
}

TEST(Cursor, EmptyBytesAreFineUntilRead) {
  Cursor cursor{Bytes()};
  EXPECT_TRUE(cursor.ok());
  cursor.skip(0);
  EXPECT_TRUE(cursor.ok());
  cursor.skip(1);
  EXPECT_FALSE(cursor.ok());
}

TEST(Bytes, TextAndBackIsTheSame) {
  const std::string_view text("a\0\xff", 3);
  EXPECT_EQ(as_text(as_bytes(text)), text);
}

}  // namespace
}  // namespace camwarden
