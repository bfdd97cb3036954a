#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Vstarcam, ReplyTellsOfTheDevice) {
  const auto said = from_device("vstarcam", vectors::kVstarcamReply, 8600);
  EXPECT_EQ(said.value("vstarcam.answer"), "DH");
  EXPECT_EQ(said.value("vstarcam.uid"), "VSTD123456ABCDE");
  EXPECT_EQ(said.value("vstarcam.name"), "IPCAM");
  EXPECT_EQ(said.value("vstarcam.firmware"), "48.2.64.1");
  EXPECT_EQ(said.value("vstarcam.mac"), kDeviceMac);
}

TEST(Vstarcam, PasswordIsNeverKept) {
  auto bytes = replaced(vectors::kVstarcamReply, 0xec, "admin");
  bytes = replaced(bytes, 0x10c, "secret");
  for (const auto& fact : from_device("vstarcam", bytes, 8600).facts) {
    EXPECT_EQ(fact.value.find("secret"), std::string::npos);
    EXPECT_NE(fact.value, "admin");
  }
}

TEST(Vstarcam, FirmwareThatRunsIntoTheUserEndsBeforeIt) {
  auto bytes = replaced(vectors::kVstarcamReply, 0xcc, std::string(32, 'f'));
  bytes = replaced(bytes, 0xec, "admin");
  EXPECT_EQ(from_device("vstarcam", bytes, 8600).value("vstarcam.firmware"), std::string(16, 'f'));
}

TEST(Vstarcam, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("vstarcam", vectors::kVstarcamSearch, 8600);
  EXPECT_EQ(said.value("vstarcam.probe"), "search");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Vstarcam, CutReplyIsAnAnomaly) {
  const auto said = from_device("vstarcam", vectors::kVstarcamReply.substr(0, 100), 8600);
  EXPECT_EQ(said.anomalies, std::vector{"vstarcam.truncated"s});
}

}  // namespace
}  // namespace camwarden
