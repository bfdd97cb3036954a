#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "scene.h"

namespace camwarden::scene {
namespace {

// Everything that could depend on order, in one network.
std::vector<Observation> everything() {
  std::vector<Observation> all = crowd();
  const auto add = [&](Observation observation) { all.push_back(std::move(observation)); };
  // Cameras behind the router, one bound by ARP on another VLAN, one joined by its UUID.
  add(says(routed(kRouter, "10.9.0.10"), kServer, "App-webs/", 20));
  add(says(framed(kRouter, "10.9.0.10"), kRealm, "IP Camera", 21));
  add(arp(kCamA, "10.9.0.10", 5, 20));
  add(frame(framed(kCamA, "10.9.0.10", 20), 6));
  add(says(named(kCamB, "192.0.2.20"), kUuid, kSomeUuid, 30));
  add(says(routed(kRouter, "10.9.0.20"), kUuid, kSomeUuid, 31));
  add(says(routed(kRouter, "2001:db8::20"), kUdn, kSomeUuid, 32));
  // An address that is leased to one and then to the other, with a fact that both say.
  for (const int t : {100, 150}) add(arp(kCamA, "10.9.0.30", t));
  for (const int t : {200, 250}) add(arp(kCamB, "10.9.0.30", t));
  for (const int t : {90, 120, 180, 220, 300}) {
    add(says(routed(kRouter, "10.9.0.30"), kServer, "App-webs/", t));
    add(says(routed(kRouter, "10.9.0.30"), kServer, "said at " + std::to_string(t), t));
  }
  // A router that is one only until its own addresses are known, and one that answers for others.
  for (int i = 0; i < 5; ++i)
    add(says(framed("00:1b:54:00:00:02", "10.8.0." + std::to_string(i)), kServer, "x", i));
  for (int i = 0; i < 2; ++i) add(arp("00:1b:54:00:00:02", "10.8.0." + std::to_string(i), i));
  for (int i = 0; i < 17; ++i) add(arp("00:1b:54:00:00:03", "10.7.0." + std::to_string(i), 40));
  add(says(routed(kRouter, "10.7.0.5"), kServer, "App-webs/", 41));
  // A locally administered MAC before and after it has an address.
  add(says(framed(kLocal, ""), kHostname, "phone", 1));
  add(arp(kLocal, "192.0.2.77", 2));
  // Identifiers that too many share, that lead two ways, and that chain.
  for (int i = 1; i <= 9; ++i) {
    add(says(routed(kRouter, "10.6.0." + std::to_string(i)), kUuid,
             "urn:uuid:11111111-2222-3333-4444-555555555555", i));
  }
  add(says(named(kCamA, ""), kSerial, "SERIAL-A", 1));
  add(says(named(kCamB, ""), kSerial, "SERIAL-B", 1));
  add(says(routed(kRouter, "10.5.0.1"), kSerial, "SERIAL-A", 1));
  add(says(routed(kRouter, "10.5.0.1"), kSerial, "SERIAL-B", 1));
  for (int i = 1; i <= 4; ++i) {
    add(says(routed(kRouter, "10.4.0." + std::to_string(i)), kSerial, "CHAIN-" + std::to_string(i),
             1));
    add(says(routed(kRouter, "10.4.0." + std::to_string(i + 1)), kSerial,
             "CHAIN-" + std::to_string(i), 2));
  }
  // Two that have an address by turns, and words of that time, before it and after it.
  for (const int t : {100, 300}) add(arp(kCamA, "10.9.0.40", t));
  for (const int t : {200, 400}) add(arp(kCamB, "10.9.0.40", t));
  for (const int t : {50, 150, 250, 350, 450}) {
    add(says(routed(kRouter, "10.9.0.40"), kServer, "App-webs/", t));
    add(says(routed(kRouter, "10.9.0.40"), kRealm, "at " + std::to_string(t), t));
  }
  // A translator with a camera behind it, and a router that answers ARP for two.
  constexpr std::string_view kTranslator = "00:1b:54:00:00:04", kProxy = "00:1b:54:00:00:05";
  add(arp(kTranslator, "10.3.0.1", 1));
  add(frame(framed(kTranslator, "10.3.0.1"), 2));
  add(says(routed(kTranslator, "10.3.0.1"), kServer, "App-webs/", 3));
  for (const auto* address : {"10.3.0.2", "10.3.0.3"}) {
    add(arp(kProxy, address, 1));
    add(says(routed(kProxy, address), kServer, "App-webs/", 2));
  }
  add(arp(kCamB, "10.3.0.2", 5, 20));
  // The same fact again and again, and one that is first seen twice in one instant.
  for (int i = 0; i < 6; ++i)
    add(says(framed(kCamA, "192.0.2.10", 20), kServer, "App-webs/", 7 * i));
  add(says(framed(kCamA, "192.0.2.10", 20), kServer, "App-webs/", 0));
  add(says(named(kCamA, "192.0.2.10", 30), kType, "DS-2CD2042WD-I", 12));  // relayed: another VLAN
  return all;
}

TEST(Order, SameFactsInAnyOrderGiveTheSameDevices) {
  auto observations = everything();
  const auto expected = text_of(Network().see(observations).inventory);
  std::mt19937 random(20260910);
  for (int round = 0; round < 200; ++round) {
    std::shuffle(observations.begin(), observations.end(), random);
    ASSERT_EQ(text_of(Network().see(observations).inventory), expected) << "round " << round;
  }
}

// Asking in between derives step by step; the end must be what one derivation of all gives.
TEST(Order, AskingInBetweenChangesNothing) {
  auto observations = everything();
  const auto expected = text_of(Network().see(observations).inventory);
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::shuffle(observations.begin(), observations.end(), random);
    Network network;
    for (const auto& observation : observations) {
      network.see(observation);
      if (random() % 2 == 0) (void)network.inventory.size();
    }
    ASSERT_EQ(text_of(network.inventory), expected) << "round " << round;
  }
}

// Whoever follows take_changes() knows exactly the devices that there are.
TEST(Order, ChangesAddUpToTheDevices) {
  auto observations = everything();
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    std::shuffle(observations.begin(), observations.end(), random);
    Network network;
    std::map<std::string, std::string> known;
    for (const auto& observation : observations) {
      network.see(observation);
      if (random() % 4 != 0) continue;
      for (const auto& change : network.inventory.take_changes()) {
        const auto device = network.inventory.device(change.id);
        device ? void(known[change.id] = text_of(*device)) : void(known.erase(change.id));
      }
    }
    for (const auto& change : network.inventory.take_changes()) {
      const auto device = network.inventory.device(change.id);
      device ? void(known[change.id] = text_of(*device)) : void(known.erase(change.id));
    }
    std::string text;
    for (const auto& [id, device] : known) text += device + "\n";
    ASSERT_EQ(text, text_of(network.inventory)) << "round " << round;
  }
}

TEST(Order, RestoredFactsGiveTheSameDevices) {
  auto observations = everything();
  Network before;
  before.see(observations);
  auto facts = before.inventory.take_dirty_facts();
  std::mt19937 random(3);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(facts.begin(), facts.end(), random);
    Network after;
    for (const auto& fact : facts) after.inventory.restore(fact);
    ASSERT_EQ(text_of(after.inventory), text_of(before.inventory)) << "round " << round;
  }
}

}  // namespace
}  // namespace camwarden::scene
