#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/sinks/receiver.h"

namespace camwarden {
namespace {

using testing::bound;
using testing::Deliveries;
using testing::Descriptor;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using testing::messages;
using testing::port_of;
using testing::state_of;
using testing::texts;
using testing::until;

SinkOptions udp_to(std::uint16_t port) {
  SinkOptions options;
  options.name = "siem";
  options.transport = TransportKind::udp;
  options.max_bytes = 1232;
  options.port = port;
  return options;
}

std::vector<std::string> receive(const Descriptor& socket, std::size_t count) {
  std::vector<std::string> datagrams;
  std::array<char, 65536> bytes{};
  while (datagrams.size() < count && testing::wait_for(socket.number(), POLLIN)) {
    const auto size = recv(socket.number(), bytes.data(), bytes.size(), 0);
    if (size >= 0) datagrams.emplace_back(bytes.data(), static_cast<std::size_t>(size));
  }
  return datagrams;
}

TEST(CourierUdp, EachMessageIsADatagramWithoutFraming) {
  const auto socket = bound(SOCK_DGRAM, 0);
  Deliveries deliveries;
  Courier courier({udp_to(port_of(socket))}, deliveries.callback());
  courier.post(messages("siem", 1, 20));
  EXPECT_THAT(receive(socket, 20), ElementsAreArray(texts(1, 20)));
  ASSERT_TRUE(deliveries.wait_for(20));
}

TEST(CourierUdp, RefusedMessagesGoAgainWhenSomebodyListens) {
  const auto port = port_of(bound(SOCK_DGRAM, 0));
  Deliveries deliveries;
  Courier courier({udp_to(port)}, deliveries.callback());
  courier.post(messages("siem", 1, 10));
  ASSERT_TRUE(until([&] { return state_of(courier, "siem").retries > 0; }));
  EXPECT_THAT(deliveries.rows(), IsEmpty());
  const auto socket = bound(SOCK_DGRAM, port);
  EXPECT_THAT(receive(socket, 10), ElementsAreArray(texts(1, 10)));
  ASSERT_TRUE(deliveries.wait_for(10));
}

TEST(CourierUdp, MessageThatIsTooLongForADatagramIsCutNotLost) {
  const auto socket = bound(SOCK_DGRAM, 0);
  Deliveries deliveries;
  Courier courier({udp_to(port_of(socket))}, deliveries.callback());
  courier.post({{1, "siem", std::string(100'000, 'x')}});
  EXPECT_EQ(receive(socket, 1).at(0).size(), 1232u);
}

}  // namespace
}  // namespace camwarden
