// What the kernel is allowed to send for us. Nothing leaves this host.

#include "discovery/socket.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace camwarden {
namespace {

// Of 127.0.0.0/8 the last is the broadcast address, as 10.0.0.255 is of an attached /24.
TEST(Datagrams, ToOneDeviceAreNeverBroadcast) {
  const auto socket = open_datagrams({});
  ASSERT_TRUE(socket);
  for (const auto* everybody : {"255.255.255.255", "127.255.255.255"}) {
    const Endpoint to{IpAddress::parse(everybody).value(), 9, 0};
    EXPECT_NE(send_datagram(socket.value().fd(), to, {}), 0) << everybody;
  }
}

}  // namespace
}  // namespace camwarden
