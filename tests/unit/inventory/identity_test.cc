#include "inventory/identity.h"

#include <gmock/gmock.h>

#include "scene.h"

namespace camwarden::scene {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(Owner, IdReadsBack) {
  for (const auto* id : {"mac-4419b600000a", "ip-192.0.2.50", "ip-2001:db8::1"}) {
    EXPECT_EQ(Owner::parse(id).value().id(), id);
  }
  for (const auto* id :
       {"", "mac-", "mac-4419b6", "ip-", "ip-x", "192.0.2.50", "mac-44:19:b6:00:00:0a"}) {
    EXPECT_FALSE(Owner::parse(id).has_value()) << id;
  }
}

TEST(Identity, FrameOfABurnedInMacIsItsOwn) {
  Network network;
  network.see(says(framed(kCamA, "192.0.2.10"), kServer, "App-webs/", 1));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
}

TEST(Identity, PayloadNamesTheDeviceEvenThroughARouter) {
  Network network;
  auto who = named(kCamA, "192.0.2.10");
  who.routed = true;
  network.see(says(who, kSerial, "DS-123456789", 1));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
}

TEST(Identity, RoutedFrameIsTheAddressesFact) {
  Network network;
  network.see(says(routed(kRouter, "192.0.2.10"), kServer, "App-webs/", 1));
  EXPECT_THAT(network.ids(), ElementsAre("ip-192.0.2.10"));
}

TEST(Identity, ManyAddressesMakeARouter) {
  Network network;
  network.see(crowd());
  EXPECT_THAT(network.ids(),
              ElementsAre("ip-10.9.0.1", "ip-10.9.0.2", "ip-10.9.0.3", "ip-10.9.0.4"));
}

TEST(Identity, OneAddressFewerIsStillAHost) {
  Network network;
  auto three = crowd();
  three.pop_back();
  network.see(three);
  EXPECT_THAT(network.ids(), ElementsAre("mac-001b54000001"));
}

TEST(Identity, BoundAddressesDoNotMakeARouter) {
  Network network;
  network.see(crowd());
  for (int i = 1; i <= 4; ++i) network.see(arp(kRouter, "10.9.0." + std::to_string(i), i));
  EXPECT_THAT(network.ids(), ElementsAre("mac-001b54000001"));
}

TEST(Identity, TwoAddressesWithARoutedPacketMakeARouter) {
  Network network;
  network.see(says(routed(kRouter, "10.9.0.1"), kServer, "x", 1));
  network.see(says(framed(kRouter, "10.9.0.2"), kServer, "x", 2));
  EXPECT_THAT(network.ids(), ElementsAre("ip-10.9.0.1", "ip-10.9.0.2"));
}

TEST(Identity, DualStackHostWithPrivacyAddressesIsNoRouter) {
  Network network;
  for (const auto* address : {"192.0.2.10", "fe80::1", "2001:db8::1", "2001:db8::2", "2001:db8::3",
                              "2001:db8::4", "2001:db8::5", "169.254.1.1"}) {
    network.see(says(framed(kCamA, address), kServer, "App-webs/", 1));
  }
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
}

TEST(Identity, ManySlash64sMakeARouter) {
  Network network;
  for (const auto* address : {"2001:db8:1::1", "2001:db8:2::1", "2001:db8:3::1", "2001:db8:4::1"}) {
    network.see(says(framed(kRouter, address), kServer, "x", 1));
  }
  EXPECT_THAT(network.ids(), Not(Contains("mac-001b54000001")));
}

TEST(Identity, VirtualRouterNeverOwnsTheFactsOfAnAddress) {
  Network network;
  network.see(says(framed("00:00:5e:00:01:0a", "192.0.2.10"), kServer, "App-webs/", 1));
  EXPECT_THAT(network.ids(), ElementsAre("ip-192.0.2.10"));
}

TEST(Identity, AnswersToAHostBehindARouterGoTheSameWay) {
  Network network;
  network.see(says(routed(kRouter, "10.9.0.1"), kServer, "App-webs/", 1));
  network.see(
      says(framed(kRouter, "10.9.0.1"), kRealm, "camera", 2));  // towards it: TTL says nothing
  EXPECT_THAT(network.ids(), ElementsAre("ip-10.9.0.1"));
}

TEST(Identity, RouterIsADeviceByItsOwnArp) {
  Network network;
  network.see(crowd());
  network.see(arp(kRouter, "192.0.2.1", 9));
  const auto router = network.device("mac-001b54000001");
  EXPECT_EQ(router.kind, Kind::router);
  EXPECT_THAT(router.ips, ElementsAre(ip("192.0.2.1")));
}

TEST(Identity, RoutersRegistrantIsNotClaimedForTheHostsBehindIt) {
  Network network;
  network.see(crowd("44:19:b6:00:00:01"));
  network.see(frame(framed("44:19:b6:00:00:01", "10.9.0.1"), 5));
  EXPECT_EQ(network.device("ip-10.9.0.1").maker, "");
  EXPECT_EQ(network.device("mac-4419b6000001").maker, "Hikvision");
}

TEST(Identity, PacketThroughARouterIsASignOfLifeOfTheHostBehindIt) {
  Network network;
  network.see(crowd());
  network.see(frame(framed(kRouter, "10.9.0.1"), 500));
  const auto host = network.device("ip-10.9.0.1");
  EXPECT_EQ(host.last_seen, at(500));
  EXPECT_EQ(host.presences.at(0).last_seen, at(500));
}

TEST(Identity, PacketThroughARouterAloneMakesNoDevice) {
  Network network;
  network.see(crowd());
  network.see(frame(routed(kRouter, "8.8.8.8"), 500));
  EXPECT_FALSE(network.inventory.device("ip-8.8.8.8").has_value());
}

TEST(Identity, AddressGoesToTheMacThatArpBindsItTo) {
  Network network;
  network.see(says(routed(kRouter, "192.0.2.10"), kServer, "App-webs/", 1));
  network.see(arp(kCamA, "192.0.2.10", 5));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
  EXPECT_EQ(network.device("mac-4419b600000a").evidence.at(0).value, "App-webs/");
}

TEST(Identity, LeasedAnewTheAddressIsTheNewHoldersFromThenOn) {
  Network network;
  network.see(arp(kCamA, "192.0.2.10", 0)).see(arp(kCamA, "192.0.2.10", 100));
  network.see(arp(kCamB, "192.0.2.10", 200)).see(arp(kCamB, "192.0.2.10", 300));
  const auto who = routed(kRouter, "192.0.2.10");
  network.see(says(who, kServer, "before", -5)).see(says(who, kServer, "during A", 50));
  network.see(says(who, kServer, "after A", 150)).see(says(who, kServer, "during B", 250));
  network.see(says(who, kServer, "after B", 350));
  const auto values = [&](std::string_view id) {
    std::vector<std::string> found;
    for (const auto& item : network.device(id).evidence) {
      if (item.field == "http.server") found.push_back(item.value);
    }
    return found;
  };
  EXPECT_THAT(values("mac-4419b600000a"), UnorderedElementsAre("before", "during A", "after A"));
  EXPECT_THAT(values("mac-4419b600000b"), UnorderedElementsAre("during B", "after B"));
}

TEST(Identity, FactThatBothHoldersSaidIsBoths) {
  Network network;
  network.see(arp(kCamA, "192.0.2.10", 0)).see(arp(kCamB, "192.0.2.10", 200));
  const auto who = routed(kRouter, "192.0.2.10");
  network.see(says(who, kServer, "App-webs/", 10)).see(says(who, kServer, "App-webs/", 210));
  EXPECT_EQ(network.device("mac-4419b600000a").last_seen, at(10));
  EXPECT_EQ(network.device("mac-4419b600000b").evidence.at(0).first_seen, at(210));
}

// The camera had the address first and last; how long the laptop had it nobody can tell.
TEST(Identity, WordsOfATimeThatTwoHoldersShareAreTheAddresses) {
  Network network;
  network.see(arp(kCamA, "192.0.2.10", 0)).see(arp(kCamB, "192.0.2.10", 200));
  network.see(arp(kCamA, "192.0.2.10", 400));
  const auto who = routed(kRouter, "192.0.2.10");
  network.see(says(who, kServer, "between", 250)).see(says(who, kServer, "before", 100));
  network.see(says(who, kServer, "after", 500));
  const auto says_of = [&](std::string_view id) {
    std::vector<std::string> found;
    for (const auto& item : network.device(id).evidence) {
      if (item.field == "http.server") found.push_back(item.value);
    }
    return found;
  };
  EXPECT_THAT(says_of("mac-4419b600000a"), UnorderedElementsAre("before", "after"));
  EXPECT_THAT(says_of("mac-4419b600000b"), IsEmpty());
  EXPECT_THAT(says_of("ip-192.0.2.10"), ElementsAre("between"));
}

TEST(Identity, WordsAlsoSaidByASureHolderAreThatHolders) {
  Network network;
  network.see(arp(kCamA, "192.0.2.10", 0)).see(arp(kCamB, "192.0.2.10", 200));
  network.see(arp(kCamA, "192.0.2.10", 400));
  const auto who = routed(kRouter, "192.0.2.10");
  network.see(says(who, kServer, "App-webs/", 100)).see(says(who, kServer, "App-webs/", 300));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a", "mac-4419b600000b"));
  EXPECT_EQ(network.device("mac-4419b600000b").maker, "");
}

TEST(Identity, TranslatorDoesNotSayWhatHostsBehindItSay) {
  Network network;
  network.see(arp(kRouter, "192.0.2.50", 1)).see(frame(framed(kRouter, "192.0.2.50"), 2));
  network.see(says(routed(kRouter, "192.0.2.50"), kServer, "App-webs/", 3));
  EXPECT_EQ(network.device("mac-001b54000001").kind, Kind::host);
  EXPECT_EQ(network.device("ip-192.0.2.50").maker, "Hikvision");
}

TEST(Identity, HostWhoseTimeToLiveIsOddIsNoTranslator) {
  Network network;
  network.see(arp(kCamA, "192.0.2.50", 1));
  network.see(says(routed(kCamA, "192.0.2.50"), kServer, "App-webs/", 3));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
}

TEST(Identity, RouterThatAnswersArpForTwoTakesNeithersWords) {
  Network network;
  for (const auto* address : {"192.0.2.51", "192.0.2.52"}) {
    network.see(arp(kRouter, address, 1));
    network.see(says(routed(kRouter, address), kServer, "App-webs/", 3));
  }
  EXPECT_THAT(network.ids(), ElementsAre("ip-192.0.2.51", "ip-192.0.2.52", "mac-001b54000001"));
  network.see(arp(kCamA, "192.0.2.51", 2));
  EXPECT_THAT(network.ids(), ElementsAre("ip-192.0.2.52", "mac-001b54000001", "mac-4419b600000a"));
}

TEST(Identity, ForwardedAnswerHasTheAddressAndNotTheVlanOfTheRouters) {
  Network network;
  auto who = named(kCamA, "192.0.2.10", 10);
  who.routed = true;
  network.see(says(who, kType, "DS-2CD2042WD-I", 1));
  const auto device = network.device("mac-4419b600000a");
  EXPECT_THAT(device.ips, ElementsAre(ip("192.0.2.10")));
  EXPECT_THAT(device.vlans, IsEmpty());
}

TEST(Identity, HostThatAnswersArpForOthersBindsNothing) {
  Network network;
  for (int i = 0; i < 20; ++i) network.see(arp(kRouter, "10.9.0." + std::to_string(i), 10));
  network.see(says(routed(kRouter, "10.9.0.3"), kServer, "App-webs/", 11));
  EXPECT_THAT(network.ids(), Contains("ip-10.9.0.3"));
}

TEST(Identity, ManyLeasesOneAfterTheOtherAreNoProxy) {
  Network network;
  for (int i = 0; i < 40; ++i) network.see(arp(kCamA, "10.9.0." + std::to_string(i), 10 * i));
  network.see(says(framed(kCamA, "10.9.0.39"), kServer, "App-webs/", 400));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
}

TEST(Identity, LocallyAdministeredMacIdentifiesNobodyWhileThereIsAnAddress) {
  Network network;
  network.see(says(framed(kLocal, ""), kHostname, "phone", 1));
  EXPECT_THAT(network.ids(), ElementsAre("mac-0242ac000005"));
  network.changes();
  network.see(arp(kLocal, "192.0.2.77", 2));
  EXPECT_THAT(network.ids(), ElementsAre("ip-192.0.2.77"));
  EXPECT_THAT(network.changes(), ElementsAre("ip-192.0.2.77", "mac-0242ac000005"));
  EXPECT_EQ(network.inventory.successor("mac-0242ac000005"), "ip-192.0.2.77");
}

TEST(Identity, GroupAddressesAreNobody) {
  Network network;
  network.see(says(framed("ff:ff:ff:ff:ff:ff", "255.255.255.255"), kServer, "x", 1));
  network.see(says(framed("01:00:5e:00:00:fb", "224.0.0.251"), kServer, "x", 1));
  EXPECT_THAT(network.ids(), IsEmpty());
  EXPECT_EQ(network.inventory.counters().facts_refused, 2U);
}

TEST(Identity, SerialNumberJoinsAnAddressToItsMac) {
  Network network;
  network.see(says(named(kCamA, "192.0.2.10"), kSerial, "DS-2CD1234567", 1));
  network.see(says(routed(kRouter, "10.9.0.1"), kSerial, "DS-2CD1234567", 2));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
  EXPECT_THAT(network.device("mac-4419b600000a").ips,
              UnorderedElementsAre(ip("192.0.2.10"), ip("10.9.0.1")));
}

TEST(Identity, UuidIsOneInEverySpelling) {
  Network network;
  network.see(says(named(kCamA, "192.0.2.10"), kUuid, kSomeUuid, 1));
  network.see(
      says(routed(kRouter, "10.9.0.1"), kUdn, "uuid:4D454930-0000-1000-8000-4419B600000A", 2));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
}

TEST(Identity, MacThatAHostSaysItHasJoinsItToThatMac) {
  Network network;
  network.see(frame(framed(kCamA, "192.0.2.10"), 1));
  network.see(says(routed(kRouter, "10.9.0.1"), kNamedMac, kCamA, 2));
  EXPECT_THAT(network.ids(), ElementsAre("mac-4419b600000a"));
}

TEST(Identity, TwoAddressesWithOneUuidAreOneDevice) {
  Network network;
  network.see(says(routed(kRouter, "10.9.0.1"), kUuid, kSomeUuid, 1));
  network.see(says(routed(kRouter, "2001:db8::1"), kUuid, kSomeUuid, 2));
  EXPECT_THAT(network.ids(), ElementsAre("ip-10.9.0.1"));
}

TEST(Identity, TwoBurnedInMacsNeverJoin) {
  Network network;
  network.see(says(named(kCamA, ""), kUuid, kSomeUuid, 1))
      .see(says(named(kCamB, ""), kUuid, kSomeUuid, 1));
  network.see(says(routed(kRouter, "10.9.0.1"), kUuid, kSomeUuid, 1));
  EXPECT_THAT(network.ids(), ElementsAre("ip-10.9.0.1", "mac-4419b600000a", "mac-4419b600000b"));
}

TEST(Identity, UuidThatMoreThanEightShareJoinsNobody) {
  Network network;
  for (int i = 1; i <= 8; ++i)
    network.see(says(routed(kRouter, "10.9.0." + std::to_string(i)), kUuid, kSomeUuid, i));
  EXPECT_EQ(network.inventory.size(), 1U);
  network.see(says(routed(kRouter, "10.9.0.9"), kUuid, kSomeUuid, 9));
  EXPECT_EQ(network.inventory.size(), 9U);
}

TEST(Identity, PlaceholderSerialsJoinNobody) {
  Network network;
  for (const auto* value : {"000000000000", "ffffffff", "12345"}) {
    network.see(says(routed(kRouter, "10.9.0.1"), kSerial, value, 1));
    network.see(says(routed(kRouter, "10.9.0.2"), kSerial, value, 1));
  }
  EXPECT_EQ(network.inventory.size(), 2U);
}

TEST(Identity, IdentifiersThatLeadToTwoMacsLeadNowhere) {
  Network network;
  network.see(says(named(kCamA, ""), kSerial, "AAAAAA1111", 1))
      .see(says(named(kCamB, ""), kSerial, "BBBBBB2222", 1));
  network.see(says(routed(kRouter, "10.9.0.1"), kSerial, "AAAAAA1111", 1));
  network.see(says(routed(kRouter, "10.9.0.1"), kSerial, "BBBBBB2222", 1));
  EXPECT_THAT(network.ids(), Contains("ip-10.9.0.1"));
}

TEST(Identity, LongChainsOfSharedIdentifiersJoinNobody) {
  Network network;
  const auto address = [](int i) {
    return "10.9." + std::to_string(i / 200) + "." + std::to_string(1 + i % 200);
  };
  const auto link = [&](int i) {
    network.see(
        says(routed(kRouter, address(i)), kSerial, "SERIAL-" + std::to_string(1000 + i), 1));
    network.see(
        says(routed(kRouter, address(i + 1)), kSerial, "SERIAL-" + std::to_string(1000 + i), 1));
  };
  for (int i = 0; i < 63; ++i) link(i);
  EXPECT_EQ(network.inventory.size(), 1U);
  for (int i = 64; i < 127; ++i) link(i);
  EXPECT_EQ(network.inventory.size(), 2U);
  link(63);
  EXPECT_EQ(network.inventory.size(), 128U);
}

TEST(Identity, ChangesNameWhatVanishedAndWhoHasItNow) {
  Network network;
  network.see(says(routed(kRouter, "192.0.2.10"), kServer, "App-webs/", 1));
  EXPECT_THAT(network.changes(), ElementsAre("ip-192.0.2.10"));
  network.see(arp(kCamA, "192.0.2.10", 5));
  EXPECT_THAT(network.changes(), ElementsAre("ip-192.0.2.10", "mac-4419b600000a"));
  EXPECT_FALSE(network.inventory.device("ip-192.0.2.10").has_value());
  EXPECT_EQ(network.inventory.successor("ip-192.0.2.10"), "mac-4419b600000a");
  EXPECT_THAT(network.changes(), IsEmpty());
}

TEST(Identity, JoinedDeviceHasItsRootAsSuccessor) {
  Network network;
  network.see(says(routed(kRouter, "10.9.0.1"), kSerial, "DS-2CD1234567", 2)).changes();
  network.see(says(named(kCamA, "192.0.2.10"), kSerial, "DS-2CD1234567", 1)).changes();
  EXPECT_EQ(network.inventory.successor("ip-10.9.0.1"), "mac-4419b600000a");
}

TEST(Identity, SeenAgainIsNoNews) {
  Network network;
  const auto who = framed(kCamA, "192.0.2.10");
  network.see(says(who, kServer, "App-webs/", 1)).changes();
  network.see(says(who, kServer, "App-webs/", 61));
  const auto changes = network.inventory.take_changes();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_FALSE(changes[0].news);
  EXPECT_EQ(network.device("mac-4419b600000a").last_seen, at(61));
}

TEST(Identity, IdThatVanishesAndComesBackBetweenCallsIsADevice) {
  Network network;
  network.see(crowd()).changes();
  for (int i = 1; i <= 4; ++i) network.see(arp(kRouter, "10.9.0." + std::to_string(i), i));
  EXPECT_EQ(network.inventory.size(), 1U);
  network.see(arp(kCamA, "10.9.0.1", 50))
      .see(says(framed(kRouter, "10.9.0.1"), kServer, "nginx", 60));
  for (const auto& change : network.inventory.take_changes()) {
    EXPECT_EQ(network.inventory.device(change.id).has_value(), change.id.starts_with("mac-"))
        << change.id;
  }
}

}  // namespace
}  // namespace camwarden::scene
