#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Ddp, AnnouncementTellsOfTheDevice) {
  const auto said = from_device("ddp", vectors::kDdpAnnouncement);
  EXPECT_EQ(said.value("ddp.message"), "announcement");
  EXPECT_EQ(said.value("ddp.product"), "Wireless Internet Camera");
  EXPECT_EQ(said.value("ddp.model"), "DCS-TEST");
  EXPECT_EQ(said.value("ddp.firmware"), "1.06");
  EXPECT_EQ(said.value("ddp.hardware"), "A1");
  EXPECT_EQ(said.value("ddp.mac"), kDeviceMac);
  EXPECT_TRUE(said.who("ddp.model").bound);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Ddp, AnswerTellsItsModel) {
  const auto said = from_device("ddp", vectors::kDdpAnswer);
  EXPECT_EQ(said.value("ddp.message"), "answer");
  EXPECT_EQ(said.value("ddp.model"), "DCS-TEST");
  EXPECT_EQ(said.who("ddp.model").ip, ip(kDeviceIp));
}

TEST(Ddp, AnswerInTheFormOfAnAnnouncementIsReadAsOne) {
  auto bytes = replaced(vectors::kDdpAnnouncement, 0, "\xee\xfe");
  bytes = replaced(bytes, 4, "\xa1");
  const auto said = from_device("ddp", bytes);
  EXPECT_EQ(said.value("ddp.message"), "answer");
  EXPECT_EQ(said.value("ddp.product"), "Wireless Internet Camera");
  EXPECT_EQ(said.value("ddp.model"), "DCS-TEST");
}

TEST(Ddp, AnnouncementOfAnotherBindsNoAddress) {
  const auto said = from_client("ddp", vectors::kDdpAnnouncement);
  EXPECT_TRUE(said.who("ddp.model").ip.none());
  EXPECT_EQ(said.values("ddp.message").size(), 2U);
}

TEST(Ddp, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("ddp", vectors::kDdpSearch);
  EXPECT_EQ(said.value("ddp.probe"), "search");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Ddp, QueryAtBootIsAnother) {
  EXPECT_EQ(from_client("ddp", replaced(vectors::kDdpSearch, 4, "\xd1")).value("ddp.probe"),
            "boot");
}

TEST(Ddp, CutAnnouncementIsAnAnomaly) {
  const auto said = from_device("ddp", vectors::kDdpAnnouncement.substr(0, 200));
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"ddp.truncated"s});
}

TEST(Ddp, OtherCommandsAreNotRead) {
  EXPECT_TRUE(from_device("ddp", std::string(400, '\xff')).facts.empty());
}

TEST(Ddp, FieldThatIsNoTextIsLeftOut) {
  EXPECT_FALSE(from_device("ddp", replaced(vectors::kDdpAnnouncement, 118, "\x01\x02"))
                   .said("ddp.firmware"));
}

}  // namespace
}  // namespace camwarden
