#pragma once
// Store: the facts of the inventory in the SQLite database. The tables of policy (findings, alerts)
// and sinks (outbox) live in the same database, each kept by its own folder, and share its
// transactions: see base/database.h.
//
// Thread: core.

#include <functional>
#include <vector>

#include "base/database.h"
#include "base/result.h"
#include "inventory/inventory.h"
#include "observation/field.h"

namespace camwarden {

class Store {
 public:
  // Creates its tables where they are missing; refuses a database of a newer version.
  static Result<Store> open(Database& database, const Vocabulary& vocabulary);

  // Inside the caller's transaction. Interfaces are stored by name.
  Status write(const std::vector<Inventory::Fact>& facts,
               const std::vector<std::string>& interfaces);
  // Calls `restore` for every stored fact, which is valid during the call; a field that no longer
  // exists is skipped. Interfaces that are not in `interfaces` are appended to it.
  Status read(const std::function<void(const Inventory::Fact&)>& restore,
              std::vector<std::string>& interfaces) const;

 private:
  Store(Database& database, const Vocabulary& vocabulary);
  Database* database_;
  const Vocabulary* vocabulary_;
};

}  // namespace camwarden
