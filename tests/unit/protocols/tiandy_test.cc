#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

const std::string kQuestion =
    "\xbe\xbe\xe5\xe5\0\0\0\0\x1e\0IP\tIP\tNEWM4V00\tCMD\tSEEKNVSS\n\n\n"s;

Recorder read(std::string_view payload) {
  return read_datagram("tiandy", packet_from_client(payload));
}

TEST(Tiandy, QuestionTellsOfTheAsker) {
  const auto said = read(kQuestion);
  EXPECT_EQ(said.value("tiandy.probe"), "SEEKNVSS");
  EXPECT_EQ(said.who("tiandy.probe").ip, ip(kClientIp));
}

TEST(Tiandy, OtherBytesAreNotRead) {
  auto other = kQuestion;
  other[0] = 'x';
  EXPECT_TRUE(read(other).facts.empty());
  EXPECT_TRUE(read(kQuestion.substr(0, 30)).facts.empty());
  other = kQuestion;
  other.replace(other.find("SEEKNVSS"), 8, "ANYTHING");
  EXPECT_TRUE(read(other).facts.empty());
  EXPECT_TRUE(read(other).anomalies.empty());
}

}  // namespace
}  // namespace camwarden
