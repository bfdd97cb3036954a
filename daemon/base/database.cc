#include "base/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace camwarden {
namespace {

constexpr int kBusyTimeoutMs = 2000;
// More texts than all folders have together; a caller that builds its SQL cannot grow it for ever.
constexpr std::size_t kMaxStatements = 256;

// An flock on `<path>.lock`, with the owner's process id written inside for the message that the
// second one gets. SQLite's own locks cannot serve: they would keep readers out too. The file is
// never removed, for a name that can vanish can be locked twice.
class WriterLock {
 public:
  static Result<WriterLock> take(const std::string& path) {
    const std::string name = path + ".lock";
    WriterLock lock(open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (lock.fd_ < 0) {
      return Error{
          fmt::format("cannot create {}: {}; the directory must be writable for the user "
                      "that camwarden runs as",
                      name, std::strerror(errno))};
    }
    if (flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) return Error{lock.in_use(path)};
    lock.sign();
    return lock;
  }
  WriterLock(WriterLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock() {
    if (fd_ >= 0) close(fd_);
  }

 private:
  explicit WriterLock(int fd) : fd_(fd) {}

  void sign() const {
    const auto pid = fmt::format("{}\n", getpid());
    // The id only serves a message; a full disk is told by the database itself.
    if (ftruncate(fd_, 0) == 0) [[maybe_unused]]
      const auto written = write(fd_, pid.data(), pid.size());
  }
  std::string in_use(const std::string& path) const {
    char text[32]{};
    const auto count = pread(fd_, text, sizeof text - 1, 0);
    const auto pid = trim({text, static_cast<std::size_t>(std::max<ssize_t>(count, 0))});
    return fmt::format(
        "{}: in use by another camwarden{}; stop that one, or give this one a "
        "database of its own",
        path, pid.empty() ? std::string() : fmt::format(" (pid {})", printable(pid)));
  }

  int fd_;
};

std::string advice(int code, int extended, const std::string& path) {
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process holds it locked; close programs that have it open for writing";
    case SQLITE_CORRUPT:
      return fmt::format(
          "the file is damaged; move {0}, {0}-wal and {0}-shm away and restart: "
          "camwarden makes a new one and finds the devices again",
          path);
    case SQLITE_NOTADB:
      return "the file is no SQLite database; move it away, or name another file";
    case SQLITE_FULL:
      return "the disk is full, or the file has reached its size limit; make room";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "the file and its directory must be writable for the user that camwarden runs as";
    case SQLITE_CANTOPEN:
      return "the directory must exist and be readable for the user that camwarden runs as";
    case SQLITE_IOERR:
      return extended == SQLITE_IOERR_WRITE || extended == SQLITE_IOERR_SHMSIZE
                 ? "writing failed; look at free space, quotas and the file size limit (ulimit -f)"
                 : "the disk failed; look at the kernel's log";
    default:
      return "";
  }
}

Error failure(std::string_view what, const std::string& path, const SQLite::Exception& exception) {
  const auto hint = advice(exception.getErrorCode(), exception.getExtendedErrorCode(), path);
  return Error{
      fmt::format("{}: {}: {}{}{}", path, what, exception.what(), hint.empty() ? "" : "; ", hint)};
}

// What the file system can say better than SQLite, whose word for all of it is "unable to open".
std::optional<Error> obstacle(const std::string& path, Database::Mode mode) {
  struct stat found {};
  if (stat(path.c_str(), &found) == 0) {
    if (S_ISDIR(found.st_mode)) return Error{path + ": is a directory; name a file in it"};
    if (!S_ISREG(found.st_mode)) return Error{path + ": is no regular file; name another"};
    const int wanted = mode == Database::Mode::read_write ? R_OK | W_OK : R_OK;
    if (access(path.c_str(), wanted) == 0) return std::nullopt;
    return Error{fmt::format("{}: {}; it must be {} for the user that camwarden runs as", path,
                             std::strerror(errno),
                             mode == Database::Mode::read_write ? "writable" : "readable")};
  }
  if (errno != ENOENT) return Error{fmt::format("{}: {}", path, std::strerror(errno))};
  const auto parent = std::filesystem::path(path).parent_path();
  std::error_code ignored;
  if (!parent.empty() && !std::filesystem::is_directory(parent, ignored)) {
    return Error{
        fmt::format("{}: the directory {} does not exist; create it", path, parent.string())};
  }
  if (mode == Database::Mode::read_write) return std::nullopt;
  return Error{path + ": there is no such file; the daemon creates it when it first runs"};
}

// RFC 3986 path characters, for the URI form of SQLite's file names.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      uri += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

// Text only where SQLite's text functions would see all of it; anything else is a BLOB, which
// comes back byte for byte.
void bind(SQLite::Statement& statement, int index, const Database::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    const bool plain = text->find('\0') == std::string::npos && valid_utf8(*text);
    if (plain) return statement.bindNoCopy(index, *text);
    return statement.bindNoCopy(index, text->data(), static_cast<int>(text->size()));
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) return statement.bind(index, *number);
  if (const auto* real = std::get_if<double>(&value)) return statement.bind(index, *real);
  statement.bind(index);
}

Database::Value value_of(const SQLite::Column& column) {
  switch (column.getType()) {
    case SQLITE_INTEGER:
      return column.getInt64();
    case SQLITE_FLOAT:
      return column.getDouble();
    case SQLITE_TEXT:
    case SQLITE_BLOB:
      return column.getString();  // by length, NULs included
    default:
      return nullptr;
  }
}

}  // namespace

