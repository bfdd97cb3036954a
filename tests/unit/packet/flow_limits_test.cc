// What a flow table holds at most, and what goes first.

#include "unit/packet/flows.h"

namespace camwarden::test {
namespace {

TEST_F(Flows, OldestFlowGoesFirstWhenFull) {
  FlowTable::Options options;
  options.max_flows = 2;
  open(options);
  for (const std::uint16_t port : {1, 2}) {
    client_port_ = port;
    client(100, "a");
    now_ += std::chrono::seconds(1);
  }
  client_port_ = 1;
  client(101, "b");
  client_port_ = 3;
  client(100, "c");
  EXPECT_EQ(counters().evicted, 1u);
  EXPECT_EQ(counters().active, 2u);
  client_port_ = 1;
  client(101, "again");  // still known up to 102: four of five octets are new
  EXPECT_EQ(listener_.shown.back().bytes, "gain");
}

TEST_F(Flows, FlowsWithoutPayloadGoBeforeOthers) {
  FlowTable::Options options;
  options.max_flows = 2;
  open(options);
  client_port_ = 1;
  client(100, "a");
  now_ += std::chrono::seconds(2);
  for (client_port_ = 10; client_port_ < 20; ++client_port_) client(1, "", kSyn);
  client_port_ = 1;
  client(100, "ab");
  EXPECT_EQ(listener_.shown.back().bytes, "b");
}

TEST_F(Flows, FinishedFlowsAreNotCountedAsEvicted) {
  FlowTable::Options options;
  options.max_flows = 1;
  open(options);
  client(100, "a", kAck | kFin);
  server(500, "b", kAck | kFin);
  client_port_ = 7;
  client(100, "c");
  EXPECT_EQ(counters().evicted, 0u);
  EXPECT_EQ(counters().active, 1u);
}

TEST_F(Flows, IdleFlowsExpireByPacketTime) {
  client(100, "a");
  now_ += std::chrono::minutes(3);
  client_port_ = 7;
  client(100, "b");
  EXPECT_EQ(counters().expired, 1u);
  EXPECT_EQ(counters().active, 1u);
}

TEST_F(Flows, ActiveFlowsDoNotExpire) {
  for (std::uint32_t i = 0; i < 10; ++i, now_ += std::chrono::minutes(1)) client(100 + i, "a");
  EXPECT_EQ(counters().expired, 0u);
}

TEST_F(Flows, TimeGoingBackIsHarmless) {
  client(100, "a");
  now_ -= std::chrono::hours(24);
  client(101, "b");
  client_port_ = 9;
  client(100, "c");
  EXPECT_EQ(listener_.all(), "a|b|c|");
}

TEST_F(Flows, WithoutMemoryADirectionIsClosed) {
  FlowTable::Options options;
  options.buffer_bytes = 200;  // with what keeping them takes
  open(options);
  listener_.consume = false;
  client(100, std::string(60, 'x'));
  client_port_ = 2;
  client(100, std::string(60, 'y'));
  EXPECT_EQ(counters().buffer_full, 1u);
  EXPECT_TRUE(listener_.shown.back().closed);
  client_port_ = 40000;
  client(160, "z");
  EXPECT_EQ(listener_.shown.back().bytes.size(), 61u);
}

// A million connections of one octet each take no memory but their own.
TEST_F(Flows, AFewOctetsWaitWithoutMemory) {
  FlowTable::Options options;
  options.buffer_bytes = 0;
  open(options);
  listener_.consume = false;
  client(100, "a");
  client(101, "", kAck | kFin);
  EXPECT_EQ(listener_.all(), "a|a$");
  EXPECT_EQ(counters().buffer_full, 0u);
  client_port_ = 2;
  client(100, "a");
  client(101, "bcd");
  EXPECT_EQ(listener_.shown.back().bytes, "abcd");
  EXPECT_EQ(counters().buffer_full, 1u);
}

TEST_F(Flows, WithoutMemoryForPiecesADirectionIsClosed) {
  FlowTable::Options options;
  options.buffer_bytes = 150;
  open(options);
  connect();
  client(200, std::string(60, 'x'));
  EXPECT_EQ(counters().buffer_full, 1u);
  EXPECT_TRUE(listener_.shown.back().closed);
}

TEST_F(Flows, OctetByOctetCostsFewShows) {
  listener_.consume = false;
  connect();
  for (std::uint32_t i = 0; i < 16384; ++i) client(100 + i, "x");
  EXPECT_LT(listener_.shown.size(), 200u);
  EXPECT_EQ(listener_.shown.back().bytes.size(), 16384u);
  EXPECT_TRUE(listener_.shown.back().closed);
}

TEST_F(Flows, ManyFlowsComeAndGo) {
  FlowTable::Options options;
  options.max_flows = 1000;
  open(options);
  for (int round = 0; round < 20; ++round) {
    for (client_port_ = 1; client_port_ <= 3000; ++client_port_) client(100, "a");
  }
  EXPECT_EQ(counters().active, 1000u);
  EXPECT_EQ(counters().flows, counters().evicted + counters().active);
}

}  // namespace
}  // namespace camwarden::test
