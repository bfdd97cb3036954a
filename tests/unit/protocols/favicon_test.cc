#include "protocols/favicon.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

// Values of the reference implementation's own check (SMHasher) and of common use.
TEST(Favicon, MurmurIsTheReferences) {
  EXPECT_EQ(murmur3(""), 0U);
  EXPECT_EQ(murmur3("hello"), 0x248bfa47U);
  EXPECT_EQ(murmur3("hello, world"), 0x149bbb7fU);
  EXPECT_EQ(murmur3("The quick brown fox jumps over the lazy dog"), 0x2e4ff723U);
}

TEST(Favicon, LinesOfBase64EndLikePythons) {
  EXPECT_EQ(base64_lines("f"), "Zg==\n");
  EXPECT_EQ(base64_lines("fo"), "Zm8=\n");
  EXPECT_EQ(base64_lines("foo"), "Zm9v\n");
  EXPECT_EQ(base64_lines(std::string(57, 'a')).size(), 77U);
  EXPECT_EQ(base64_lines(std::string(58, 'a')).size(), 77U + 5U);
}

TEST(Favicon, IsKnownByItsFirstOctets) {
  EXPECT_TRUE(is_icon("", std::string_view("\0\0\1\0\1", 5)));
  EXPECT_TRUE(is_icon("image/x-icon", "\x89PNG\r\n"));
  EXPECT_FALSE(is_icon("image/png", "\x89PNG\r\n"));
  EXPECT_FALSE(is_icon("image/x-icon", "<html>not found"));
}

}  // namespace
}  // namespace camwarden
