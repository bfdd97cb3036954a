#include "sinks/line_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace camwarden {
namespace {

class LineFileTest : public ::testing::Test {
 protected:
  LineFileTest() {
    auto pattern = (std::filesystem::temp_directory_path() / "camwarden-XXXXXX").string();
    EXPECT_TRUE(mkdtemp(pattern.data()));
    directory_ = pattern;
    path_ = pattern + "/lines";
  }
  ~LineFileTest() override { std::filesystem::remove_all(directory_); }

  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }

  std::string directory_, path_;
};

// A disk that is full in the middle of a line: the kernel writes up to the limit, then refuses.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) {
    before_ = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit lower{bytes, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &lower);
  }
  ~SizeLimit() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_{};
  void (*before_)(int) = nullptr;
};

TEST_F(LineFileTest, WhatAFullDiskTookOfALineIsTakenBack) {
  LineFile file(path_);
  ASSERT_TRUE(file.append("first\n"));
  {
    const SizeLimit limit(10);
    EXPECT_FALSE(file.append("second\n"));
  }
  EXPECT_EQ(content(), "first\n");
  ASSERT_TRUE(file.append("second\n"));
  EXPECT_EQ(content(), "first\nsecond\n");
}

TEST_F(LineFileTest, HalfALineOfAnEarlierRunEndsBeforeTheNext) {
  std::ofstream(path_) << "whole\nhal";
  LineFile file(path_);
  ASSERT_TRUE(file.append("next\n"));
  EXPECT_EQ(content(), "whole\nhal\nnext\n");
}

TEST_F(LineFileTest, RemovedFileIsMadeAgain) {
  LineFile file(path_);
  ASSERT_TRUE(file.append("first\n"));
  std::filesystem::remove(path_);
  ASSERT_TRUE(file.append("second\n"));
  EXPECT_EQ(content(), "second\n");
}

TEST_F(LineFileTest, DirectoryIsAnErrorThatNamesIt) {
  LineFile file(directory_);
  const auto status = file.append("x\n");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error(), "cannot open " + directory_ + ": Is a directory");
}

TEST(LineFilePipe, LineGoesOnWhereASlowReaderStoppedIt) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const auto room = static_cast<std::size_t>(fcntl(ends[1], F_GETPIPE_SZ));
  LineFile file(ends[1]);
  const std::string line = std::string(room + 10'000, 'x') + "\n";
  EXPECT_FALSE(file.append(line));
  std::string read_back;
  std::array<char, 4096> piece{};
  bool whole = false;
  while (!whole) {
    const auto count = read(ends[0], piece.data(), piece.size());
    ASSERT_GT(count, 0);
    read_back.append(piece.data(), static_cast<std::size_t>(count));
    whole = file.append(line).ok();
  }
  close(ends[1]);
  for (ssize_t count = 1; count > 0;) {
    count = read(ends[0], piece.data(), piece.size());
    read_back.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  close(ends[0]);
  EXPECT_EQ(read_back, line);
}

}  // namespace
}  // namespace camwarden
