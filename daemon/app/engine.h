#pragma once
// Engine: the right half on one screen. Observations go in; settle() derives the devices that
// changed, judges them, and writes facts, findings, alerts and outgoing messages as one transaction.
// A pure function of the observations and the times it is given: it never asks the clock.
//
// A commit that fails (disk full, a locked file) loses nothing: facts and changes stay, the alerter
// goes back to what the database last held, and the next settle() tries the whole again.
//
// Thread: core (for replay, the main thread).

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/database.h"
#include "base/result.h"
#include "inventory/inventory.h"
#include "inventory/store.h"
#include "policy/alerter.h"
#include "policy/policy.h"
#include "report/ledger.h"
#include "sinks/outbox.h"

namespace camwarden {

class Engine {
 public:
  // Reads back what the database holds. `vocabulary` must outlive the engine.
  // `keep` says what outlives the engine: a replay's facts are in its capture anyway.
  enum class Keep { everything, alerts };
  static Result<std::unique_ptr<Engine>> open(Database database, std::shared_ptr<const Setup> setup,
                                              const Vocabulary& vocabulary, const Origin& origin,
                                              Keep keep = Keep::everything);

  void observe(const Observation& observation);

  // Everything that is new becomes durable; returns the alerts that it caused, already committed.
  Result<std::vector<Alert>> settle(Time now);
  // The same, and everything that could have waited too: before a stop.
  Result<std::vector<Alert>> flush(Time now);
  // Time passes: devices go, exceptions run out. Now and then, on a quiet network too.
  Result<std::vector<Alert>> tick(Time now);

  // What the sensor listened to, every second or so, and what was asked: see report/ledger.h.
  void listened(const Listened& listened) { ledger_->listened(listened); }
  void asked(const Asked& asked) { ledger_->asked(asked); }
  // Written or not, all that is known of the time between.
  Result<std::vector<Coverage>> coverage(Time from, Time to);

  // An event of the sensor itself, for the sinks that want it; numbered here.
  Status report(Alert event);

  // Messages for the courier, and what it says of them.
  std::vector<Message> take_due() { return outbox_->take_due(); }
  void delivered(std::vector<std::int64_t> rows);

  // Another configuration: every fact is matched and every device judged anew at the next settle().
  Status reconfigure(std::shared_ptr<const Setup> setup);

  const Inventory& inventory() const { return *inventory_; }
  const Policy& policy() const { return *policy_; }
  std::size_t open_findings() const { return alerter_->open_findings(); }
  std::size_t waiting_messages() const { return outbox_->waiting(); }
  std::uint64_t dropped_messages() const { return outbox_->dropped(); }
  // What found no room: facts and devices in the inventory, findings in the alerter.
  std::uint64_t turned_away() const;

 private:
  Engine(Database database, std::shared_ptr<const Setup> setup, std::string sensor);
  Status open_parts(const Vocabulary& vocabulary, const Origin& origin);
  void judge_all_again();
  void take_census(Time now);
  void count_some_hosts(Time now);
  void begin_census(Time when);
  void go_on_with_census(std::size_t most);
  std::vector<Alert> judge(Time now);
  void take_changes();
  Result<std::vector<Alert>> judge_and_commit(Time now);
  Status commit(const std::vector<Alert>& alerts);
  Status write(const std::vector<Alert>& alerts);
  Status recover();

  Database database_;
  std::shared_ptr<const Setup> setup_;
  std::string sensor_;
  std::vector<std::string> interfaces_;  // by index: the configured ones, then those of old facts
  std::unique_ptr<Inventory> inventory_;
  std::unique_ptr<Policy> policy_;
  std::optional<Store> store_;
  std::optional<Alerter> alerter_;
  std::optional<Outbox> outbox_;
  std::optional<Ledger> ledger_;

  std::set<std::string> to_judge_;              // ids whose view changed
  std::vector<Inventory::Fact> to_write_;       // facts that a failed commit left behind
  std::vector<std::int64_t> delivered_;
  Time last_flush_{};

  std::optional<Census> census_;  // under way
  std::vector<std::string> to_count_;
  Time last_census_{};
  Keep keep_ = Keep::everything;
  bool ahead_ = false;  // alerter and outbox believe what was not committed
  bool changed_ = false;  // since the last commit; `news_` if more than a later last_seen
  bool news_ = false;
};

}  // namespace camwarden
