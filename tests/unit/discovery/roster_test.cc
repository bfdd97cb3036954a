#include "discovery/roster.h"

#include <gtest/gtest.h>

#include "discovery/location.h"
#include "discovery/targets.h"

namespace camwarden {
namespace {

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }
MacAddress mac(std::string_view text) { return MacAddress::parse(text).value(); }

class Met : public testing::Test {
 protected:
  Met() {
    Attached one;
    one.interface = "eth1";
    one.address = ip("192.0.2.10");
    one.prefix = Prefix::parse("192.0.2.0/24").value();
    attached_.push_back(one);
  }
  std::vector<Attached> attached_;
  std::vector<std::string> interfaces_{"eth0", "eth1"};
  Roster roster_{attached_, interfaces_};
};

TEST_F(Met, WhoIsOnTheLinkIsNoRouter) {
  EXPECT_TRUE(roster_.ends_of(ip("192.0.2.64")).on_link);
  EXPECT_EQ(roster_.ends_of(ip("192.0.2.64")).interface, 1);
  EXPECT_FALSE(roster_.ends_of(ip("198.51.100.1")).on_link);
  EXPECT_TRUE(roster_.own_address(ip("192.0.2.10")));
}

TEST_F(Met, TheFirstMacStays) {
  EXPECT_TRUE(roster_.learn(ip("192.0.2.64"), mac("00:00:5e:00:53:01")));
  EXPECT_FALSE(roster_.learn(ip("192.0.2.64"), mac("00:00:5e:00:53:02")));
  EXPECT_EQ(roster_.ends_of(ip("192.0.2.64")).device_mac, mac("00:00:5e:00:53:01"));
}

TEST_F(Met, BehindARouterThatAnswersArpForIt) {
  EXPECT_TRUE(roster_.learn_routed(ip("192.0.2.64")));
  EXPECT_FALSE(roster_.learn_routed(ip("192.0.2.64")));
  EXPECT_FALSE(roster_.ends_of(ip("192.0.2.64")).on_link);
  EXPECT_TRUE(roster_.ends_of(ip("192.0.2.65")).on_link);
}

TEST_F(Met, WhoAnswersAThousandTimesIsNotHeardOut) {
  std::uint32_t heard = 0;
  for (int i = 0; i < 1000; ++i) heard += roster_.hear(ip("192.0.2.66"));
  EXPECT_EQ(heard, Roster::kMostDatagrams);
  EXPECT_TRUE(roster_.hear(ip("192.0.2.67")));
}

TEST_F(Met, AFloodOfSendersIsBounded) {
  auto from = ip("10.0.0.0");
  for (std::size_t i = 0; i < Roster::kMostKnown; ++i, from = next_address(from))
    EXPECT_TRUE(roster_.hear(from));
  EXPECT_FALSE(roster_.hear(from));
}

TEST(Location, IsFollowedOnlyToWhoSaysIt) {
  const auto device = ip("192.0.2.64");
  const auto at = [&](std::string_view url) {
    return description_in("HTTP/1.1 200 OK\r\nST: x\r\nLOCATION: " + std::string(url) + "\r\n\r\n",
                          device);
  };
  EXPECT_EQ(at("http://192.0.2.64:49152/desc.xml").port, 49152);
  EXPECT_EQ(at("http://192.0.2.64:49152/desc.xml").path, "/desc.xml");
  EXPECT_EQ(at("http://192.0.2.64/d").port, 80);
  for (const auto* elsewhere :
       {"http://192.0.2.65/d", "http://192.0.2.64.example.com/d", "https://192.0.2.64/d",
        "http://192.0.2.64:0/d", "http://192.0.2.64:99999/d", "http://192.0.2.64:80", ""}) {
    EXPECT_EQ(at(elsewhere).port, 0) << elsewhere;
  }
}

// A datagram can be forged: what it asks to fetch must not be an order to the device that it names.
TEST(Location, IsNoOrder) {
  for (const auto* path : {"/desc.xml?reboot=1", "/cgi-bin/reboot", "/x/REBOOT.CGI", "/x/../reboot",
                           "/%63gi-bin/reboot", "/reboot;x"}) {
    const auto answer =
        "HTTP/1.1 200 OK\r\nLOCATION: http://192.0.2.64:80" + std::string(path) + "\r\n\r\n";
    EXPECT_EQ(description_in(answer, ip("192.0.2.64")).port, 0) << path;
  }
}

TEST(Location, OfAServiceIsTheFirstOfItsOwn) {
  const auto device = ip("192.0.2.64");
  const auto at = [&](std::string_view urls) {
    return service_in("<d:ProbeMatch><d:XAddrs>" + std::string(urls) + "</d:XAddrs></d:ProbeMatch>",
                      device);
  };
  EXPECT_EQ(at("http://192.0.2.64:10101/onvif/services").port, 10101);
  EXPECT_EQ(at("http://192.0.2.64:10101/onvif/services").path, "/onvif/services");
  EXPECT_EQ(
      at("\n http://[fe80::1]/onvif/a http://192.0.2.64/onvif/b\thttp://192.0.2.64/onvif/c ").path,
      "/onvif/b");
  EXPECT_TRUE(at("https://192.0.2.64/onvif/device_service").tls);
  EXPECT_EQ(at("https://192.0.2.64/onvif/device_service").port, 443);
  for (const auto* none :
       {"", "   ", "http://192.0.2.65/onvif/services", "http://192.0.2.64/onvif/x.cgi",
        "http://192.0.2.64/onvif?reboot=1", "http://192.0.2.64/onvif/../reboot",
        "http://192.0.2.64/files/onvif.xml", "http://192.0.2.64/x%3Fonvif",
        "http://192.0.2.64/api/reboot", "ftp://192.0.2.64/onvif"}) {
    EXPECT_EQ(at(none).port, 0) << none;
  }
  EXPECT_EQ(service_in("<XAddrs xmlns='x'>http://192.0.2.64/onvif/a</XAddrs>", device).path,
            "/onvif/a");
  EXPECT_EQ(service_in("XAddrs", device).port, 0);
  EXPECT_EQ(service_in("XAddrs>http://192.0.2.64/onvif/cut", device).path, "/onvif/cut");
  const auto v6 = ip("2001:db8::1");
  EXPECT_EQ(service_in("<XAddrs>http://[2001:db8::1]:8080/onvif</XAddrs>", v6).port, 8080);
}

}  // namespace
}  // namespace camwarden
