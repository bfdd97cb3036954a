#pragma once
// Alerter: turns levels into edges. Remembers which findings are open, in the database, so that a
// restart neither repeats an alert nor forgets to resolve one.
//
// Thread: core. Every call that changes state is inside the caller's transaction, together with the
// inventory change that caused it.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/database.h"
#include "base/result.h"
#include "policy/alert.h"
#include "policy/policy.h"

namespace camwarden {

class Alerter {
 public:
  // Reads what is open; creates its tables where they are missing.
  static Result<Alerter> open(Database& database, std::string sensor);

  // The device as it is now; `now` is the time of the packet that changed it.
  std::vector<Alert> update(const Device& device, const Policy& policy, Time now);
  // A device id that no longer exists: its facts are `successor`'s ("" for nobody's). Open findings
  // move over without an alert if the successor breaks the same rule, else resolve.
  std::vector<Alert> vanished(std::string_view id, std::string_view successor, Time now);
  // Time has passed: findings whose device has been unseen for gone_after resolve; exceptions that
  // ran out open. `device_of` looks a device up.
  std::vector<Alert> tick(const Policy& policy, Time now,
                          const std::function<std::optional<Device>(std::string_view)>& device_of);

  // Writes alerts and the open findings that changed. Inside the caller's transaction.
  Status write(const std::vector<Alert>& alerts);
  std::size_t open_findings() const;

 private:
  struct Open;
  // ...
};

}  // namespace camwarden
