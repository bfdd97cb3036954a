#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

const std::string kTarget = "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x64"s;
const std::string kSourceOption = "\1\1\0\0\x5e\0\x53\x99"s;
const std::string kTargetOption = "\2\1\0\0\x5e\0\x53\x99"s;
const std::string kHead = "\0\0\0"s;  // code, checksum

std::string advertisement(char flags = '\x20') {
  return "\x88"s + kHead + flags + "\0\0\0"s + kTarget + kTargetOption;
}

Recorder hear(std::string_view message, std::string_view from = "fe80::64",
              std::uint8_t hops = 255) {
  auto packet = packet_from_device(message);
  packet.src = ip(from);
  packet.ttl = hops;
  Recorder recorder;
  protocol("ndp").on_ip(packet, recorder);
  return recorder;
}

TEST(Ndp, AdvertisementBindsItsTarget) {
  const auto said = hear(advertisement());
  EXPECT_EQ(said.value("ndp.announce"), "2001:db8::64");
  EXPECT_EQ(said.who("ndp.announce").mac, mac(kDeviceMac));
  EXPECT_TRUE(said.who("ndp.announce").bound);
}

TEST(Ndp, AdvertisementOfAProxyBindsNobody) {
  EXPECT_TRUE(hear(advertisement('\0')).facts.empty());
}

TEST(Ndp, SolicitationBindsItsSenderAndNotItsTarget) {
  const auto said = hear("\x87"s + kHead + "\0\0\0\0"s + kTarget + kSourceOption, "2001:db8::10");
  EXPECT_EQ(said.values("ndp.announce"), std::vector{"2001:db8::10"s});
}

TEST(Ndp, AddressDetectionBindsNobody) {
  EXPECT_TRUE(hear("\x87"s + kHead + "\0\0\0\0"s + kTarget, "::").facts.empty());
}

TEST(Ndp, RouterAdvertisementTellsOfARouter) {
  const auto router = [](const std::string& lifetime) {
    return hear("\x86"s + kHead + "\x40\0"s + lifetime + std::string(8, '\0') + kSourceOption);
  };
  EXPECT_EQ(router("\7\x08"s).value("ndp.router"), "default");
  EXPECT_EQ(router("\0\0"s).value("ndp.router"), "prefixes");
  EXPECT_EQ(router("\7\x08"s).value("ndp.announce"), "fe80::64");
}

TEST(Ndp, WhatWasForwardedIsForged) {
  const auto said = hear(advertisement(), "fe80::64", 254);
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"ndp.not_from_this_link"s});
}

TEST(Ndp, RouterWithAGlobalAddressIsForged) {
  const auto said = hear("\x86"s + kHead + "\x40\0\7\x08"s + std::string(8, '\0'), "2001:db8::1");
  EXPECT_EQ(said.anomalies, std::vector{"ndp.bad_router"s});
}

TEST(Ndp, OptionOfNoLengthEndsTheMessage) {
  const auto said = hear("\x85"s + kHead + "\0\0\0\0\1\0"s);
  EXPECT_EQ(said.anomalies, std::vector{"ndp.bad_option"s});
}

TEST(Ndp, OtherMessagesAreNoConcern) {
  const auto said = hear("\x80"s + kHead + "\0\0\0\0"s);
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

}  // namespace
}  // namespace camwarden
