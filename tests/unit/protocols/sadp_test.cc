#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  auto packet = packet_from_device(payload);
  packet.src_port = packet.dst_port = 37020;
  return read_datagram("sadp", packet);
}

TEST(Sadp, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kSadpReply);
  EXPECT_EQ(said.value("sadp.answer"), "ProbeMatch");
  EXPECT_EQ(said.value("sadp.device_type"), "142378");
  EXPECT_EQ(said.value("sadp.model"), "DS-TEST");
  EXPECT_EQ(said.value("sadp.serial"), "DS-TEST20200101AAWR000000001");
  EXPECT_EQ(said.value("sadp.firmware"), "V5.5.6build 180326");
  EXPECT_EQ(said.value("sadp.dsp_version"), "V7.3 build 180301");
  EXPECT_EQ(said.value("sadp.mac"), kDeviceMac);
  EXPECT_EQ(said.value("sadp.activated"), "true");
  EXPECT_EQ(said.value("sadp.channels"), "0/1");
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Sadp, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kSadpReply).who("sadp.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

// Whoever forges an answer with another device's MAC must not move that device to his address.
TEST(Sadp, AnswerFromElsewhereBindsNoAddress) {
  auto packet = packet_from_client(vectors::kSadpReply);
  const auto said = read_datagram("sadp", packet);
  EXPECT_EQ(said.who("sadp.serial").mac, mac(kDeviceMac));
  EXPECT_TRUE(said.who("sadp.serial").ip.none());
}

TEST(Sadp, SenderOfAnAnswerForAnotherIsToldToAnswer) {
  const auto said = read_datagram("sadp", packet_from_client(vectors::kSadpReply));
  ASSERT_EQ(said.values("sadp.answer").size(), 2U);
  EXPECT_EQ(said.facts[1].who.ip, ip(kClientIp));
}

TEST(Sadp, FactoryAddressInThePayloadIsNotBound) {
  auto reply = std::string(vectors::kSadpReply);
  reply.replace(reply.find("192.0.2.64"), 10, "192.168.1.64");
  const auto who = read(reply).who("sadp.serial");  // the frame's MAC is the written one
  EXPECT_EQ(who.ip, ip(kDeviceIp));
}

TEST(Sadp, AnswerWithoutMacIsTheSenders) {
  const auto said = read("<ProbeMatch><DeviceSN>X1</DeviceSN></ProbeMatch>");
  EXPECT_EQ(said.who("sadp.serial").mac_origin, MacOrigin::frame);
  EXPECT_FALSE(said.said("sadp.mac"));
}

TEST(Sadp, SerialOfAnAnswerForAnotherIsTheSendersTooAndUnbound) {
  const auto said = read_datagram("sadp", packet_from_client(vectors::kSadpReply));
  ASSERT_EQ(said.values("sadp.serial").size(), 2U);
  EXPECT_EQ(said.facts.back().who.ip, ip(kClientIp));
  EXPECT_FALSE(said.facts.back().who.bound);
}

TEST(Sadp, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("sadp", packet_from_client(vectors::kSadpProbe));
  EXPECT_EQ(said.value("sadp.probe"), "inquiry");
  EXPECT_EQ(said.who("sadp.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("sadp.answer"));
}

TEST(Sadp, RootInOtherLetterCaseIsAnAnswer) {
  EXPECT_EQ(read("<Probematch><DeviceDescription>DS-2CD2032</DeviceDescription></Probematch>")
                .value("sadp.model"),
            "DS-2CD2032");
}

TEST(Sadp, UnescapedAmpersandAndGbkTextDoNoHarm) {
  const auto said = read(
      "<?xml version=\"1.0\"?><ProbeMatch><OEMinfo>Smith & Sons \xba\xa3\xbf\xb5</OEMinfo>"
      "<DeviceSN>A&amp;B</DeviceSN></ProbeMatch>\0\0"s);
  EXPECT_EQ(said.value("sadp.oem_info"), "Smith & Sons \xba\xa3\xbf\xb5");
  EXPECT_EQ(said.value("sadp.serial"), "A&B");
}

TEST(Sadp, UnescapedLessThanHidesNoOtherElement) {
  EXPECT_EQ(read("<ProbeMatch><OEMinfo>a < b</OEMinfo><DeviceSN>S1</DeviceSN></ProbeMatch>")
                .value("sadp.serial"),
            "S1");
}

TEST(Sadp, FirstElementOfANameCounts) {
  EXPECT_EQ(read("<ProbeMatch><DeviceSN>S1</DeviceSN><DeviceSN>S2</DeviceSN></ProbeMatch>")
                .values("sadp.serial"),
            std::vector{"S1"s});
}

TEST(Sadp, CutAnswerStillTells) {
  EXPECT_EQ(read("<ProbeMatch><DeviceSN>S1</DeviceSN><MAC>00-00-5e").value("sadp.serial"), "S1");
}

TEST(Sadp, OpaquePayloadFromThePortIsToldOfItsSender) {
  EXPECT_EQ(read("\x01\x02\x03\x04"s).value("sadp.opaque"), "non-xml");
}

TEST(Sadp, OpaquePayloadToThePortIsNot) {
  auto packet = packet_from_client("\x01\x02");
  packet.src_port = 40000;
  packet.dst_port = 37020;
  EXPECT_TRUE(read_datagram("sadp", packet).facts.empty());
}

TEST(Sadp, OtherRootIsAnAnomaly) {
  EXPECT_EQ(read("<Envelope/>").anomalies, std::vector{"sadp.malformed"s});
}

TEST(Sadp, TagsAreReadUpToALimit) {
  std::string reply = "<ProbeMatch>";
  for (int i = 0; i < 2000; ++i) reply += "<a>";
  EXPECT_FALSE(read(reply + "<DeviceSN>S1</DeviceSN>").said("sadp.serial"));
}

}  // namespace
}  // namespace camwarden
