#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  return read_datagram("easyip", packet_from_device(payload));
}

// The answer's head with other fields behind it.
std::string answer(const std::string& fields) {
  return vectors::kEasyIpReply.substr(0, 48) + fields + "\xff\xff\0\0"s;
}

TEST(EasyIp, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kEasyIpReply);
  EXPECT_EQ(said.value("easyip.answer"), "000e");
  EXPECT_EQ(said.value("easyip.model"), "WV-TEST");
  EXPECT_EQ(said.value("easyip.firmware"), "1.46");
  EXPECT_EQ(said.value("easyip.name"), "Cam1");
  EXPECT_EQ(said.value("easyip.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(EasyIp, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kEasyIpReply).who("easyip.model");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(EasyIp, SerialIsReadWhereThereIsOne) {
  EXPECT_EQ(read(answer("\0\xd1\0\4S123"s)).value("easyip.serial"), "S123");
}

TEST(EasyIp, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("easyip", packet_from_client(vectors::kEasyIpReply));
  EXPECT_TRUE(said.who("easyip.model").ip.none());
  EXPECT_EQ(said.facts[1].who.ip, ip(kClientIp));
}

TEST(EasyIp, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("easyip", packet_from_client(vectors::kEasyIpSearch));
  EXPECT_TRUE(said.said("easyip.probe"));
  EXPECT_EQ(said.who("easyip.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("easyip.answer"));
}

TEST(EasyIp, FieldBeyondTheDatagramIsAnAnomalyAndHidesNothingBefore) {
  const auto said = read(answer("\0\xa8\0\2AB\0\xa9\xff\xf0"s));
  EXPECT_EQ(said.value("easyip.model"), "AB");
  EXPECT_EQ(said.anomalies, std::vector{"easyip.truncated"s});
}

TEST(EasyIp, AnswerThatNamesNothingIsAnAnomaly) {
  EXPECT_EQ(read(answer("\0\xa7\0\1A"s)).anomalies, std::vector{"easyip.empty_answer"s});
  EXPECT_TRUE(read(answer("\0\xa7\0\1A"s)).facts.empty());
}

TEST(EasyIp, FieldsAreReadUpToALimit) {
  std::string fields;
  for (int i = 0; i < 100; ++i) fields += "\0\x01\0\0"s;
  EXPECT_FALSE(read(answer(fields + "\0\xa8\0\2AB"s)).said("easyip.model"));
}

TEST(EasyIp, ModelThatIsNoTextIsLeftOut) {
  EXPECT_FALSE(read(answer("\0\xa8\0\2\1B"s)).said("easyip.model"));
}

// Set and commit come from a tool and hold what a device shall be, not what it is.
TEST(EasyIp, OtherCommandsAndOtherConstantsAreNotRead) {
  auto bytes = vectors::kEasyIpReply;
  bytes[5] = 2;
  EXPECT_TRUE(read(bytes).facts.empty());
  bytes = vectors::kEasyIpReply;
  bytes[24] = 0;
  EXPECT_TRUE(read(bytes).facts.empty());
  EXPECT_TRUE(read(bytes).anomalies.empty());
}

}  // namespace
}  // namespace camwarden
