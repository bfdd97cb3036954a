#include "base/queue.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <memory>
#include <string>
#include <thread>

namespace camwarden {
namespace {

bool readable(int fd) {
  pollfd asked{fd, POLLIN, 0};
  return poll(&asked, 1, 0) == 1;
}

TEST(Queue, GivesBackInOrder) {
  Queue<std::string> queue(4);
  for (const auto* word : {"a", "b", "c"}) EXPECT_TRUE(queue.push(word));
  EXPECT_EQ(queue.size(), 3U);
  std::string value, all;
  while (queue.pop(value)) all += value;
  EXPECT_EQ(all, "abc");
}

TEST(Queue, FullQueueLeavesTheValueWithItsOwner) {
  Queue<std::string> queue(2);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(queue.push(std::string("x")));
  std::string kept(100, 'k');
  EXPECT_FALSE(queue.push(std::move(kept)));
  EXPECT_EQ(kept, std::string(100, 'k'));  // NOLINT: that it was not moved from is the point
}

TEST(Queue, MovesWithoutCopying) {
  Queue<std::unique_ptr<int>> queue(3);
  std::unique_ptr<int> value;
  for (int i = 0; i < 20; ++i) {  // around the ring
    ASSERT_TRUE(queue.push(std::make_unique<int>(i)));
    ASSERT_TRUE(queue.pop(value));
    EXPECT_EQ(*value, i);
  }
}

TEST(Queue, EmptyQueueLeavesTheTargetAlone) {
  Queue<int> queue(2);
  int value = 7;
  EXPECT_FALSE(queue.pop(value));
  EXPECT_EQ(value, 7);
}

TEST(Wakeup, ManySignalsAreOne) {
  Wakeup wakeup;
  EXPECT_FALSE(wakeup.wait(Duration(0)));
  for (int i = 0; i < 5; ++i) wakeup.signal();
  EXPECT_TRUE(readable(wakeup.fd()));
  EXPECT_TRUE(wakeup.wait(Duration(0)));
  EXPECT_FALSE(wakeup.wait(Duration(0)));
  wakeup.signal();
  EXPECT_TRUE(wakeup.wait(Duration(0)));
}

TEST(Wakeup, NegativePatienceIsNone) {
  Wakeup wakeup;
  EXPECT_FALSE(wakeup.wait(std::chrono::seconds(-5)));
}

// The consumer sleeps for ever whenever there is nothing: one lost wake-up and the test times out.
TEST(Wakeup, NoneIsLostBetweenTwoThreads) {
  constexpr int kCount = 200'000;
  Queue<std::string> queue(64);
  Wakeup wakeup, room;
  std::thread producer([&] {
    for (int i = 0; i < kCount; ++i) {
      auto value = std::to_string(i);
      while (!queue.push(std::move(value))) room.wait(std::chrono::milliseconds(1));
      wakeup.signal();
    }
  });
  int next = 0;
  std::string value;
  while (next < kCount) {
    ASSERT_TRUE(wakeup.wait(std::chrono::seconds(60)));
    while (queue.pop(value)) ASSERT_EQ(value, std::to_string(next++));
    room.signal();
  }
  producer.join();
}

}  // namespace
}  // namespace camwarden
