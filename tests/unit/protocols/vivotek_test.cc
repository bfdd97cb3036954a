#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  return read_datagram("vivotek", packet_from_device(payload));
}

TEST(Vivotek, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kVivotekReply);
  EXPECT_EQ(said.value("vivotek.answer"), "4a5d8f1c");
  EXPECT_EQ(said.value("vivotek.model"), "IP7131");
  EXPECT_EQ(said.value("vivotek.name"), "Mega-Pixel Cam");
  EXPECT_EQ(said.value("vivotek.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Vivotek, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kVivotekReply).who("vivotek.model");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Vivotek, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("vivotek", packet_from_client(vectors::kVivotekReply));
  EXPECT_TRUE(said.who("vivotek.model").ip.none());
  EXPECT_EQ(said.facts[1].who.ip, ip(kClientIp));
}

TEST(Vivotek, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("vivotek", packet_from_client(vectors::kVivotekProbe));
  EXPECT_TRUE(said.said("vivotek.probe"));
  EXPECT_EQ(said.who("vivotek.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("vivotek.answer"));
}

TEST(Vivotek, FieldBeyondTheDatagramIsAnAnomaly) {
  EXPECT_EQ(read(vectors::kVivotekProbe + "\x02\x06\1\1"s).anomalies,
            std::vector{"vivotek.truncated"s});
}

TEST(Vivotek, AnswerWithoutMacIsAnAnomaly) {
  EXPECT_EQ(read(vectors::kVivotekProbe + "\x09\x02"
                                          "AB"s)
                .anomalies,
            std::vector{"vivotek.malformed"s});
}

// Foscam's clones talk on the same port.
TEST(Vivotek, OtherMagicIsNotRead) {
  for (const std::string other : {"MO_I and more", "", "\x01\x4a\x5d\x8f", "J]\x8f\x1c\1\1"}) {
    EXPECT_TRUE(read(other).facts.empty());
    EXPECT_TRUE(read(other).anomalies.empty());
  }
}

}  // namespace
}  // namespace camwarden
