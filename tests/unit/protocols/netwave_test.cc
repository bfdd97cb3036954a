#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Netwave, ReplyTellsOfTheDevice) {
  const auto said = from_device("netwave", vectors::kNetwaveReply, 10000);
  EXPECT_EQ(said.value("netwave.answer"), "MO_I");
  EXPECT_EQ(said.value("netwave.id"), "00005E005399");
  EXPECT_EQ(said.value("netwave.mac"), kDeviceMac);
  EXPECT_EQ(said.value("netwave.name"), "Test cam");
  EXPECT_TRUE(said.who("netwave.answer").bound);
  EXPECT_FALSE(said.said("netwave.firmware"));  // zeros
}

TEST(Netwave, HiddenReplyTellsTheSame) {
  const auto said = from_device("netwave", vectors::kNetwaveReplyHidden, 10000);
  EXPECT_EQ(said.value("netwave.mac"), kDeviceMac);
  EXPECT_EQ(said.value("netwave.name"), "Test cam");
}

TEST(Netwave, FirmwareHasFourParts) {
  const auto bytes = replaced(vectors::kNetwaveReply, 0x4d, "\x25\x02\x24\x01");
  EXPECT_EQ(from_device("netwave", bytes, 10000).value("netwave.firmware"), "37.2.36.1");
}

TEST(Netwave, IdentifierThatIsNoMacNamesTheSender) {
  const auto bytes = replaced(vectors::kNetwaveReply, 0x17, "0123456789\0\0"s);
  const auto said = from_device("netwave", bytes, 10000);
  EXPECT_EQ(said.value("netwave.id"), "0123456789");
  EXPECT_FALSE(said.said("netwave.mac"));
}

TEST(Netwave, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("netwave", vectors::kNetwaveSearch, 10000);
  EXPECT_EQ(said.value("netwave.probe"), "search");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Netwave, VivoteksMessagesAreNotOurs) {
  EXPECT_TRUE(from_device("netwave", "\x01\x4a\x5d\x8f\x1c", 10000).facts.empty());
}

TEST(Netwave, CutReplyIsAnAnomaly) {
  const auto said = from_device("netwave", vectors::kNetwaveReply.substr(0, 60), 10000);
  EXPECT_EQ(said.anomalies, std::vector{"netwave.truncated"s});
}

}  // namespace
}  // namespace camwarden
