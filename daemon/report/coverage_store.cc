#include "report/coverage_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "report/coverage_json.h"

namespace camwarden {
namespace {

using Row = Database::Row;

constexpr std::int64_t kVersion = 1;
constexpr auto kDay = std::chrono::hours(24);

constexpr std::string_view kTables = R"(
CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS coverage (
  begin INTEGER NOT NULL, segment TEXT NOT NULL, length INTEGER NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (begin, segment)
) WITHOUT ROWID;
)";

std::optional<Coverage> row_of(const std::string& json) {
  const auto value = parse_json(json);
  const auto* object = value ? value->if_object() : nullptr;
  return object ? coverage_from_json(*object) : std::nullopt;
}

Time day_of(Time time) { return std::chrono::floor<std::chrono::days>(time); }

Result<std::int64_t> number(const Database& database, std::string_view sql,
                            const std::vector<Database::Value>& values = {}) {
  std::int64_t answer = 0;
  auto status = database.query(sql, values, [&](const Row& row) { answer = integer(row[0]); });
  if (!status) return Error{status.error()};
  return answer;
}

Status check_version(Database& database) {
  auto version = number(database, "SELECT version FROM schema_version WHERE part = 'coverage'");
  if (!version) return Error{version.error()};
  if (*version > kVersion) {
    return Error{
        fmt::format("{}: written by a newer camwarden (coverage version {}, this one reads "
                    "up to {}); upgrade camwarden",
                    database.path(), *version, kVersion)};
  }
  return database.run("INSERT INTO schema_version VALUES ('coverage', ?) ON CONFLICT DO NOTHING",
                      {kVersion});
}

}  // namespace

Result<CoverageStore> CoverageStore::open(Database& database, Limits limits) {
  if (auto status = database.run(kTables); !status) return Error{status.error()};
  if (auto status = check_version(database); !status) return Error{status.error()};
  auto rows = number(database, "SELECT count(*) FROM coverage");
  if (!rows) return Error{rows.error()};
  return CoverageStore(database, limits, static_cast<std::size_t>(*rows));
}

Status CoverageStore::add(const Coverage& row) {
  std::optional<Coverage> there;
  bool found = false;
  auto status = database_->query("SELECT json FROM coverage WHERE begin = ? AND segment = ?",
                                 {to_unix_ns(row.begin), row.segment}, [&](const Row& stored) {
                                   found = true;
                                   there = row_of(text(stored[0]));
                                 });
  if (!status) return status;
  rows_now_ += !found;
  if (!there) return put(row);
  there->add(row);
  return put(*there);
}

Status CoverageStore::put(const Coverage& row) {
  return database_->run(
      "INSERT OR REPLACE INTO coverage(begin, segment, length, json) VALUES(?, ?, ?, ?)",
      {to_unix_ns(row.begin), row.segment, std::int64_t{row.length.count()},
       to_string(json::value(to_json(row)))});
}

// One day a time: a bounded piece of work in every transaction.
Status CoverageStore::make_room(Time now) {
  const bool crowded = rows_now_ > limits_.rows;
  const Time fold_before = crowded ? day_of(now) : day_of(now - limits_.hours_kept);
  if (auto status = fold_oldest_day(fold_before); !status) return status;
  if (rows_now_ > limits_.rows) {
    auto oldest = number(*database_, "SELECT MIN(begin) FROM coverage");
    if (!oldest) return Error{oldest.error()};
    return remove_before(day_of(from_unix_ns(*oldest)) + kDay);
  }
  return remove_before(day_of(now - limits_.days_kept));
}

Status CoverageStore::fold_oldest_day(Time before) {
  std::optional<Time> day;
  auto status = database_->query("SELECT MIN(begin) FROM coverage WHERE length < ? AND begin < ?",
                                 {std::int64_t{Duration(kDay).count()}, to_unix_ns(before)},
                                 [&](const Row& row) {
                                   if (std::holds_alternative<std::int64_t>(row[0]))
                                     day = day_of(from_unix_ns(integer(row[0])));
                                 });
  if (!status || !day) return status;
  std::vector<Coverage> hours;
  status = database_->query("SELECT json FROM coverage WHERE begin >= ? AND begin < ?",
                            {to_unix_ns(*day), to_unix_ns(*day + kDay)}, [&](const Row& row) {
                              if (auto hour = row_of(text(row[0])))
                                hours.push_back(std::move(*hour));
                            });
  if (!status) return status;
  status = database_->run("DELETE FROM coverage WHERE begin >= ? AND begin < ?",
                          {to_unix_ns(*day), to_unix_ns(*day + kDay)});
  if (!status) return status;
  for (auto& whole : by_segment(hours)) {
    whole.begin = *day;
    whole.length = kDay;
    if (status = put(whole); !status) return status;
  }
  auto rows = number(*database_, "SELECT count(*) FROM coverage");
  if (!rows) return Error{rows.error()};
  rows_now_ = static_cast<std::size_t>(*rows);
  return {};
}

Status CoverageStore::remove_before(Time time) {
  auto gone =
      number(*database_, "SELECT count(*) FROM coverage WHERE begin < ?", {to_unix_ns(time)});
  if (!gone) return Error{gone.error()};
  if (*gone == 0) return {};
  rows_now_ -= static_cast<std::size_t>(*gone);
  return database_->run("DELETE FROM coverage WHERE begin < ?", {to_unix_ns(time)});
}

Status read_coverage(const Database& database, Time from, Time to,
                     const std::function<void(Coverage&&)>& each) {
  auto there = number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'coverage'");
  if (!there) return Error{there.error()};
  if (*there == 0) return {};
  // A day is the longest row; nothing is of before 1970.
  const auto earliest = std::max(from, Time{} + kDay) - kDay - Duration(1);
  return database.query(
      "SELECT json FROM coverage WHERE begin > ? AND begin < ? ORDER BY begin, segment",
      {to_unix_ns(earliest), to_unix_ns(to)}, [&](const Row& row) {
        auto coverage = row_of(text(row[0]));
        if (coverage && coverage->begin + coverage->length > from) each(std::move(*coverage));
      });
}

}  // namespace camwarden
