// The makers' own TCP protocols, and Dahua's peer-to-peer service.

#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

StreamRun run(std::string_view name, const std::string& bytes, std::size_t step = SIZE_MAX) {
  return read_stream(name, packet_from_device(), bytes, step);
}
Guess guess(std::string_view name, std::string_view bytes) {
  return protocol(name).recognise(as_bytes(bytes));
}

std::string little_endian(std::size_t number) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(number >> 8 * i & 0xff);
  return bytes;
}

std::string dhip(const std::string& body) {
  return "\x20\0\0\0DHIP"s + std::string(8, '\0') + little_endian(body.size()) +
         std::string(12, '\0') + body;
}
std::string dvrip(char opcode, const std::string& body) {
  return opcode + "\0\0\x58"s + little_endian(body.size()) + std::string(24, '\0') + body;
}
std::string sofia(std::uint16_t number, const std::string& body) {
  return "\xff\x01\0\0"s + std::string(10, '\0') + little_endian(number).substr(0, 2) +
         little_endian(body.size()) + body;
}

// The fact sheet's vector DVRIP_REALM_REQ.
const std::string kRealmRequest =
    "\xa0\x01\0\0"s + std::string(20, '\0') + "\x05\x02\x01\x01\0\0\xa1\xaa"s;

TEST(DahuaTcp, LoginAnswerTellsItsRealm) {
  const auto bytes = dvrip('\xb0', "Realm:Login to TEST01\r\nRandom:1\r\n");
  for (const std::size_t step : {SIZE_MAX, std::size_t{5}}) {
    EXPECT_EQ(run("dahua_tcp", bytes, step).recorder.value("dahua_tcp.realm"), "Login to TEST01");
  }
}

TEST(DahuaTcp, LoginTellsOfTheClientOnlyThatItIsOne) {
  const auto said = run("dahua_tcp", kRealmRequest).recorder;
  EXPECT_EQ(said.value("dahua_tcp.probe"), "login");
  const auto json =
      run("dahua_tcp", dhip(R"({"method":"global.login","params":{"userName":"joe"}})"));
  ASSERT_EQ(json.recorder.facts.size(), 1U);
  EXPECT_EQ(json.recorder.value("dahua_tcp.probe"), "global.login");
}

TEST(DahuaTcp, AnswersInJsonTellOfTheDevice) {
  const auto said =
      run("dahua_tcp", dhip(R"({"result":true,"params":{"sn":"S1","type":"X-1"}})") +
                           dhip(R"({"result":false,"params":{"mac":"00005E005399","realm":"R"}})") +
                           dhip(R"({"result":true,"params":{"version":{"Version":"2.8"}}})"))
          .recorder;
  EXPECT_EQ(said.value("dahua_tcp.serial"), "S1");
  EXPECT_EQ(said.value("dahua_tcp.device_type"), "X-1");
  EXPECT_EQ(said.value("dahua_tcp.mac"), kDeviceMac);
  EXPECT_EQ(said.value("dahua_tcp.realm"), "R");
  EXPECT_EQ(said.value("dahua_tcp.version"), "2.8");
}

TEST(DahuaTcp, QuestionsWithTheSameWordsAreNotAnswers) {
  EXPECT_TRUE(
      run("dahua_tcp", dhip(R"({"method":"x","params":{"sn":"S1"}})")).recorder.facts.empty());
}

TEST(DahuaTcp, MalformedJsonIsAnAnomaly) {
  EXPECT_EQ(run("dahua_tcp", dhip("{")).recorder.anomalies, std::vector{"dahua_tcp.malformed"s});
}

TEST(DahuaTcp, LengthBeyondTheLimitEndsTheReading) {
  auto bytes = dhip("{}");
  bytes[19] = '\x7f';
  EXPECT_EQ(run("dahua_tcp", bytes + std::string(100, ' ')).verdict, Progress::done);
}

TEST(DahuaTcp, MessagesWithoutEndAreNotReadForEver) {
  std::string bytes;
  for (int i = 0; i < 40; ++i) bytes += dhip("{}");
  EXPECT_EQ(run("dahua_tcp", bytes, 50).verdict, Progress::done);
}

TEST(DahuaTcp, IsKnownByItsHeaders) {
  EXPECT_EQ(guess("dahua_tcp", kRealmRequest), Guess::yes);
  EXPECT_EQ(guess("dahua_tcp", dvrip('\xb0', "Realm:x")), Guess::yes);
  EXPECT_EQ(guess("dahua_tcp", dvrip('\xb0', "other")), Guess::no);
  EXPECT_EQ(guess("dahua_tcp", dhip("{}")), Guess::yes);
  EXPECT_EQ(guess("dahua_tcp", "\xa0"s), Guess::maybe);
  EXPECT_EQ(guess("dahua_tcp", "\xa0\xcd\xed\x0f"s), Guess::no);
}

