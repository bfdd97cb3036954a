#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

// A search for the UID TESTTESTTESTTEST111A and the answer to it, as scrambled by
// tests/replay/make_consumer.py.
const std::string kSearch = vectors::octets(
    "6e4c9d8c40d140ca3d2da82d00e7cada5b6bd9c915e4058f793e1d4904b18e8d6e2e8d8c40d040ca3e6d"
    "3b1f40a4cbd86e2e8d8c40d040ca2d6d280c40e4cad843686172");
const std::string kAnswer = vectors::octets(
    "4e4f8dac40d040ca3d2da82d40e7cada5b6bd9c915e4058f793e1d4904b18e8d6e2e8d8c40d040ca3e6d"
    "3b1f40a4cbd86e2e8d8c40d040ca2d6d280c40e4cad8");

TEST(Tutk, SearchTellsOfTheAskerOnly) {
  const auto said = from_client("tutk", kSearch, 32761);
  EXPECT_EQ(said.value("tutk.probe"), "search");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Tutk, AnswerTellsTheUid) {
  const auto said = from_device("tutk", kAnswer, 32761);
  EXPECT_EQ(said.value("tutk.device"), "25");
  EXPECT_EQ(said.value("tutk.uid"), "TESTTESTTESTTEST111A");
}

TEST(Tutk, LengthThatDoesNotAddUpIsNotOurs) {
  EXPECT_TRUE(from_device("tutk", kAnswer + "0123456789abcdef", 32761).facts.empty());
}

TEST(Tutk, WhatIsNotScrambledSoIsNotOurs) {
  const auto said = from_device("tutk", std::string(68, '\x04'), 32761);
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

}  // namespace
}  // namespace camwarden
