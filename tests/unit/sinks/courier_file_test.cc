#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "unit/sinks/receiver.h"

namespace camwarden {
namespace {

using testing::Deliveries;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::messages;
using testing::state_of;
using testing::until;

class CourierFile : public ::testing::Test {
 protected:
  CourierFile() {
    auto pattern = (std::filesystem::temp_directory_path() / "camwarden-XXXXXX").string();
    EXPECT_TRUE(mkdtemp(pattern.data()));
    directory_ = pattern;
  }
  ~CourierFile() override { std::filesystem::remove_all(directory_); }

  static SinkOptions to(const std::filesystem::path& path) {
    SinkOptions options;
    options.name = "lines";
    options.transport = TransportKind::file;
    options.path = path;
    return options;
  }

  static std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  std::filesystem::path directory_;
  Deliveries deliveries_;
};

TEST_F(CourierFile, LinesAreAppended) {
  const auto path = directory_ / "alerts.jsonl";
  std::ofstream(path) << "before\n";
  Courier courier({to(path)}, deliveries_.callback());
  courier.post(messages("lines", 1, 3));
  ASSERT_TRUE(deliveries_.wait_for(3));
  EXPECT_EQ(content(path), "before\nm1\nm2\nm3\n");
}

TEST_F(CourierFile, NewFileIsForOwnerAndGroupAlone) {
  const auto path = directory_ / "alerts.jsonl";
  const auto mask = umask(0);
  Courier courier({to(path)}, deliveries_.callback());
  courier.post(messages("lines", 1, 1));
  EXPECT_TRUE(deliveries_.wait_for(1));
  umask(mask);
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640u);
}

TEST_F(CourierFile, RotatedFileIsOpenedAnew) {
  const auto path = directory_ / "alerts.jsonl", rotated = directory_ / "alerts.jsonl.1";
  Courier courier({to(path)}, deliveries_.callback());
  courier.post(messages("lines", 1, 1));
  ASSERT_TRUE(deliveries_.wait_for(1));
  std::filesystem::rename(path, rotated);
  courier.post(messages("lines", 2, 2));
  ASSERT_TRUE(deliveries_.wait_for(2));
  EXPECT_EQ(content(rotated), "m1\n");
  EXPECT_EQ(content(path), "m2\n");
}

TEST_F(CourierFile, DirectoryThatComesLaterGetsAllLines) {
  const auto path = directory_ / "later" / "alerts.jsonl";
  Courier courier({to(path)}, deliveries_.callback());
  courier.post(messages("lines", 1, 200));
  ASSERT_TRUE(until([&] { return !state_of(courier, "lines").last_error.empty(); }));
  EXPECT_THAT(state_of(courier, "lines").last_error, HasSubstr("No such file or directory"));
  EXPECT_THAT(deliveries_.rows(), IsEmpty());
  std::filesystem::create_directory(directory_ / "later");
  ASSERT_TRUE(deliveries_.wait_for(200));
  EXPECT_TRUE(content(path).starts_with("m1\nm2\n"));
  EXPECT_TRUE(content(path).ends_with("\nm199\nm200\n"));
}

TEST_F(CourierFile, FullDiskDeliversNothingAndIsTriedAgain) {
  Courier courier({to("/dev/full")}, deliveries_.callback());
  courier.post(messages("lines", 1, 3));
  ASSERT_TRUE(until([&] { return state_of(courier, "lines").retries >= 2; }));
  EXPECT_THAT(state_of(courier, "lines").last_error, HasSubstr("No space left on device"));
  EXPECT_THAT(deliveries_.rows(), IsEmpty());
}

TEST_F(CourierFile, PipeThatNobodyReadsStopsNobodyElse) {
  const auto pipe = directory_ / "pipe", path = directory_ / "alerts.jsonl";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  auto to_pipe = to(pipe);
  to_pipe.name = "pipe";
  Courier courier({to_pipe, to(path)}, deliveries_.callback());
  courier.post(messages("pipe", 1, 3));
  courier.post(messages("lines", 4, 4));
  ASSERT_TRUE(deliveries_.wait_for(1));
  EXPECT_EQ(content(path), "m4\n");
}

TEST_F(CourierFile, DrainWritesWhatIsLeft) {
  const auto path = directory_ / "alerts.jsonl";
  Courier courier({to(path)}, deliveries_.callback());
  courier.post(messages("lines", 1, 250));
  courier.drain(std::chrono::seconds(10));
  EXPECT_EQ(deliveries_.rows().size(), 250u);
}

}  // namespace
}  // namespace camwarden
