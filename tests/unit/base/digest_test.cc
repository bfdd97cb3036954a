#include "base/digest.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

// The examples of FIPS 180-4's own test values, and what `openssl dgst -binary | base64` says.
TEST(Digest, IsSha256InHexadecimal) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("", 12), "e3b0c44298fc");
}

TEST(Digest, IsSha256InBase64) {
  EXPECT_EQ(sha256_base64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(sha256_base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

// RFC 1321, appendix A.5.
TEST(Digest, IsMd5InHexadecimal) {
  EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
}

}  // namespace
}  // namespace camwarden
