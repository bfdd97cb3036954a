#include "inventory/profile.h"

#include <gmock/gmock.h>

#include "scene.h"

namespace camwarden::scene {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kCamAId = "mac-4419b600000a";

TEST(Profile, EvidenceIsStrongestFirstAndUnknownFactsLast) {
  Network network;
  const auto who = framed(kCamA, "192.0.2.10");
  network.see(says(who, kHostname, "cam", 1))
      .see(frame(who, 2))
      .see(says(who, kServer, "App-webs/", 3));
  std::vector<std::string> fields;
  for (const auto& item : network.device(kCamAId).evidence) fields.push_back(item.field);
  EXPECT_THAT(fields, ElementsAre("http.server", "mac", "dhcp.hostname"));
}

TEST(Profile, EvidenceIsBounded) {
  Network network;
  for (int i = 0; i < 100; ++i)
    network.see(says(framed(kCamA, "192.0.2.10"), kRealm, "r" + std::to_string(i), i));
  network.see(says(framed(kCamA, "192.0.2.10"), kServer, "App-webs/", 200));
  const auto device = network.device(kCamAId);
  EXPECT_THAT(device.evidence, SizeIs(kMaxEvidence));
  EXPECT_EQ(device.evidence.at(0).value, "App-webs/");
}

TEST(Profile, FirstSightingIsTheEarliestHoweverTheyCome) {
  Network network;
  auto late = says(framed(kCamA, "192.0.2.10"), kServer, "App-webs/", 50);
  auto early = late;
  early.evidence.time = at(10);
  early.evidence.packet = 3;
  early.evidence.active = true;
  network.see(late).see(early);
  const auto item = network.device(kCamAId).evidence.at(0);
  EXPECT_EQ(item.first_seen, at(10));
  EXPECT_EQ(item.last_seen, at(50));
  EXPECT_EQ(item.packet, 3U);
  EXPECT_TRUE(item.active);
}

TEST(Profile, MoveToAnotherVlanIsASecondStay) {
  Network network;
  network.see(says(framed(kCamA, "192.0.2.10", 20), kServer, "App-webs/", 1));
  network.see(says(framed(kCamA, "192.0.2.130", 30), kServer, "App-webs/", 100));
  const auto device = network.device(kCamAId);
  EXPECT_THAT(device.vlans, ElementsAre(30, 20));
  EXPECT_THAT(device.ips, ElementsAre(ip("192.0.2.130"), ip("192.0.2.10")));
  ASSERT_THAT(device.presences, SizeIs(2));
  EXPECT_EQ(device.presences[1].last_seen, at(1));
}

TEST(Profile, TransitVlanIsNotTheDevices) {
  Network network;
  network.see(arp(kCamA, "192.0.2.10", 1, 20)).see(frame(framed(kCamA, "192.0.2.10", 20), 1));
  network.see(says(routed(kRouter, "192.0.2.10", 999), kServer, "App-webs/", 500));
  const auto device = network.device(kCamAId);
  EXPECT_THAT(device.vlans, ElementsAre(20));
  ASSERT_THAT(device.presences, SizeIs(1));
  EXPECT_EQ(device.presences[0].last_seen, at(500));
}

TEST(Profile, HostBehindARouterHasAnAddressAndNoVlan) {
  Network network;
  network.see(says(routed(kRouter, "10.9.0.1", 999), kServer, "App-webs/", 5));
  const auto device = network.device("ip-10.9.0.1");
  EXPECT_THAT(device.vlans, IsEmpty());
  EXPECT_THAT(device.ips, ElementsAre(ip("10.9.0.1")));
  ASSERT_THAT(device.presences, SizeIs(1));
  EXPECT_EQ(device.presences[0].vlan, 0);
}

TEST(Profile, RelayedDhcpDoesNotPlaceTheDeviceOnTheServersVlan) {
  Network network;
  network.see(frame(framed(kCamA, "192.0.2.10", 20), 1));
  network.see(says(named(kCamA, "192.0.2.10", 30), kHostname, "cam", 2));
  EXPECT_THAT(network.device(kCamAId).vlans, ElementsAre(20));
}

TEST(Profile, OnlyMessagesSeenTheirVlanIsTheBestThereIs) {
  Network network;
  network.see(says(named(kCamA, "192.0.2.10", 30), kHostname, "cam", 2));
  EXPECT_THAT(network.device(kCamAId).vlans, ElementsAre(30));
}

TEST(Profile, FramesWithoutAnAddressProlongTheStayOnTheirLink) {
  Network network;
  network.see(frame(framed(kCamA, "192.0.2.10", 20), 1)).see(frame(framed(kCamA, "", 20), 90));
  const auto device = network.device(kCamAId);
  ASSERT_THAT(device.presences, SizeIs(1));
  EXPECT_EQ(device.presences[0].last_seen, at(90));
}

TEST(Profile, DeviceWithoutAnAddressIsPlacedAllTheSame) {
  Network network;
  network.see(frame(framed(kCamA, "", 20), 1));
  const auto device = network.device(kCamAId);
  ASSERT_THAT(device.presences, SizeIs(1));
  EXPECT_TRUE(device.presences[0].ip.none());
  EXPECT_EQ(device.presences[0].vlan, 20);
}

TEST(Profile, HostnameIsTheLastOneAndNeverAnAddress) {
  Network network;
  const auto who = framed(kCamA, "192.0.2.10");
  network.see(says(who, kHostname, "old", 1)).see(says(who, kHostname, "new", 2));
  network.see(says(who, kHost, "192.0.2.10:8080", 3)).see(says(who, kHost, "[2001:db8::1]", 3));
  EXPECT_EQ(network.device(kCamAId).hostname, "new");
}

TEST(Profile, LocalMacOfAnAddressIsShownWhileItIsTheOnlyOne) {
  Network network;
  network.see(says(framed(kLocal, "192.0.2.77"), kServer, "x", 1));
  EXPECT_EQ(network.device("ip-192.0.2.77").mac, mac(kLocal));
  network.see(says(framed("02:42:ac:00:00:06", "192.0.2.77"), kServer, "x", 1));
  EXPECT_TRUE(network.device("ip-192.0.2.77").mac.none());
}

TEST(Profile, PlacesAreBounded) {
  Network network;
  for (int i = 1; i <= 120; ++i) network.see(arp(kCamA, "10.0.0." + std::to_string(i), 10 * i));
  const auto device = network.device(kCamAId);
  EXPECT_THAT(device.presences, SizeIs(kMaxPlaces));
  EXPECT_EQ(device.ips.at(0), ip("10.0.0.120"));
}

}  // namespace
}  // namespace camwarden::scene
