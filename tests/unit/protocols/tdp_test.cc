#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string answer(std::string_view json) {
  return "\x02\0\0\x01"s + static_cast<char>(json.size() >> 8) + static_cast<char>(json.size()) +
         std::string("\x11\0\1\2\3\4cccc", 10) + std::string(json);
}

TEST(Tdp, AnswerTellsOfTheDevice) {
  const auto said = from_device("tdp", vectors::kTdpReply, 20002);
  EXPECT_EQ(said.value("tdp.device_type"), "SMART.IPCAMERA");
  EXPECT_EQ(said.value("tdp.model"), "C200");
  EXPECT_EQ(said.value("tdp.firmware"), "1.0.0 Build 200101 Rel.00000n");
  EXPECT_EQ(said.value("tdp.hardware"), "1.0");
  EXPECT_EQ(said.value("tdp.mac"), kDeviceMac);
  EXPECT_TRUE(said.said("tdp.device_id"));
  EXPECT_TRUE(said.who("tdp.model").bound);
}

TEST(Tdp, SearchesTellOfTheAskerOnly) {
  EXPECT_EQ(from_client("tdp", vectors::kTdpBare, 20002).value("tdp.probe"), "bare");
  const auto said = from_client("tdp", vectors::kTdpQuery, 20002);
  EXPECT_EQ(said.value("tdp.probe"), "key");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Tdp, CutAnswerIsAnAnomaly) {
  const auto said = from_device("tdp", vectors::kTdpReply.substr(0, 100), 20002);
  EXPECT_EQ(said.anomalies, std::vector{"tdp.malformed"s});
}

TEST(Tdp, MembersOfTheWrongKindAreLeftOut) {
  const auto said = from_device(
      "tdp", answer(R"({"result":{"device_type":7,"mac":[],"device_model":"C1"}})"), 20002);
  EXPECT_FALSE(said.said("tdp.device_type"));
  EXPECT_EQ(said.value("tdp.model"), "C1");
}

TEST(Tdp, ErrorWithoutAResultIsAnAnomaly) {
  EXPECT_EQ(from_device("tdp", answer(R"({"error_code":-1})"), 20002).anomalies,
            std::vector{"tdp.unknown_message"s});
}

TEST(Tdp, OtherOpcodesAreNotRead) {
  EXPECT_TRUE(from_device("tdp", replaced(vectors::kTdpReply, 3, "\x02"), 20002).facts.empty());
}

}  // namespace
}  // namespace camwarden
