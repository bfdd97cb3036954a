#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

constexpr std::string_view kAnswer =
    R"({"cmd":"discover","sn":"YDTEST01","discover":{"hw_ver":"h1.0.0","sw_ver":"v1.0.0",)"
    R"("model":"ipc","dev_type":"ipc","mac":"00:00:5e:00:53:99","name":"Gate","port":80}})";

TEST(Lsdk, AnswerTellsOfTheDevice) {
  const auto said = from_device("lsdk", kAnswer, 57975, 57975);
  EXPECT_EQ(said.value("lsdk.device_type"), "ipc");
  EXPECT_EQ(said.value("lsdk.serial"), "YDTEST01");
  EXPECT_EQ(said.value("lsdk.model"), "ipc");
  EXPECT_EQ(said.value("lsdk.firmware"), "v1.0.0");
  EXPECT_EQ(said.value("lsdk.name"), "Gate");
  EXPECT_EQ(said.value("lsdk.mac"), kDeviceMac);
}

TEST(Lsdk, OtherCommandsAreNotRead) {
  EXPECT_TRUE(from_device("lsdk", R"({"cmd":"set_ipv4","sn":"YDTEST01"})", 57975).facts.empty());
}

TEST(Lsdk, LoginIsNeverKept) {
  const auto said = from_device(
      "lsdk", R"({"cmd":"discover","login":{"username":"admin","passwd":"secret"},"discover":{}})",
      57975);
  EXPECT_TRUE(said.facts.empty());
}

TEST(Lsdk, BrokenJsonIsAnAnomaly) {
  EXPECT_EQ(from_device("lsdk", kAnswer.substr(0, 50), 57975).anomalies,
            std::vector{"lsdk.malformed"s});
}

}  // namespace
}  // namespace camwarden
