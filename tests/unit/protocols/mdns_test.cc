#include <gtest/gtest.h>

#include "unit/protocols/dns_messages.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;
using namespace dns_test;

const std::string kType = name("_axis-video._tcp.local");
const std::string kInstance =
    "\x11"
    "AXIS TEST v1.2 - "s +
    kType;

std::string address(std::string_view text = kDeviceIp) {
  const auto octets = ip(text).octets;
  return {octets.begin(), octets.begin() + 4};
}

std::string text(std::initializer_list<std::string> strings) {
  std::string out;
  for (const auto& one : strings) out += static_cast<char>(one.size()) + one;
  return out;
}

Recorder hear(const Parts& parts) {
  const auto bytes = message(parts);
  auto packet = packet_from_device(bytes);
  packet.src_port = packet.dst_port = 5353;
  packet.dst = ip("224.0.0.251");
  return read_datagram("mdns", packet);
}

TEST(Mdns, AnswerTellsServiceInstanceAndHost) {
  const auto target = u16(0) + u16(0) + u16(80) + name("cam-1.local");
  const auto said = hear(
      {.answers = {record(kType, 12, kInstance)},
       .additionals = {record(kInstance, 33, target), record(name("cam-1.local"), 1, address())}});
  EXPECT_EQ(said.value("mdns.service"), "_axis-video._tcp");
  EXPECT_EQ(said.value("mdns.instance"), "AXIS TEST v1.2 - ._axis-video._tcp");
  EXPECT_EQ(said.value("mdns.host"), "cam-1");
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Mdns, ServicesAreEnumerated) {
  const auto said = hear(
      {.answers = {record(name("_services._dns-sd._udp.local"), 12, name("_psia._tcp.local"))}});
  EXPECT_EQ(said.value("mdns.service"), "_psia._tcp");
  EXPECT_FALSE(said.said("mdns.instance"));
}

TEST(Mdns, TxtTellsWhatIdentifies) {
  const auto said = hear({.answers = {record(kInstance, 16,
                                             text({"macaddress=00005E005399", "epoch=17",
                                                   "IC-9999 Network Camera", "session"}))}});
  EXPECT_EQ(said.values("mdns.txt"), (std::vector{"_axis-video._tcp macaddress=00005E005399"s,
                                                  "_axis-video._tcp IC-9999 Network Camera"s}));
  EXPECT_EQ(said.value("mdns.mac"), kDeviceMac);
}

TEST(Mdns, KnownAnswersInAQuestionAreNotTheAskers) {
  const auto said = hear(
      {.flags = 0, .questions = {question(kType, 12)}, .answers = {record(kType, 12, kInstance)}});
  EXPECT_EQ(said.value("mdns.probe"), "_axis-video._tcp");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Mdns, ProposedRecordsAreTheProbers) {
  const auto said = hear({.flags = 0,
                          .questions = {question(kInstance, 255)},
                          .authorities = {record(kInstance, 16, text({"model=X"}))}});
  EXPECT_EQ(said.value("mdns.txt"), "_axis-video._tcp model=X");
}

TEST(Mdns, QuestionsForOtherServicesAreNotTold) {
  EXPECT_TRUE(
      hear({.flags = 0, .questions = {question(name("_ipp._tcp.local"), 12)}}).facts.empty());
}

TEST(Mdns, ReflectedAnswerTellsNothing) {
  EXPECT_TRUE(hear({.answers = {record(kType, 12, kInstance)},
                    .additionals = {record(name("cam-1.local"), 1, address("192.0.2.99"))}})
                  .facts.empty());
}

TEST(Mdns, OneOfSeveralAddressesMayBeTheSenders) {
  EXPECT_TRUE(hear({.answers = {record(kType, 12, kInstance)},
                    .additionals = {record(name("cam-1.local"), 1, address("192.0.2.99")),
                                    record(name("cam-1.local"), 1, address())}})
                  .said("mdns.instance"));
}

TEST(Mdns, GoodbyeTellsNothing) {
  EXPECT_TRUE(hear({.answers = {record(kType, 12, kInstance, 0)}}).facts.empty());
}

TEST(Mdns, NameOfAnAddressIsNoHost) {
  EXPECT_TRUE(hear({.answers = {record(name("64.2.0.192.in-addr.arpa"), 12, name("cam-1.local"))}})
                  .facts.empty());
}

TEST(Mdns, BrokenRecordsAreCounted) {
  EXPECT_EQ(hear({.answers = {record(kType, 12, "\x3fx"s)}}).anomalies,
            std::vector{"mdns.bad_pointer"s});
  EXPECT_EQ(hear({.answers = {record(kInstance, 33, "\0\0"s)}}).anomalies,
            std::vector{"mdns.bad_target"s});
  EXPECT_EQ(hear({.answers = {record(kInstance, 16, "\x3fx"s)}}).anomalies,
            std::vector{"mdns.bad_text"s});
}

TEST(Mdns, StringsOfAMessageAreLimited) {
  std::string strings;
  for (int i = 0; i < 200; ++i) strings += text({"sn=" + std::to_string(i)});
  EXPECT_EQ(hear({.answers = {record(kInstance, 16, strings)}}).values("mdns.txt").size(), 64U);
}

}  // namespace
}  // namespace camwarden
