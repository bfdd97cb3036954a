#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  return read_datagram("xiongmai", packet_from_device(payload));
}

std::string answer(const std::string& common) {
  const auto body = "{\"NetWork.NetCommon\":{" + common + "}}";
  auto head = vectors::octets("ff 00*13 fb05 00*4");
  head[16] = static_cast<char>(body.size());
  return head + body;
}

TEST(Xiongmai, AnswerTellsOfTheDevice) {
  const auto said = read(vectors::kXiongmaiReply);
  EXPECT_EQ(said.value("xiongmai.answer"), "NetWork.NetCommon");
  EXPECT_EQ(said.value("xiongmai.serial"), "0123456789abcdef");
  EXPECT_EQ(said.value("xiongmai.version"), "V4.03.R11");
  EXPECT_EQ(said.value("xiongmai.build_date"), "2020-01-01 00:00:00");
  EXPECT_EQ(said.value("xiongmai.name"), "LocalHost");
  EXPECT_EQ(said.value("xiongmai.channels"), "1");
  EXPECT_EQ(said.value("xiongmai.mac"), kDeviceMac);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Xiongmai, AnswerBindsItsMacToItsAddress) {
  const auto who = read(vectors::kXiongmaiReply).who("xiongmai.serial");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(Xiongmai, AnswerFromElsewhereBindsNoAddress) {
  const auto said = read_datagram("xiongmai", packet_from_client(vectors::kXiongmaiReply));
  EXPECT_TRUE(said.who("xiongmai.serial").ip.none());
  ASSERT_EQ(said.values("xiongmai.serial").size(), 2U);
}

// 0x4002000A is 10.0.2.64: the lowest byte first.
TEST(Xiongmai, AddressIsReadFromItsNumber) {
  auto packet = packet_from_client();  // another MAC, but the written address
  const auto bytes = answer(R"("MAC":"00:00:5e:00:53:99","HostIP":"0x4002000A","SN":"S")");
  packet.payload = as_bytes(bytes);
  packet.src = ip("10.0.2.64");
  EXPECT_EQ(read_datagram("xiongmai", packet).who("xiongmai.serial").ip, ip("10.0.2.64"));
}

TEST(Xiongmai, AddressesThatAreNoNumberBindNothing) {
  for (const auto* address : {"", "0x", "40020000", "0x400200C0FF", "0x4002zz0A", "-0x1"}) {
    const auto bytes = answer("\"MAC\":\"00:00:5e:00:53:01\",\"HostIP\":\""s + address + "\"");
    EXPECT_TRUE(read(bytes).who("xiongmai.answer").ip.none()) << address;
  }
}

TEST(Xiongmai, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("xiongmai", packet_from_client(vectors::kXiongmaiProbe));
  EXPECT_EQ(said.value("xiongmai.probe"), "1530");
  EXPECT_EQ(said.who("xiongmai.probe").ip, ip(kClientIp));
}

TEST(Xiongmai, MembersOfTheWrongKindAreLeftOut) {
  const auto said =
      read(answer(R"("SN":7,"ChannelNum":"4","MAC":"00:00:5e:00:53:99","HostIP":{})"));
  EXPECT_TRUE(said.said("xiongmai.answer"));
  EXPECT_FALSE(said.said("xiongmai.serial"));
  EXPECT_FALSE(said.said("xiongmai.channels"));
}

TEST(Xiongmai, TextThatIsNotUtf8DoesNotHideTheRest) {
  EXPECT_EQ(read(answer("\"HostName\":\"\xb4\xf3\",\"SN\":\"S1\"")).value("xiongmai.serial"), "S1");
}

TEST(Xiongmai, BrokenJsonIsAnAnomaly) {
  EXPECT_EQ(read(vectors::octets("ff 00*13 fb05 ff000000") + "{\"a\":").anomalies,
            std::vector{"xiongmai.malformed"s});
}

TEST(Xiongmai, AnswerWithoutADeviceIsAnAnomaly) {
  EXPECT_EQ(read(vectors::octets("ff 00*13 fb05 ff000000") + "{}").anomalies,
            std::vector{"xiongmai.empty_answer"s});
  EXPECT_TRUE(read(answer(R"("HostIP":"0x400200C0","SN":7)")).facts.empty());
}

// 1532 sets a device's configuration: it says nothing of who sends it.
TEST(Xiongmai, OtherMessagesAreNotRead) {
  auto other = vectors::kXiongmaiReply;
  other[14] = '\xfc';
  EXPECT_TRUE(read(other).facts.empty());
  EXPECT_TRUE(read("\x16\xfe\xff a datagram of DTLS").facts.empty());
}

}  // namespace
}  // namespace camwarden
