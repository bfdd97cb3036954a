#include "report/ledger.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "unit/policy/site.h"

namespace camwarden {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::kNoon;

Listened second_of(Time end, std::uint16_t vlan, std::uint64_t packets) {
  Listened listened;
  listened.end = end;
  listened.length = seconds(1);
  listened.name = "eth1";
  if (packets > 0) listened.packets = {{vlan, packets}};
  return listened;
}

Device host(const char* id, const char* ip, std::uint16_t vlan, Time seen) {
  Device device;
  device.id = id;
  device.presences = {test::presence(ip, vlan, seen, seen)};
  return device;
}

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    auto options = test::small_policy();
    options.segments.push_back({"office", "inner", {}, {*Prefix::parse("10.40.0.0/16")}, {}});
    policy_.emplace(options, std::vector<LawPack>{}, *knowledge_, std::vector<std::string>{"eth1"});
  }

  void open(Ledger::Limits limits = {}) {
    auto ledger = Ledger::open(database_, limits);
    ASSERT_TRUE(ledger) << ledger.error();
    ledger_.emplace(ledger.take());
  }
  void hear(const std::vector<Device>& devices) {
    Census census(kNoon);
    for (const auto& device : devices) census.add(device, *policy_);
    ledger_->hosts(census);
  }
  void write() {
    ledger_->hurry();
    ASSERT_TRUE(database_.begin());
    ASSERT_TRUE(ledger_->write_if_due(*policy_));
    ASSERT_TRUE(database_.commit());
    ledger_->written();
  }
  std::vector<Coverage> rows(Time from = kNoon - days(10'000), Time to = kNoon + days(10'000)) {
    std::vector<Coverage> all;
    const auto status =
        read_coverage(database_, from, to, [&](Coverage&& row) { all.push_back(std::move(row)); });
    EXPECT_TRUE(status);
    return all;
  }
  Coverage of(const std::string& segment) {
    for (auto& row : by_segment(rows())) {
      if (row.segment == segment) return row;
    }
    ADD_FAILURE() << "no row of " << segment;
    return {};
  }

  std::unique_ptr<KnowledgeBase> knowledge_ = test::small_knowledge();
  Database database_ = Database::open(":memory:", Database::Mode::read_write).take();
  std::optional<Policy> policy_;
  std::optional<Ledger> ledger_;
};

TEST_F(LedgerTest, SegmentThatIsSilentWasStillListenedTo) {
  open();
  ledger_->listened(second_of(kNoon, 10, 7));
  write();
  EXPECT_EQ(of("core").heard.packets, 7u);
  EXPECT_EQ(of("core").heard.alive, seconds(1));
  EXPECT_EQ(of("cctv").heard.packets, 0u);
  EXPECT_EQ(of("cctv").heard.listened, seconds(1));
  EXPECT_EQ(of("cctv").heard.alive, seconds(0));
}

TEST_F(LedgerTest, VlanOutsideEverySegmentIsUnassigned) {
  open();
  ledger_->listened(second_of(kNoon, 77, 5));
  write();
  EXPECT_EQ(of("").heard.packets, 5u);
  EXPECT_THAT(of("").heard.vlans, testing::ElementsAre(77));
}

TEST_F(LedgerTest, SegmentKnownByPrefixHasThePacketsOfTheVlansOfItsHosts) {
  open();
  ledger_->listened(second_of(kNoon, 44, 9));
  hear({host("mac-1", "10.40.3.4", 44, kNoon)});
  write();
  EXPECT_EQ(of("office").heard.packets, 9u);
  EXPECT_EQ(of("office").heard.hosts, 1u);
  EXPECT_THAT(of("office").heard.prefixes, testing::ElementsAre(*Prefix::parse("10.40.3.0/24")));
}

