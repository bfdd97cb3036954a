#include "discovery/pace.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

using std::chrono::milliseconds;

constexpr Time kStart = Time(std::chrono::hours(24));

// Sends whenever it may, for so long; when each went out.
std::vector<Time> sends(DevicePace& pace, Duration how_long) {
  std::vector<Time> out;
  for (auto now = kStart; now < kStart + how_long;) {
    const auto when = pace.when(now, 1);
    if (when <= now) {
      pace.sent(now, 1);
      out.push_back(now);
    } else {
      now = when;
    }
  }
  return out;
}

std::size_t most_in_a_second(const std::vector<Time>& times) {
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[first] <= times[last] - std::chrono::seconds(1)) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

TEST(DevicePace, NeverMoreThanTheBudgetInAnySecond) {
  DevicePace pace(PaceLimits(), nullptr);
  const auto times = sends(pace, std::chrono::seconds(5));
  EXPECT_EQ(most_in_a_second(times), 36U);
  EXPECT_GE(times.size(), 170U);
}

TEST(DevicePace, GentleIsFiveASecond) {
  DevicePace pace(PaceLimits::gentle(), nullptr);
  EXPECT_EQ(most_in_a_second(sends(pace, std::chrono::seconds(4))), 4U);
}

TEST(DevicePace, WhatItsSegmentHearsIsOfItsBudget) {
  Window segment;
  for (int i = 0; i < 20; ++i) segment.note(kStart);
  DevicePace pace(PaceLimits(), &segment);
  EXPECT_EQ(sends(pace, milliseconds(999)).size(), 16U);
}

TEST(DevicePace, RequestsInAllAreCounted) {
  DevicePace pace(PaceLimits(), nullptr);
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(pace.take_request());
  EXPECT_FALSE(pace.take_request());
}

TEST(DevicePace, AsksLessOfADeviceThatStruggles) {
  DevicePace pace(PaceLimits(), nullptr);
  for (int i = 0; i < 4; ++i) pace.opened();
  EXPECT_FALSE(pace.may_open());
  pace.closed();
  EXPECT_TRUE(pace.may_open());
  pace.strained();
  EXPECT_FALSE(pace.may_open());
  EXPECT_EQ(most_in_a_second(sends(pace, std::chrono::seconds(3))), 18U);
  for (int i = 0; i < 3; ++i) pace.strained();
  EXPECT_TRUE(pace.exhausted());
}

TEST(DevicePace, OneThatGetsSlowIsStrained) {
  DevicePace pace(PaceLimits(), nullptr);
  pace.answered(milliseconds(5));
  for (int i = 0; i < 3; ++i) pace.answered(milliseconds(900));
  EXPECT_EQ(pace.level(), 1);
  pace.answered(milliseconds(6));
  EXPECT_EQ(pace.level(), 1);
}

TEST(GlobalPace, KeepsTheRateOverTime) {
  GlobalPace pace(2000);
  auto now = kStart;
  for (int i = 0; i < 9000; ++i) now = std::max(now, pace.reserve(now, 1));
  const auto seconds = std::chrono::duration<double>(now - kStart).count();
  EXPECT_NEAR(seconds, 5.0, 0.1);
  EXPECT_EQ(pace.sent(), 9000U);
}

TEST(GlobalPace, APauseGivesASmallBurstOnly) {
  GlobalPace pace(1000);
  (void)pace.reserve(kStart, 1);
  const auto later = kStart + std::chrono::minutes(1);
  int at_once = 0;
  while (pace.reserve(later, 1) <= later) ++at_once;
  EXPECT_EQ(at_once, 18);
}

TEST(GlobalPace, WhoSendsWithoutEndKeepsNobodyWaitingForLong) {
  GlobalPace pace(2000);
  for (int i = 0; i < 100'000; ++i) pace.note(kStart, 1);
  EXPECT_LE(pace.reserve(kStart, 1), kStart + milliseconds(251));
  EXPECT_EQ(pace.sent(), 100'001U);
  // What was reserved stays reserved.
  for (int i = 0; i < 2000; ++i) (void)pace.reserve(kStart, 1);
  pace.note(kStart, 1);
  EXPECT_GE(pace.reserve(kStart, 1), kStart + milliseconds(1250));
}

TEST(Window, RemembersNoMoreThanIsAskedOf) {
  Window window;
  for (int i = 0; i < 100'000; ++i) window.note(kStart);
  EXPECT_LE(window.times().size(), 2 * Window::kMost);
  EXPECT_GE(window.count(kStart), 1000U);
  window.note(kStart + std::chrono::seconds(2));
  EXPECT_EQ(window.times().size(), 1U);
}

}  // namespace
}  // namespace camwarden
