#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Miio, HelloTellsOfTheAskerOnly) {
  const auto said = from_client("miio", vectors::kMiioHello, 54321);
  EXPECT_EQ(said.value("miio.probe"), "hello");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Miio, ReplyTellsTheDeviceId) {
  const auto said = from_device("miio", vectors::kMiioReply, 54321);
  EXPECT_EQ(said.value("miio.device"), "to a client");
  EXPECT_EQ(said.value("miio.device_id"), "168496141");
}

TEST(Miio, TokenIsNeverKept) {
  const auto said =
      from_device("miio", replaced(vectors::kMiioReply, 16, "token-of-16bytes"), 54321);
  for (const auto& fact : said.facts) EXPECT_EQ(fact.value.find("token"), std::string::npos);
}

TEST(Miio, OrderOfAnAppTellsNothingOfTheApp) {
  EXPECT_TRUE(from_client("miio", vectors::kMiioReply, 54321).facts.empty());
}

TEST(Miio, DeviceSpeaksToTheCloud) {
  EXPECT_EQ(from_device("miio", vectors::kMiioReply, 40000, 8053).value("miio.device"),
            "to the cloud");
}

TEST(Miio, LengthThatIsNotTheDatagramsIsAnAnomaly) {
  EXPECT_EQ(from_device("miio", vectors::kMiioReply + "x", 54321).anomalies,
            std::vector{"miio.truncated"s});
}

}  // namespace
}  // namespace camwarden
