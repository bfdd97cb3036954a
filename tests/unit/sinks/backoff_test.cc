#include "sinks/backoff.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, FirstAttemptIsFastThenDoublingToHalfAMinute) {
  Backoff backoff;
  EXPECT_LE(backoff.next(), 10ms);
  for (const auto wait :
       {250ms, 500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms, 30000ms}) {
    EXPECT_EQ(backoff.next(), wait);
  }
}

TEST(Backoff, SuccessMakesTheNextAttemptFastAgain) {
  Backoff backoff;
  for (int i = 0; i < 5; ++i) backoff.next();
  backoff.reset();
  EXPECT_LE(backoff.next(), 10ms);
}

}  // namespace
}  // namespace camwarden
