#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder ask(const std::string& payload, std::string_view server) {
  auto packet = packet_from_device(payload);
  packet.dst_port = 123;
  packet.dst = ip(server);
  return read_datagram("ntp", packet);
}

std::string reply(const std::string& list, char operation = '\x82') {
  return "\x16"s + operation + std::string(8, '\0') + "\0"s + static_cast<char>(list.size()) + list;
}

TEST(Ntp, RequestTellsWhereTheClientAsks) {
  const auto request = "\xe3"s + std::string(47, '\0');
  EXPECT_EQ(ask(request, "192.0.2.1").value("ntp.client"), "v4 outside");
  EXPECT_EQ(ask(request, "2001:db8::1").value("ntp.client"), "v4 outside");
  for (const auto* server :
       {"10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.1.1", "fd00::1", "224.0.1.1"}) {
    EXPECT_EQ(ask(request, server).value("ntp.client"), "v4 inside") << server;
  }
}

TEST(Ntp, ShortAndOtherRequestsAreNoConcern) {
  EXPECT_TRUE(ask("\xe3"s, "10.1.2.3").facts.empty());
  EXPECT_TRUE(ask("\xe4"s + std::string(47, '\0'), "10.1.2.3").facts.empty());
  EXPECT_TRUE(ask("", "10.1.2.3").facts.empty());
}

TEST(Ntp, VariablesTellOfTheServer) {
  const auto said = read_datagram(
      "ntp", packet_from_device(
                 reply("version=\"ntpd 4.2\", processor=\"armv7l\", system=\"Linux/4.9\"")));
  EXPECT_EQ(said.value("ntp.version"), "ntpd 4.2");
  EXPECT_EQ(said.value("ntp.processor"), "armv7l");
  EXPECT_EQ(said.value("ntp.system"), "Linux/4.9");
}

TEST(Ntp, QuestionsAndErrorsTellNothing) {
  EXPECT_TRUE(read_datagram("ntp", packet_from_device(reply("system=X", '\x02'))).facts.empty());
  EXPECT_TRUE(read_datagram("ntp", packet_from_device(reply("system=X", '\xc2'))).facts.empty());
}

TEST(Ntp, ListThatRunsPastTheEndIsCounted) {
  auto cut = reply("system=X");
  cut.pop_back();
  EXPECT_EQ(read_datagram("ntp", packet_from_device(cut)).anomalies, std::vector{"ntp.truncated"s});
}

}  // namespace
}  // namespace camwarden
