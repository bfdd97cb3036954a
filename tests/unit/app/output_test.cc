#include "app/output.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace camwarden {
namespace {

namespace fs = std::filesystem;

class OutputTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = testing::TempDir() + "output-XXXXXX";
    folder_ = ::mkdtemp(path.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  std::string folder_;
};

TEST_F(OutputTest, TellsBeforeWhetherItCanWriteAndLeavesNothing) {
  EXPECT_TRUE(can_write(folder_ + "/scan.html"));
  EXPECT_TRUE(can_write("/dev/null"));
  EXPECT_EQ(files(), 0U);
  const auto status = can_write(folder_ + "/absent/scan.html");
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().find("/absent/scan.html: cannot write: "), std::string::npos);
}

TEST_F(OutputTest, ReplacesTheWholeFileAndLeavesNothingBeside) {
  const auto path = folder_ + "/report.html";
  ASSERT_TRUE(write_file(path, "a long first text"));
  ASSERT_TRUE(write_file(path, "second"));
  EXPECT_EQ(read(path), "second");
  EXPECT_EQ(files(), 1u);
}

TEST_F(OutputTest, FullDiskIsAnError) {
  const auto status = write_file("/dev/full", "text");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error(), "/dev/full: cannot write: No space left on device");
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

// A limit on the size of files is a disk that is full after so much.
void write_more_than_fits(const std::string& path) {
  signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  limit.rlim_cur = limit.rlim_max = 1000;
  setrlimit(RLIMIT_FSIZE, &limit);
  _exit(write_file(path, std::string(5000, 'x')) ? 0 : 2);
}

TEST_F(OutputTest, WhatDidNotFitLeavesTheOldFile) {
  const auto path = folder_ + "/report.html";
  ASSERT_TRUE(write_file(path, "old"));
  EXPECT_EXIT(write_more_than_fits(path), testing::ExitedWithCode(2), "");
  EXPECT_EQ(read(path), "old");
  EXPECT_EQ(files(), 1u);
}

TEST_F(OutputTest, MissingFolderIsNamed) {
  const auto status = write_file(folder_ + "/none/report.html", "text");
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().find("none/report.html: cannot write: No such file"), std::string::npos);
}

TEST_F(OutputTest, HonoursTheUmask) {
  const auto before = umask(027);
  ASSERT_TRUE(write_file(folder_ + "/report.html", "text"));
  umask(before);
  struct stat is {};
  ASSERT_EQ(stat((folder_ + "/report.html").c_str(), &is), 0);
  EXPECT_EQ(is.st_mode & 0777, 0640u);
}

}  // namespace
}  // namespace camwarden
