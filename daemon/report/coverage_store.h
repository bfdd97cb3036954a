#pragma once
// CoverageStore: the rows of the ledger, in the table `coverage` of the shared database. A row that
// is added to one of the same segment and hour is merged into it.
//
// Bounded: hours become days after hours_kept, days go after days_kept; where there would be more
// than `rows`, sooner.
//
// Thread: core. Writes are inside the caller's transaction, and count once written() says that it
// was committed.

#include <cstdint>
#include <functional>

#include "base/database.h"
#include "base/result.h"
#include "report/coverage.h"

namespace camwarden {

class CoverageStore {
 public:
  struct Limits {
    Duration hours_kept = std::chrono::days(400);
    Duration days_kept = std::chrono::days(3650);
    std::size_t rows = 250'000;
  };

  // Creates the table where it is missing; refuses one of a newer version. `database` must outlive
  // it, at its place.
  static Result<CoverageStore> open(Database& database, Limits limits);

  Status add(const Coverage& row);
  // At most one day becomes shorter or goes: a bounded piece of work in every transaction.
  Status make_room(Time now);
  void written() { rows_ = rows_now_; }
  void failed() { rows_now_ = rows_; }

 private:
  CoverageStore(Database& database, Limits limits, std::size_t rows)
      : database_(&database), limits_(limits), rows_(rows), rows_now_(rows) {}
  Status put(const Coverage& row);
  Status fold_oldest_day(Time before);
  Status remove_before(Time time);

  Database* database_;
  Limits limits_;
  std::size_t rows_, rows_now_;  // as committed, and in the transaction
};

// Rows that touch the time between, by time and segment. None where no daemon kept any.
Status read_coverage(const Database& database, Time from, Time to,
                     const std::function<void(Coverage&&)>& each);

}  // namespace camwarden
