#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  return read_datagram("dhip", packet_from_device(payload));
}

std::string message(const std::string& body) {
  std::string bytes = "\x20\0\0\0DHIP"s + std::string(24, '\0') + body;
  for (const std::size_t at : {16U, 24U}) {
    bytes[at] = static_cast<char>(body.size() & 0xff);
    bytes[at + 1] = static_cast<char>(body.size() >> 8);
  }
  return bytes;
}

std::string answer(const std::string& device) {
  return message(R"({"mac":"00:00:5e:00:53:99","method":"client.notifyDevInfo",)"
                 R"("params":{"deviceInfo":{)" +
                 device + "}}}");
}

TEST(Dhip, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kDhipReply);
  EXPECT_EQ(said.value("dhip.answer"), "client.notifyDevInfo");
  EXPECT_EQ(said.value("dhip.device_class"), "IPC");
  EXPECT_EQ(said.value("dhip.device_type"), "IPC-TEST");
  EXPECT_EQ(said.value("dhip.serial"), "TESTSERIAL01");
  EXPECT_EQ(said.value("dhip.version"), "2.800.0000000.1.R");
  EXPECT_EQ(said.value("dhip.vendor"), "General");
  EXPECT_EQ(said.value("dhip.mac"), kDeviceMac);
  EXPECT_EQ(said.value("dhip.port"), "37777");
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Dhip, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kDhipReply).who("dhip.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Dhip, BraceInTheHeaderIsNotTheBody) {
  EXPECT_EQ(read(vectors::kDhipReply7B).value("dhip.device_type"), "IPC-TEST");
}

TEST(Dhip, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("dhip", packet_from_client(vectors::kDhipReply));
  EXPECT_TRUE(said.who("dhip.serial").ip.none());
  EXPECT_EQ(said.facts[1].who.ip, ip(kClientIp));
}

TEST(Dhip, SerialOfAnAnswerForAnotherIsTheSendersTooAndUnbound) {
  const auto said = read_datagram("dhip", packet_from_client(vectors::kDhipReply));
  ASSERT_EQ(said.values("dhip.serial").size(), 2U);
  EXPECT_EQ(said.facts.back().who.ip, ip(kClientIp));
  EXPECT_FALSE(said.facts.back().who.bound);
}

TEST(Dhip, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("dhip", packet_from_client(vectors::kDhipProbe));
  EXPECT_EQ(said.value("dhip.probe"), "DHDiscover.search");
  EXPECT_EQ(said.who("dhip.probe").ip, ip(kClientIp));
}

TEST(Dhip, BareMagicIsAQuestion) { EXPECT_EQ(read("DHIP").value("dhip.probe"), "DHIP"); }

TEST(Dhip, EscapedSlashesAndTrailingNulsDoNoHarm) {
  const auto bytes = answer(R"( "DeviceType" : "A\/B", "Vendor" : "LOREX" )") + "\n\0\0"s;
  EXPECT_EQ(read(bytes).value("dhip.device_type"), "A/B");
}

TEST(Dhip, TextThatIsNotUtf8DoesNotHideTheRest) {
  const auto said = read(answer("\"DeviceType\":\"Gera\xe7\xe3o\",\"SerialNo\":\"S1\""));
  EXPECT_EQ(said.value("dhip.serial"), "S1");
}

TEST(Dhip, LengthBeyondTheDatagramIsItsEnd) {
  auto bytes = answer(R"("SerialNo":"S1")");
  bytes[18] = bytes[19] = '\x7f';
  EXPECT_EQ(read(bytes).value("dhip.serial"), "S1");
}

TEST(Dhip, MembersOfTheWrongKindAreLeftOut) {
  const auto said = read(answer(R"("SerialNo":7,"Vendor":null,"Port":"x","IPv4Address":[]})"));
  EXPECT_FALSE(said.said("dhip.serial"));
  EXPECT_FALSE(said.said("dhip.port"));
}

TEST(Dhip, PortOutOfRangeIsLeftOut) {
  EXPECT_FALSE(read(answer(R"("Port":70000)")).said("dhip.port"));
}

TEST(Dhip, BrokenJsonIsAnAnomaly) {
  EXPECT_EQ(read(message("{\"mac\":")).anomalies, std::vector{"dhip.malformed"s});
}

TEST(Dhip, BrokenAnswerIsStillAnAnswer) {
  const auto said = read(message(R"({"method" : "client.notifyDevInfo", "Version" : "1.0, })"));
  EXPECT_EQ(said.value("dhip.answer"), "client.notifyDevInfo");
  EXPECT_EQ(said.anomalies, std::vector{"dhip.malformed"s});
}

TEST(Dhip, DeepJsonIsRefused) {
  EXPECT_EQ(read(message(std::string(4000, '['))).anomalies, std::vector{"dhip.malformed"s});
}

TEST(Dhip, UnknownMethodIsAnAnomaly) {
  EXPECT_EQ(read(message(R"({"method":"x"})")).anomalies, std::vector{"dhip.unknown_method"s});
}

TEST(Dhip, OtherMagicIsNotRead) {
  auto bytes = std::string(vectors::kDhipReply);
  bytes.replace(4, 4, "PIHD");
  EXPECT_TRUE(read(bytes).facts.empty());
}

}  // namespace
}  // namespace camwarden
