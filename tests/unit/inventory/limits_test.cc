#include <gmock/gmock.h>

#include "inventory/inventory.h"
#include "scene.h"

namespace camwarden::scene {
namespace {

using testing::Contains;

std::string made_up_mac(int i) {
  MacAddress made;
  made.octets = {0x00,
                 0x99,
                 0x00,
                 static_cast<std::uint8_t>(i >> 16),
                 static_cast<std::uint8_t>(i >> 8),
                 static_cast<std::uint8_t>(i)};
  return made.to_string();
}

// Calls settle as the engine would.
void flood(Network& network, int from, int to) {
  for (int i = from; i < to; ++i) {
    network.see(frame(framed(made_up_mac(i), "192.0.2.99"), i));
    if (i % 16 == 0) network.changes();
  }
}

TEST(Limits, DevicesAreBounded) {
  Network network({.max_devices = 32});
  flood(network, 1, 5000);
  EXPECT_LE(network.inventory.size(), 32U);
  EXPECT_GT(network.inventory.counters().devices_evicted, 4900U);
}

TEST(Limits, CameraThatArrivesInAFloodIsNamedAndStays) {
  Network network({.max_devices = 32});
  flood(network, 1, 1000);
  network.see(says(framed(kCamA, "192.0.2.10"), kServer, "App-webs/", 1000));
  flood(network, 1001, 5000);
  EXPECT_EQ(network.device("mac-4419b600000a").maker, "Hikvision");
}

TEST(Limits, ReportedDevicesThatAreEvictedAreReportedGone) {
  Network network({.max_devices = 16});
  std::set<std::string> known;
  for (int i = 1; i < 500; ++i) {
    network.see(frame(framed(made_up_mac(i), ""), i));
    for (const auto& change : network.inventory.take_changes()) {
      network.inventory.device(change.id) ? void(known.insert(change.id))
                                          : void(known.erase(change.id));
    }
  }
  EXPECT_EQ(known.size(), network.inventory.size());
}

TEST(Limits, KnownDevicesInPlaceKeepNewOnesOut) {
  Network network({.max_devices = 16});
  for (int i = 1; i <= 40; ++i) {
    network.see(says(framed(made_up_mac(i), ""), kServer, "App-webs/", i)).changes();
  }
  EXPECT_EQ(network.inventory.size(), 16U);
  EXPECT_THAT(network.ids(), Contains("mac-009900000001"));
  EXPECT_EQ(network.inventory.counters().devices_refused, 24U);
}

TEST(Limits, KnownDevicesUnseenForAWeekMakeRoom) {
  Network network({.max_devices = 16});
  for (int i = 1; i <= 16; ++i)
    network.see(says(framed(made_up_mac(i), ""), kServer, "App-webs/", i)).changes();
  network.see(says(framed(kCamA, ""), kServer, "App-webs/", 8 * 24 * 3600)).changes();
  EXPECT_THAT(network.ids(), Contains("mac-4419b600000a"));
}

TEST(Limits, FactsOfADeviceAreBounded) {
  Network network({.max_facts_per_device = 16});
  for (int i = 0; i < 1000; ++i)
    network.see(says(framed(kCamA, ""), kRealm, "r" + std::to_string(i), i));
  EXPECT_EQ(network.device("mac-4419b600000a").evidence.size(), 16U);
  EXPECT_EQ(network.inventory.counters().facts_refused, 984U);
}

TEST(Limits, KnownFactTakesTheRoomOfUnknownOnes) {
  Network network({.max_facts_per_device = 16});
  for (int i = 0; i < 100; ++i)
    network.see(says(framed(kCamA, ""), kRealm, "r" + std::to_string(i), i));
  network.see(says(framed(kCamA, ""), kServer, "App-webs/", 200));
  EXPECT_EQ(network.device("mac-4419b600000a").maker, "Hikvision");
}

TEST(Limits, PlacesOfADeviceAreBoundedAndTheNewestStay) {
  Network network({.max_facts_per_device = 16});
  for (int i = 1; i <= 4000; ++i) {
    network.see(frame(framed(kCamA, "", static_cast<std::uint16_t>(i)), i));
    if (i % 8 == 0) network.changes();
  }
  const auto device = network.device("mac-4419b600000a");
  EXPECT_LE(device.presences.size(), 16U);
  EXPECT_EQ(device.vlans.at(0), 4000);
}

TEST(Limits, BytesAreBounded) {
  Network network({.max_devices = 100'000, .max_bytes = 1 << 20});
  const std::string big(kMaxValueBytes, 'x');
  for (int i = 1; i < 5000; ++i) network.see(says(framed(made_up_mac(i), ""), kRealm, big, i));
  EXPECT_LE(network.inventory.size(), 1024U);
  EXPECT_GT(network.inventory.counters().devices_evicted, 3000U);
}

TEST(Limits, ValueIsCut) {
  Network network;
  network.see(says(framed(kCamA, ""), kRealm, std::string(100'000, 'x'), 1));
  EXPECT_EQ(network.device("mac-4419b600000a").evidence.at(0).value.size(), kMaxValueBytes);
}

TEST(Limits, HostsBehindARouterStayThereWhenTheirNeighboursAreEvicted) {
  Network network({.max_devices = 16});
  network.see(crowd());
  network.see(says(framed(kRouter, "10.9.0.50"), kServer, "App-webs/", 5)).changes();
  flood(network, 10, 500);
  network.see(says(framed(kRouter, "10.9.0.51"), kServer, "App-webs/", 600));
  EXPECT_THAT(network.ids(), Contains("ip-10.9.0.50"));
  EXPECT_THAT(network.ids(), Contains("ip-10.9.0.51"));
}

TEST(Limits, StoredFactsThatGoAreToBeForgotten) {
  Network network({.max_devices = 16});
  std::map<std::string, int> stored;  // as a database would hold them
  for (int i = 1; i < 400; ++i) {
    network.see(frame(framed(made_up_mac(i), ""), i)).changes();
    for (const auto& fact : network.inventory.take_dirty_facts()) {
      fact.count == 0 ? void(stored.erase(fact.first.value)) : void(++stored[fact.first.value]);
    }
  }
  EXPECT_EQ(stored.size(), network.inventory.size());
}

TEST(Limits, ManyMacsThatClaimOneAddressBindItToNobody) {
  Network network;
  for (int i = 0; i < 100; ++i) network.see(arp(made_up_mac(i + 1), "192.0.2.10", i));
  network.see(says(routed(kRouter, "192.0.2.10"), kServer, "App-webs/", 200));
  EXPECT_THAT(network.ids(), Contains("ip-192.0.2.10"));
}

TEST(Limits, TooManyProtocolNamesAreOne) {
  Network network;
  for (int i = 0; i < 400; ++i) {
    const auto protocol = "p" + std::to_string(i);
    const Inventory::Fact fact{says(framed(made_up_mac(i + 1), ""), kRealm, "x", 1, protocol), at(1), 1};
    network.inventory.restore(fact);
  }
  EXPECT_EQ(network.device("mac-009900000190").evidence.at(0).protocol, "other");
}

TEST(Relearn, MatchesEveryFactAnew) {
  Network network;
  network.see(says(framed(kCamA, ""), kServer, "Boa", 1)).changes();
  Knowledge better;
  better.rule(kServer, "Boa", 0.7, maker("Foscam"));
  network.inventory.relearn(better.matcher());
  const auto changes = network.inventory.take_changes();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(changes[0].news);
  EXPECT_EQ(network.device("mac-4419b600000a").maker, "Foscam");
}

TEST(Relearn, SerialsThatAreNewlyKnownJoin) {
  const Knowledge nothing;
  Network network({}, nothing);
  constexpr Field kModel{"http.title", FieldKind::text, FieldRole::attribute, ""};
  network.see(says(named(kCamA, ""), kModel, "SN12345678", 1))
      .see(says(routed(kRouter, "10.9.0.1"), kModel, "SN12345678", 1));
  EXPECT_EQ(network.inventory.size(), 2U);
  Knowledge better;
  better.rule(kModel, "SN", 0.7, {{Attribute::serial, "$0"}}).proprietary = true;
  network.inventory.relearn(better.matcher());
  EXPECT_EQ(network.inventory.size(), 1U);
}

}  // namespace
}  // namespace camwarden::scene
