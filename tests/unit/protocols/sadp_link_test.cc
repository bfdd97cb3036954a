#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;
constexpr std::size_t kOperation = 10, kSender = 14, kSerial = 38;

// A frame has no addresses but MACs.
Recorder read(std::string_view payload, Packet packet = packet_from_device()) {
  packet.src = packet.dst = IpAddress();
  packet.payload = {};
  packet.link_payload = as_bytes(payload);
  Recorder recorder;
  protocol("sadp_link").on_frame(packet, recorder);
  return recorder;
}

TEST(SadpLink, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kSadpLinkReply);
  EXPECT_EQ(said.value("sadp_link.answer"), "InquiryResponse");
  EXPECT_EQ(said.value("sadp_link.serial"), "DS-TEST20200101AAWR000000001");
  EXPECT_EQ(said.value("sadp_link.firmware"), "V5.5.6build 180326");
  EXPECT_EQ(said.value("sadp_link.dsp_version"), "V7.3 build 180301");
  EXPECT_EQ(said.value("sadp_link.device_type"), "36834");
  EXPECT_EQ(said.value("sadp_link.channels"), "1");
  EXPECT_EQ(said.value("sadp_link.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(SadpLink, AnswerBindsItsMacToTheWrittenAddress) {
  const auto who = read(vectors::kSadpLinkReply).who("sadp_link.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

// Whoever forges an answer with another device's MAC must not move that device.
TEST(SadpLink, AnswerInAnothersFrameBindsNoAddress) {
  const auto said = read(vectors::kSadpLinkReply, packet_from_client());
  EXPECT_EQ(said.who("sadp_link.serial").mac, mac(kDeviceMac));
  EXPECT_TRUE(said.who("sadp_link.serial").ip.none());
  ASSERT_EQ(said.values("sadp_link.answer").size(), 2U);
  EXPECT_EQ(said.facts[1].who.mac, mac(kClientMac));
}

TEST(SadpLink, AnswerWithoutMacOrOfAGroupNamesNobody) {
  for (const char octet : {'\0', '\xff'}) {
    auto reply = vectors::kSadpLinkReply;
    reply.replace(kSender, 6, 6, octet);
    EXPECT_TRUE(read(reply).facts.empty());
    EXPECT_EQ(read(reply).anomalies, std::vector{"sadp_link.bad_sender"s});
  }
}

TEST(SadpLink, QuestionTellsOfTheAsker) {
  const auto said = read(vectors::kSadpLinkInquiry, packet_from_client());
  EXPECT_EQ(said.value("sadp_link.probe"), "Inquiry");
  EXPECT_EQ(said.who("sadp_link.probe").mac, mac(kClientMac));
  EXPECT_FALSE(said.said("sadp_link.answer"));
}

TEST(SadpLink, AnnouncementAtBootIsAnAnswer) {
  auto frame = vectors::kSadpLinkReply;
  frame[kOperation] = 1;
  EXPECT_EQ(read(frame).value("sadp_link.answer"), "OnlineRequest");
}

// A tool acknowledges with the same operation and no description: it is no device.
TEST(SadpLink, OperationWithoutADescriptionNamesNobody) {
  auto frame = vectors::kSadpLinkInquiry;
  for (const char operation : {1, 2, 4}) {
    frame[kOperation] = operation;
    EXPECT_TRUE(read(frame).facts.empty());
  }
}

TEST(SadpLink, SerialThatIsNoTextNamesNobody) {
  auto reply = vectors::kSadpLinkReply;
  reply[kSerial + 2] = '\x01';
  EXPECT_TRUE(read(reply).facts.empty());
}

TEST(SadpLink, AnswerToASettingIsADevicesToo) {
  auto frame = vectors::kSadpLinkInquiry;
  frame[kOperation] = 0x07;
  EXPECT_EQ(read(frame).value("sadp_link.answer"), "UpdateIPResponse");
}

TEST(SadpLink, OtherFramesOfTheEtherTypeAreNotRead) {
  auto frame = vectors::kSadpLinkReply;
  frame[0] = 0x20;
  EXPECT_TRUE(read(frame).facts.empty());
  EXPECT_TRUE(read(frame).anomalies.empty());
}

TEST(SadpLink, CutHeaderIsAnAnomaly) {
  EXPECT_EQ(read(vectors::kSadpLinkReply.substr(0, 37)).anomalies,
            std::vector{"sadp_link.truncated"s});
}

TEST(SadpLink, UnknownOperationIsAnAnomaly) {
  auto frame = vectors::kSadpLinkReply;
  frame[kOperation] = 0x55;
  EXPECT_EQ(read(frame).anomalies, std::vector{"sadp_link.unknown_operation"s});
}

TEST(Sadp, HelloIsAnAnswerThatNobodyAskedFor) {
  const auto said = read_datagram(
      "sadp", packet_from_device("<Hello><DeviceSN>S1</DeviceSN><MAC>00-00-5e-00-53-99</MAC>"));
  EXPECT_EQ(said.value("sadp.answer"), "Hello");
  EXPECT_EQ(said.value("sadp.serial"), "S1");
}

TEST(Sadp, HelloOfSomethingElseNamesNobody) {
  const auto said = read_datagram("sadp", packet_from_device("<Hello><Name>x</Name></Hello>"));
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"sadp.empty_answer"s});
}

}  // namespace
}  // namespace camwarden
