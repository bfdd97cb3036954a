#include "policy/alerter.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>

#include "policy/alert_json.h"
#include "unit/policy/site.h"

namespace camwarden {
namespace {

using test::camera;
using test::kNoon;
using test::presence;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

std::vector<std::string> types(const std::vector<Alert>& alerts) {
  std::vector<std::string> out;
  for (const auto& alert : alerts) out.emplace_back(to_string(alert.type));
  return out;
}

class AlerterTest : public testing::Test {
 protected:
  AlerterTest() { reopen(); }

  void reopen(Alerter::Limits limits = {}) {
    alerter_.reset();
    database_.reset();
    auto database = Database::open(directory_.path() + "/db", Database::Mode::read_write);
    ASSERT_TRUE(database.ok()) << database.error();
    database_.emplace(database.take());
    auto alerter = Alerter::open(*database_, "s1", limits);
    ASSERT_TRUE(alerter.ok()) << alerter.error();
    alerter_.emplace(alerter.take());
  }

  Policy policy(PolicyOptions options) const {
    return Policy(std::move(options), {test::small_pack()}, *knowledge_, {});
  }

  std::vector<Alert> written(std::vector<Alert> alerts) {
    EXPECT_TRUE(database_->begin().ok());
    const auto status = alerter_->write(alerts);
    EXPECT_TRUE(status.ok());
    EXPECT_TRUE(database_->commit().ok());
    return alerts;
  }
  std::vector<Alert> update(const Device& device, Time now = kNoon) {
    return written(alerter_->update(device, policy_, now));
  }
  std::vector<Alert> tick(const std::optional<Device>& device, Time now) {
    return written(alerter_->tick(policy_, now, [&](std::string_view) { return device; }));
  }

