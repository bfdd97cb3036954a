#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "unit/sinks/receiver.h"

namespace camwarden {
namespace {

using namespace std::chrono_literals;
using testing::Deliveries;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Listener;
using testing::messages;
using testing::state_of;
using testing::texts;
using testing::until;

SinkOptions tcp_to(std::uint16_t port, Duration settle = 50ms, std::string name = "siem") {
  SinkOptions options;
  options.name = std::move(name);
  options.port = port;
  options.settle = settle;
  return options;
}

std::uint16_t port_without_listener() { return testing::port_of(testing::bound(SOCK_STREAM, 0)); }

std::vector<std::int64_t> rows(std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> out;
  for (auto row = first; row <= last; ++row) out.push_back(row);
  return out;
}

TEST(CourierTcp, MessagesArriveInOrderAndAreReportedOnce) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port())}, deliveries.callback());
  auto connection = listener.accept();
  for (int i = 0; i < 20; ++i) courier.post(messages("siem", i * 100 + 1, i * 100 + 100));
  EXPECT_THAT(connection.read(2000), ElementsAreArray(texts(1, 2000)));
  ASSERT_TRUE(deliveries.wait_for(2000));
  EXPECT_THAT(deliveries.rows(), ElementsAreArray(rows(1, 2000)));
}

TEST(CourierTcp, MessageOnAnOpenConnectionLeavesAtOnce) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port())}, deliveries.callback());
  auto connection = listener.accept();
  ASSERT_TRUE(until([&] { return state_of(courier, "siem").connected; }));
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 1; i <= 50; ++i) {
    const auto start = std::chrono::steady_clock::now();
    courier.post(messages("siem", i, i));
    ASSERT_TRUE(connection.next());
    best = std::min(best, std::chrono::steady_clock::now() - start);
  }
  RecordProperty("best_us", static_cast<int>(best / 1us));
  EXPECT_LT(best, 10ms);
}

TEST(CourierTcp, NothingIsDeliveredBeforeItHasSettled) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 1h)}, deliveries.callback());
  auto connection = listener.accept();
  courier.post(messages("siem", 1, 3));
  EXPECT_THAT(connection.read(3), ElementsAreArray(texts(1, 3)));
  EXPECT_TRUE(until([&] { return state_of(courier, "siem").sent == 3; }));
  EXPECT_THAT(deliveries.rows(), IsEmpty());
}

TEST(CourierTcp, ServerThatIsDownAtStartGetsAllWhenItComes) {
  const auto port = port_without_listener();
  Deliveries deliveries;
  Courier courier({tcp_to(port)}, deliveries.callback());
  courier.post(messages("siem", 1, 5));
  ASSERT_TRUE(until([&] { return !state_of(courier, "siem").last_error.empty(); }));
  EXPECT_THAT(state_of(courier, "siem").last_error, HasSubstr("Connection refused"));
  Listener listener(port);
  EXPECT_THAT(listener.accept().read(5), ElementsAreArray(texts(1, 5)));
  ASSERT_TRUE(deliveries.wait_for(5));
}

TEST(CourierTcp, ServerThatDiesWithoutReadingGetsAllAgain) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 1s)}, deliveries.callback());
  auto first = listener.accept();
  courier.post(messages("siem", 1, 5));
  ASSERT_TRUE(first.heard());
  first.close();
  auto second = listener.accept();
  EXPECT_THAT(second.read(5), ElementsAreArray(texts(1, 5)));
  ASSERT_TRUE(deliveries.wait_for(5));
  EXPECT_THAT(deliveries.rows(), ElementsAreArray(rows(1, 5)));
  EXPECT_GE(state_of(courier, "siem").retries, 1u);
}

TEST(CourierTcp, ServerThatClosesInPeaceHasWhatItDidNotAcknowledgeSentAgain) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 1s)}, deliveries.callback());
  auto first = listener.accept();
  courier.post(messages("siem", 1, 5));
  EXPECT_THAT(first.read(5), ElementsAreArray(texts(1, 5)));
  first.close();
  auto second = listener.accept();
  EXPECT_THAT(second.read(5), ElementsAreArray(texts(1, 5)));
}

