#pragma once
// Database: one SQLite file, WAL, opened by one process at a time for writing. SQLiteCpp and its
// exceptions stay in database.cc. Errors say what failed and what to do (locked: by whom; disk full;
// corrupt; not a database; no permission).
//
// Thread: its owner (core). Readers of other processes (`camwarden devices`) open read-only.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace camwarden {

class Database {
 public:
  enum class Mode { read_only, read_write };
  using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
  using Row = std::vector<Value>;

  static Result<Database> open(const std::string& path, Mode mode);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // Statements are prepared once and cached by their text, so `sql` should be a literal.
  Status run(std::string_view sql, const std::vector<Value>& values = {});
  // Calls `row` for each row; the row is valid during the call.
  Status query(std::string_view sql, const std::vector<Value>& values,
               const std::function<void(const Row&)>& row) const;

  // All or nothing, also over a crash. Begin and commit by hand because the work between them
  // belongs to several folders; a Database that is destroyed in between rolls back.
  Status begin();
  Status commit();
  void rollback();

  const std::string& path() const;

 private:
  struct Connection;
  explicit Database(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

std::int64_t integer(const Database::Value& value);      // 0 when it is none
const std::string& text(const Database::Value& value);   // "" when it is none

}  // namespace camwarden
