#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

Recorder read(std::string_view payload) {
  return read_datagram("dvrip", packet_from_device(payload));
}

TEST(Dvrip, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kDvripReply);
  EXPECT_EQ(said.value("dvrip.answer"), "b3");
  EXPECT_EQ(said.value("dvrip.model"), "IPC-TEST");
  EXPECT_EQ(said.value("dvrip.serial"), "TESTSERIAL01");
  EXPECT_EQ(said.value("dvrip.name"), "Test");
  EXPECT_EQ(said.value("dvrip.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Dvrip, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kDvripReply).who("dvrip.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Dvrip, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("dvrip", packet_from_client(vectors::kDvripReply));
  EXPECT_TRUE(said.who("dvrip.serial").ip.none());
  ASSERT_EQ(said.values("dvrip.serial").size(), 2U);
  EXPECT_FALSE(said.facts.back().who.bound);
}

TEST(Dvrip, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("dvrip", packet_from_client(vectors::kDvripProbe));
  EXPECT_EQ(said.value("dvrip.probe"), "a301");
  EXPECT_EQ(said.who("dvrip.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("dvrip.answer"));
}

TEST(Dvrip, OlderFormOfTheQuestionIsOneToo) {
  auto probe = vectors::kDvripProbe;
  probe[3] = '\0';
  EXPECT_TRUE(read(probe).said("dvrip.probe"));
}

TEST(Dvrip, LengthsThatDoNotAddUpAreSomeoneElses) {
  for (const auto& other : {vectors::kDvripReply + "x", vectors::kDvripReply.substr(0, 235)}) {
    EXPECT_TRUE(read(other).facts.empty());
    EXPECT_TRUE(read(other).anomalies.empty());
  }
}

TEST(Dvrip, TextWithoutAMacIsSomeoneElses) {
  auto reply = vectors::kDvripReply;
  reply[0x78] = 'x';
  EXPECT_TRUE(read(reply).facts.empty());
}

TEST(Dvrip, ModelIsElsewhereWhenTheSecondSectionHasNone) {
  auto reply = vectors::kDvripReply;
  reply.replace(0x78 + 17, 8, "");
  reply[2] = 17;
  EXPECT_EQ(read(reply).value("dvrip.model"), "IPC-TEST");  // of the line "Device"
}

}  // namespace
}  // namespace camwarden
