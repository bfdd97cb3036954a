#include "policy/finding_store.h"

#include <array>

#include "policy/alert_json.h"

namespace camwarden {
namespace {

constexpr std::array<std::string_view, 3> kSchema{
    "CREATE TABLE IF NOT EXISTS finding("
    " rule TEXT NOT NULL, device TEXT NOT NULL, state TEXT NOT NULL, opened INTEGER NOT NULL,"
    " grade TEXT NOT NULL, maker TEXT NOT NULL, segment TEXT NOT NULL, dedup_key TEXT NOT NULL,"
    " exception TEXT NOT NULL, last_alert TEXT NOT NULL, PRIMARY KEY(rule, device))",
    "CREATE TABLE IF NOT EXISTS alert("
    " seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time INTEGER NOT NULL, type TEXT NOT NULL,"
    " rule TEXT NOT NULL, device TEXT NOT NULL, json TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS discovered(device TEXT PRIMARY KEY)"};

constexpr std::array kGrades{Grade::none, Grade::possible, Grade::probable, Grade::proven};

Grade grade_named(std::string_view name) {
  for (const auto grade : kGrades) {
    if (to_string(grade) == name) return grade;
  }
  return Grade::none;
}

std::string words(std::string_view text) { return std::string(text); }

}  // namespace

Result<FindingStore> FindingStore::open(Database& database) {
  for (const auto sql : kSchema) {
    if (auto status = database.run(sql); !status) return Error{status.error()};
  }
  return FindingStore(database);
}

Status FindingStore::read(std::map<FindingKey, OpenFinding>& findings,
                          std::set<std::string>& discovered, std::uint64_t& sequence) const {
  auto status = database_->query(
      "SELECT rule, device, opened, grade, maker, segment, dedup_key, exception FROM finding", {},
      [&](const Database::Row& row) {
        OpenFinding finding;
        finding.opened = from_unix_ns(integer(row[2]));
        finding.grade = grade_named(text(row[3]));
        finding.maker = text(row[4]);
        finding.segment = text(row[5]);
        finding.dedup_key = text(row[6]);
        finding.exception = text(row[7]);
        findings.emplace(FindingKey{text(row[1]), text(row[0])}, std::move(finding));
      });
  if (!status) return status;
  status = database_->query("SELECT device FROM discovered", {},
                            [&](const Database::Row& row) { discovered.insert(text(row[0])); });
  if (!status) return status;
  return database_->query("SELECT MAX(seq) FROM alert", {}, [&](const Database::Row& row) {
    sequence = static_cast<std::uint64_t>(integer(row[0]));
  });
}

Result<std::string> FindingStore::last_alert(const FindingKey& key) const {
  std::string json;
  auto status = database_->query("SELECT last_alert FROM finding WHERE rule = ? AND device = ?",
                                 {key.rule, key.device},
                                 [&](const Database::Row& row) { json = text(row[0]); });
  if (!status) return Error{status.error()};
  return json;
}

Status FindingStore::put(const FindingKey& key, const OpenFinding& finding,
                         const std::string& last_alert) {
  return database_->run(
      "INSERT OR REPLACE INTO finding(rule, device, state, opened, grade, maker, segment,"
      " dedup_key, exception, last_alert) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {key.rule, key.device, words(finding.excepted() ? "excepted" : "open"),
       to_unix_ns(finding.opened), words(to_string(finding.grade)), finding.maker, finding.segment,
       finding.dedup_key, finding.exception, last_alert});
}

Status FindingStore::erase(const FindingKey& key) {
  return database_->run("DELETE FROM finding WHERE rule = ? AND device = ?",
                        {key.rule, key.device});
}

Status FindingStore::put_discovered(const std::string& device) {
  return database_->run("INSERT OR IGNORE INTO discovered(device) VALUES(?)", {device});
}

Status FindingStore::erase_discovered(const std::string& device) {
  return database_->run("DELETE FROM discovered WHERE device = ?", {device});
}

Status FindingStore::add(const Alert& alert) {
  return database_->run(
      "INSERT INTO alert(seq, id, time, type, rule, device, json) VALUES(?, ?, ?, ?, ?, ?, ?)",
      {static_cast<std::int64_t>(alert.sequence), alert.id, to_unix_ns(alert.time),
       words(to_string(alert.type)), alert.rule, alert.device.id, to_string(to_json(alert))});
}

Status FindingStore::prune(std::uint64_t newest) {
  if (newest <= kMaxAlerts) return {};
  return database_->run("DELETE FROM alert WHERE seq <= ?",
                        {static_cast<std::int64_t>(newest - kMaxAlerts)});
}

Status read_alerts(const Database& database, const std::function<void(Alert&&)>& each) {
  bool whole = true;
  auto status =
      database.query("SELECT json FROM alert ORDER BY seq", {}, [&](const Database::Row& row) {
        const auto value = parse_json(text(row[0]));
        auto alert =
            value && value->is_object() ? alert_from_json(value->as_object()) : std::nullopt;
        whole &= alert.has_value();
        if (alert) each(std::move(*alert));
      });
  if (status && !whole) {
    return Error{database.path() + ": holds alerts that this version cannot read"};
  }
  return status;
}

}  // namespace camwarden
