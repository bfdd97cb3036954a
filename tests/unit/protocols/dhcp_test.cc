#include <gtest/gtest.h>

#include "unit/protocols/dhcp_messages.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(const DhcpMessage& message) {
  const auto bytes = message.bytes();
  auto packet = packet_from_device(bytes);
  packet.src = IpAddress::v4(0U);
  return read_datagram("dhcp", packet);
}

TEST(Dhcp, RequestTellsOfItsClient) {
  const auto said = read(camera_request());
  EXPECT_EQ(said.value("dhcp.hostname"), "TESTSERIAL00001");
  EXPECT_EQ(said.value("dhcp.parameter_list"), "1,3,4,5,6,12,15,28,42");
  EXPECT_EQ(said.value("dhcp.vendor_class"), "AXIS,Network Camera,M1065-L,8.40.1");
  EXPECT_EQ(said.value("dhcp.client_id"), "01:00:00:5e:00:53:99");
  EXPECT_EQ(said.value("dhcp.fqdn"), "cam.example.net");
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Dhcp, ClientIsChaddrWithoutAnAddress) {
  const auto who = read(camera_request()).who("dhcp.hostname");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.mac_origin, MacOrigin::payload);
  EXPECT_FALSE(who.bound);
}

TEST(Dhcp, RequestedAddressIsNoBinding) {
  auto message = camera_request();
  message.option(50, "\xc0\0\2\x40"s);
  const auto said = read(message);
  EXPECT_EQ(said.value("dhcp.requested_ip"), "192.0.2.64");
  EXPECT_TRUE(said.who("dhcp.hostname").ip.none());
}

TEST(Dhcp, RenewingClientIsBoundToItsAddress) {
  auto message = camera_request();
  message.ciaddr = "\xc0\0\2\x40"s;
  const auto bytes = message.bytes();
  const auto said = read_datagram("dhcp", packet_from_device(bytes));
  EXPECT_TRUE(said.who("dhcp.hostname").bound);
}

TEST(Dhcp, RelayedRenewalIsNotBoundToTheRelay) {
  auto message = camera_request();
  message.ciaddr = "\xc0\0\2\x40"s;
  const auto bytes = message.bytes();
  EXPECT_FALSE(read_datagram("dhcp", packet_from_client(bytes)).who("dhcp.hostname").bound);
}

TEST(Dhcp, AcknowledgementBindsTheClientToItsLease) {
  DhcpMessage message{.op = 2, .yiaddr = "\xc0\0\2\x40"s};
  message.option(53, "\5");
  const auto bytes = message.bytes();
  const auto said = read_datagram("dhcp", packet_from_client(bytes));
  EXPECT_EQ(said.value("dhcp.lease"), kDeviceIp);
  EXPECT_EQ(said.who("dhcp.lease").mac, mac(kDeviceMac));
  EXPECT_TRUE(said.who("dhcp.lease").bound);
}

TEST(Dhcp, OfferBindsNothing) {
  DhcpMessage message{.op = 2, .yiaddr = "\xc0\0\2\x40"s};
  message.option(53, "\2");
  EXPECT_TRUE(read(message).facts.empty());
}

TEST(Dhcp, OptionsInTheFileFieldAreRead) {
  DhcpMessage message;
  message.option(53, "\1").option(52, "\1");
  message.file.replace(0, 8, "\x0c\5cam-1\xff"s);
  EXPECT_EQ(read(message).value("dhcp.hostname"), "cam-1");
}

TEST(Dhcp, SplitOptionIsJoinedOverFieldsInOrder) {
  DhcpMessage message;
  message.option(12, "front").option(53, "\1").option(52, "\3").option(12, "-door");
  message.file.replace(0, 5, "\x0c\2-2\xff"s);
  message.sname.replace(0, 5, "\x0c\2-x\xff"s);
  EXPECT_EQ(read(message).value("dhcp.hostname"), "front-door-2-x");
}

TEST(Dhcp, NameInWireFormIsJoinedByDots) {
  DhcpMessage message;
  message.option(81, "\4\0\0\3cam\7example\3net\0"s);
  EXPECT_EQ(read(message).value("dhcp.fqdn"), "cam.example.net");
}

TEST(Dhcp, ClientIdOfPlainTextIsText) {
  DhcpMessage message;
  message.option(61, "\0cam-7"s);
  EXPECT_EQ(read(message).value("dhcp.client_id"), "cam-7");
}

TEST(Dhcp, OptionPastTheEndIsAnAnomalyAndTheRestCounts) {
  auto message = camera_request();
  message.options +=
      "\x0c\xc8"
      "x";
  const auto said = read(message);
  EXPECT_EQ(said.anomalies, std::vector{"dhcp.truncated_option"s});
  EXPECT_EQ(said.value("dhcp.hostname"), "TESTSERIAL00001");
}

TEST(Dhcp, OptionRepeatedWithoutEndIsCut) {
  DhcpMessage message;
  for (int i = 0; i < 200; ++i) message.option(60, std::string(255, 'x'));
  EXPECT_LE(read(message).value("dhcp.vendor_class").size(), 512U);
}

TEST(Dhcp, EmptyOptionSaysNothing) {
  DhcpMessage message;
  message.option(12, "").option(60, "\0\0"s);
  EXPECT_TRUE(read(message).facts.empty());
}

TEST(Dhcp, BootpWithoutTheCookieIsAnAnomaly) {
  const auto bytes = camera_request().bytes().substr(0, 236);
  EXPECT_EQ(read_datagram("dhcp", packet_from_device(bytes)).anomalies,
            std::vector{"dhcp.malformed"s});
}

TEST(Dhcp, MulticastChaddrIsAnAnomaly) {
  DhcpMessage message;
  message.chaddr = "\xff\xff\xff\xff\xff\xff";
  message.option(12, "x");
  EXPECT_TRUE(read(message).facts.empty());
}

}  // namespace
}  // namespace camwarden
