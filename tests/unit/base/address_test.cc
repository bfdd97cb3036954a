#include "base/address.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

MacAddress mac(std::string_view text) { return MacAddress::parse(text).value(); }
IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }
Prefix prefix(std::string_view text) { return Prefix::parse(text).value(); }

TEST(MacAddress, ReadsTheUsualSpellings) {
  for (const auto* text :
       {"44:19:b6:0a:0b:0c", "44-19-B6-0A-0B-0C", "4419.b60a.0b0c", "4419B60A0B0C"}) {
    EXPECT_EQ(mac(text).to_string(), "44:19:b6:0a:0b:0c") << text;
  }
}

TEST(MacAddress, RefusesEverythingElse) {
  for (const auto* text : {"", "44:19:b6:0a:0b", "44:19:b6:0a:0b:0g", "44:19-b6:0a:0b:0c",
                           "4419:b60a:0b0c", "44 19 b6 0a 0b 0c", "44:19:b6:0a:0b:0c:",
                           "441 9B60A0B0C", "::::::::::::", "44.19.b6.0a.0b.0c"}) {
    EXPECT_FALSE(MacAddress::parse(text).has_value()) << text;
  }
}

TEST(MacAddress, BurnedInIsNeitherNoneGroupLocalNorVirtual) {
  EXPECT_TRUE(mac("44:19:b6:0a:0b:0c").burned_in());
  for (const auto* text : {"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01",
                           "02:42:ac:00:00:05", "00:00:5e:00:01:0a", "00:00:5e:00:02:0a",
                           "00:00:0c:07:ac:01", "00:00:0c:9f:f0:01", "00:05:73:a0:00:01"}) {
    EXPECT_FALSE(mac(text).burned_in()) << text;
  }
  EXPECT_TRUE(mac("00:00:0c:9f:e0:01").burned_in());  // below HSRP version 2's range
}

TEST(MacAddress, FromNeedsSixBytes) {
  const std::uint8_t bytes[7] = {1, 2, 3, 4, 5, 6, 7};
  EXPECT_TRUE(MacAddress::from(Bytes(bytes, 5)).none());
  EXPECT_TRUE(MacAddress::from(Bytes(bytes, 7)).none());
  EXPECT_EQ(MacAddress::from(Bytes(bytes, 6)).number(), 0x010203040506U);
}

TEST(IpAddress, PrintsAsRfc5952) {
  EXPECT_EQ(ip("192.0.2.1").to_string(), "192.0.2.1");
  EXPECT_EQ(ip("2001:0DB8:0:0:0:0:0:1").to_string(), "2001:db8::1");
  EXPECT_EQ(IpAddress().to_string(), "");
  EXPECT_EQ(IpAddress::v4(0xc0000201).to_string(), "192.0.2.1");
}

TEST(IpAddress, RefusesWhatIsNone) {
  for (const auto* text : {"", "192.0.2", "192.0.2.256", "192.0.2.1 ", "1.2.3.4.5", "2001:db8",
                           "fe80::1%eth0", "[::1]", "0x7f.1"}) {
    EXPECT_FALSE(IpAddress::parse(text).has_value()) << text;
  }
  EXPECT_FALSE(IpAddress::parse(std::string(1000, '1')).has_value());
}

TEST(IpAddress, HostIsWhatOneHostCanHave) {
  for (const auto* text :
       {"192.0.2.1", "10.0.0.0", "169.254.1.1", "fe80::1", "2001:db8::1", "fd00::1"}) {
    EXPECT_TRUE(ip(text).host()) << text;
  }
  for (const auto* text : {"0.0.0.0", "255.255.255.255", "224.0.0.251", "239.255.255.250",
                           "127.0.0.1", "::", "::1", "ff02::c"}) {
    EXPECT_FALSE(ip(text).host()) << text;
  }
  EXPECT_FALSE(IpAddress().host());
}

TEST(Prefix, ContainsWhatStartsWithIt) {
  EXPECT_TRUE(prefix("10.1.0.0/16").contains(ip("10.1.255.255")));
  EXPECT_FALSE(prefix("10.1.0.0/16").contains(ip("10.2.0.0")));
  EXPECT_TRUE(prefix("10.1.2.128/25").contains(ip("10.1.2.200")));
  EXPECT_FALSE(prefix("10.1.2.128/25").contains(ip("10.1.2.100")));
  EXPECT_TRUE(prefix("0.0.0.0/0").contains(ip("203.0.113.9")));
  EXPECT_FALSE(prefix("0.0.0.0/0").contains(ip("2001:db8::1")));
  EXPECT_TRUE(prefix("2001:db8::/33").contains(ip("2001:db8:7fff::1")));
  EXPECT_FALSE(prefix("2001:db8::/33").contains(ip("2001:db8:8000::1")));
  EXPECT_FALSE(prefix("192.0.2.1").contains(ip("192.0.2.2")));
}

TEST(Prefix, RefusesHostBitsAndWrongLengths) {
  for (const auto* text : {"10.1.0.1/16", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x",
                           "2001:db8::/129", "2001:db8::1/64", "/8", ""}) {
    EXPECT_FALSE(Prefix::parse(text).has_value()) << text;
  }
}

TEST(Prefix, OverlapIsMutual) {
  EXPECT_TRUE(prefix("10.0.0.0/8").overlaps(prefix("10.1.0.0/16")));
  EXPECT_TRUE(prefix("10.1.0.0/16").overlaps(prefix("10.0.0.0/8")));
  EXPECT_FALSE(prefix("10.1.0.0/16").overlaps(prefix("10.2.0.0/16")));
}

}  // namespace
}  // namespace camwarden