TEST_F(LedgerTest, HostsAreToldApartByKindOrMaker) {
  open();
  auto known = host("mac-1", "10.10.0.1", 10, kNoon);
  known.maker = "Axis";
  hear({known, host("mac-2", "10.10.0.2", 10, kNoon),
        host("mac-3", "10.10.0.3", 10, kNoon - hours(3))});
  write();
  EXPECT_EQ(of("core").heard.hosts, 2u) << "the third was silent in this hour";
  EXPECT_EQ(of("core").heard.named, 1u);
}

TEST_F(LedgerTest, LossCountsForEverySegmentThatTheInterfaceShows) {
  open();
  auto listened = second_of(kNoon, 10, 98);
  listened.lost.ring = 2;
  ledger_->listened(listened);
  write();
  EXPECT_DOUBLE_EQ(of("core").heard.loss(), 0.02);
  EXPECT_DOUBLE_EQ(of("cctv").heard.loss(), 0.02);
}

TEST_F(LedgerTest, TwoInterfacesListenAtTheSameTime) {
  open();
  auto other = second_of(kNoon, 10, 3);
  other.interface = 1;
  other.name = "eth2";
  ledger_->listened(second_of(kNoon, 10, 7));
  ledger_->listened(other);
  write();
  EXPECT_EQ(of("core").heard.listened, seconds(1));
  EXPECT_EQ(of("core").heard.packets, 10u);
}

TEST_F(LedgerTest, HourGoesOnAfterARestart) {
  open();
  ledger_->listened(second_of(kNoon + seconds(1), 10, 1));
  write();
  open();
  ledger_->listened(second_of(kNoon + seconds(2), 10, 1));
  write();
  EXPECT_EQ(of("core").heard.listened, seconds(2));
  EXPECT_EQ(of("core").heard.packets, 2u);
}

TEST_F(LedgerTest, FailedCommitLosesNothingAndCountsNothingTwice) {
  open();
  ledger_->listened(second_of(kNoon, 10, 4));
  ledger_->hurry();
  ASSERT_TRUE(database_.begin());
  ASSERT_TRUE(ledger_->write_if_due(*policy_));
  database_.rollback();
  write();
  write();
  EXPECT_EQ(of("core").heard.packets, 4u);
}

TEST_F(LedgerTest, CommitWithoutTheLedgerForgetsNothing) {
  open();
  ledger_->listened(second_of(kNoon, 10, 4));
  ASSERT_FALSE(ledger_->due());
  ASSERT_TRUE(ledger_->write_if_due(*policy_));
  ledger_->written();
  write();
  EXPECT_EQ(of("core").heard.packets, 4u);
}

TEST_F(LedgerTest, WritesOnceAMinuteAndAtTheEndOfAnHour) {
  open();
  for (int i = 0; i < 59; ++i) ledger_->listened(second_of(kNoon + seconds(i), 10, 1));
  EXPECT_FALSE(ledger_->due());
  ledger_->listened(second_of(kNoon + seconds(59), 10, 1));
  EXPECT_TRUE(ledger_->due());
  write();
  ledger_->listened(second_of(kNoon + minutes(59), 10, 1));
  EXPECT_FALSE(ledger_->due());
  ledger_->listened(second_of(kNoon + minutes(60), 10, 1));
  EXPECT_TRUE(ledger_->due());
}

TEST_F(LedgerTest, QuestionsOfAnHourAddUp) {
  open();
  Asked asked{.segment = "core",
              .begin = kNoon,
              .end = kNoon + seconds(3),
              .targets = {*Prefix::parse("10.10.0.0/24")},
              .addresses = 254,
              .answered = 11,
              .questions = 900};
  ledger_->asked(asked);
  asked.targets = {*Prefix::parse("10.10.1.0/24")};
  asked.complete = false;
  asked.limits = {"stopped"};
  ledger_->asked(asked);
  write();
  const auto sum = of("core").asked;
  EXPECT_EQ(sum.addresses, 508u);
  EXPECT_EQ(sum.questions, 1800u);
  EXPECT_FALSE(sum.complete);
  EXPECT_THAT(sum.limits, testing::ElementsAre("stopped"));
  EXPECT_EQ(sum.end, kNoon + seconds(3));
}

