#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string tlv(unsigned type, const std::string& value) {
  const auto head = type << 9 | value.size();
  return std::string{static_cast<char>(head >> 8), static_cast<char>(head & 0xff)} + value;
}
std::string med(char subtype, const std::string& text) {
  return tlv(127, "\0\x12\xbb"s + subtype + text);
}
const std::string kChassis = tlv(1, "\4\0\0\x5e\0\x53\x99"s);

Recorder hear(const std::string& message) {
  auto packet = packet_from_device();
  packet.src = packet.dst = {};
  packet.link_payload = as_bytes(message);
  Recorder recorder;
  protocol("lldp").on_frame(packet, recorder);
  return recorder;
}

TEST(Lldp, InventoryTellsOfTheDevice) {
  const auto said = hear(kChassis + med(5, "A1") + med(6, "1.2") + med(7, "3.4") +
                         med(8, "SN0001") + med(9, "Maker") + med(10, "CAM-1") + tlv(0, ""));
  EXPECT_EQ(said.value("lldp.hardware"), "A1");
  EXPECT_EQ(said.value("lldp.firmware"), "1.2");
  EXPECT_EQ(said.value("lldp.software"), "3.4");
  EXPECT_EQ(said.value("lldp.serial"), "SN0001");
  EXPECT_EQ(said.value("lldp.manufacturer"), "Maker");
  EXPECT_EQ(said.value("lldp.model"), "CAM-1");
  EXPECT_EQ(said.who("lldp.serial").mac, mac(kDeviceMac));
}

TEST(Lldp, SystemTellsOfTheDevice) {
  const auto said = hear(kChassis + tlv(5, "cam") + tlv(6, "A camera") + tlv(7, "\0\x84\0\x80"s) +
                         tlv(8, "\5\1\xc0\0\2\x40\2\0\0\0\1\0"s));
  EXPECT_EQ(said.value("lldp.system_name"), "cam");
  EXPECT_EQ(said.value("lldp.description"), "A camera");
  EXPECT_EQ(said.value("lldp.capabilities"), "station");
  EXPECT_EQ(said.value("lldp.management_ip"), kDeviceIp);
}

TEST(Lldp, DeviceIsItsChassis) {
  const auto said = hear(tlv(1, "\4\0\0\x5e\0\x53\x11"s) + tlv(5, "switch"));
  EXPECT_EQ(said.who("lldp.system_name").mac, mac("00:00:5e:00:53:11"));
  EXPECT_EQ(said.who("lldp.system_name").mac_origin, MacOrigin::payload);
}

TEST(Lldp, ChassisThatIsANameIsTold) {
  EXPECT_EQ(hear(tlv(1, "\7unit-7"s)).value("lldp.chassis"), "unit-7");
}

TEST(Lldp, WhatIsBehindTheEndIsPadding) {
  EXPECT_TRUE(hear(tlv(0, "") + tlv(5, "cam")).facts.empty());
}

TEST(Lldp, OtherOrganisationsAreNoConcern) {
  const auto said = hear(tlv(127, "\0\x80\xc2\5abc"s));
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

TEST(Lldp, BrokenTlvsAreCounted) {
  EXPECT_EQ(hear(tlv(5, "cam").substr(0, 3)).anomalies, std::vector{"lldp.truncated"s});
  EXPECT_EQ(hear(tlv(7, "\0"s)).anomalies, std::vector{"lldp.bad_capabilities"s});
  EXPECT_EQ(hear(tlv(8, "\x20\1"s)).anomalies, std::vector{"lldp.bad_address"s});
  EXPECT_EQ(hear(tlv(127, "\0"s)).anomalies, std::vector{"lldp.bad_organisation"s});
}

}  // namespace
}  // namespace camwarden
