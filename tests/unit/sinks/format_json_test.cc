#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "policy/alert_json.h"
#include "sinks/registry.h"
#include "unit/sinks/hostile.h"
#include "unit/sinks/sample_alert.h"

namespace camwarden {
namespace {

using testing::hostile_strings;
using testing::sample_alert;
using testing::sample_evidence;
using testing::sample_origin;

json::object read(const std::string& text) {
  const auto value = parse_json(text);
  EXPECT_TRUE(value && value->is_object()) << text;
  return value && value->is_object() ? value->get_object() : json::object();
}

std::string body(const Alert& alert, std::size_t limit = 65536) {
  return json_body(alert, sample_origin(), limit);
}

Alert alert_with_much_evidence() {
  auto alert = sample_alert();
  for (int i = 0; i < 64; ++i) {
    alert.device.evidence.push_back(sample_evidence("http", "http.title", std::string(400, 'e')));
  }
  return alert;
}

TEST(FormatJson, IsTheAlertsOwnJson) {
  EXPECT_EQ(body(sample_alert()), to_string(to_json(sample_alert())));
}

TEST(FormatJson, HostileStringsReadBackAsPrintableText) {
  for (const auto& hostile : hostile_strings()) {
    auto alert = sample_alert();
    alert.segment = alert.device.model = hostile;
    const auto object = read(body(alert));
    EXPECT_EQ(text_member(object, "segment"), printable(hostile));
    EXPECT_EQ(text_member(object.at("device").as_object(), "model"), printable(hostile));
  }
}

TEST(FormatJson, LastEvidenceGoesFirst) {
  const auto object = read(body(alert_with_much_evidence(), 8192));
  const auto& evidence = object.at("device").as_object().at("evidence").as_array();
  EXPECT_GT(evidence.size(), 3u);
  EXPECT_EQ(text_member(evidence[0].as_object(), "field"), "sadp.device_type");
  EXPECT_EQ(text_member(object, "why"), sample_alert().why);
  EXPECT_TRUE(object.at("truncated").as_bool());
}

TEST(FormatJson, ThenTheSentenceIsCut) {
  auto alert = sample_alert();
  alert.device.evidence.clear();
  const auto size = body(alert).size();
  alert.why = std::string(3000, 'w');
  const auto object = read(body(alert, size + 100));
  EXPECT_LT(text_member(object, "why").size(), 3000u);
  EXPECT_EQ(text_member(object.at("device").as_object(), "serial"), alert.device.serial);
}

TEST(FormatJson, WhatAlertsAreCorrelatedByStaysToTheLast) {
  const auto text = body(alert_with_much_evidence(), 480);
  EXPECT_LE(text.size(), 480u);
  const auto object = read(text);
  EXPECT_EQ(text_member(object, "id"), "01J8ZK3V5Q");
  EXPECT_EQ(text_member(object, "type"), "policy.violation");
  EXPECT_EQ(text_member(object, "dedup_key"), "no-cam-on-ot/mac-4419b60a0b0c");
  EXPECT_EQ(text_member(object.at("device").as_object(), "mac"), "44:19:b6:0a:0b:0c");
}

TEST(FormatJson, EverySizeIsWholeJson) {
  const auto alert = alert_with_much_evidence();
  for (std::size_t limit = 100; limit < 4000; limit += 37) {
    const auto text = body(alert, limit);
    EXPECT_LE(text.size(), limit);
    EXPECT_EQ(text_member(read(text), "type"), "policy.violation");
  }
}

}  // namespace
}  // namespace camwarden
