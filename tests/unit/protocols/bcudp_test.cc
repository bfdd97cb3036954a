#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(BcUdp, SearchTellsOfTheAsker) {
  const auto said = from_client("bcudp", vectors::kBcUdpSearch, 2015);
  EXPECT_EQ(said.value("bcudp.probe"), "C2D_S");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(BcUdp, AnswerTellsOfTheDevice) {
  const auto said = from_device("bcudp", vectors::kBcUdpAnswer, 2018);
  EXPECT_EQ(said.value("bcudp.device"), "D2C_C_R");
  EXPECT_EQ(said.who("bcudp.device").ip, ip(kDeviceIp));
}

TEST(BcUdp, WrongTransactionIsAnAnomaly) {
  const auto said = from_device("bcudp", replaced(vectors::kBcUdpAnswer, 12, "\x77"), 2018);
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"bcudp.malformed"s});
}

TEST(BcUdp, OtherMagicsAreNotRead) {
  const auto said = from_device("bcudp", replaced(vectors::kBcUdpAnswer, 0, "\x10"), 2018);
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

}  // namespace
}  // namespace camwarden
