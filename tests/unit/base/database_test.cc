#include "base/database.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace camwarden {
namespace {

using testing::HasSubstr;
using Mode = Database::Mode;

class DatabaseFile : public testing::Test {
 protected:
  DatabaseFile() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    directory_ =
        std::filesystem::path(testing::TempDir()) / (std::string("camwarden_") + test->name());
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    path_ = (directory_ / "a.db").string();
  }
  ~DatabaseFile() override { std::filesystem::remove_all(directory_); }

  Database open(Mode mode = Mode::read_write) { return Database::open(path_, mode).take(); }
  std::string error(Mode mode = Mode::read_write) {
    const auto opened = Database::open(path_, mode);
    return opened.ok() ? "opened" : opened.error();
  }
  void fill(int rows = 1) {
    auto database = open();
    ASSERT_TRUE(database.run("CREATE TABLE t (v)"));
    for (int i = 0; i < rows; ++i)
      ASSERT_TRUE(database.run("INSERT INTO t VALUES (?)", {std::string(500, 'x')}));
  }

  std::filesystem::path directory_;
  std::string path_;
};

std::int64_t count(const Database& database) {
  std::int64_t rows = -1;
  const auto status = database.query("SELECT count(*) FROM t", {},
                                     [&](const auto& row) { rows = integer(row[0]); });
  return status.ok() ? rows : -1;
}

Database::Value round_trip(Database& database, const Database::Value& value) {
  EXPECT_TRUE(database.run("DROP TABLE IF EXISTS t; CREATE TABLE t (v)"));
  EXPECT_TRUE(database.run("INSERT INTO t VALUES (?)", {value}));
  Database::Value read;
  EXPECT_TRUE(database.query("SELECT v FROM t WHERE v IS ?", {value},
                             [&](const auto& row) { read = row[0]; }));
  return read;
}

