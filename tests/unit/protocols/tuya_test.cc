#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string word(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}
std::string framed(std::uint32_t command, const std::string& payload) {
  const auto body = payload + word(0) + word(0xaa55);
  return word(0x55aa) + word(1) + word(command) + word(static_cast<std::uint32_t>(body.size())) +
         body;
}

TEST(Tuya, ClearAnnouncementTellsItsProduct) {
  const auto said = from_device(
      "tuya", framed(0, word(0) + R"({"gwId":"test1","productKey":"key1","version":"3.1"})"), 6666);
  EXPECT_EQ(said.value("tuya.announce"), "clear");
  EXPECT_EQ(said.value("tuya.id"), "test1");
  EXPECT_EQ(said.value("tuya.product_key"), "key1");
  EXPECT_EQ(said.value("tuya.version"), "3.1");
}

TEST(Tuya, HiddenAnnouncementIsPresenceOnly) {
  const auto said = from_device("tuya", framed(0x13, word(0) + std::string(64, '\x99')), 6667);
  EXPECT_EQ(said.value("tuya.announce"), "hidden");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Tuya, NewestFormIsPresenceOnly) {
  const auto bytes = word(0x6699) + "\0\0"s + word(0) + word(0x23) + word(20) +
                     std::string(20, 'x') + word(0x9966);
  EXPECT_EQ(from_device("tuya", bytes, 7000).value("tuya.announce"), "hidden-gcm");
}

TEST(Tuya, AppThatSearchesIsNoDevice) {
  const auto said = from_client("tuya", framed(0x25, std::string(32, 'x')), 7000);
  EXPECT_EQ(said.value("tuya.probe"), "search");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Tuya, FrameWithoutItsEndIsAnAnomaly) {
  const auto bytes = framed(0, word(0) + "{}");
  const auto said = from_device("tuya", bytes.substr(0, bytes.size() - 2), 6666);
  EXPECT_EQ(said.anomalies, std::vector{"tuya.truncated"s});
}

TEST(Tuya, BrokenJsonIsAnAnomaly) {
  EXPECT_EQ(from_device("tuya", framed(0, word(0) + "{\"gwId\":}"), 6666).anomalies,
            std::vector{"tuya.malformed"s});
}

}  // namespace
}  // namespace camwarden
