#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Vision360, ReplyTellsOfTheDevice) {
  const auto said = from_device("vision360", vectors::kVision360Reply, 3600);
  EXPECT_EQ(said.value("vision360.type"), "IPDOME");
  EXPECT_EQ(said.value("vision360.id"), "1234567890");
  EXPECT_EQ(said.value("vision360.mac"), kDeviceMac);
}

TEST(Vision360, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("vision360", vectors::kVision360Search, 3600);
  EXPECT_EQ(said.value("vision360.probe"), "DISCOVER");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Vision360, WordOnAnotherPortIsNotOurs) {
  EXPECT_TRUE(from_device("vision360", "DISCOVER\n", 3600).facts.empty());
}

TEST(Vision360, QuoteWithoutItsEndIsTheRest) {
  const auto said = from_device("vision360", "DISCOVER TYPE=X KEY='00:00:5e:00:53:99", 3600);
  EXPECT_EQ(said.value("vision360.type"), "X");
  EXPECT_EQ(said.value("vision360.mac"), kDeviceMac);
}

TEST(Vision360, ReplyWithoutItsKeyIsAnAnomaly) {
  const auto said = from_device("vision360", "DISCOVER TYPE=X ID=7", 3600);
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"vision360.malformed"s});
}

}  // namespace
}  // namespace camwarden