TEST(XiongmaiTcp, AnswersTellOfTheDevice) {
  const auto bytes =
      sofia(1001, "{ \"DeviceType \" : \"IPC\", \"Ret\" : 100 }\n\0"s) +
      sofia(1021, R"({"SystemInfo":{"HardWare":"H","SerialNo":"0123","SoftWareVersion":"V5"}})");
  for (const std::size_t step : {SIZE_MAX, std::size_t{9}}) {
    const auto said = run("xiongmai_tcp", bytes, step).recorder;
    EXPECT_EQ(said.value("xiongmai_tcp.answer"), "1001");
    EXPECT_EQ(said.value("xiongmai_tcp.device_type"), "IPC");
    EXPECT_EQ(said.value("xiongmai_tcp.hardware"), "H");
    EXPECT_EQ(said.value("xiongmai_tcp.serial"), "0123");
    EXPECT_EQ(said.value("xiongmai_tcp.software"), "V5");
  }
}

TEST(XiongmaiTcp, QuestionTellsOnlyThatItIsOne) {
  const auto said = run("xiongmai_tcp", sofia(1000, R"({"UserName":"joe"})")).recorder;
  ASSERT_EQ(said.facts.size(), 1U);
  EXPECT_EQ(said.value("xiongmai_tcp.probe"), "1000");
}

TEST(XiongmaiTcp, ImpossibleLengthEndsTheReading) {
  auto bytes = sofia(1000, "");
  bytes[19] = '\x80';
  EXPECT_EQ(run("xiongmai_tcp", bytes + "more").verdict, Progress::done);
}

TEST(XiongmaiTcp, OtherHeadersAreAnomalies) {
  const auto bytes = sofia(1000, "") + std::string(30, 'x');
  EXPECT_EQ(run("xiongmai_tcp", bytes).recorder.anomalies, std::vector{"xiongmai_tcp.header"s});
  EXPECT_EQ(guess("xiongmai_tcp", sofia(7, "")), Guess::no);
  EXPECT_EQ(guess("xiongmai_tcp", "\xff\xfb"s), Guess::no);  // telnet
}

TEST(Baichuan, AskerAndAnswererAreToldApart) {
  const auto message = [](const std::string& kind) {
    return "\xf0\xde\xbc\x0a\x01\0\0\0"s + std::string(10, '\0') + kind;
  };
  EXPECT_TRUE(run("baichuan", message("\x14\x65")).recorder.said("baichuan.probe"));
  EXPECT_TRUE(run("baichuan", message("\x14\x66")).recorder.said("baichuan.answer"));
  EXPECT_TRUE(run("baichuan", message("\x14\x64")).recorder.facts.empty());
}

TEST(VideoGreeting, RefusalOfHikvisionsPort) {
  // The fact sheet's vectors HIK_8000_A and HIK_8000_B.
  const auto a = "\0\0\0\x10\0\0\0\x1e\0\0\0\x1e\0\0\0\0"s,
             b = "\0\0\0\x10\0\0\0\x0d\0\0\0\x0d\0\0\0\0"s;
  EXPECT_EQ(run("video_greeting", a).recorder.value("video_greeting.magic"), "hikvision-8000");
  EXPECT_EQ(guess("video_greeting", b), Guess::yes);
  EXPECT_EQ(guess("video_greeting", a.substr(0, 9)), Guess::maybe);
  EXPECT_EQ(guess("video_greeting", a + "x"), Guess::no);
  EXPECT_EQ(guess("video_greeting", "\0\0\0\x10\0\0\0\x1e\0\0\0\x1d\0\0\0\0"s), Guess::no);
  EXPECT_EQ(guess("video_greeting", "\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0"s), Guess::no);
  // Another status is anybody's length and number.
  EXPECT_EQ(guess("video_greeting", "\0\0\0\x10\0\0\0\x01\0\0\0\x01\0\0\0\0"s), Guess::no);
}

TEST(VideoGreeting, HeadOfTvt) {
  EXPECT_EQ(guess("video_greeting", "head\0\0\0\0\xfa"s), Guess::yes);
  EXPECT_EQ(guess("video_greeting", "head"), Guess::maybe);
  EXPECT_EQ(guess("video_greeting", "header"), Guess::no);
}

}  // namespace
}  // namespace camwarden