struct Database::Connection {
  Connection(std::string path, std::optional<WriterLock> writer, const std::string& name, int flags)
      : file(std::move(path)), lock(std::move(writer)), sqlite(name, flags, kBusyTimeoutMs) {}

  static std::unique_ptr<Connection> open_writer(const std::string& path,
                                                 std::optional<WriterLock> lock);
  static std::unique_ptr<Connection> open_reader(const std::string& path);

  // The statement for a text, taken out of the cache so that a row callback may run the same text.
  std::unique_ptr<SQLite::Statement> take(const std::string& sql) {
    const auto found = statements.find(sql);
    if (found == statements.end()) return std::make_unique<SQLite::Statement>(sqlite, sql);
    auto statement = std::move(found->second);
    statements.erase(found);
    return statement;
  }
  void give_back(const std::string& sql, std::unique_ptr<SQLite::Statement> statement) {
    statement->tryReset();
    statement->clearBindings();
    if (statements.size() >= kMaxStatements) statements.clear();
    statements.insert_or_assign(sql, std::move(statement));
  }
  void execute(const std::string& sql, const std::vector<Value>& values,
               const std::function<void(const Row&)>& row);
  void read_schema();

  std::string file;
  std::optional<WriterLock> lock;
  SQLite::Database sqlite;
  std::map<std::string, std::unique_ptr<SQLite::Statement>> statements;
};

void Database::Connection::execute(const std::string& sql, const std::vector<Value>& values,
                                   const std::function<void(const Row&)>& row) {
  auto statement = take(sql);
  CHECK(statement->getBindParameterCount() == static_cast<int>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    bind(*statement, static_cast<int>(i) + 1, values[i]);
  Row columns;
  while (statement->executeStep()) {
    columns.clear();
    for (int i = 0; i < statement->getColumnCount(); ++i)
      columns.push_back(value_of(statement->getColumn(i)));
    row(columns);
  }
  give_back(sql, std::move(statement));
}

// The schema is read at once, so that a file that is no database is told now and not at first use.
void Database::Connection::read_schema() {
  sqlite.exec(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;");
  sqlite.exec("SELECT count(*) FROM sqlite_schema");
}

std::unique_ptr<Database::Connection> Database::Connection::open_writer(
    const std::string& path, std::optional<WriterLock> lock) {
  auto opened = std::make_unique<Connection>(path, std::move(lock), path,
                                             SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  opened->read_schema();
  opened->sqlite.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
      " PRAGMA journal_size_limit = 67108864;");
  return opened;
}

std::unique_ptr<Database::Connection> Database::Connection::open_reader(const std::string& path) {
  try {
    auto opened = std::make_unique<Connection>(path, std::nullopt, path, SQLite::OPEN_READONLY);
    opened->read_schema();
    return opened;
  } catch (const SQLite::Exception& exception) {
    // A reader of a WAL file needs its -shm, which it may not be allowed to create. With no -wal
    // beside it nobody writes, and the file alone is whole.
    const int code = exception.getErrorCode();
    const bool denied = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
    if (!denied || access((path + "-wal").c_str(), F_OK) == 0) throw;
  }
  auto opened = std::make_unique<Connection>(path, std::nullopt, immutable_uri(path),
                                             SQLite::OPEN_READONLY | SQLite::OPEN_URI);
  opened->read_schema();
  return opened;
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& path, Mode mode) {
  const bool in_memory = path == ":memory:";
  if (!in_memory) {
    if (auto error = obstacle(path, mode)) return *error;
  }
  std::optional<WriterLock> lock;
  if (mode == Mode::read_write && !in_memory) {
    auto taken = WriterLock::take(path);
    if (!taken) return Error{taken.error()};
    lock.emplace(taken.take());
  }
  try {
    return Database(mode == Mode::read_write ? Connection::open_writer(path, std::move(lock))
                                             : Connection::open_reader(path));
  } catch (const SQLite::Exception& exception) {
    return failure("cannot open", path, exception);
  }
}

Status Database::run(std::string_view sql, const std::vector<Value>& values) {
  try {
    // Without values it may be several statements: a folder's tables.
    if (values.empty()) {
      connection_->sqlite.exec(std::string(sql));
    } else {
      connection_->execute(std::string(sql), values, [](const Row&) {});
    }
  } catch (const SQLite::Exception& exception) {
    return failure("cannot write", connection_->file, exception);
  }
  return {};
}

Status Database::query(std::string_view sql, const std::vector<Value>& values,
                       const std::function<void(const Row&)>& row) const {
  try {
    connection_->execute(std::string(sql), values, row);
  } catch (const SQLite::Exception& exception) {
    return failure("cannot read", connection_->file, exception);
  }
  return {};
}

// At once the right to write, so that it fails here and not half way.
Status Database::begin() { return run("BEGIN IMMEDIATE"); }

Status Database::commit() { return run("COMMIT"); }

void Database::rollback() {
  // SQLite has rolled back by itself after some errors, a full disk among them.
  sqlite3* handle = connection_->sqlite.getHandle();
  if (sqlite3_get_autocommit(handle) == 0)
    sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

const std::string& Database::path() const { return connection_->file; }

std::int64_t integer(const Database::Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : 0;
}

const std::string& text(const Database::Value& value) {
  static const std::string kNone;
  const auto* found = std::get_if<std::string>(&value);
  return found ? *found : kNone;
}

}  // namespace camwarden
