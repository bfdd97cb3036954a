#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

const std::string kHead = "\0\1\x08\0\6\4"s;
const std::string kDevice = "\0\0\x5e\0\x53\x99"s;
const std::string kDeviceAddress = "\xc0\0\2\x40"s;
const std::string kNobody = std::string(6, '\0');
const std::string kGateway = "\xc0\0\2\1"s;

std::string arp(char operation, const std::string& sha, const std::string& spa) {
  return kHead + '\0' + operation + sha + spa + kNobody + kGateway;
}

Recorder read(const std::string& frame) {
  auto packet = packet_from_device();
  packet.link_payload = as_bytes(frame);
  Recorder recorder;
  protocol("arp").on_frame(packet, recorder);
  return recorder;
}

TEST(Arp, RequestBindsItsSender) {
  const auto said = read(arp(1, kDevice, kDeviceAddress));
  EXPECT_EQ(said.value("arp.announce"), kDeviceIp);
  EXPECT_EQ(said.value("mac"), kDeviceMac);
  EXPECT_TRUE(said.who("arp.announce").bound);
  EXPECT_EQ(said.who("arp.announce").mac_origin, MacOrigin::payload);
}

TEST(Arp, ReplyBindsItsSender) {
  EXPECT_EQ(read(arp(2, kDevice, kDeviceAddress)).value("arp.announce"), kDeviceIp);
}

TEST(Arp, TargetIsNeverNamed) {
  for (const auto& fact : read(arp(1, kDevice, kDeviceAddress)).facts) {
    EXPECT_EQ(fact.who.ip, ip(kDeviceIp));
  }
}

TEST(Arp, ProbeNamesTheMacAlone) {
  const auto said = read(arp(1, kDevice, std::string(4, '\0')));
  EXPECT_FALSE(said.said("arp.announce"));
  EXPECT_FALSE(said.who("mac").bound);
  EXPECT_EQ(said.value("mac"), kDeviceMac);
}

TEST(Arp, EthernetPaddingIsNoMatter) {
  EXPECT_TRUE(read(arp(1, kDevice, kDeviceAddress) + std::string(18, '\0')).said("arp.announce"));
}

TEST(Arp, MulticastSenderIsAnAnomaly) {
  const auto said = read(arp(2, "\xff\xff\xff\xff\xff\xff"s, kDeviceAddress));
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"arp.bad_sender"s});
}

TEST(Arp, GroupAddressAsSenderIsAnAnomaly) {
  EXPECT_TRUE(read(arp(2, kDevice, "\xe0\0\0\1"s)).facts.empty());
}

TEST(Arp, ReverseArpIsNotRead) { EXPECT_TRUE(read(arp(3, kDevice, kDeviceAddress)).facts.empty()); }

TEST(Arp, ShortFrameIsCountedUnlessTheSnapLengthCutIt) {
  const auto frame = arp(1, kDevice, kDeviceAddress).substr(0, 20);
  EXPECT_EQ(read(frame).anomalies, std::vector{"arp.truncated"s});
  auto packet = packet_from_device();
  packet.link_payload = as_bytes(frame);
  packet.truncated = true;
  Recorder recorder;
  protocol("arp").on_frame(packet, recorder);
  EXPECT_TRUE(recorder.anomalies.empty());
}

}  // namespace
}  // namespace camwarden
