#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

Recorder read(std::string_view payload) {
  return read_datagram("sony", packet_from_device(payload));
}

TEST(Sony, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kSonyReply);
  EXPECT_EQ(said.value("sony.answer"), "allinfo");
  EXPECT_EQ(said.value("sony.model"), "SNC-TEST");
  EXPECT_EQ(said.value("sony.serial"), "1234567");
  EXPECT_EQ(said.value("sony.firmware"), "3.0.0");
  EXPECT_EQ(said.value("sony.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Sony, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kSonyReply).who("sony.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Sony, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("sony", packet_from_client(vectors::kSonyReply));
  EXPECT_TRUE(said.who("sony.serial").ip.none());
  ASSERT_EQ(said.values("sony.serial").size(), 2U);
}

TEST(Sony, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("sony", packet_from_client(vectors::kSonyProbe));
  EXPECT_EQ(said.value("sony.probe"), "allinfo");
  EXPECT_EQ(said.who("sony.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("sony.answer"));
}

// Serial lines frame their text in STX and ETX too.
TEST(Sony, OtherTextInTheSameFrameIsNotRead) {
  for (const auto* other : {"\2READY:yes\xff\3", "\2MODEL:SNC-X\xff\3", "\2\3", "\2",
                            "\2MAC:00-00-5e-00-53-99\xff\3", "\2MAC:x\xffMODEL:y\xff\3"}) {
    EXPECT_TRUE(read(other).facts.empty()) << other;
    EXPECT_TRUE(read(other).anomalies.empty()) << other;
  }
}

TEST(Sony, ItemsAreReadUpToALimit) {
  std::string text = "\2";
  for (int i = 0; i < 200; ++i) text += "A:1\xff";
  EXPECT_TRUE(read(text + "MAC:00-00-5e-00-53-99\xffMODEL:SNC-X\xff\3").facts.empty());
}

}  // namespace
}  // namespace camwarden
