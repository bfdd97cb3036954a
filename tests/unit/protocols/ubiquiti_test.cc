#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Ubiquiti, AnswerTellsOfTheDevice) {
  const auto said = from_device("ubiquiti", vectors::kUbiquitiReply, 10001);
  EXPECT_EQ(said.value("ubiquiti.answer"), "1.0");
  EXPECT_EQ(said.value("ubiquiti.mac"), kDeviceMac);
  EXPECT_EQ(said.value("ubiquiti.platform"), "UVC G3 Flex");
  EXPECT_EQ(said.value("ubiquiti.firmware"), "UVC.S2L.v4.0.0");
  EXPECT_EQ(said.value("ubiquiti.hostname"), "cam1");
  EXPECT_TRUE(said.who("ubiquiti.answer").bound);
}

TEST(Ubiquiti, SearchesTellOfTheAskerOnly) {
  EXPECT_EQ(from_client("ubiquiti", vectors::kUbiquitiV1, 10001).value("ubiquiti.probe"), "v1");
  EXPECT_EQ(from_client("ubiquiti", vectors::kUbiquitiV2, 10001).value("ubiquiti.probe"), "v2");
}

TEST(Ubiquiti, LengthThatDoesNotAddUpIsNotOurs) {
  const auto said = from_device("ubiquiti", vectors::kUbiquitiReply + "x", 10001);
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

TEST(Ubiquiti, ElementBeyondTheEndIsAnAnomaly) {
  const auto said = from_device("ubiquiti", "\x01\x00\x00\x04\x03\x00\x7f\x41"s, 10001);
  EXPECT_EQ(said.anomalies, std::vector{"ubiquiti.malformed"s});
}

TEST(Ubiquiti, MessageWithoutAMacNamesNobody) {
  EXPECT_TRUE(from_device("ubiquiti", "\x01\x00\x00\x04\x0c\x00\x01\x41"s, 10001).facts.empty());
}

TEST(Ubiquiti, ManyElementsEnd) {
  std::string body;
  for (int i = 0; i < 20000; ++i) body += std::string("\x0c\0\0", 3);
  const auto head =
      "\x01\0"s + static_cast<char>(body.size() >> 8) + static_cast<char>(body.size());
  EXPECT_TRUE(from_device("ubiquiti", head + body, 10001).facts.empty());
}

}  // namespace
}  // namespace camwarden
