#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Jvc, AnswerTellsItsModel) {
  const auto said = from_device("jvc", "system.id=VN-V686U(192.0.2.64/24)&200 OK\r\n", 80);
  EXPECT_EQ(said.value("jvc.model"), "VN-V686U");
}

TEST(Jvc, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("jvc", "system.id\r\n", 80);
  EXPECT_EQ(said.value("jvc.probe"), "system.id");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Jvc, AnswerWithoutItsEndIsAnAnomaly) {
  EXPECT_EQ(from_device("jvc", "system.id=VN-V686U", 80).anomalies, std::vector{"jvc.malformed"s});
}

}  // namespace
}  // namespace camwarden
