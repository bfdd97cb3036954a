#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string ber(char tag, const std::string& value) {
  return std::string{tag, static_cast<char>(value.size())} + value;
}
std::string variable(const std::string& name, const std::string& value) {
  return ber(0x30, ber(6, name) + value);
}
std::string message(const std::string& pdu, char version = 1) {
  return ber(0x30, ber(2, std::string(1, version)) + ber(4, "secret") + pdu);
}
std::string pdu(char tag, const std::string& variables) {
  return ber(tag, ber(2, "\1") + ber(2, "\0"s) + ber(2, "\0"s) + ber(0x30, variables));
}
const std::string kDescr = "\x2b\6\1\2\1\1\1\0"s, kObjectId = "\x2b\6\1\2\1\1\2\0"s;
const std::string kSystem = variable(kDescr, ber(4, "A camera")) +
                            variable(kObjectId, ber(6, "\x2b\6\1\4\1\x82\x70\1"s)) +
                            variable("\x2b\6\1\2\1\1\5\0"s, ber(4, "cam-1"));

Recorder hear(const std::string& payload, std::uint16_t src_port = 161,
              std::uint16_t dst_port = 40000) {
  auto packet = packet_from_device(payload);
  packet.src_port = src_port;
  packet.dst_port = dst_port;
  return read_datagram("snmp", packet);
}

TEST(Snmp, AnswerTellsOfTheAgent) {
  const auto said = hear(message(pdu('\xa2', kSystem)));
  EXPECT_EQ(said.value("snmp.sysdescr"), "A camera");
  EXPECT_EQ(said.value("snmp.sysobjid"), "1.3.6.1.4.1.368.1");
  EXPECT_EQ(said.value("snmp.sysname"), "cam-1");
  EXPECT_EQ(said.facts.size(), 3U);  // and no community
}

TEST(Snmp, OtherVariablesAreNotTold) {
  EXPECT_TRUE(
      hear(message(pdu('\xa2', variable("\x2b\6\1\2\1\1\6\0"s, ber(4, "Room 7"))))).facts.empty());
}

TEST(Snmp, QuestionsTellNothing) {
  EXPECT_TRUE(hear(message(pdu('\xa0', kSystem)), 40000, 161).facts.empty());
  EXPECT_TRUE(hear(message(pdu('\xa2', kSystem)), 40000, 161).facts.empty());
}

TEST(Snmp, TrapTellsItsEnterprise) {
  const auto trap = [](const std::string& agent) {
    return hear(
        message(ber('\xa4', ber(6, "\x2b\6\1\4\1\x82\x70"s) + ber(0x40, agent) + ber(2, "\6") +
                                ber(2, "\1") + ber(0x43, "\1") + ber(0x30, "")),
                0),
        40000, 162);
  };
  EXPECT_EQ(trap("\xc0\0\2\x40"s).value("snmp.sysobjid"), "1.3.6.1.4.1.368");
  EXPECT_EQ(trap("\0\0\0\0"s).value("snmp.sysobjid"), "1.3.6.1.4.1.368");
  EXPECT_TRUE(trap("\xc0\0\2\x63"s).facts.empty());  // passed on for another
}

TEST(Snmp, SecondKindOfTrapCarriesItsEnterprise) {
  const auto said = hear(
      message(pdu('\xa7', variable("\x2b\6\1\6\3\1\1\4\3\0"s, ber(6, "\x2b\6\1\4\1\x82\x70"s)))),
      40000, 162);
  EXPECT_EQ(said.value("snmp.sysobjid"), "1.3.6.1.4.1.368");
}

std::string v3(char flags) {
  const auto engine = "\x80\0\1\x70\3\0\0\x5e\0\x53\x99"s;
  const auto global =
      ber(0x30, ber(2, "\1") + ber(2, "\1") + ber(4, std::string(1, flags)) + ber(2, "\3"));
  return ber(0x30, ber(2, "\3") + global + ber(4, ber(0x30, ber(4, engine))) + ber(4, "hidden"));
}

TEST(Snmp, EngineTellsNumberAndMac) {
  const auto said = hear(v3(3));
  EXPECT_EQ(said.value("snmp.engine_enterprise"), "368");
  EXPECT_EQ(said.value("snmp.engine_mac"), kDeviceMac);
}

TEST(Snmp, EngineInAnotherMessageIsTheReceivers) {
  EXPECT_TRUE(hear(v3(7), 40000, 161).facts.empty());
  EXPECT_TRUE(hear(v3(7), 40000, 162).facts.empty());   // an inform
  EXPECT_FALSE(hear(v3(3), 40000, 162).facts.empty());  // a trap
}

TEST(Snmp, BrokenMessagesAreCounted) {
  EXPECT_EQ(hear("\x30\x80\2\1\1\0\0"s).anomalies, std::vector{"snmp.malformed"s});
  EXPECT_EQ(hear("\x30\x84\xff\xff\xff\xff\2\1\1"s).anomalies, std::vector{"snmp.malformed"s});
  EXPECT_EQ(hear("\x30"s).anomalies, std::vector{"snmp.malformed"s});
  EXPECT_EQ(hear(message(ber('\xa2', ber(2, "\1")))).anomalies, std::vector{"snmp.bad_pdu"s});
  EXPECT_EQ(hear(message(pdu('\xa2', "\x30\x7f"s))).anomalies, std::vector{"snmp.bad_variables"s});
}

TEST(Snmp, ObjectIdentifierOfTooManyBitsIsNone) {
  EXPECT_TRUE(hear(message(pdu('\xa2', variable(kObjectId, ber(6, std::string(20, '\xff'))))))
                  .facts.empty());
}

}  // namespace
}  // namespace camwarden
