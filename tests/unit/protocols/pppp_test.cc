#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Pppp, NotificationTellsTheUid) {
  const auto said = from_device("pppp", vectors::kPpppNotify, 32108, 32108);
  EXPECT_EQ(said.value("pppp.device"), "LAN_NOTIFY");
  EXPECT_EQ(said.value("pppp.uid"), "TNPUSAE-123456-ABCDE");
}

TEST(Pppp, LoginTellsTheUid) {
  const auto said = from_device("pppp", vectors::kPpppLogin, 50000, 32100);
  EXPECT_EQ(said.value("pppp.device"), "DEV_LGN");
  EXPECT_EQ(said.value("pppp.uid"), "VSTD-123456-ABCDE");
}

TEST(Pppp, PunchFromTheDevicesPortIsItsAnswer) {
  EXPECT_EQ(from_device("pppp", vectors::kPpppPunch, 32108).value("pppp.uid"), "VSTD-123456-ABCDE");
}

TEST(Pppp, PunchFromAnotherPortMayBeAClients) {
  EXPECT_TRUE(from_client("pppp", vectors::kPpppPunch, 32108).facts.empty());
}

TEST(Pppp, SearchesTellOfTheAskerOnly) {
  EXPECT_EQ(from_client("pppp", vectors::kPpppSearch, 32108).value("pppp.probe"), "LAN_SEARCH");
  EXPECT_EQ(from_client("pppp", vectors::kPpppSearchExtended, 32108).value("pppp.probe"),
            "LAN_SEARCH_EXT");
}

TEST(Pppp, HiddenLoginTellsNoUid) {
  const auto said = from_device("pppp", "\xf1\x12\x00\x2c"s + std::string(44, 'x'), 50000, 32100);
  EXPECT_EQ(said.value("pppp.device"), "DEV_LGN_CRC");
  EXPECT_FALSE(said.said("pppp.uid"));
}

TEST(Pppp, ShortSerialIsPadded) {
  const auto bytes = replaced(vectors::kPpppNotify, 12, "\0\0\0\x07"s);
  EXPECT_EQ(from_device("pppp", bytes, 32108).value("pppp.uid"), "TNPUSAE-000007-ABCDE");
}

TEST(Pppp, UidOfOtherCharactersIsAnAnomaly) {
  const auto said = from_device("pppp", replaced(vectors::kPpppNotify, 4, "abc"), 32108);
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"pppp.bad_uid"s});
}

TEST(Pppp, LengthThatDoesNotAddUpIsNotOurs) {
  EXPECT_TRUE(from_device("pppp", vectors::kPpppNotify + "x", 32108).facts.empty());
}

}  // namespace
}  // namespace camwarden
