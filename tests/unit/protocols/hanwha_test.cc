#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

Recorder read(std::string_view payload) {
  return read_datagram("hanwha", packet_from_device(payload));
}

Recorder ask(std::string_view payload, std::uint16_t port) {
  auto packet = packet_from_client(payload);
  packet.dst_port = port;
  return read_datagram("hanwha", packet);
}

TEST(Hanwha, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kHanwhaReply);
  EXPECT_EQ(said.value("hanwha.answer"), "0b");
  EXPECT_EQ(said.value("hanwha.model"), "XNV-TEST");
  EXPECT_EQ(said.value("hanwha.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Hanwha, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kHanwhaReply).who("hanwha.model");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Hanwha, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("hanwha", packet_from_client(vectors::kHanwhaReply));
  EXPECT_TRUE(said.who("hanwha.model").ip.none());
  EXPECT_EQ(said.facts[1].who.ip, ip(kClientIp));
}

TEST(Hanwha, QuestionTellsOfTheAsker) {
  const auto said = ask(vectors::kHanwhaProbe, 7701);
  EXPECT_TRUE(said.said("hanwha.probe"));
  EXPECT_EQ(said.who("hanwha.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("hanwha.answer"));
}

TEST(Hanwha, ZerosToAnotherPortAreNoQuestion) {
  EXPECT_TRUE(ask(vectors::kHanwhaProbe, 7711).facts.empty());
}

// Without a magic, what stands in their places must be a MAC and an address.
TEST(Hanwha, OtherBytesOfThatLengthAreNotRead) {
  for (const std::size_t at : {0U, 0x15U, 0x25U}) {
    auto bytes = vectors::kHanwhaReply;
    bytes[at] = 'x';
    EXPECT_TRUE(read(bytes).facts.empty()) << at;
    EXPECT_TRUE(read(bytes).anomalies.empty()) << at;
  }
}

TEST(Hanwha, OtherLengthsAreNotRead) {
  EXPECT_TRUE(read(vectors::kHanwhaReply.substr(0, 261)).facts.empty());
  EXPECT_TRUE(read(vectors::kHanwhaReply + "x").facts.empty());
}

}  // namespace
}  // namespace camwarden
