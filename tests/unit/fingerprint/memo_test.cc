#include "fingerprint/memo.h"

#include <gtest/gtest.h>

#include <string>

namespace camwarden {
namespace {

constexpr Field kServer{.name = "http.server", .help = {}};
constexpr Field kTitle{.name = "http.title", .help = {}};
const Fingerprint kFingerprint{};

// Asks as the matcher does; true when the answer was remembered.
bool asked(Memo& memo, const Field& field, const std::string& value) {
  const auto answer = memo.of(field, value);
  if (answer.matches && !answer.known) {
    *answer.matches = {Match{&kFingerprint, {{Attribute::model, value}}}};
  }
  return answer.known;
}

TEST(Memo, RemembersFromTheSecondTimeOn) {
  Memo memo;
  EXPECT_FALSE(asked(memo, kServer, "a"));
  EXPECT_FALSE(asked(memo, kServer, "a"));
  ASSERT_TRUE(asked(memo, kServer, "a"));
  EXPECT_EQ(memo.of(kServer, "a").matches->at(0).claims.at(0).value, "a");
}

TEST(Memo, TellsFieldsApart) {
  Memo memo;
  for (int i = 0; i < 3; ++i) asked(memo, kServer, "a");
  EXPECT_FALSE(asked(memo, kTitle, "a"));
}

TEST(Memo, NeverAnswersForAnotherValueHoweverManyThereAre) {
  Memo memo;
  for (std::size_t i = 0; i < 3 * Memo::kSets * Memo::kWays; ++i) {
    const auto value = std::to_string(i / 3);
    if (!asked(memo, kServer, value)) continue;
    ASSERT_EQ(memo.of(kServer, value).matches->at(0).claims.at(0).value, value);
  }
}

TEST(Memo, AFloodPushesOutWhatItHeld) {
  Memo memo;
  for (int i = 0; i < 3; ++i) asked(memo, kServer, "a");
  for (std::size_t i = 0; i < 20 * Memo::kSets * Memo::kWays; ++i) {
    asked(memo, kServer, std::to_string(i));
  }
  EXPECT_FALSE(asked(memo, kServer, "a"));
}

}  // namespace
}  // namespace camwarden
