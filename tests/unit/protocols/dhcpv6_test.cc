#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string option(char code, const std::string& value) {
  return "\0"s + code + "\0"s + static_cast<char>(value.size()) + value;
}
const std::string kDuid = option(1, "\0\1\0\1\x2a\0\0\0\0\0\x5e\0\x53\x99"s);

std::string solicit(const std::string& options) { return "\1\0\0\7"s + options; }

Recorder hear(const std::string& payload) {
  auto packet = packet_from_device(payload);
  packet.src = ip("fe80::64");
  packet.src_port = 546;
  packet.dst_port = 547;
  return read_datagram("dhcpv6", packet);
}

TEST(Dhcpv6, ClientTellsOfItself) {
  const auto said =
      hear(solicit(kDuid + option(6, "\0\x17\0\x18"s) + option(16, "\0\0\1\x70\0\5cam-1"s) +
                   option(17, "\0\0\1\x70"s) + option(39, "\1\3cam\4test\0"s)));
  EXPECT_EQ(said.value("dhcpv6.duid"), "000100012a00000000005e005399");
  EXPECT_EQ(said.value("dhcpv6.duid_mac"), kDeviceMac);
  EXPECT_EQ(said.value("dhcpv6.option_list"), "23,24");
  EXPECT_EQ(said.value("dhcpv6.vendor_class"), "368 cam-1");
  EXPECT_EQ(said.value("dhcpv6.vendor_options"), "368");
  EXPECT_EQ(said.value("dhcpv6.fqdn"), "cam.test");
  EXPECT_EQ(said.who("dhcpv6.fqdn").ip, ip("fe80::64"));
}

TEST(Dhcpv6, EnterpriseMayNameTheMachine) {
  EXPECT_EQ(hear(solicit(option(1, "\0\2\0\0\1\x70serial"s))).value("dhcpv6.duid_enterprise"),
            "368");
}

std::string relayed(const std::string& peer, const std::string& options) {
  return "\x0c\0"s + std::string(16, '\0') + peer + options;
}
const std::string kPeer = "\xfe\x80\0\0\0\0\0\0\2\0\x5e\xff\xfe\0\x53\x77"s;

TEST(Dhcpv6, RelayedClientIsWhoTheRelayHeard) {
  const auto inside = option(9, solicit(kDuid));
  const auto by_option = hear(relayed(kPeer, option(79, "\0\1\0\0\x5e\0\x53\x66"s) + inside));
  EXPECT_EQ(by_option.who("dhcpv6.duid").mac, mac("00:00:5e:00:53:66"));
  EXPECT_TRUE(by_option.who("dhcpv6.duid").ip.none());
  EXPECT_EQ(hear(relayed(kPeer, inside)).who("dhcpv6.duid").mac, mac("00:00:5e:00:53:77"));
}

TEST(Dhcpv6, RelayedClientWithoutAMacIsNobody) {
  const auto peer = "\xfe\x80"s + std::string(13, '\0') + "\1";
  EXPECT_TRUE(hear(relayed(peer, option(9, solicit(kDuid)))).facts.empty());
}

TEST(Dhcpv6, RelaysInRelaysAreLimited) {
  auto message = solicit("");
  for (int i = 0; i < 4; ++i) message = relayed(kPeer, option(9, message));
  EXPECT_TRUE(hear(message).anomalies.empty());
  for (int i = 0; i < 8; ++i) {
    message = relayed(kPeer, "\0\x09"s + static_cast<char>(message.size() >> 8) +
                                 static_cast<char>(message.size() & 0xff) + message);
  }
  EXPECT_EQ(hear(message).anomalies, std::vector{"dhcpv6.relay_limit"s});
}

TEST(Dhcpv6, ServersTellNothing) { EXPECT_TRUE(hear("\7\0\0\7"s + kDuid).facts.empty()); }

TEST(Dhcpv6, BrokenOptionsAreCounted) {
  EXPECT_EQ(hear(solicit("\0\1\0\x20"s)).anomalies, std::vector{"dhcpv6.truncated_option"s});
  EXPECT_EQ(hear(solicit(option(1, "\0"s))).anomalies, std::vector{"dhcpv6.bad_duid"s});
  EXPECT_EQ(hear(solicit(option(16, "\0\0\1\x70\0\x20x"s))).anomalies,
            std::vector{"dhcpv6.bad_vendor_class"s});
  EXPECT_EQ(hear(solicit(option(39, "\1\x3fx"s))).anomalies, std::vector{"dhcpv6.bad_fqdn"s});
  EXPECT_EQ(hear("\1"s).anomalies, std::vector{"dhcpv6.truncated"s});
}

}  // namespace
}  // namespace camwarden
