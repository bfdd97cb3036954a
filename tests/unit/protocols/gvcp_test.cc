#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string answer() {
  auto bytes = "\0\0\0\x03\0\xf8\0\x01"s + std::string(248, '\0');
  bytes = replaced(replaced(bytes, 18, "\0\0\x5e\0\x53\x99"s), 44, "\xc0\0\x02\x40"s);
  bytes = replaced(replaced(bytes, 80, "Basler"), 112, "acA1300-30gm");
  return replaced(replaced(bytes, 144, "3.1.0"), 224, "21000001");
}

TEST(Gvcp, AnswerTellsOfTheDevice) {
  const auto said = from_device("gvcp", answer(), 3956);
  EXPECT_EQ(said.value("gvcp.manufacturer"), "Basler");
  EXPECT_EQ(said.value("gvcp.model"), "acA1300-30gm");
  EXPECT_EQ(said.value("gvcp.version"), "3.1.0");
  EXPECT_EQ(said.value("gvcp.serial"), "21000001");
  EXPECT_EQ(said.value("gvcp.mac"), kDeviceMac);
}

TEST(Gvcp, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("gvcp", vectors::kGvcpSearch, 3956);
  EXPECT_EQ(said.value("gvcp.probe"), "discovery");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Gvcp, OtherAnswersAreNotRead) {
  EXPECT_TRUE(from_device("gvcp", replaced(answer(), 3, "\x81"), 3956).facts.empty());
}

TEST(Gvcp, CutAnswerIsAnAnomaly) {
  EXPECT_EQ(from_device("gvcp", answer().substr(0, 90), 3956).anomalies,
            std::vector{"gvcp.truncated"s});
}

}  // namespace
}  // namespace camwarden
