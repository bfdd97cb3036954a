#include "policy/alert_json.h"

#include <gmock/gmock.h>

#include "unit/policy/site.h"

namespace camwarden {
namespace {

Alert violation() {
  Alert alert;
  alert.id = "0001";
  alert.sequence = 7;
  alert.type = AlertType::violation_opened;
  alert.time = test::kNoon;
  alert.severity = Severity::error;
  alert.rule = "r";
  alert.rule_name = "Rule";
  alert.dedup_key = "r/mac-4419b60a0b0c";
  alert.laws = {
      {"law", "The Law", "Law 1", "Parliament", "Hikvision Company", "2019-01-01", "named"}};
  alert.segment = "core";
  alert.zone = "inner";
  alert.device = test::camera();
  alert.why = "because";
  alert.to_raise = "would be proven by a second protocol";
  alert.sensor = "s1";
  return alert;
}

TEST(AlertJson, HasTheMembersThatReceiversParse) {
  const auto json = to_json(violation());
  EXPECT_EQ(text_member(json, "type"), "policy.violation");
  EXPECT_EQ(text_member(json, "code"), "CW2001");
  EXPECT_EQ(text_member(json, "time"), "2026-09-10T12:00:00.000Z");
  EXPECT_EQ(text_member(json, "severity"), "error");
  EXPECT_EQ(json.at("sequence").as_uint64(), 7u);
  EXPECT_EQ(text_member(json.at("law_pack").as_array().at(0).as_object(), "entity"),
            "Hikvision Company");
}

TEST(AlertJson, StoredAlertReadsBackTheSame) {
  const auto text = to_string(to_json(violation()));
  const auto back = alert_from_json(parse_json(text)->as_object());
  ASSERT_TRUE(back);
  EXPECT_EQ(to_string(to_json(*back)), text);
}

TEST(AlertJson, HostileStringsAreShownEscaped) {
  auto alert = violation();
  alert.why = "a\n\xff\u202e";
  EXPECT_EQ(text_member(to_json(alert), "why"), "a\\x0a\\xff\\u{202e}");
}

TEST(AlertJson, MissingMembersGiveNothing) {
  for (const auto* key : {"id", "type", "time", "severity", "device"}) {
    auto json = to_json(violation());
    json.erase(key);
    EXPECT_FALSE(alert_from_json(json)) << key;
  }
}

TEST(AlertJson, WrongTypesGiveNothing) {
  auto json = to_json(violation());
  json["device"] = 5;
  EXPECT_FALSE(alert_from_json(json));
}

TEST(AlertNames, CodesAreStable) {
  EXPECT_EQ(event_code(AlertType::device_discovered), "CW1001");
  EXPECT_EQ(event_code(AlertType::violation_opened), "CW2001");
  EXPECT_EQ(event_code(AlertType::violation_upgraded), "CW2002");
  EXPECT_EQ(event_code(AlertType::violation_resolved), "CW2003");
}

TEST(AlertNames, SeveritiesFollowTheirScales) {
  EXPECT_EQ(syslog_severity(Severity::error), 3);
  EXPECT_EQ(syslog_severity(Severity::info), 6);
  EXPECT_LT(cef_severity(Severity::info), cef_severity(Severity::error));
}

}  // namespace
}  // namespace camwarden
