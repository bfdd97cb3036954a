#include "inventory/store.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "scene.h"

namespace camwarden::scene {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Vocabulary& vocabulary() {
  static const Vocabulary words(
      {&kMacField, &kIpField, &kServer, &kRealm, &kSerial, &kUuid, &kAnnounce, &kHostname});
  return words;
}

struct Stored {
  Stored()
      : database(Database::open(":memory:", Database::Mode::read_write).take()), store(open()) {}
  Store open() { return Store::open(database, vocabulary()).take(); }

  Status write(Inventory& inventory, const std::vector<std::string>& interfaces = {"eth0"}) {
    return store.write(inventory.take_dirty_facts(), interfaces);
  }
  std::vector<Inventory::Fact> read(std::vector<std::string>& interfaces) {
    std::vector<Inventory::Fact> facts;
    EXPECT_TRUE(
        store.read([&](const Inventory::Fact& fact) { facts.push_back(fact); }, interfaces));
    return facts;
  }

  Database database;
  Store store;
};

TEST(Store, RestartStandsWhereItStood) {
  Stored stored;
  Network before;
  before.see(crowd())
      .see(arp(kCamA, "10.9.0.1", 7, 20))
      .see(says(named(kCamA, "10.9.0.1"), kSerial, "DS-12345678", 8));
  auto active = says(framed(kCamA, "192.0.2.10"), kServer, "App-webs/", 9);
  active.evidence.active = true;
  before.see(active);
  ASSERT_TRUE(stored.write(before.inventory));
  Network after;
  std::vector<std::string> interfaces{"eth0"};
  ASSERT_TRUE(
      stored.store.read([&](const auto& fact) { after.inventory.restore(fact); }, interfaces));
  EXPECT_EQ(text_of(after.inventory), text_of(before.inventory));
}

TEST(Store, SeenAgainUpdatesTheRow) {
  Stored stored;
  Network network;
  for (const int t : {1, 61, 121}) {
    network.see(says(framed(kCamA, ""), kServer, "App-webs/", t));
    ASSERT_TRUE(stored.write(network.inventory));
  }
  std::vector<std::string> interfaces;
  const auto facts = stored.read(interfaces);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].first.evidence.time, at(1));
  EXPECT_EQ(facts[0].last_seen, at(121));
  EXPECT_EQ(facts[0].count, 3U);
}

TEST(Store, RestoredFactsAreNotWrittenAgain) {
  Stored stored;
  Network before, after;
  before.see(crowd());
  ASSERT_TRUE(stored.write(before.inventory));
  std::vector<std::string> interfaces;
  ASSERT_TRUE(
      stored.store.read([&](const auto& fact) { after.inventory.restore(fact); }, interfaces));
  EXPECT_TRUE(after.inventory.take_dirty_facts().empty());
}

TEST(Store, ForgottenFactsAreDeleted) {
  Stored stored;
  Network network;
  network.see(says(framed(kCamA, ""), kServer, std::string("a\0\xff", 3), 1));
  auto facts = network.inventory.take_dirty_facts();
  ASSERT_TRUE(stored.store.write(facts, {"eth0"}));
  facts[0].count = 0;
  ASSERT_TRUE(stored.store.write(facts, {"eth0"}));
  std::vector<std::string> interfaces;
  EXPECT_TRUE(stored.read(interfaces).empty());
}

TEST(Store, AnyBytesComeBackAsTheyWere) {
  Stored stored;
  Network network;
  const std::vector<std::string> values{
      std::string("a\0b", 3),  "\xff\xfe",    "'; DROP TABLE fact; --",
      std::string(1024, '\n'), "caf\xc3\xa9", "\xc3"};
  for (const auto& value : values) network.see(says(framed(kCamA, ""), kServer, value, 1));
  ASSERT_TRUE(stored.write(network.inventory));
  std::vector<std::string> interfaces, found;
  for (const auto& fact : stored.read(interfaces)) found.push_back(fact.first.value);
  EXPECT_THAT(found, testing::UnorderedElementsAreArray(values));
}

TEST(Store, InterfacesAreKnownByName) {
  Stored stored;
  Network network;
  auto who = framed(kCamA, "");
  who.interface = 1;
  network.see(says(who, kServer, "x", 1));
  ASSERT_TRUE(stored.write(network.inventory, {"eth0", "eth1"}));
  std::vector<std::string> interfaces{"wan"};
  EXPECT_EQ(stored.read(interfaces).at(0).first.who.interface, 1);
  EXPECT_THAT(interfaces, ElementsAre("wan", "eth1"));
}

TEST(Store, FieldThatNoLongerExistsIsSkipped) {
  Stored stored;
  Network network;
  network.see(says(framed(kCamA, ""), kServer, "x", 1))
      .see(says(framed(kCamA, ""), kRealm, "x", 1));
  ASSERT_TRUE(stored.write(network.inventory));
  const Vocabulary fewer({&kRealm});
  auto store = Store::open(stored.database, fewer).take();
  std::vector<std::string> interfaces;
  int count = 0;
  ASSERT_TRUE(store.read([&](const Inventory::Fact&) { ++count; }, interfaces));
  EXPECT_EQ(count, 1);
}

TEST(Store, NewerDatabaseIsRefusedWithAdvice) {
  Stored stored;
  ASSERT_TRUE(stored.database.run("UPDATE schema_version SET version = 99"));
  const auto again = Store::open(stored.database, vocabulary());
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error(), HasSubstr("newer camwarden"));
  EXPECT_THAT(again.error(), HasSubstr("upgrade"));
}

TEST(Store, RowsThatSomebodyElseWroteDoNoHarm) {
  Stored stored;
  ASSERT_TRUE(stored.database.run(
      "INSERT INTO fact VALUES ('nonsense', 7, 'x', 70000, '', 5, 5, 'http.server', 1, 2, 3, -4, "
      "-9223372036854775808, 'x', -1),"
      "('', 2, '', -1, '', 5, 5, 'http.server', x'00', '', 3, -4, 9223372036854775807, 0, 0)"));
  Network network;
  std::vector<std::string> interfaces;
  ASSERT_TRUE(
      stored.store.read([&](const auto& fact) { network.inventory.restore(fact); }, interfaces));
  EXPECT_EQ(network.inventory.size(), 0U);
}

TEST(Store, ReadOnlyDatabaseOpens) {
  const auto path = testing::TempDir() + "/store_read_only.db";
  std::filesystem::remove(path);
  {
    auto database = Database::open(path, Database::Mode::read_write).take();
    ASSERT_TRUE(Store::open(database, vocabulary()));
  }
  auto database = Database::open(path, Database::Mode::read_only).take();
  EXPECT_TRUE(Store::open(database, vocabulary()));
}

}  // namespace
}  // namespace camwarden::scene