TEST(Asked, WhatAnotherRunMadeUpForIsComplete) {
  Asked stopped{.targets = {*Prefix::parse("10.10.0.0/24")}, .addresses = 3, .complete = false};
  Asked whole{.targets = {*Prefix::parse("10.10.0.0/16")}, .addresses = 65'534};
  Asked other{.targets = {*Prefix::parse("10.20.0.0/16")}, .addresses = 65'534};
  auto sum = stopped;
  sum.add(whole);
  EXPECT_TRUE(sum.complete);
  sum = whole;
  sum.add(stopped);
  EXPECT_TRUE(sum.complete);
  sum = stopped;
  sum.add(other);
  EXPECT_FALSE(sum.complete);
}

TEST_F(LedgerTest, OldHoursBecomeDaysAndOldDaysGo) {
  open({.store = {.hours_kept = days(2), .days_kept = days(5)}});
  for (int hour = 0; hour < 24 * 8; ++hour) {
    ledger_->listened(second_of(test::at("2026-09-01T00:30:00Z") + hours(hour), 10, 1));
    write();
  }
  std::size_t whole_days = 0;
  for (const auto& row : rows()) {
    whole_days += row.segment == "core" && row.length == hours(24);
    if (row.length == hours(24)) {
      EXPECT_EQ(row.heard.listened, seconds(24));
    }
  }
  EXPECT_EQ(whole_days, 3u);  // days 3 to 5; the last two and this one are hours, the first went
}

TEST_F(LedgerTest, RowsAreBounded) {
  open({.store = {.rows = 100}});
  for (int hour = 0; hour < 24 * 100; ++hour) {
    ledger_->listened(second_of(kNoon + hours(hour), 10, 1));
    write();
    ASSERT_LE(rows().size(), 100u + 4u * 24u) << hour;
  }
  EXPECT_FALSE(rows().empty());
}

TEST_F(LedgerTest, HoursInMemoryAreBounded) {
  open();
  for (int hour = 0; hour < 100; ++hour) ledger_->listened(second_of(kNoon + hours(hour), 10, 1));
  EXPECT_EQ(ledger_->hours_lost(), 52u);
  write();
  EXPECT_EQ(of("core").heard.packets, 48u);
}

TEST_F(LedgerTest, PrefixesSeenAreBoundedAndCounted) {
  open();
  std::vector<Device> hosts;
  for (int i = 0; i < 200; ++i) {
    hosts.push_back(host("", fmt::format("10.10.{}.1", i).c_str(), 10, kNoon));
  }
  hear(hosts);
  write();
  EXPECT_EQ(of("core").heard.prefixes.size(), kMaxSeen);
  EXPECT_EQ(of("core").heard.prefixes_untold, 200 - kMaxSeen);
}

TEST_F(LedgerTest, ReadsOnlyWhatTouchesThePeriod) {
  open();
  for (int hour = 0; hour < 5; ++hour) {
    ledger_->listened(second_of(kNoon + hours(hour), 10, 1));
    write();
  }
  const auto some = rows(kNoon + hours(1) + minutes(30), kNoon + hours(3));
  for (const auto& row : some) {
    EXPECT_GE(row.begin, kNoon + hours(1));
    EXPECT_LT(row.begin, kNoon + hours(3));
  }
  EXPECT_EQ(by_segment(some).front().heard.listened, seconds(2));
}

TEST_F(LedgerTest, NewerDatabaseIsRefused) {
  open();
  ASSERT_TRUE(database_.run("UPDATE schema_version SET version = 2 WHERE part = 'coverage'"));
  const auto refused = Ledger::open(database_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), testing::HasSubstr("newer camwarden"));
}

TEST_F(LedgerTest, DatabaseWithoutALedgerHasNoCoverage) { EXPECT_TRUE(rows().empty()); }

}  // namespace
}  // namespace camwarden
