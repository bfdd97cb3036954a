#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string hidden(std::string_view text) {
  std::string out;
  char key = static_cast<char>(171);
  for (const char c : text) out += key = static_cast<char>(c ^ key);
  return out;
}

TEST(Kasa, QuestionTellsOfTheAskerOnly) {
  const auto said = from_client("kasa", vectors::kKasaQuery, 9999);
  EXPECT_EQ(said.value("kasa.probe"), "get_sysinfo");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Kasa, PlugTellsItsType) {
  const auto said = from_device(
      "kasa",
      hidden(R"j({"system":{"get_sysinfo":{"type":"IOT.SMARTPLUGSWITCH","model":"HS110(EU)",)j"
             R"j("mac":"00:00:5E:00:53:99","deviceId":"TEST","sw_ver":"1.5.8"}}})j"),
      9999);
  EXPECT_EQ(said.value("kasa.type"), "IOT.SMARTPLUGSWITCH");
  EXPECT_EQ(said.value("kasa.model"), "HS110(EU)");
  EXPECT_EQ(said.value("kasa.mac"), kDeviceMac);
  EXPECT_EQ(said.value("kasa.firmware"), "1.5.8");
  EXPECT_EQ(said.value("kasa.device_id"), "TEST");
}

TEST(Kasa, CameraAnswersOneLevelDeeper) {
  const auto said = from_device(
      "kasa",
      hidden(R"j({"system":{"get_sysinfo":{"err_code":0,"system":{"type":"IOT.IPCAMERA",)j"
             R"j("model":"KC100(US)"}}}})j"),
      9999);
  EXPECT_EQ(said.value("kasa.type"), "IOT.IPCAMERA");
}

TEST(Kasa, WhatIsNoJsonIsNotOurs) {
  const auto said = from_device("kasa",
                                "\xd0"
                                "garbage",
                                9999);
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

TEST(Kasa, OtherCommandsAreNotRead) {
  EXPECT_TRUE(
      from_client("kasa", hidden(R"({"system":{"set_relay_state":{}}})"), 9999).facts.empty());
}

}  // namespace
}  // namespace camwarden
