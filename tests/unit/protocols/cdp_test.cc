#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string tlv(char type, const std::string& value) {
  return "\0"s + type + "\0"s + static_cast<char>(value.size() + 4) + value;
}

Recorder hear(const std::string& tlvs, const std::string& head = "\2\xb4\0\0"s) {
  const auto message = head + tlvs;
  auto packet = packet_from_device();
  packet.src = packet.dst = {};
  packet.link_payload = as_bytes(message);
  Recorder recorder;
  protocol("cdp").on_frame(packet, recorder);
  return recorder;
}

TEST(Cdp, MessageTellsOfItsSender) {
  const auto said =
      hear(tlv(1, "cam-1") + tlv(4, "\0\0\0\x11"s) + tlv(5, "9.80.1") + tlv(6, "CAM") +
           tlv(2, "\0\0\0\1\1\1\xcc\0\4\xc0\0\2\x40"s) + tlv(20, "lobby"));
  EXPECT_EQ(said.value("cdp.device_id"), "cam-1");
  EXPECT_EQ(said.value("cdp.capabilities"), "router,host");
  EXPECT_EQ(said.value("cdp.version"), "9.80.1");
  EXPECT_EQ(said.value("cdp.platform"), "CAM");
  EXPECT_EQ(said.value("cdp.address"), kDeviceIp);
  EXPECT_EQ(said.value("cdp.system_name"), "lobby");
  EXPECT_EQ(said.who("cdp.platform").mac, mac(kDeviceMac));
}

TEST(Cdp, AddressesAreCountedNotBelieved) {
  std::string addresses = "\xff\xff\xff\xff"s;
  for (int i = 0; i < 20; ++i) addresses += "\1\1\xcc\0\4\xc0\0\2"s + static_cast<char>(i + 1);
  EXPECT_EQ(hear(tlv(2, addresses)).values("cdp.address").size(), 4U);
}

TEST(Cdp, OtherVersionsAreNoConcern) {
  const auto said = hear(tlv(1, "cam-1"), "\x09\xb4\0\0"s);
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

TEST(Cdp, BrokenTlvsAreCounted) {
  EXPECT_EQ(hear("", "\2\xb4"s).anomalies, std::vector{"cdp.truncated"s});
  EXPECT_EQ(hear("\0\1\0\3x"s).anomalies, std::vector{"cdp.bad_length"s});
  EXPECT_EQ(hear("\0\1\0\x20x"s).anomalies, std::vector{"cdp.truncated"s});
  EXPECT_EQ(hear(tlv(2, "\0\0\0\1\1"s)).anomalies, std::vector{"cdp.bad_address"s});
  EXPECT_EQ(hear(tlv(4, "\0"s)).anomalies, std::vector{"cdp.bad_capabilities"s});
}

}  // namespace
}  // namespace camwarden
