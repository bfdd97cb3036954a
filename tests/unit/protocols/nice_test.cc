#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string reply() {
  auto bytes = replaced("NICE"s + std::string(586, '\0'), 10, "\0\0\x5e\0\x53\x99"s);
  return replaced(replaced(bytes, 0x10, "\xc0\0\x02\x40"s), 0x4a, "Gate 4");
}

TEST(Nice, ReplyTellsOfTheDevice) {
  const auto said = from_device("nice", reply(), 2007);
  EXPECT_EQ(said.value("nice.answer"), "NICE");
  EXPECT_EQ(said.value("nice.name"), "Gate 4");
  EXPECT_EQ(said.value("nice.mac"), kDeviceMac);
  EXPECT_TRUE(said.who("nice.answer").bound);
}

TEST(Nice, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("nice", "NICE\0\1\1\x08\0\0\0\0\x07\xd7"s, 2007);
  EXPECT_EQ(said.value("nice.probe"), "search");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Nice, ShortMessageIsAnAnomaly) {
  EXPECT_EQ(from_device("nice", reply().substr(0, 100), 2007).anomalies,
            std::vector{"nice.truncated"s});
}

}  // namespace
}  // namespace camwarden
