#include "sinks/outbox.h"

#include <algorithm>
#include <utility>

namespace camwarden {
namespace {

bool wants(const SinkOptions& sink, AlertType type) {
  if (sink.types.empty()) return type != AlertType::sensor_sight;
  return std::find(sink.types.begin(), sink.types.end(), type) != sink.types.end();
}

// An info or notice tells of a device or of something that is over; what is above is a violation.
bool gives_way(Severity severity) { return severity <= Severity::notice; }

std::int64_t number(Severity severity) { return static_cast<std::int64_t>(severity); }

Status create_tables(Database& database) {
  const auto table = database.run(
      "CREATE TABLE IF NOT EXISTS outbox (row INTEGER PRIMARY KEY AUTOINCREMENT,"
      " sink TEXT NOT NULL, alert_id TEXT NOT NULL, severity INTEGER NOT NULL, text BLOB NOT "
      "NULL)");
  if (!table) return table;
  return database.run("CREATE INDEX IF NOT EXISTS outbox_by_sink ON outbox (sink, row)");
}

}  // namespace

Outbox::Outbox(Database& database, Origin origin, Options options)
    : database_(&database), origin_(std::move(origin)), options_(options) {}

Result<Outbox> Outbox::open(Database& database, std::vector<SinkOptions> sinks, Origin origin,
                            Options options) {
  if (auto status = create_tables(database); !status) return Error{status.error()};
  Outbox outbox(database, std::move(origin), options);
  if (auto status = outbox.load(std::move(sinks)); !status) return Error{status.error()};
  return outbox;
}

Status Outbox::load(std::vector<SinkOptions> sinks) {
  auto before = std::exchange(sinks_, {});
  for (auto& options : sinks) {
    const auto name = options.name;
    const auto known = before.find(name);
    auto& sink = sinks_[name];
    if (known != before.end()) sink = std::move(known->second);
    sink.options = std::move(options);
    if (auto status = count_rows(sink); !status) return status;
  }
  return drop_strangers();
}

Status Outbox::count_rows(Sink& sink) {
  return database_->query(
      "SELECT COUNT(*) FROM outbox WHERE sink = ?", {sink.options.name},
      [&](const Database::Row& row) { sink.rows = static_cast<std::size_t>(integer(row[0])); });
}

Status Outbox::drop_strangers() {
  std::vector<std::pair<std::string, std::int64_t>> strangers;
  auto status = database_->query("SELECT sink, COUNT(*) FROM outbox GROUP BY sink", {},
                                 [&](const Database::Row& row) {
                                   if (!sinks_.contains(text(row[0])))
                                     strangers.emplace_back(text(row[0]), integer(row[1]));
                                 });
  for (const auto& [name, rows] : strangers) {
    if (!status) return status;
    status = database_->run("DELETE FROM outbox WHERE sink = ?", {name});
    if (status) dropped_ += static_cast<std::uint64_t>(rows);
  }
  return status;
}

Status Outbox::write(const std::vector<Alert>& alerts) {
  for (const auto& alert : alerts) {
    for (auto& [name, sink] : sinks_) {
      if (!wants(sink.options, alert.type)) continue;
      if (auto status = write(alert, sink); !status) return status;
    }
  }
  return {};
}

Status Outbox::write(const Alert& alert, Sink& sink) {
  const auto room = make_room(sink, alert.severity);
  if (!room) return Error{room.error()};
  if (!room.value()) {
    ++dropped_;
    return {};
  }
  auto status = database_->run(
      "INSERT INTO outbox (sink, alert_id, severity, text) VALUES (?, ?, ?, ?)",
      {sink.options.name, alert.id, number(alert.severity), render(alert, sink.options, origin_)});
  if (!status) return status;
  ++sink.rows;
  sink.more = true;
  return {};
}

// False when a message of this severity has to go itself. The count is taken again from the
// database first: a transaction that was rolled back has left it too high.
Result<bool> Outbox::make_room(Sink& sink, Severity severity) {
  if (sink.rows < options_.max_rows) return true;
  if (auto status = count_rows(sink); !status) return Error{status.error()};
  while (sink.rows >= options_.max_rows) {
    auto gone = drop_oldest(sink, Severity::notice);
    if (gone && !gone.value() && gives_way(severity)) return false;
    if (gone && !gone.value()) gone = drop_oldest(sink, Severity::error);
    if (!gone) return gone;
    if (!gone.value()) return true;  // all are with the courier, which are few
  }
  return true;
}

// What is with the courier may be on the wire already; it stays.
Result<bool> Outbox::drop_oldest(Sink& sink, Severity up_to) {
  std::int64_t oldest = 0;
  auto status = database_->query(
      "SELECT row FROM outbox WHERE sink = ? AND row > ? AND severity <= ? ORDER BY row LIMIT 1",
      {sink.options.name, sink.taken, number(up_to)},
      [&](const Database::Row& row) { oldest = integer(row[0]); });
  if (status && oldest != 0) status = database_->run("DELETE FROM outbox WHERE row = ?", {oldest});
  if (!status) return Error{status.error()};
  if (oldest == 0) return false;
  --sink.rows;
  ++dropped_;
  return true;
}

std::vector<Message> Outbox::take_due() {
  std::vector<Message> messages;
  for (auto& [name, sink] : sinks_) {
    if (sink.more && sink.outstanding.size() < window()) take(sink, messages);
  }
  return messages;
}

// A full outbox must have rows to drop that are not with the courier.
std::size_t Outbox::window() const {
  return std::max<std::size_t>(1, std::min(options_.window, options_.max_rows / 2));
}

// An error of the database leaves `more` as it is: the rows are asked for again.
void Outbox::take(Sink& sink, std::vector<Message>& messages) {
  const std::size_t room = window() - sink.outstanding.size();
  std::size_t found = 0;
  const auto status = database_->query(
      "SELECT row, text FROM outbox WHERE sink = ? AND row > ? ORDER BY row LIMIT ?",
      {sink.options.name, sink.taken, static_cast<std::int64_t>(room)},
      [&](const Database::Row& row) {
        messages.push_back({integer(row[0]), sink.options.name, text(row[1])});
        sink.outstanding.insert(messages.back().row);
        sink.taken = messages.back().row;
        ++found;
      });
  if (status) sink.more = found == room;
}

Status Outbox::delivered(const std::vector<std::int64_t>& rows) {
  // Deleted whether or not it is outstanding: a rolled-back transaction is told of them again.
  for (const auto row : rows) {
    if (auto status = database_->run("DELETE FROM outbox WHERE row = ?", {row}); !status) return status;
    for (auto& [name, sink] : sinks_) {
      if (sink.outstanding.erase(row) > 0 && sink.rows > 0) --sink.rows;
    }
  }
  return {};
}

Status Outbox::recount() {
  for (auto& [name, sink] : sinks_) {
    if (auto status = count_rows(sink); !status) return status;
  }
  return {};
}

Status Outbox::reconfigure(std::vector<SinkOptions> sinks) { return load(std::move(sinks)); }

std::size_t Outbox::waiting() const {
  std::size_t sum = 0;
  for (const auto& [name, sink] : sinks_) sum += sink.rows;
  return sum;
}

std::uint64_t Outbox::dropped() const { return dropped_; }

}  // namespace camwarden
