#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(V380, ResultTellsOfTheDevice) {
  const auto said = from_device("v380", vectors::kV380Reply, 10008);
  EXPECT_EQ(said.value("v380.answer"), "NVDEVRESULT");
  EXPECT_EQ(said.value("v380.mac"), kDeviceMac);
  EXPECT_EQ(said.value("v380.device_id"), "12345678");
  EXPECT_TRUE(said.who("v380.device_id").bound);
}

TEST(V380, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("v380", vectors::kV380Search + std::string(111, '\0'), 10008);
  EXPECT_EQ(said.value("v380.probe"), "NVDEVSEARCH");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(V380, TooFewFieldsAreAnAnomaly) {
  EXPECT_EQ(from_device("v380", "NVDEVRESULT^300^a^b", 10008).anomalies,
            std::vector{"v380.malformed"s});
}

TEST(V380, ResultWithoutAnyAddressIsAnAnomaly) {
  EXPECT_EQ(from_device("v380", "NVDEVRESULT^300^a^b^^^^^^^^^77").anomalies,
            std::vector{"v380.malformed"s});
}

TEST(V380, ThirteenFieldsAreEnough) {
  EXPECT_EQ(
      from_device("v380", "NVDEVRESULT^300^^192.0.2.64^^^^^^^^^77", 10008).value("v380.device_id"),
      "77");
}

}  // namespace
}  // namespace camwarden
