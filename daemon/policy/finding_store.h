#pragma once
// FindingStore: what the Alerter remembers, as rows of the shared database. Tables:
//   finding     a rule that a device breaks now; state "open" or "excepted"
//   alert       every alert that was raised, newest kMaxAlerts
//   discovered  devices whose discovery was told
// Thread: core. Writes are inside the caller's transaction.

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "base/database.h"
#include "base/result.h"
#include "policy/alert.h"

namespace camwarden {

struct FindingKey {
  std::string device, rule;
  auto operator<=>(const FindingKey&) const = default;
};

struct OpenFinding {
  std::string exception;  // in words; "" when the finding was alerted
  std::string dedup_key;  // of its alerts; outlives a change of the device's id
  std::string segment, maker;
  Grade grade = Grade::none;  // the highest that was told of this maker
  Time opened{};
  Time due = Time::min();  // not stored: when time alone may change it

  bool excepted() const { return !exception.empty(); }
};

class FindingStore {
 public:
  static constexpr std::uint64_t kMaxAlerts = 100'000;

  // Creates the tables where they are missing. `database` must outlive it, at its place.
  static Result<FindingStore> open(Database& database);

  Status read(std::map<FindingKey, OpenFinding>& findings, std::set<std::string>& discovered,
              std::uint64_t& sequence) const;
  // The last alert of a finding, as JSON; "" where there is none.
  Result<std::string> last_alert(const FindingKey& key) const;

  Status put(const FindingKey& key, const OpenFinding& finding, const std::string& last_alert);
  Status erase(const FindingKey& key);
  Status put_discovered(const std::string& device);
  Status erase_discovered(const std::string& device);
  Status add(const Alert& alert);
  Status prune(std::uint64_t newest);

 private:
  explicit FindingStore(Database& database) : database_(&database) {}
  Database* database_;
};

// Every alert that was ever written, in order, for readers of the database.
Status read_alerts(const Database& database, const std::function<void(Alert&&)>& each);

}  // namespace camwarden
