#include "app/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace camwarden {
namespace {

// Between two counts of the hosts that were heard in the hour; the hour's end counts them too. So
// many are derived at a tick, which takes some milliseconds: an alert must not wait for them all.
constexpr auto kCensusInterval = std::chrono::minutes(10);
constexpr std::size_t kCountedAtATick = 1000;

template <typename T>
void append(std::vector<T>& to, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

Matcher matcher_of(std::shared_ptr<const Setup> setup) {
  return [knowledge = setup->knowledge](const Field& field, std::string_view value) {
    return knowledge->match(field, value);
  };
}

}  // namespace

Engine::Engine(Database database, std::shared_ptr<const Setup> setup, std::string sensor)
    : database_(std::move(database)),
      setup_(std::move(setup)),
      sensor_(std::move(sensor)),
      interfaces_(setup_->config.interfaces) {}

Result<std::unique_ptr<Engine>> Engine::open(Database database, std::shared_ptr<const Setup> setup,
                                             const Vocabulary& vocabulary, const Origin& origin, Keep keep) {
  const auto sensor = setup->config.sensor;
  std::unique_ptr<Engine> engine(new Engine(std::move(database), std::move(setup), sensor));
  engine->keep_ = keep;
  if (auto status = engine->open_parts(vocabulary, origin); !status) return Error{status.error()};
  return engine;
}

Status Engine::open_parts(const Vocabulary& vocabulary, const Origin& origin) {
  const auto& config = setup_->config;
  inventory_ = std::make_unique<Inventory>(config.inventory, matcher_of(setup_));
  auto store = Store::open(database_, vocabulary);
  if (!store) return Error{store.error()};
  store_ = store.take();
  auto restored = store_->read([&](const Inventory::Fact& fact) { inventory_->restore(fact); }, interfaces_);
  if (!restored) return restored;
  policy_ = std::make_unique<Policy>(config.policy, setup_->law_packs, *setup_->knowledge, interfaces_);
  auto alerter = Alerter::open(database_, sensor_);
  if (!alerter) return Error{alerter.error()};
  alerter_ = alerter.take();
  auto outbox = Outbox::open(database_, config.sinks, origin, config.outbox);
  if (!outbox) return Error{outbox.error()};
  outbox_ = outbox.take();
  auto ledger = Ledger::open(database_);
  if (!ledger) return Error{ledger.error()};
  ledger_ = ledger.take();
  // As the last process left it: a device that the first new fact shows to be another's vanishes
  // under the name that its findings have.
  take_changes();
  return {};
}

void Engine::observe(const Observation& observation) { inventory_->observe(observation); }

Result<std::vector<Alert>> Engine::settle(Time now) {
  take_changes();
  if (last_flush_ == Time{}) last_flush_ = now;
  const bool due = changed_ && now - last_flush_ >= setup_->config.flush_interval;
  if (!news_ && !due && delivered_.empty()) return std::vector<Alert>{};
  return judge_and_commit(now);
}

Result<std::vector<Alert>> Engine::flush(Time now) {
  take_changes();
  if (keep_ == Keep::everything) take_census(now);
  ledger_->hurry();
  return judge_and_commit(now);
}

void Engine::take_changes() {
  for (auto& change : inventory_->take_changes()) {
    changed_ = true;
    news_ |= change.news;
    if (change.known || alerter_->follows(change.id)) to_judge_.insert(std::move(change.id));
  }
}

Result<std::vector<Alert>> Engine::judge_and_commit(Time now) {
  if (auto status = recover(); !status) return Error{status.error()};
  auto alerts = judge(now);
  if (auto status = commit(alerts); !status) return Error{status.error()};
  to_judge_.clear();  // not when a tick commits: what it did not judge is still to be judged
  changed_ = news_ = false;
  last_flush_ = now;
  return alerts;
}

// Ids that are gone hand their findings over before anybody's device is judged.
std::vector<Alert> Engine::judge(Time now) {
  std::vector<Alert> alerts;
  std::vector<Device> devices;
  for (const auto& id : to_judge_) {
    if (auto device = inventory_->device(id)) {
      devices.push_back(std::move(*device));
    } else {
      append(alerts, alerter_->vanished(id, inventory_->successor(id), now));
    }
  }
  for (const auto& device : devices) append(alerts, alerter_->update(device, *policy_, now));
  return alerts;
}

Result<std::vector<Alert>> Engine::tick(Time now) {
  if (auto status = recover(); !status) return Error{status.error()};
  auto alerts = alerter_->tick(*policy_, now, [&](std::string_view id) { return inventory_->device(id); });
  count_some_hosts(now);
  if (alerts.empty() && !ledger_->due()) return alerts;
  if (auto status = commit(alerts); !status) return Error{status.error()};
  return alerts;
}

// A replay counts by the hour alone, and all at once: its report asks for the rest.
void Engine::count_some_hosts(Time now) {
  if (last_census_ == Time{}) last_census_ = now;
  const bool hour_over = hour_of(now) != hour_of(last_census_);
  const bool due = keep_ == Keep::everything && now - last_census_ >= kCensusInterval;
  if (!census_ && (hour_over || due)) {
    begin_census(hour_over ? last_census_ : now);
    last_census_ = now;
  }
  go_on_with_census(keep_ == Keep::everything ? kCountedAtATick : SIZE_MAX);
}

void Engine::begin_census(Time when) {
  census_.emplace(when);
  to_count_ = inventory_->ids();
}

void Engine::go_on_with_census(std::size_t most) {
  if (!census_) return;
  for (; most > 0 && !to_count_.empty(); --most) {
    if (const auto device = inventory_->device(to_count_.back())) census_->add(*device, *policy_);
    to_count_.pop_back();
  }
  if (!to_count_.empty()) return;
  ledger_->hosts(*census_);
  census_.reset();
}

void Engine::take_census(Time now) {
  go_on_with_census(SIZE_MAX);
  begin_census(now);
  go_on_with_census(SIZE_MAX);
  last_census_ = now;
}

Result<std::vector<Coverage>> Engine::coverage(Time from, Time to) {
  take_census(to);
  ledger_->hurry();
  if (auto status = commit({}); !status) return Error{status.error()};
  std::vector<Coverage> rows;
  auto status = read_coverage(database_, from, to + Duration(1), [&](Coverage&& row) { rows.push_back(std::move(row)); });
  if (!status) return Error{status.error()};
  return rows;
}

Status Engine::report(Alert event) {
  event.sensor = sensor_;
  const auto whose = fmt::format("{}\n{}", sensor_, to_string(event.type));
  event.id = fmt::format("{:020x}{:012x}", std::max<std::int64_t>(0, to_unix_ns(event.time)),
                         hash_bytes(whose.data(), whose.size()) & 0xffffffffffff);
  auto status = database_.begin();
  if (status) status = outbox_->write({event});
  if (status) status = database_.commit();
  if (status) return status;
  database_.rollback();
  if (auto counted = outbox_->recount(); !counted) return counted;
  return status;
}

// The one place where state becomes durable.
Status Engine::commit(const std::vector<Alert>& alerts) {
  if (keep_ == Keep::everything) append(to_write_, inventory_->take_dirty_facts());
  auto status = database_.begin();
  if (status) status = write(alerts);
  if (status) status = database_.commit();
  if (!status) {
    database_.rollback();
    ahead_ = true;
    changed_ = news_ = true;
    return status;
  }
  ledger_->written();
  to_write_.clear();
  delivered_.clear();
  return {};
}

Status Engine::write(const std::vector<Alert>& alerts) {
  if (auto status = store_->write(to_write_, interfaces_); !status) return status;
  if (auto status = alerter_->write(alerts); !status) return status;
  if (auto status = outbox_->write(alerts); !status) return status;
  if (auto status = ledger_->write_if_due(*policy_); !status) return status;
  return outbox_->delivered(delivered_);
}

// After a failed commit the alerter and the outbox go back to what the database holds, and every
// device is judged again. Until it can be read nothing is judged: an alert may come late, not get lost.
Status Engine::recover() {
  if (!ahead_) return {};
  auto alerter = Alerter::open(database_, sensor_);
  if (!alerter) return Error{alerter.error()};
  if (auto status = outbox_->recount(); !status) return status;
  alerter_ = alerter.take();
  ahead_ = false;
  judge_all_again();
  return {};
}

void Engine::judge_all_again() {
  for (const auto& device : inventory_->devices(Inventory::Which::known)) to_judge_.insert(device.id);
  for (const auto& id : alerter_->followed()) to_judge_.insert(id);
  changed_ = news_ = true;
}

std::uint64_t Engine::turned_away() const {
  const auto& kept = inventory_->counters();
  const auto& judged = alerter_->counters();
  return kept.facts_refused + kept.devices_refused + judged.findings_refused + judged.discoveries_refused;
}

void Engine::delivered(std::vector<std::int64_t> rows) { append(delivered_, std::move(rows)); }

Status Engine::reconfigure(std::shared_ptr<const Setup> setup) {
  inventory_->relearn(matcher_of(setup));
  policy_ = std::make_unique<Policy>(setup->config.policy, setup->law_packs, *setup->knowledge, interfaces_);
  setup_ = std::move(setup);
  judge_all_again();
  return outbox_->reconfigure(setup_->config.sinks);
}

}  // namespace camwarden
