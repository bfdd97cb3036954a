#include "inventory/store.h"

#include <fmt/format.h>

#include <algorithm>

namespace camwarden {
namespace {

using Value = Database::Value;
using Row = Database::Row;

constexpr std::int64_t kVersion = 1;

// Addresses as text, so that a person with a SQLite shell can read the table. The whole key is
// stored once: there is no rowid.
constexpr std::string_view kTables = R"(
CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS fact (
  mac TEXT NOT NULL, mac_origin INTEGER NOT NULL, ip TEXT NOT NULL, vlan INTEGER NOT NULL,
  interface TEXT NOT NULL, routed INTEGER NOT NULL, bound INTEGER NOT NULL,
  field TEXT NOT NULL, value BLOB NOT NULL, protocol TEXT NOT NULL,
  active INTEGER NOT NULL, packet INTEGER NOT NULL, first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (mac, mac_origin, ip, vlan, interface, routed, bound, field, value, protocol)
) WITHOUT ROWID;
)";

constexpr std::string_view kWrite =
    "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET "
    "active = excluded.active, packet = excluded.packet, first_seen = excluded.first_seen, "
    "last_seen = excluded.last_seen, count = excluded.count";
constexpr std::string_view kForget =
    "DELETE FROM fact WHERE mac = ? AND mac_origin = ? AND ip = ? AND vlan = ? AND interface = ? "
    "AND routed = ? AND bound = ? AND field = ? AND value = ? AND protocol = ?";
constexpr std::string_view kRead =
    "SELECT mac, mac_origin, ip, vlan, interface, routed, bound, field, value, protocol, active, "
    "packet, first_seen, last_seen, count FROM fact";

std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }

std::string name_of(std::uint16_t interface, const std::vector<std::string>& interfaces) {
  return interface < interfaces.size() ? interfaces[interface] : std::string();
}

std::uint16_t index_of(const std::string& name, std::vector<std::string>& interfaces) {
  const auto found = std::find(interfaces.begin(), interfaces.end(), name);
  const auto index = found - interfaces.begin();
  if (found == interfaces.end()) interfaces.push_back(name);
  return static_cast<std::uint16_t>(index);
}

std::vector<Value> key_of(const Observation& fact, const std::vector<std::string>& interfaces) {
  const auto& who = fact.who;
  return {who.mac.none() ? std::string() : who.mac.to_string(),
          std::int64_t{static_cast<std::uint8_t>(who.mac_origin)},
          who.ip.to_string(),
          std::int64_t{who.vlan},
          name_of(who.interface, interfaces),
          std::int64_t{who.routed},
          std::int64_t{who.bound},
          std::string(fact.field->name),
          fact.value,
          std::string(fact.evidence.protocol)};
}

// Nothing for a field that no longer exists, or a row that somebody else changed.
std::optional<Inventory::Fact> fact_of(const Row& row, const Vocabulary& vocabulary,
                                       std::vector<std::string>& interfaces) {
  Inventory::Fact fact;
  auto& first = fact.first;
  first.field = vocabulary.find(text(row[7]));
  const auto origin = integer(row[1]);
  if (!first.field || origin < 0 || origin > static_cast<int>(MacOrigin::payload))
    return std::nullopt;
  first.who.mac = MacAddress::parse(text(row[0])).value_or(MacAddress());
  first.who.mac_origin = first.who.mac.none() ? MacOrigin::none : static_cast<MacOrigin>(origin);
  first.who.ip = IpAddress::parse(text(row[2])).value_or(IpAddress());
  first.who.vlan = static_cast<std::uint16_t>(integer(row[3]) & 0xfff);
  first.who.interface = index_of(text(row[4]), interfaces);
  first.who.routed = integer(row[5]) != 0;
  first.who.bound = integer(row[6]) != 0;
  first.value = text(row[8]);
  first.evidence.protocol = text(row[9]);
  first.evidence.active = integer(row[10]) != 0;
  first.evidence.packet = static_cast<std::uint64_t>(integer(row[11]));
  first.evidence.time = from_unix_ns(integer(row[12]));
  fact.last_seen = from_unix_ns(integer(row[13]));
  fact.count = static_cast<std::uint64_t>(integer(row[14]));
  return fact;
}

Status check_version(Database& database) {
  std::int64_t version = 0;
  auto status = database.query("SELECT version FROM schema_version WHERE part = ?",
                               {std::string("inventory")},
                               [&](const Row& row) { version = integer(row[0]); });
  if (!status || version <= kVersion) return status;
  return Error{
      fmt::format("{}: written by a newer camwarden (inventory version {}, this one reads up "
                  "to {}); upgrade camwarden, or move the file away to start afresh",
                  database.path(), version, kVersion)};
}

}  // namespace

Store::Store(Database& database, const Vocabulary& vocabulary)
    : database_(&database), vocabulary_(&vocabulary) {}

Result<Store> Store::open(Database& database, const Vocabulary& vocabulary) {
  bool there = false;
  auto status = database.query(
      "SELECT 1 FROM sqlite_schema WHERE name IN (?, ?) GROUP BY 1 HAVING count(*) = 2",
      {std::string("schema_version"), std::string("fact")}, [&](const Row&) { there = true; });
  if (status && !there) status = database.run(kTables);
  if (status) status = check_version(database);
  if (status && !there) {
    status = database.run("INSERT INTO schema_version VALUES (?, ?) ON CONFLICT DO NOTHING",
                          {std::string("inventory"), kVersion});
  }
  if (!status) return Error{status.error()};
  return Store(database, vocabulary);
}

Status Store::write(const std::vector<Inventory::Fact>& facts,
                    const std::vector<std::string>& interfaces) {
  for (const auto& fact : facts) {
    auto values = key_of(fact.first, interfaces);
    if (fact.count == 0) {
      if (auto status = database_->run(kForget, values); !status) return status;
      continue;
    }
    values.insert(
        values.end(),
        {std::int64_t{fact.first.evidence.active}, stored(fact.first.evidence.packet),
         to_unix_ns(fact.first.evidence.time), to_unix_ns(fact.last_seen), stored(fact.count)});
    if (auto status = database_->run(kWrite, values); !status) return status;
  }
  return {};
}

Status Store::read(const std::function<void(const Inventory::Fact&)>& restore,
                   std::vector<std::string>& interfaces) const {
  return database_->query(kRead, {}, [&](const Row& row) {
    if (const auto fact = fact_of(row, *vocabulary_, interfaces)) restore(*fact);
  });
}

}  // namespace camwarden
