#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Tftp, ReadRequestTellsTheFile) {
  const auto said = from_device("tftp", "\0\x01/update.sh\0octet\0"s, 50000, 69);
  EXPECT_EQ(said.value("tftp.read"), "/update.sh");
}

TEST(Tftp, WriteRequestIsNotRead) {
  EXPECT_TRUE(from_device("tftp", "\0\x02/update.sh\0octet\0"s, 50000, 69).facts.empty());
}

TEST(Tftp, OneByteIsAnAnomaly) {
  EXPECT_EQ(from_device("tftp", "\0"s, 50000, 69).anomalies, std::vector{"tftp.truncated"s});
}

}  // namespace
}  // namespace camwarden
