#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Edimax, BroadcastTellsItsCode) {
  const auto said = from_device("edimax", vectors::kEdimaxBroadcast, 8400, 8400);
  EXPECT_EQ(said.value("edimax.broadcast"), "1300");
}

TEST(Edimax, BroadcastIsRecognisedOnAnyPort) {
  const auto recognise = protocol("edimax").recognise_datagram;
  EXPECT_TRUE(recognise(as_bytes(vectors::kEdimaxBroadcast)));
  EXPECT_FALSE(recognise(as_bytes("<param><port value=\"1\" />")));
}

TEST(Edimax, SearchTellsOfTheAskerOnly) {
  const auto said = from_client(
      "edimax", std::string(6, '\xff') + "EDIMAX" + std::string(7, '\0') + "\xa1\xff\x5e", 20560);
  EXPECT_EQ(said.value("edimax.probe"), "search");
}

TEST(Edimax, CutBroadcastIsAnAnomaly) {
  EXPECT_EQ(from_device("edimax", vectors::kEdimaxBroadcast.substr(0, 22), 8400, 8400).anomalies,
            std::vector{"edimax.malformed"s});
}

}  // namespace
}  // namespace camwarden
