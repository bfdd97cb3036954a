#pragma once
// Alerter: turns levels into edges. Remembers which findings are open, in the database, so that a
// restart neither repeats an alert nor forgets to resolve one.
//
// update(), vanished() and tick() change what is remembered; write() puts that and the alerts into
// the database, inside the caller's transaction, together with the inventory change that caused it.
// If the transaction fails, the alerts have not happened: the caller drops them and this Alerter,
// opens another, and judges its devices again.
//
// A violation stays open while the device is denied where it is, even if its evidence sinks below
// the rule's min_grade: only another maker or kind, another place, absence, an exception or another
// policy ends it.
//
// Thread: core. Bounded by Limits; what is turned away is counted, and is judged again whenever the
// device changes.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/database.h"
#include "base/result.h"
#include "policy/alert.h"
#include "policy/finding_store.h"
#include "policy/policy.h"

namespace camwarden {

class Alerter {
 public:
  struct Limits {
    std::size_t findings = 50'000;     // open and excepted
    std::size_t discovered = 200'000;  // devices whose discovery was told
  };
  struct Counters {
    std::uint64_t findings_refused = 0, discoveries_refused = 0;
  };

  // Reads what is open; creates its tables where they are missing. `database` must outlive it, at
  // its place.
  static Result<Alerter> open(Database& database, std::string sensor, Limits limits);
  static Result<Alerter> open(Database& database, std::string sensor) {
    return open(database, std::move(sensor), Limits{});
  }

  // The device as it is now; `now` is the time of the packet that changed it. To be called for
  // every device after the policy has changed.
  std::vector<Alert> update(const Device& device, const Policy& policy, Time now);
  // A device id that no longer exists: its facts are `successor`'s ("" for nobody's). Its open
  // findings become the successor's without an alert and under their old dedup_key, or resolve
  // where the successor has one of its own or is nobody; update() of the successor says how it goes
  // on, so that comes after this.
  std::vector<Alert> vanished(std::string_view id, std::string_view successor, Time now);
  // Time has passed: findings whose device has been unseen for gone_after resolve; exceptions that
  // ran out open. `device_of` looks a device up. The first call looks at every finding.
  std::vector<Alert> tick(const Policy& policy, Time now,
                          const std::function<std::optional<Device>(std::string_view)>& device_of);

  // Writes alerts and the open findings that changed. Inside the caller's transaction.
  Status write(const std::vector<Alert>& alerts);
  // There is something to say of this device id, should it change: it was told of, or breaks a rule.
  bool follows(std::string_view device) const;
  std::vector<std::string> followed() const;
  std::size_t open_findings() const;      // alerted and not resolved
  std::size_t excepted_findings() const;  // suppressed by an exception
  const Counters& counters() const { return counters_; }

 private:
  using Findings = std::map<FindingKey, OpenFinding>;

  Alerter(FindingStore store, std::string sensor, Limits limits);
  void discover(const Device& device, const Policy& policy, Time now, std::vector<Alert>& alerts);
  void judge(const Device& device, const Policy& policy, Time now, std::vector<Alert>& alerts);
  void judge_rule(const DenyRule& rule, const Device& device, const Policy& policy, Time now,
                  std::vector<Alert>& alerts);
  void start(const Finding& found, const Device& device, const Policy& policy, Time now,
             std::vector<Alert>& alerts);
  void keep(Findings::iterator at, const Finding& found, const Device& device, const Policy& policy,
            Time now, std::vector<Alert>& alerts);
  void upgrade(Findings::iterator at, const Finding& found, const Device& device,
               const Policy& policy, Time now, std::vector<Alert>& alerts);
  void raise(Findings::iterator at, AlertType type, const Finding& found, const Device& device,
             std::string why, Time now, std::vector<Alert>& alerts);
  void except(Findings::iterator at, const Exception& exception);
  void resolve(const FindingKey& key, const OpenFinding& finding, const Device* device,
               std::string_view reason, Time now, std::vector<Alert>& alerts);
  void remember(const FindingKey& key, std::string last_alert);
  void forget(Findings::iterator at);
  void hand_over(Findings::iterator at, const std::string& successor);
  std::string fresh_dedup_key(std::string_view rule, std::string_view device) const;
  Alert last_alert(const FindingKey& key) const;
  void number(Alert& alert);

  FindingStore store_;
  std::string sensor_;
  Limits limits_;
  Counters counters_;
  std::uint64_t sequence_ = 0;
  Findings findings_;
  std::set<std::string> discovered_;
  std::set<std::string> inherited_;  // dedup_keys of findings that came over from another device id

  // What write() has to write: rows that go, rows that come (with their last alert as JSON).
  std::set<FindingKey> erased_;
  std::map<FindingKey, std::string> changed_;
  std::set<std::string> newly_discovered_, undiscovered_;
};

}  // namespace camwarden
