#include "base/replace_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace camwarden {
namespace {

class ReplaceFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = testing::TempDir() + "replace-XXXXXX";
    directory_ = ::mkdtemp(path.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string text() const {
    std::stringstream out;
    out << std::ifstream(directory_ + "/file").rdbuf();
    return out.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(directory_), {}));
  }
  std::string directory_;
};

TEST_F(ReplaceFile, WritesANewOneAndReplacesAnOldOne) {
  ASSERT_TRUE(replace_file(directory_ + "/file", "old and longer"));
  EXPECT_EQ(text(), "old and longer");
  ASSERT_TRUE(replace_file(directory_ + "/file", "new"));
  EXPECT_EQ(text(), "new");
  EXPECT_EQ(files(), 1u);
}

TEST_F(ReplaceFile, DraftOfACutOffRunIsNoObstacle) {
  std::ofstream(directory_ + "/file.new") << "half";
  ASSERT_TRUE(replace_file(directory_ + "/file", "whole"));
  EXPECT_EQ(text(), "whole");
}

TEST_F(ReplaceFile, DraftThatIsALinkIsNotFollowed) {
  std::ofstream(directory_ + "/other") << "precious";
  std::filesystem::create_symlink(directory_ + "/other", directory_ + "/file.new");
  ASSERT_TRUE(replace_file(directory_ + "/file", "text"));
  std::string precious;
  std::ifstream(directory_ + "/other") >> precious;
  EXPECT_EQ(precious, "precious");
}

TEST_F(ReplaceFile, OnFailureTheOldOneStays) {
  std::filesystem::create_directories(directory_ + "/file/full");
  const auto status = replace_file(directory_ + "/file", "text");
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().find("cannot replace"), std::string::npos) << status.error();
  EXPECT_EQ(files(), 1u);
}

TEST_F(ReplaceFile, MissingDirectoryIsSaid) {
  const auto status = replace_file(directory_ + "/none/file", "text");
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().find("No such file"), std::string::npos) << status.error();
}

}  // namespace
}  // namespace camwarden