  std::unique_ptr<KnowledgeBase> knowledge_ = test::small_knowledge();
  Policy policy_ = policy(test::small_policy());
  test::Directory directory_;
  std::optional<Database> database_;
  std::optional<Alerter> alerter_;
};

PolicyOptions with_exception(Time expires) {
  auto options = test::small_policy();
  Exception exception;
  exception.macs = {camera().mac};
  exception.owner = "facilities";
  exception.reason = "awaiting replacement";
  exception.expires = expires;
  options.exceptions = {exception};
  return options;
}

TEST_F(AlerterTest, NewCameraIsDiscoveredAndItsViolationOpened) {
  EXPECT_THAT(types(update(camera())), ElementsAre("device.discovered", "policy.violation"));
  EXPECT_EQ(alerter_->open_findings(), 1u);
}

TEST_F(AlerterTest, SameDeviceAgainIsSilent) {
  update(camera());
  EXPECT_THAT(update(camera(), kNoon + 1h), IsEmpty());
}

TEST_F(AlerterTest, RestartIsSilent) {
  update(camera());
  reopen();
  EXPECT_EQ(alerter_->open_findings(), 1u);
  EXPECT_THAT(update(camera(), kNoon + 1h), IsEmpty());
  EXPECT_THAT(tick(camera(), kNoon + 1h), IsEmpty());
}

TEST_F(AlerterTest, SequenceGoesOnAfterARestart) {
  const auto first = update(camera());
  reopen();
  auto moved = camera();
  moved.presences = {presence("10.20.0.5", 20, kNoon + 1h, kNoon + 1h)};
  EXPECT_EQ(update(moved, kNoon + 1h).at(0).sequence, first.back().sequence + 1);
}

TEST_F(AlerterTest, IdsAreUniqueAndSortByTime) {
  const auto alerts = update(camera());
  EXPECT_EQ(alerts.at(0).id.size(), 32u);
  EXPECT_LT(alerts.at(0).id, alerts.at(1).id);
}

TEST_F(AlerterTest, HigherGradeIsAnUpgradeOnce) {
  update(camera());
  auto proven = camera();
  proven.grade = Grade::proven;
  const auto alerts = update(proven, kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.upgraded"));
  EXPECT_THAT(alerts[0].why, HasSubstr("proven now (was probable)"));
  EXPECT_THAT(update(camera(), kNoon + 2h), IsEmpty());
  EXPECT_THAT(update(proven, kNoon + 3h), IsEmpty());
}

TEST_F(AlerterTest, SinkingGradeDoesNotResolve) {
  update(camera());
  auto weak = camera();
  weak.grade = Grade::possible;
  EXPECT_THAT(update(weak, kNoon + 1h), IsEmpty());
  EXPECT_EQ(alerter_->open_findings(), 1u);
}

TEST_F(AlerterTest, AnotherDeniedMakerIsAnUpgrade) {
  update(camera());
  const auto alerts = update(camera("Huawei"), kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.upgraded"));
  EXPECT_EQ(alerts[0].laws.at(0).entity, "Huawei Company");
}

TEST_F(AlerterTest, FreeMakerResolves) {
  update(camera());
  const auto alerts = update(camera("Axis"), kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_THAT(alerts[0].why, HasSubstr("its maker is known as Axis now"));
}

TEST_F(AlerterTest, AnotherKindResolves) {
  update(camera("Huawei"));
  auto router = camera("Huawei");
  router.kind = Kind::router;
  const auto alerts = update(router, kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_THAT(alerts[0].why, HasSubstr("known as a router now"));
}

TEST_F(AlerterTest, MoveToAnotherDeniedSegmentIsAnUpgrade) {
  update(camera());
  auto moved = camera();
  moved.presences = {presence("10.30.0.5", 30, kNoon + 1h, kNoon + 1h), camera().presences[0]};
  const auto alerts = update(moved, kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.upgraded"));
  EXPECT_EQ(alerts[0].segment, "servers");
  EXPECT_THAT(alerts[0].why, HasSubstr("moved; it was in segment core"));
}

TEST_F(AlerterTest, TwoDeniedPlacesAtOnceDoNotAlternate) {
  auto device = camera();
  device.presences = {presence("10.10.0.21", 10, kNoon, kNoon + 1h),
                      presence("10.30.0.5", 30, kNoon, kNoon)};
  update(device);
  std::swap(device.presences[0].last_seen, device.presences[1].last_seen);
  EXPECT_THAT(update(device, kNoon + 1h), IsEmpty());
}

TEST_F(AlerterTest, MoveToAFreeSegmentResolves) {
  const auto opened = update(camera());
  auto moved = camera();
  moved.presences = {presence("10.20.0.5", 20, kNoon + 1h, kNoon + 1h), camera().presences[0]};
  const auto alerts = update(moved, kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_EQ(
      alerts[0].why,
      "A camera made by Hikvision no longer breaks rule no-law-on-core in segment core: it is "
      "now in segment cctv at 10.20.0.5 (44:19:b6:0a:0b:0c, VLAN 20).");
  EXPECT_EQ(alerts[0].dedup_key, opened.back().dedup_key);
  EXPECT_EQ(alerts[0].laws.size(), 1u);
  EXPECT_EQ(alerts[0].segment, "core");
  EXPECT_EQ(alerts[0].severity, Severity::info);
}

TEST_F(AlerterTest, ResolutionAfterARestartStillQuotesTheLaw) {
  update(camera());
  reopen();
  const auto alerts = tick(camera(), kNoon + 24h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_EQ(alerts[0].laws.size(), 1u);
  EXPECT_EQ(alerts[0].rule_name, "No restricted cameras inside");
}

TEST_F(AlerterTest, GoneDeviceResolvesAtTheTick) {
  update(camera());
  EXPECT_THAT(tick(camera(), kNoon + 24h - 1s), IsEmpty());
  const auto alerts = tick(camera(), kNoon + 24h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_THAT(alerts[0].why, HasSubstr("it was last seen 2026-09-10T12:00:00.000Z"));
  EXPECT_EQ(alerter_->open_findings(), 0u);
}

TEST_F(AlerterTest, ReturnOpensAnew) {
  update(camera());
  tick(camera(), kNoon + 24h);
  auto back = camera();
  back.presences[0].last_seen = back.last_seen = kNoon + 25h;
  EXPECT_THAT(types(update(back, kNoon + 25h)), ElementsAre("policy.violation"));
}

TEST_F(AlerterTest, TickOfADeviceThatIsStillSeenIsSilent) {
  update(camera());
  auto seen = camera();
  seen.presences[0].last_seen = kNoon + 23h;
  EXPECT_THAT(tick(seen, kNoon + 24h), IsEmpty());
  EXPECT_THAT(types(tick(seen, kNoon + 47h)), ElementsAre("policy.resolved"));
}

TEST_F(AlerterTest, ExceptedFindingIsRecordedInSilence) {
  policy_ = policy(with_exception(kNoon + 48h));
  EXPECT_THAT(types(update(camera())), ElementsAre("device.discovered"));
  EXPECT_EQ(alerter_->open_findings(), 0u);
  EXPECT_EQ(alerter_->excepted_findings(), 1u);
  reopen();
  EXPECT_EQ(alerter_->excepted_findings(), 1u);
}

TEST_F(AlerterTest, ExceptionThatRunsOutOpensAtTheTick) {
  policy_ = policy(with_exception(kNoon + 1h));
  update(camera());
  EXPECT_THAT(tick(camera(), kNoon + 1h - 1s), IsEmpty());
  const auto alerts = tick(camera(), kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.violation"));
  EXPECT_THAT(alerts[0].why, HasSubstr("The exception is over (facilities until"));
}

TEST_F(AlerterTest, NewExceptionResolves) {
  update(camera());
  policy_ = policy(with_exception(kNoon + 48h));
  const auto alerts = update(camera(), kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_THAT(alerts[0].why, HasSubstr("it has an exception: facilities until"));
  EXPECT_EQ(alerter_->excepted_findings(), 1u);
}

TEST_F(AlerterTest, ExceptedDeviceLeavesInSilence) {
  policy_ = policy(with_exception(kNoon + 48h));
  update(camera());
  EXPECT_THAT(tick(camera(), kNoon + 24h), IsEmpty());
  EXPECT_EQ(alerter_->excepted_findings(), 0u);
}

TEST_F(AlerterTest, RemovedRuleResolves) {
  update(camera());
  auto options = test::small_policy();
  options.rules.clear();
  policy_ = policy(options);
  const auto alerts = update(camera(), kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_THAT(alerts[0].why, HasSubstr("rule no-law-on-core is no longer in the policy"));
}

TEST_F(AlerterTest, RemovedSegmentOfARuleResolves) {
  update(camera());
  auto options = test::small_policy();
  options.rules[0].zones = {"cameras"};
  policy_ = policy(options);
  const auto alerts = update(camera(), kNoon + 1h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_THAT(alerts[0].why, HasSubstr("does not apply in segment core any more"));
}

TEST_F(AlerterTest, SuccessorKeepsTheFindingInSilence) {
  auto by_ip = camera();
  by_ip.id = "ip-10.10.0.21";
  const auto opened = update(by_ip);
  EXPECT_THAT(written(alerter_->vanished(by_ip.id, camera().id, kNoon)), IsEmpty());
  EXPECT_THAT(update(camera()), IsEmpty());
  reopen();
  EXPECT_THAT(update(camera(), kNoon + 1h), IsEmpty());
  const auto alerts = tick(camera(), kNoon + 24h);
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_EQ(alerts[0].dedup_key, opened.back().dedup_key);
}

TEST_F(AlerterTest, SuccessorWithItsOwnFindingResolvesTheOther) {
  auto by_ip = camera();
  by_ip.id = "ip-10.10.0.21";
  update(by_ip);
  update(camera());
  const auto alerts = written(alerter_->vanished(by_ip.id, camera().id, kNoon));
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_THAT(alerts[0].why, HasSubstr("the same device as mac-4419b60a0b0c"));
  EXPECT_EQ(alerts[0].dedup_key, "no-law-on-core/ip-10.10.0.21");
  EXPECT_EQ(alerter_->open_findings(), 1u);
}

TEST_F(AlerterTest, VanishedWithoutSuccessorResolves) {
  update(camera());
  const auto alerts = written(alerter_->vanished(camera().id, "", kNoon));
  ASSERT_THAT(types(alerts), ElementsAre("policy.resolved"));
  EXPECT_EQ(alerts[0].device.maker, "Hikvision");
  EXPECT_EQ(alerter_->open_findings(), 0u);
}

TEST_F(AlerterTest, DeviceThatTheInventoryLostResolvesAtTheTick) {
  update(camera());
  EXPECT_THAT(types(tick(std::nullopt, kNoon + 24h)), ElementsAre("policy.resolved"));
}

TEST_F(AlerterTest, CameraOfUnknownMakerIsDiscovered) {
  auto unknown = camera("");
  unknown.grade = Grade::none;
  EXPECT_THAT(types(update(unknown)), ElementsAre("device.discovered"));
}

TEST_F(AlerterTest, RouterIsNotDiscovered) {
  auto router = camera("Huawei");
  router.kind = Kind::router;
  EXPECT_THAT(update(router), IsEmpty());
}

TEST_F(AlerterTest, DiscoveryIsToldOnceOverRestarts) {
  update(camera("Axis"));
  reopen();
  EXPECT_THAT(update(camera("Axis"), kNoon + 1h), IsEmpty());
}

TEST_F(AlerterTest, FailedTransactionLeavesNothing) {
  const auto alerts = alerter_->update(camera(), policy_, kNoon);
  ASSERT_TRUE(database_->begin().ok());
  ASSERT_TRUE(alerter_->write(alerts).ok());
  database_->rollback();
  reopen();
  EXPECT_THAT(types(update(camera())), ElementsAre("device.discovered", "policy.violation"));
}

TEST_F(AlerterTest, OpenedAndResolvedInOneTransactionIsWritten) {
  auto alerts = alerter_->update(camera(), policy_, kNoon);
  for (auto& alert : alerter_->update(camera("Axis"), policy_, kNoon)) alerts.push_back(alert);
  EXPECT_THAT(types(written(alerts)),
              ElementsAre("device.discovered", "policy.violation", "policy.resolved"));
  reopen();
  EXPECT_EQ(alerter_->open_findings(), 0u);
}

TEST_F(AlerterTest, IdThatComesUpAgainHasADedupKeyOfItsOwn) {
  auto by_ip = camera();
  by_ip.id = "ip-10.10.0.21";
  const auto first = update(by_ip);
  written(alerter_->vanished(by_ip.id, camera().id, kNoon));
  reopen();
  const auto second = update(by_ip, kNoon + 1h);
  EXPECT_THAT(types(second), ElementsAre("device.discovered", "policy.violation"));
  EXPECT_NE(second.back().dedup_key, first.back().dedup_key);
}

TEST_F(AlerterTest, HostileTimesDoNotOverflow) {
  auto device = camera();
  device.presences[0].last_seen = Time::max();
  EXPECT_THAT(types(update(device)), ElementsAre("device.discovered", "policy.violation"));
  EXPECT_THAT(tick(device, kNoon + 1h), IsEmpty());
}

// Whatever happens, every receiver sees each violation open, perhaps change, and end.
TEST_F(AlerterTest, EdgesAlternateOverARandomLife) {
  const std::vector<Policy> policies{policy(test::small_policy()),
                                     policy(with_exception(kNoon + 300h)), policy(PolicyOptions{})};
  std::mt19937 random(7);
  const auto pick = [&](std::uint32_t n) { return random() % n; };
  std::map<std::string, Device> devices;
  std::set<std::string> open;
  const auto hear = [&](const std::vector<Alert>& alerts) {
    for (const auto& alert : written(alerts)) {
      if (alert.type == AlertType::device_discovered) continue;
      const bool opens = alert.type == AlertType::violation_opened;
      ASSERT_EQ(open.contains(alert.dedup_key), !opens) << alert.dedup_key;
      if (opens) open.insert(alert.dedup_key);
      if (alert.type == AlertType::violation_resolved) open.erase(alert.dedup_key);
    }
    ASSERT_EQ(alerter_->open_findings(), open.size());
  };
  const Policy* rules = &policies[0];
  Time now = kNoon;
  for (int step = 0; step < 1500 && !HasFatalFailure(); ++step) {
    now += 1h * pick(12);
    const auto id = "id-" + std::to_string(pick(4));
    if (pick(20) == 0) {
      reopen();
    } else if (pick(15) == 0) {
      rules = &policies[pick(3)];
      for (const auto& [name, device] : devices) hear(alerter_->update(device, *rules, now));
    } else if (pick(8) == 0) {
      devices.erase(id);
      const auto heir = pick(2) && !devices.empty() ? devices.begin()->first : "";
      hear(alerter_->vanished(id, heir, now));
      if (!heir.empty()) hear(alerter_->update(devices[heir], *rules, now));
    } else if (pick(4) != 0) {
      auto device = camera(std::vector<std::string>{"Hikvision", "Huawei", "Axis", ""}[pick(4)]);
      device.id = id;
      device.grade = static_cast<Grade>(pick(4));
      device.kind = pick(6) ? Kind::camera : Kind::router;
      device.presences = {presence("", static_cast<std::uint16_t>(10 * (1 + pick(4))), now, now)};
      devices[id] = device;
      hear(alerter_->update(device, *rules, now));
    }
    hear(alerter_->tick(*rules, now, [&](std::string_view who) -> std::optional<Device> {
      const auto at = devices.find(std::string(who));
      return at == devices.end() ? std::nullopt : std::optional(at->second);
    }));
  }
}

TEST_F(AlerterTest, FindingsBeyondTheLimitAreCounted) {
  reopen({.findings = 1, .discovered = 1});
  update(camera());
  auto second = camera();
  second.id = "mac-4419b6000002";
  EXPECT_THAT(update(second), IsEmpty());
  EXPECT_EQ(alerter_->counters().findings_refused, 1u);
  EXPECT_EQ(alerter_->counters().discoveries_refused, 1u);
}

TEST_F(AlerterTest, ReplayGivesTheSameAlerts) {
  const auto first = update(camera());
  const test::Directory elsewhere;
  auto database = Database::open(elsewhere.path() + "/db", Database::Mode::read_write);
  ASSERT_TRUE(database.ok());
  auto other = Alerter::open(*database, "s1");
  ASSERT_TRUE(other.ok());
  const auto second = other->update(camera(), policy_, kNoon);
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(to_string(to_json(first[i])), to_string(to_json(second[i])));
  }
}

}  // namespace
}  // namespace camwarden
