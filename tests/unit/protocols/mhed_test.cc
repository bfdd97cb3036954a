#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  return read_datagram("mhed", packet_from_device(payload));
}

TEST(Mhed, AnnouncementTellsOfTheDevice) {
  const auto said = read(vectors::kMhedAnnounce);
  EXPECT_EQ(said.value("mhed.answer"), "announce");
  EXPECT_EQ(said.value("mhed.name"), "IPC-TST");
  EXPECT_EQ(said.value("mhed.serial"), "TESTSN01");
  EXPECT_EQ(said.value("mhed.firmware"), "5.1.2.34");
  EXPECT_EQ(said.value("mhed.model"), "IPC-TST");
  EXPECT_EQ(said.value("mhed.manufacturer"), "DVC");
  EXPECT_EQ(said.value("mhed.device_type"), "2");
  EXPECT_EQ(said.value("mhed.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Mhed, AnnouncementBindsItsMacToItsAddress) {
  const auto who = read(vectors::kMhedAnnounce).who("mhed.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Mhed, AnnouncementFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("mhed", packet_from_client(vectors::kMhedAnnounce));
  EXPECT_TRUE(said.who("mhed.serial").ip.none());
  EXPECT_EQ(said.facts[1].who.ip, ip(kClientIp));
}

TEST(Mhed, FirmwareIsANumberWhereThereIsNoText) {
  auto bytes = vectors::kMhedAnnounce;
  bytes.replace(156, 8, 8, '\0');
  bytes.replace(52, 4, "\x00\x0a\x04\x01"s);
  EXPECT_EQ(read(bytes).value("mhed.firmware"), "1.4.10.0");
}

TEST(Mhed, LongModelGoesOnElsewhere) {
  auto bytes = vectors::kMhedAnnounce;
  bytes.replace(196, 16, "TD-3332H4-A2-PRO");
  bytes.replace(180, 4, "-16P");
  EXPECT_EQ(read(bytes).value("mhed.model"), "TD-3332H4-A2-PRO-16P");
}

TEST(Mhed, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("mhed", packet_from_client(vectors::kMhedSearch));
  EXPECT_EQ(said.value("mhed.probe"), "search");
  EXPECT_EQ(said.who("mhed.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("mhed.answer"));
}

// The set command holds a password, and the MAC of the device that it is for.
TEST(Mhed, SetCommandTellsNothingButThatItsSenderSets) {
  auto bytes = vectors::kMhedAnnounce;
  bytes[8] = 3;
  bytes.replace(84, 8, "cGFzc3dk");
  const auto said = read_datagram("mhed", packet_from_client(bytes));
  ASSERT_EQ(said.facts.size(), 1U);
  EXPECT_EQ(said.value("mhed.probe"), "set");
}

TEST(Mhed, PasswordFieldIsNeverSaid) {
  auto bytes = vectors::kMhedAnnounce;
  bytes.replace(84, 8, "cGFzc3dk");
  for (const auto& fact : read(bytes).facts)
    EXPECT_EQ(fact.value.find("cGFzc3dk"), fact.value.npos);
}

TEST(Mhed, AnnouncementWithoutMacOrWithAnUnknownTypeIsAnAnomaly) {
  auto bytes = vectors::kMhedAnnounce;
  bytes[64] = 9;
  EXPECT_EQ(read(bytes).anomalies, std::vector{"mhed.malformed"s});
  bytes = vectors::kMhedAnnounce;
  bytes.replace(32, 6, 6, '\0');
  EXPECT_TRUE(read(bytes).facts.empty());
}

TEST(Mhed, CutAnnouncementIsAnAnomaly) {
  EXPECT_EQ(read(vectors::kMhedAnnounce.substr(0, 200)).anomalies, std::vector{"mhed.truncated"s});
}

TEST(Mhed, AcknowledgementsAndOtherMagicAreNotRead) {
  auto bytes = vectors::kMhedAnnounce;
  bytes[8] = 16;
  EXPECT_TRUE(read(bytes).facts.empty());
  bytes[0] = 'X';
  EXPECT_TRUE(read(bytes).facts.empty());
}

}  // namespace
}  // namespace camwarden