TEST(CourierTcp, ServerThatRestartsInTheMiddleMissesNothing) {
  Deliveries deliveries;
  auto listener = std::make_unique<Listener>();
  const auto port = listener->port();
  Courier courier({tcp_to(port, 300ms)}, deliveries.callback());
  std::vector<std::string> seen;
  {
    auto first = listener->accept();
    courier.post(messages("siem", 1, 100));
    seen = first.read(10);
    first.reset();
    listener.reset();
  }
  courier.post(messages("siem", 101, 150));
  ASSERT_TRUE(until([&] { return !state_of(courier, "siem").connected; }));
  listener = std::make_unique<Listener>(port);
  auto second = listener->accept();
  EXPECT_THAT(second.read(150), ElementsAreArray(texts(1, 150)));
  ASSERT_TRUE(deliveries.wait_for(150));
  EXPECT_THAT(deliveries.rows(), ElementsAreArray(rows(1, 150)));
}

TEST(CourierTcp, WhatHasSettledIsNotSentAgain) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 20ms)}, deliveries.callback());
  auto first = listener.accept();
  courier.post(messages("siem", 1, 3));
  EXPECT_THAT(first.read(3), ElementsAreArray(texts(1, 3)));
  ASSERT_TRUE(deliveries.wait_for(3));
  first.reset();
  auto second = listener.accept();
  courier.post(messages("siem", 4, 4));
  EXPECT_THAT(second.read(1), ElementsAreArray(texts(4, 4)));
}

TEST(CourierTcp, ServerThatAcceptsAndNeverReadsHasNothingDeliveredBeyondItsBuffer) {
  Listener listener(0, 4096);
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 1ms)}, deliveries.callback());
  auto connection = listener.accept();
  std::vector<Message> large;
  for (int row = 1; row <= 128; ++row) large.push_back({row, "siem", std::string(65536, 'x')});
  courier.post(large);
  ASSERT_TRUE(until([&] { return state_of(courier, "siem").sent >= 10; }));
  EXPECT_THAT(deliveries.rows(), IsEmpty());  // one message alone is larger than the buffer
  EXPECT_EQ(connection.read(128).size(), 128u);
  ASSERT_TRUE(deliveries.wait_for(128));
}

TEST(CourierTcp, ServerThatAcceptsAndClosesIsNotCalledWithoutEnd) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 1h)}, deliveries.callback());
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 4; ++i) listener.accept().close();
  EXPECT_GE(std::chrono::steady_clock::now() - start, 700ms);  // 5 + 250 + 500 ms
}

TEST(CourierTcp, LineFeedsFrameWhereTheSinkAsksForThem) {
  Listener listener;
  auto options = tcp_to(listener.port());
  options.framing = Framing::lf;
  Deliveries deliveries;
  Courier courier({options}, deliveries.callback());
  courier.post({{1, "siem", "3 one\ntwo"}});  // read as octet counting: "one", then "\ntwo"
  EXPECT_EQ(listener.accept().next(), "one");
  ASSERT_TRUE(deliveries.wait_for(1));
}

TEST(CourierTcp, OneDeadSinkDoesNotHoldUpAnother) {
  Listener listener;
  Deliveries deliveries;
  Courier courier(
      {tcp_to(port_without_listener(), 20ms, "dead"), tcp_to(listener.port(), 20ms, "live")},
      deliveries.callback());
  courier.post(messages("dead", 1, 5));
  courier.post(messages("live", 6, 8));
  EXPECT_THAT(listener.accept().read(3), ElementsAreArray(texts(6, 8)));
  ASSERT_TRUE(deliveries.wait_for(3));
  EXPECT_THAT(deliveries.rows(), ElementsAreArray(rows(6, 8)));
}

