#include "app/engine.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "discovery/probe.h"
#include "protocols/protocol.h"

namespace camwarden {
namespace {

const char* const kPolicy = R"(
database: unused
segments:
  - {name: core, zone: core, vlans: [10]}
  - {name: cctv, zone: cctv, vlans: [20]}
rules:
  - id: no-restricted-on-core
    name: Restricted camera on the core network
    deny: {law_packs: [us-ndaa-889]}
    in: {zones: [core]}
sinks:
  - {name: siem, host: 192.0.2.10}
)";

const Time kNoon = *parse_rfc3339("2026-06-01T12:00:00Z");

class EngineTest : public testing::Test {
 protected:
  void SetUp() override {
    setenv("CAMWARDEN_FINGERPRINTS", CAMWARDEN_SOURCE_DIR "/fingerprints", 1);
    database_ = testing::TempDir() + "/camwarden-engine-test.db";
    for (const auto* tail : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(database_ + tail);
    setup_ = load(kPolicy);
  }

  std::shared_ptr<const camwarden::Setup> load(const std::string& text) {
    const auto path = testing::TempDir() + "/camwarden-engine-test.yml";
    std::ofstream(path) << text;
    Diagnostics diagnostics;
    auto setup = load_setup(path, {"eth1"}, words_, diagnostics);
    EXPECT_TRUE(setup) << diagnostics.to_string();
    return setup;
  }

  std::unique_ptr<Engine> open() {
    auto database = Database::open(database_, Database::Mode::read_write);
    EXPECT_TRUE(database) << database.error();
    auto engine = Engine::open(database.take(), setup_, words_, {"host", "0", 1});
    EXPECT_TRUE(engine) << engine.error();
    return engine.take();
  }

  // A SADP answer of a camera at 10.0.0.21, as protocols/sadp.cc would report it.
  void hear_hikvision(Engine& engine, std::uint16_t vlan, Time when) {
    Subject who;
    who.mac = *MacAddress::parse("44:19:b6:0a:0b:0c");
    who.ip = *IpAddress::parse("10.0.0.21");
    who.mac_origin = MacOrigin::payload;
    who.bound = true;
    who.vlan = vlan;
    for (const auto& [field, value] : {std::pair{"sadp.answer", "ProbeMatch"}, {"sadp.model", "DS-2CD2142FWD-I"},
                                       {"sadp.serial", "DS-2CD2142FWD-I20190101AAWR123456789"},
                                       {"mac", "44:19:b6:0a:0b:0c"}}) {
      engine.observe({who, words_.find(field), value, {when, 7, "sadp", false}});
    }
  }

  // What only another program may do to the database.
  void from_outside(const char* sql) {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(database_.c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(connection);
    sqlite3_close(connection);
  }

  static std::vector<AlertType> types(const std::vector<Alert>& alerts) {
    std::vector<AlertType> out;
    for (const auto& alert : alerts) out.push_back(alert.type);
    return out;
  }

  Vocabulary words_ = vocabulary();
  std::string database_;
  std::shared_ptr<const camwarden::Setup> setup_;
};

using enum AlertType;
using Types = std::vector<AlertType>;

TEST_F(EngineTest, ARestrictedCameraOnTheCoreIsDiscoveredAndDenied) {
  const auto engine = open();
  hear_hikvision(*engine, 10, kNoon);
  const auto alerts = engine->settle(kNoon);
  ASSERT_TRUE(alerts) << alerts.error();
  ASSERT_EQ(types(alerts.value()), (Types{device_discovered, violation_opened}));
  const auto& violation = alerts.value()[1];
  EXPECT_EQ(violation.device.maker, "Hikvision");
  EXPECT_EQ(violation.device.grade, Grade::proven);
  EXPECT_EQ(violation.segment, "core");
  ASSERT_FALSE(violation.laws.empty());
  EXPECT_EQ(violation.laws[0].pack, "us-ndaa-889");
}

TEST_F(EngineTest, TheSameCameraOnTheCameraNetworkIsOnlyDiscovered) {
  const auto engine = open();
  hear_hikvision(*engine, 20, kNoon);
  EXPECT_EQ(types(engine->settle(kNoon).value()), Types{device_discovered});
}

TEST_F(EngineTest, AnAlertIsInTheOutboxBeforeItIsReturned) {
  const auto engine = open();
  hear_hikvision(*engine, 10, kNoon);
  ASSERT_TRUE(engine->settle(kNoon));
  EXPECT_EQ(engine->waiting_messages(), 2u);
  const auto due = engine->take_due();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_NE(due[1].text.find("policy.violation"), std::string::npos);
}

TEST_F(EngineTest, ARestartRepeatsNothingAndForgetsNothing) {
  {
    const auto engine = open();
    hear_hikvision(*engine, 10, kNoon);
    ASSERT_TRUE(engine->settle(kNoon));
  }
  const auto engine = open();
  EXPECT_EQ(engine->waiting_messages(), 2u);
  EXPECT_EQ(engine->open_findings(), 1u);
  hear_hikvision(*engine, 10, kNoon + std::chrono::minutes(5));
  EXPECT_TRUE(engine->settle(kNoon + std::chrono::minutes(5)).value().empty());
  const auto device = engine->inventory().device("mac-4419b60a0b0c");
  ASSERT_TRUE(device);
  EXPECT_EQ(device->first_seen, kNoon);
}

TEST_F(EngineTest, DeliveredMessagesLeaveTheOutbox) {
  const auto engine = open();
  hear_hikvision(*engine, 10, kNoon);
  ASSERT_TRUE(engine->settle(kNoon));
  std::vector<std::int64_t> rows;
  for (const auto& message : engine->take_due()) rows.push_back(message.row);
  engine->delivered(rows);
  ASSERT_TRUE(engine->settle(kNoon));
  EXPECT_EQ(engine->waiting_messages(), 0u);
}

TEST_F(EngineTest, AnUnseenCameraIsResolved) {
  const auto engine = open();
  hear_hikvision(*engine, 10, kNoon);
  ASSERT_TRUE(engine->settle(kNoon));
  EXPECT_TRUE(engine->tick(kNoon + std::chrono::hours(23)).value().empty());
  EXPECT_EQ(types(engine->tick(kNoon + std::chrono::hours(25)).value()), Types{violation_resolved});
}

TEST_F(EngineTest, ANewPolicyJudgesEveryDeviceAnew) {
  const auto engine = open();
  hear_hikvision(*engine, 20, kNoon);
  ASSERT_TRUE(engine->settle(kNoon));
  std::string everywhere(kPolicy);
  everywhere.replace(everywhere.find("zones: [core]"), 13, "zones: [cctv]");
  ASSERT_TRUE(engine->reconfigure(load(everywhere)));
  EXPECT_EQ(types(engine->settle(kNoon).value()), Types{violation_opened});
}

// A disk that takes no more, as a trigger that refuses: the commit fails as a whole.
TEST_F(EngineTest, AFailedCommitLosesNothing) {
  const auto engine = open();
  from_outside("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END");
  hear_hikvision(*engine, 10, kNoon);
  EXPECT_FALSE(engine->settle(kNoon));
  EXPECT_FALSE(engine->settle(kNoon));
  from_outside("DROP TRIGGER full");
  const auto alerts = engine->settle(kNoon);
  ASSERT_TRUE(alerts) << alerts.error();
  EXPECT_EQ(types(alerts.value()), (Types{device_discovered, violation_opened}));
  EXPECT_EQ(engine->waiting_messages(), 2u);
}

Listened minute_of(Time end, std::uint64_t packets) {
  Listened listened;
  listened.end = end;
  listened.length = std::chrono::minutes(1);
  listened.name = "eth1";
  listened.packets = {{10, packets}};
  return listened;
}

// The ledger is due every minute, so a tick commits although it has no alert to tell.
TEST_F(EngineTest, ATickThatCommitsLeavesWhatIsStillToBeJudged) {
  const auto engine = open();
  from_outside("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END");
  hear_hikvision(*engine, 10, kNoon);
  EXPECT_FALSE(engine->settle(kNoon));
  from_outside("DROP TRIGGER full");
  engine->listened(minute_of(kNoon, 5));
  ASSERT_TRUE(engine->tick(kNoon));
  const auto alerts = engine->settle(kNoon);
  ASSERT_TRUE(alerts) << alerts.error();
  EXPECT_EQ(types(alerts.value()), (Types{device_discovered, violation_opened}));
}

TEST_F(EngineTest, WhatWasListenedToOutlivesARestart) {
  {
    const auto engine = open();
    hear_hikvision(*engine, 10, kNoon);
    engine->listened(minute_of(kNoon, 5));
    ASSERT_TRUE(engine->tick(kNoon));
    engine->listened(minute_of(kNoon + std::chrono::minutes(1), 3));
    ASSERT_TRUE(engine->flush(kNoon + std::chrono::minutes(1)));
  }
  const auto engine = open();
  auto rows = engine->coverage(kNoon, kNoon + std::chrono::minutes(2));
  ASSERT_TRUE(rows) << rows.error();
  const auto core = std::find_if(rows->begin(), rows->end(), [](const Coverage& row) { return row.segment == "core"; });
  ASSERT_NE(core, rows->end());
  EXPECT_EQ(core->heard.packets, 8u);
  EXPECT_EQ(core->heard.listened, std::chrono::minutes(2));
  EXPECT_EQ(core->heard.hosts, 1u);
  EXPECT_EQ(core->heard.named, 1u);
}

TEST_F(EngineTest, HostsAreCountedWhenTheirHourEnds) {
  const auto engine = open();
  hear_hikvision(*engine, 10, kNoon + std::chrono::minutes(58));
  ASSERT_TRUE(engine->tick(kNoon + std::chrono::minutes(59)));
  ASSERT_TRUE(engine->tick(kNoon + std::chrono::minutes(60)));
  auto rows = engine->coverage(kNoon, kNoon + std::chrono::minutes(90));
  ASSERT_TRUE(rows) << rows.error();
  ASSERT_FALSE(rows->empty());
  EXPECT_EQ(rows->front().begin, kNoon);
  EXPECT_EQ(rows->front().heard.hosts, 1u);
}

TEST_F(EngineTest, DeliveredMessagesLeaveTheOutboxThoughTheFirstCommitFailed) {
  const auto engine = open();
  hear_hikvision(*engine, 10, kNoon);
  ASSERT_TRUE(engine->settle(kNoon));
  std::vector<std::int64_t> rows;
  for (const auto& message : engine->take_due()) rows.push_back(message.row);
  from_outside("CREATE TRIGGER full BEFORE INSERT ON fact BEGIN SELECT RAISE(ABORT, 'full'); END");
  hear_hikvision(*engine, 20, kNoon + std::chrono::minutes(1));
  engine->delivered(rows);
  EXPECT_FALSE(engine->settle(kNoon + std::chrono::minutes(1)));
  from_outside("DROP TRIGGER full");
  const auto alerts = engine->settle(kNoon + std::chrono::minutes(1));
  ASSERT_TRUE(alerts) << alerts.error();
  EXPECT_EQ(engine->waiting_messages(), alerts.value().size());
}

// The questions' list and the vendor files must mean the same makers by the same names.
TEST_F(EngineTest, EachQuestionsMakerIsKnown) {
  for (const auto& probe : probes()) {
    if (probe.maker.empty()) continue;
    const auto* maker = setup_->knowledge->maker(probe.maker);
    ASSERT_NE(maker, nullptr) << probe.maker;
    EXPECT_EQ(maker->name, probe.maker);
  }
}

}  // namespace
}  // namespace camwarden
