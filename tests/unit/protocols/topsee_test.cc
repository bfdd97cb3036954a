#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  return read_datagram("topsee", packet_from_device(payload));
}

std::string with(std::string_view element) {
  std::string reply(vectors::kTopseeReply);
  return reply.insert(reply.find("<VERSION"), element);
}

TEST(Topsee, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kTopseeReply);
  EXPECT_EQ(said.value("topsee.answer"), "SYSTEM_SEARCHIPC_MESSAGE");
  EXPECT_EQ(said.value("topsee.device_type"), "IPC");
  EXPECT_EQ(said.value("topsee.model"), "TEST");
  EXPECT_EQ(said.value("topsee.serial"), "TESTSN01");
  EXPECT_EQ(said.value("topsee.firmware"), "1.0.0");
  EXPECT_EQ(said.value("topsee.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Topsee, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kTopseeReply).who("topsee.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Topsee, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("topsee", packet_from_client(vectors::kTopseeReply));
  EXPECT_TRUE(said.who("topsee.serial").ip.none());
  ASSERT_EQ(said.values("topsee.serial").size(), 2U);
}

TEST(Topsee, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("topsee", packet_from_client(vectors::kTopseeProbe));
  EXPECT_TRUE(said.said("topsee.probe"));
  EXPECT_EQ(said.who("topsee.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("topsee.answer"));
}

TEST(Topsee, PasswordIsNeverSaid) {
  for (const auto& fact : read(with("<Account Username=\"admin\" Password=\"secret\"/>")).facts) {
    EXPECT_EQ(fact.value.find("secret"), std::string::npos);
    EXPECT_EQ(fact.value.find("admin"), std::string::npos);
  }
}

TEST(Topsee, AttributeIsThatOfItsElement) {
  const auto said =
      read(with("<MY_DEVICE_TYPE DeviceModule=\"no\"/><OSD NotOsdStr=\"a\" OsdStr=\"b\"/>"));
  EXPECT_EQ(said.value("topsee.model"), "TEST");
  EXPECT_EQ(said.value("topsee.name"), "b");
}

TEST(Topsee, AnswerWithoutDeviceIsAnAnomaly) {
  std::string reply(vectors::kTopseeReply);
  reply.erase(reply.find("<DEVICE_TYPE"));
  EXPECT_EQ(read(reply).anomalies, std::vector{"topsee.empty_answer"s});
}

TEST(Topsee, OtherMessagesAreNotRead) {
  std::string other(vectors::kTopseeReply);
  other.replace(other.find("SEARCHIPC"), 9, "ANYTHING_");
  EXPECT_TRUE(read(other).facts.empty());
  EXPECT_TRUE(read("<?xml version=\"1.0\"?><root/>").anomalies.empty());
}

TEST(Topsee, UnknownCodeIsAnAnomaly) {
  std::string other(vectors::kTopseeReply);
  other.replace(other.find("code=\"3\""), 8, "code=\"9\"");
  EXPECT_EQ(read(other).anomalies, std::vector{"topsee.malformed"s});
}

}  // namespace
}  // namespace camwarden