TEST(CourierTcp, NameThatNobodyKnowsDoesNotHoldUpAnother) {
  Listener listener;
  auto nameless = tcp_to(514, 20ms, "nameless");
  nameless.host = "no-such-host.invalid";
  Deliveries deliveries;
  Courier courier({nameless, tcp_to(listener.port(), 20ms, "live")}, deliveries.callback());
  courier.post(messages("live", 1, 3));
  EXPECT_THAT(listener.accept().read(3), ElementsAreArray(texts(1, 3)));
}

TEST(CourierTcp, NameIsLookedUp) {
  Listener listener;
  auto named = tcp_to(listener.port());
  named.host = "localhost";
  Deliveries deliveries;
  Courier courier({named}, deliveries.callback());
  courier.post(messages("siem", 1, 1));
  EXPECT_THAT(listener.accept().read(1), ElementsAreArray(texts(1, 1)));
}

TEST(CourierTcp, ReloadCarriesUndeliveredMessagesToTheNewPlace) {
  Listener before, after;
  Deliveries deliveries;
  Courier courier({tcp_to(before.port(), 1h)}, deliveries.callback());
  auto connection = before.accept();
  courier.post(messages("siem", 1, 3));
  EXPECT_EQ(connection.read(3).size(), 3u);
  courier.reconfigure({tcp_to(after.port(), 20ms)});
  EXPECT_THAT(after.accept().read(3), ElementsAreArray(texts(1, 3)));
  ASSERT_TRUE(deliveries.wait_for(3));
}

TEST(CourierTcp, ReloadLeavesAConnectionThatDidNotChangeAlone) {
  Listener listener, other;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port())}, deliveries.callback());
  auto connection = listener.accept();
  courier.reconfigure({tcp_to(listener.port()), tcp_to(other.port(), 20ms, "new")});
  auto added = other.accept();
  courier.post(messages("siem", 1, 1));
  EXPECT_EQ(connection.next(), "m1");
}

TEST(CourierTcp, MessagesOfASinkThatIsGoneAreForgotten) {
  Listener listener, other;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 1h)}, deliveries.callback());
  courier.post(messages("siem", 1, 3));
  courier.reconfigure({tcp_to(other.port(), 20ms, "new")});
  courier.post(messages("siem", 4, 4));
  courier.post(messages("new", 5, 5));
  EXPECT_EQ(other.accept().next(), "m5");
  ASSERT_TRUE(deliveries.wait_for(1));
  EXPECT_THAT(deliveries.rows(), ElementsAreArray(rows(5, 5)));
}

// Our end says that it is done; a receiver that closes then has read everything.
TEST(CourierTcp, DrainNeedsNotWaitForAReceiverThatSaysGoodbye) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port(), 1h)}, deliveries.callback());
  auto connection = std::make_unique<testing::Connection>(listener.accept());
  courier.post(messages("siem", 1, 3));
  std::thread receiver([&] {
    while (connection->next()) continue;
    connection.reset();
  });
  courier.drain(10s);
  receiver.join();
  EXPECT_THAT(deliveries.rows(), ElementsAreArray(rows(1, 3)));
}

TEST(CourierTcp, DrainOfADeadServerEndsWithItsPatience) {
  Deliveries deliveries;
  Courier courier({tcp_to(port_without_listener())}, deliveries.callback());
  courier.post(messages("siem", 1, 3));
  const auto start = std::chrono::steady_clock::now();
  courier.drain(50ms);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  EXPECT_THAT(deliveries.rows(), IsEmpty());
}

TEST(CourierTcp, DrainOfNothingEndsAtOnce) {
  Listener listener;
  Deliveries deliveries;
  Courier courier({tcp_to(listener.port())}, deliveries.callback());
  auto connection = listener.accept();
  const auto start = std::chrono::steady_clock::now();
  courier.drain(1h);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST(CourierTcp, WhatIsPostedAfterDrainIsLeftToTheOutbox) {
  Deliveries deliveries;
  Courier courier({tcp_to(port_without_listener())}, deliveries.callback());
  courier.drain(0s);
  courier.post(messages("siem", 1, 3));
  EXPECT_THAT(deliveries.rows(), IsEmpty());
}

}  // namespace
}  // namespace camwarden
