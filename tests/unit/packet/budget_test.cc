#include "packet/budget.h"

#include <gtest/gtest.h>

namespace camwarden::test {
namespace {

constexpr std::uint32_t kServer = 0x0a000001, kClient = 0x0a010001;

Packet opening(std::uint32_t client, std::uint16_t client_port, std::uint32_t server = kServer,
               int second = 0) {
  Packet packet;
  packet.time = from_unix_ns(1'800'000'000'000'000'000 + second * std::int64_t{1'000'000'000});
  packet.src = IpAddress::v4(client);
  packet.dst = IpAddress::v4(server);
  packet.src_port = client_port;
  packet.dst_port = 80;
  return packet;
}

// How many of `count` connections between the two are read.
int read_of(ConversationBudget& budget, int count, std::uint32_t client,
            std::uint32_t server = kServer, int second = 0) {
  int read = 0;
  for (int i = 0; i < count; ++i) {
    const auto packet = opening(client, static_cast<std::uint16_t>(30000 + i), server, second);
    if (!budget.allows(packet)) continue;
    budget.note(packet);
    ++read;
  }
  return read;
}

TEST(ConversationBudget, TheFirstOfAMinuteAreAllRead) {
  ConversationBudget budget(16);
  EXPECT_EQ(read_of(budget, 16, kClient), 16);
}

TEST(ConversationBudget, BeyondItASampleIsRead) {
  ConversationBudget budget(16);
  const int read = read_of(budget, 16 + 1600, kClient);
  EXPECT_GT(read, 16 + 50);
  EXPECT_LT(read, 16 + 150);
}

TEST(ConversationBudget, AHostThatSpeaksLittleIsReadHoweverBusyItsPeer) {
  ConversationBudget budget(16);
  read_of(budget, 5000, kClient);
  for (std::uint32_t other = 1; other <= 100; ++other) {
    EXPECT_EQ(read_of(budget, 10, kClient + other), 10);
  }
}

TEST(ConversationBudget, ABusyClientsQuestionToAQuietServerIsRead) {
  ConversationBudget budget(16);
  read_of(budget, 5000, kClient);
  EXPECT_EQ(read_of(budget, 10, kClient, kServer + 1), 10);
}

TEST(ConversationBudget, TheNextMinuteBeginsAnew) {
  ConversationBudget budget(16);
  read_of(budget, 1000, kClient);
  EXPECT_EQ(read_of(budget, 16, kClient, kServer, 60), 16);
}

TEST(ConversationBudget, BothDirectionsAgree) {
  ConversationBudget budget(16);
  read_of(budget, 1000, kClient);
  for (int i = 0; i < 1000; ++i) {
    auto packet = opening(kClient, static_cast<std::uint16_t>(40000 + i));
    const bool there = budget.allows(packet);
    std::swap(packet.src, packet.dst);
    std::swap(packet.src_port, packet.dst_port);
    EXPECT_EQ(budget.allows(packet), there) << i;
  }
}

TEST(ConversationBudget, ManyEndsReadMoreNeverLess) {
  ConversationBudget budget(16);
  for (std::uint32_t other = 0; other < 100'000; ++other)
    read_of(budget, 1, kClient + other, other);
  EXPECT_GE(read_of(budget, 16, 0x0b000001, 0x0b000002), 15);
}

TEST(ConversationBudget, ZeroReadsAll) {
  ConversationBudget budget(0);
  EXPECT_EQ(read_of(budget, 5000, kClient), 5000);
}

}  // namespace
}  // namespace camwarden::test
