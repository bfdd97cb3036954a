#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Reolink, RecordTellsOfTheDevice) {
  const auto said = from_device("reolink", vectors::kReolinkRecord, 2000, 3000);
  EXPECT_EQ(said.value("reolink.answer"), "record");
  EXPECT_EQ(said.value("reolink.type"), "IPC");
  EXPECT_EQ(said.value("reolink.name"), "Front");
  EXPECT_EQ(said.value("reolink.mac"), kDeviceMac);
  EXPECT_FALSE(said.value("reolink.uid").empty());
  EXPECT_TRUE(said.who("reolink.uid").bound);
}

TEST(Reolink, MacInTextDoesWhenTheBinaryOneIsMissing) {
  const auto bytes = replaced(vectors::kReolinkRecord, 80, std::string(6, '\0'));
  EXPECT_EQ(from_device("reolink", bytes, 2000, 3000).value("reolink.mac"), kDeviceMac);
}

TEST(Reolink, PingTellsOfTheAskerOnly) {
  const auto said = from_client("reolink", vectors::kReolinkPing, 2000);
  EXPECT_EQ(said.value("reolink.probe"), "ping");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Reolink, RecordWithoutTheEchoIsNotOurs) {
  const auto said =
      from_device("reolink", replaced(vectors::kReolinkRecord, 104, "\xab"), 2000, 3000);
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

TEST(Reolink, CutRecordIsAnAnomaly) {
  const auto said = from_device("reolink", vectors::kReolinkRecord.substr(0, 200), 2000, 3000);
  EXPECT_TRUE(said.facts.empty());
  EXPECT_EQ(said.anomalies, std::vector{"reolink.truncated"s});
}

}  // namespace
}  // namespace camwarden
