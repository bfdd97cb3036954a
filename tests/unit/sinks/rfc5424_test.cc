#include "sinks/rfc5424.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "unit/sinks/hostile.h"
#include "unit/sinks/readers.h"
#include "unit/sinks/sample_alert.h"

namespace camwarden {
namespace {

using ::testing::Each;
using testing::hostile_strings;
using ::testing::Pair;
using testing::sample_alert;
using testing::sample_origin;
using testing::SyslogMessage;
using testing::SyslogReader;
using ::testing::UnorderedElementsAre;

SyslogMessage read(const Alert& alert, const SinkOptions& options = {},
                   const Origin& origin = sample_origin()) {
  const auto message = SyslogReader(render(alert, options, origin)).read();
  EXPECT_TRUE(message) << render(alert, options, origin);
  return message.value_or(SyslogMessage{});
}

TEST(Rfc5424, WritesTheExampleOfTheManual) {
  EXPECT_EQ(rfc5424_header(sample_alert(), {}, sample_origin()),
            "<163>1 2026-09-10T12:34:56.789Z sensor-7.lab.example camwarden 4711 policy.violation");
}

TEST(Rfc5424, EveryFactHasItsParameter) {
  const auto message = read(sample_alert());
  EXPECT_THAT(
      message.data.at("event@32473"),
      UnorderedElementsAre(
          Pair("event_id", "01J8ZK3V5Q"), Pair("code", "CW2001"), Pair("rule_id", "no-cam-on-ot"),
          Pair("rule_name", "Restricted camera on a forbidden segment"),
          Pair("law_packs", "us-ndaa-889"), Pair("segment", "OT-1"), Pair("zone", "ot"),
          Pair("device_id", "mac-4419b60a0b0c"), Pair("device_mac", "44:19:b6:0a:0b:0c"),
          Pair("device_ip", "192.0.2.50"), Pair("vlan_id", "300"), Pair("device_kind", "camera"),
          Pair("manufacturer", "Hikvision"), Pair("brand", "Annke"),
          Pair("model", "DS-2CD2142FWD-I"), Pair("firmware", "V5.5.0 build 170725"),
          Pair("serial", "DS-2CD2142FWD-I20170101AAWR123456789"), Pair("grade", "proven"),
          Pair("confidence", "92"), Pair("evidence", "sadp,http"), Pair("sensor", "sensor-7"),
          Pair("dedup_key", "no-cam-on-ot/mac-4419b60a0b0c")));
}

TEST(Rfc5424, SaysWhoSentIt) {
  const auto message = read(sample_alert());
  EXPECT_THAT(message.data.at("meta"), UnorderedElementsAre(Pair("sequenceId", "3")));
  EXPECT_THAT(message.data.at("origin"),
              UnorderedElementsAre(Pair("enterpriseId", "32473"), Pair("software", "camwarden"),
                                   Pair("swVersion", "0.1.0")));
}

TEST(Rfc5424, EnterpriseNumberNamesTheEvent) {
  SinkOptions options;
  options.enterprise_number = 4294967295;
  EXPECT_TRUE(read(sample_alert(), options).data.contains("event@4294967295"));
}

TEST(Rfc5424, WhatIsUnknownIsLeftOut) {
  Alert alert;
  alert.id = "1";
  const auto values = read(alert).data.at("event@32473");
  EXPECT_THAT(values, UnorderedElementsAre(Pair("event_id", "1"), Pair("code", "CW1001"),
                                           Pair("device_kind", "unknown")));
}

TEST(Rfc5424, WhatTheMachineDoesNotKnowIsNil) {
  const auto message = read(sample_alert(), {}, Origin{});
  EXPECT_EQ(message.host, "-");
  EXPECT_EQ(message.process, "-");
}

TEST(Rfc5424, HostNameIsPrintableAsciiOfAtMost255) {
  const auto message = read(sample_alert(), {}, {"b\xc3\xa4r \n" + std::string(300, 'x'), "1", 1});
  EXPECT_EQ(message.host.size(), 255u);
  EXPECT_TRUE(message.host.starts_with("b__r__x"));
}

TEST(Rfc5424, SequenceWrapsToOne) {
  auto alert = sample_alert();
  alert.sequence = 2147483647;
  EXPECT_EQ(read(alert).data.at("meta").at("sequenceId"), "2147483647");
  alert.sequence = 2147483648;
  EXPECT_EQ(read(alert).data.at("meta").at("sequenceId"), "1");
}

TEST(Rfc5424, FacilityAndSeverityMakeThePriority) {
  SinkOptions options;
  options.facility = 3;
  auto alert = sample_alert();
  alert.severity = Severity::info;
  EXPECT_EQ(read(alert, options).priority, 3 * 8 + 6);
}

TEST(Rfc5424, EscapesExactlyThreeCharacters) {
  auto alert = sample_alert();
  alert.segment = "a\"b\\c]d'e[f=g|h";
  const auto text = render(alert, {}, sample_origin());
  EXPECT_NE(text.find(R"( segment="a\"b\\c\]d'e[f=g|h" )"), std::string::npos) << text;
}

TEST(Rfc5424, HostileStringsReadBackAsPrintableText) {
  for (const auto& hostile : hostile_strings()) {
    auto alert = sample_alert();
    alert.segment = alert.device.model = alert.device.serial = hostile;
    const auto message = read(alert);
    const auto& values = message.data.at("event@32473");
    const auto expected = printable(hostile);
    for (const auto* name : {"segment", "model", "serial"}) {
      EXPECT_TRUE(expected.starts_with(values.at(name))) << values.at(name);
      EXPECT_GE(values.at(name).size(), std::min<std::size_t>(expected.size(), 28));
    }
    EXPECT_EQ(values.at("rule_id"), "no-cam-on-ot");
    EXPECT_EQ(message.data.size(), 3u);
  }
}

TEST(Rfc5424, HostileVersionStaysInItsParameter) {
  for (const auto& hostile : hostile_strings()) {
    const auto message = read(sample_alert(), {}, {"host", hostile, 1});
    EXPECT_EQ(message.data.at("event@32473").at("rule_id"), "no-cam-on-ot");
    EXPECT_EQ(message.data.size(), 3u);
  }
}

TEST(Rfc5424, IdentifiersStayWholeWhereSpaceIsShort) {
  auto alert = sample_alert();
  alert.device.model = alert.segment = alert.rule_name = std::string(1024, 'm');
  const auto text = rfc5424_structured_data(alert, {}, sample_origin(), 400);
  EXPECT_LE(text.size(), 400u);
  const auto message = SyslogReader("<1>1 - - - - x " + text).read();
  ASSERT_TRUE(message) << text;
  const auto& values = message->data.at("event@32473");
  EXPECT_EQ(values.at("event_id"), "01J8ZK3V5Q");
  EXPECT_EQ(values.at("rule_id"), "no-cam-on-ot");
  EXPECT_EQ(values.at("device_ip"), "192.0.2.50");
}

TEST(Rfc5424, NoRoomAtAllIsNil) {
  EXPECT_EQ(rfc5424_structured_data(sample_alert(), {}, sample_origin(), 10), "-");
}

}  // namespace
}  // namespace camwarden