TEST_F(DatabaseFile, EveryValueComesBackAsItWas) {
  auto database = open();
  const std::vector<Database::Value> values{nullptr,
                                            std::int64_t{INT64_MIN},
                                            std::int64_t{INT64_MAX},
                                            0.1,
                                            std::string(),
                                            std::string("plain"),
                                            std::string("a\0b", 3),
                                            std::string("\xff\xc3"),
                                            std::string("\0", 1),
                                            std::string(100'000, '\xf0')};
  for (const auto& value : values) EXPECT_EQ(round_trip(database, value), value);
}

TEST_F(DatabaseFile, RollbackForgetsAndCommitKeeps) {
  auto database = open();
  ASSERT_TRUE(database.run("CREATE TABLE t (v)"));
  ASSERT_TRUE(database.begin());
  ASSERT_TRUE(database.run("INSERT INTO t VALUES (?)", {std::int64_t{1}}));
  database.rollback();
  EXPECT_EQ(count(database), 0);
  ASSERT_TRUE(database.begin());
  ASSERT_TRUE(database.run("INSERT INTO t VALUES (?)", {std::int64_t{1}}));
  ASSERT_TRUE(database.commit());
  database.rollback();
  EXPECT_EQ(count(database), 1);
}

TEST_F(DatabaseFile, DestroyedInATransactionItRollsBack) {
  fill();
  {
    auto database = open();
    ASSERT_TRUE(database.begin());
    ASSERT_TRUE(database.run("DELETE FROM t"));
  }
  EXPECT_EQ(count(open()), 1);
}

TEST_F(DatabaseFile, KilledInATransactionItRollsBack) {
  fill();
  const auto child = fork();
  if (child == 0) {
    auto database = open();
    if (database.begin() && database.run("DELETE FROM t")) raise(SIGKILL);
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(count(open()), 1);
}

TEST_F(DatabaseFile, SecondWriterIsToldWhoHasIt) {
  const auto first = open();
  EXPECT_THAT(error(),
              HasSubstr("in use by another camwarden (pid " + std::to_string(getpid()) + ")"));
  EXPECT_THAT(error(), HasSubstr(path_));
}

TEST_F(DatabaseFile, WriterThatClosedLeavesItFree) {
  fill();
  EXPECT_EQ(error(), "opened");
}

TEST_F(DatabaseFile, ReaderReadsWhileTheWriterWrites) {
  fill();
  auto writer = open();
  const auto reader = open(Mode::read_only);
  ASSERT_TRUE(writer.begin());
  ASSERT_TRUE(writer.run("INSERT INTO t VALUES (?)", {std::int64_t{1}}));
  EXPECT_EQ(count(reader), 1);
  ASSERT_TRUE(writer.commit());
  EXPECT_EQ(count(reader), 2);
}

TEST_F(DatabaseFile, ReaderCannotWrite) {
  fill();
  auto reader = open(Mode::read_only);
  EXPECT_FALSE(reader.run("DELETE FROM t"));
  EXPECT_EQ(count(reader), 1);
}

TEST_F(DatabaseFile, ReaderOfNothingIsToldWhoMakesIt) {
  EXPECT_THAT(error(Mode::read_only), HasSubstr("the daemon creates it"));
}

TEST_F(DatabaseFile, MissingDirectoryIsNamed) {
  path_ = (directory_ / "no" / "a.db").string();
  EXPECT_THAT(error(), HasSubstr("no does not exist; create it"));
}

TEST_F(DatabaseFile, DirectoryIsNoDatabase) {
  path_ = directory_.string();
  EXPECT_THAT(error(), HasSubstr("is a directory"));
}

TEST_F(DatabaseFile, DeviceIsNoDatabase) {
  path_ = "/dev/null";
  EXPECT_THAT(error(), HasSubstr("is no regular file"));
}

TEST_F(DatabaseFile, OtherFileIsNoDatabase) {
  std::ofstream(path_) << std::string(5000, 'x');
  EXPECT_THAT(error(), HasSubstr("is no SQLite database"));
  EXPECT_THAT(error(Mode::read_only), HasSubstr("is no SQLite database"));
}

TEST_F(DatabaseFile, DamagedFileIsToBeMovedAway) {
  fill(200);
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(20 * 4096, '\x5a');
  }
  const auto opened = Database::open(path_, Mode::read_write);
  std::string said;
  if (!opened.ok()) {
    said = opened.error();
  } else {
    const auto status = opened.value().query("SELECT * FROM t", {}, [](const auto&) {});
    said = status.ok() ? "read" : status.error();
  }
  EXPECT_THAT(said, HasSubstr("damaged; move"));
}

TEST_F(DatabaseFile, FullDiskIsSaidAndNothingIsHalfWritten) {
  auto database = open();
  ASSERT_TRUE(database.run("CREATE TABLE t (v); PRAGMA max_page_count = 10"));
  ASSERT_TRUE(database.begin());
  Status status;
  for (int i = 0; i < 100 && status; ++i)
    status = database.run("INSERT INTO t VALUES (?)", {std::string(4000, 'x')});
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error(), HasSubstr("the disk is full"));
  database.rollback();
  EXPECT_EQ(count(database), 0);
  ASSERT_TRUE(database.run("INSERT INTO t VALUES (?)", {std::int64_t{1}}));
}

TEST_F(DatabaseFile, FileSizeLimitIsAnErrorAndNotASignal) {
  const auto child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    auto database = open();
    const rlimit limit{64 * 1024, 64 * 1024};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || !database.run("CREATE TABLE t (v)")) _exit(2);
    Status status;
    for (int i = 0; i < 100 && status; ++i)
      status = database.run("INSERT INTO t VALUES (?)", {std::string(4000, 'x')});
    const bool advised = !status && status.error().find("ulimit -f") != std::string::npos;
    _exit(advised ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(DatabaseFile, UnreadableFileIsSaid) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  fill();
  chmod(path_.c_str(), 0);
  EXPECT_THAT(error(), HasSubstr("Permission denied"));
}

TEST_F(DatabaseFile, ClosedDatabaseIsReadWhereNothingMayBeWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fill();
  chmod(directory_.c_str(), 0500);
  EXPECT_EQ(count(open(Mode::read_only)), 1);
  chmod(directory_.c_str(), 0700);
}

TEST_F(DatabaseFile, SqlErrorNamesTheFile) {
  auto database = open();
  const auto status = database.run("NONSENSE");
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error(), HasSubstr(path_ + ": cannot write"));
}

TEST_F(DatabaseFile, StatementMayRunInsideItsOwnRows) {
  fill(3);
  const auto database = open();
  int rows = 0;
  ASSERT_TRUE(database.query("SELECT * FROM t", {}, [&](const auto&) {
    ASSERT_TRUE(database.query("SELECT * FROM t", {}, [&](const auto&) { ++rows; }));
  }));
  EXPECT_EQ(rows, 9);
}

TEST_F(DatabaseFile, SynchronousAndJournalAreTheDurableOnes) {
  const auto database = open();
  std::string mode;
  std::int64_t synchronous = -1;
  ASSERT_TRUE(
      database.query("PRAGMA journal_mode", {}, [&](const auto& row) { mode = text(row[0]); }));
  ASSERT_TRUE(database.query("PRAGMA synchronous", {},
                             [&](const auto& row) { synchronous = integer(row[0]); }));
  EXPECT_EQ(mode, "wal");
  EXPECT_EQ(synchronous, 2);
}

TEST(Database, MemoryIsEachOnesOwn) {
  auto first = Database::open(":memory:", Mode::read_write);
  auto second = Database::open(":memory:", Mode::read_write);
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(second.ok());
  ASSERT_TRUE(first->run("CREATE TABLE t (v)"));
  EXPECT_EQ(count(second.value()), -1);
  EXPECT_FALSE(std::filesystem::exists(":memory:.lock"));
}

TEST(DatabaseValue, OtherTypesReadAsNothing) {
  EXPECT_EQ(integer(std::string("7")), 0);
  EXPECT_EQ(text(std::int64_t{7}), "");
  EXPECT_EQ(integer(nullptr), 0);
}

}  // namespace
}  // namespace camwarden
