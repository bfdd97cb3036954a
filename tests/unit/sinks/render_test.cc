#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "sinks/framing.h"
#include "sinks/registry.h"
#include "unit/sinks/hostile.h"
#include "unit/sinks/readers.h"
#include "unit/sinks/sample_alert.h"

namespace camwarden {
namespace {

using testing::hostile_strings;
using testing::read_cef;
using testing::sample_alert;
using testing::sample_origin;
using testing::SyslogReader;

constexpr std::string_view kBom = "\xef\xbb\xbf";

SinkOptions plain() { return {}; }
SinkOptions with_format(std::string format) {
  SinkOptions options;
  options.format = std::move(format);
  return options;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

bool body_parses(const std::string& format, std::string_view body) {
  if (format == "json") return parse_json(body).has_value();
  return format != "cef" || read_cef(body).has_value();
}

Alert everywhere(const std::string& text) {
  auto alert = sample_alert();
  auto& device = alert.device;
  for (auto* field :
       {&alert.id, &alert.rule, &alert.rule_name, &alert.dedup_key, &alert.segment, &alert.zone,
        &alert.why, &alert.sensor, &device.id, &device.maker, &device.brand, &device.model,
        &device.firmware, &device.serial, &device.component, &device.hostname}) {
    *field = text;
  }
  for (auto& law : alert.laws) law.pack = law.title = law.entity = law.citation = text;
  for (auto& item : device.evidence) item.value = item.protocol = item.because = text;
  return alert;
}

// In every format what is of a device is absent, not empty or made up.
TEST(Render, TheSensorsOwnEventSpeaksOfNoDevice) {
  const auto sight = testing::sample_sight();
  auto json = with_format("json");
  json.header = Header::none;
  EXPECT_EQ(
      render(sight, json, sample_origin()),
      R"({"id":"01J8ZK3V5R","type":"sensor.sight","code":"CW3001","time":"2026-09-10T12:34:56.789Z",)"
      R"("sequence":0,"severity":"warning","title":"What the sensor sees","sensor":"sensor-7",)"
      R"("why":"interfaces=eth0 link=ethernet frames=10 lost_ring=2",)"
      R"("sight":{"frames":10,"lost":{"ring":2}}})");
  auto cef = with_format("cef");
  cef.header = Header::none;
  EXPECT_EQ(render(sight, cef, sample_origin()),
            "CEF:0|Camwarden|Camwarden|0.1.0|sensor.sight|What the sensor sees|6| "
            "rt=1789043696789 cat=sensor act=report dvchost=sensor-7.lab.example "
            "deviceExternalId=sensor-7 externalId=01J8ZK3V5R camwardenCode=CW3001 "
            "msg=interfaces\\=eth0 link\\=ethernet frames\\=10 lost_ring\\=2");
  const auto message = SyslogReader(render(sight, plain(), sample_origin())).read();
  ASSERT_TRUE(message);
  EXPECT_EQ(message->text, sight.why);
  const auto line = render(sight, plain(), sample_origin());
  EXPECT_NE(line.find("[event@32473 event_id=\"01J8ZK3V5R\" code=\"CW3001\" sensor=\"sensor-7\"]"),
            std::string::npos)
      << line;
}

TEST(Render, PlainBodyIsTheSentence) {
  const auto message = SyslogReader(render(sample_alert(), plain(), sample_origin())).read();
  ASSERT_TRUE(message);
  EXPECT_EQ(message->text, "A camera made by Hikvision is on segment OT-1.");
}

TEST(Render, WhatWouldRaiseTheGradeIsASentenceMore) {
  auto alert = sample_alert();
  alert.to_raise = "would be proven by a second protocol";
  const std::string both =
      "A camera made by Hikvision is on segment OT-1. It would be proven by a second protocol.";
  EXPECT_EQ(SyslogReader(render(alert, plain(), sample_origin())).read()->text, both);
  EXPECT_NE(render(alert, with_format("cef"), sample_origin()).find("msg=" + both),
            std::string::npos);
}

TEST(Render, WithoutASentenceTheTitleIsSaid) {
  auto alert = sample_alert();
  alert.why.clear();
  const auto message = SyslogReader(render(alert, plain(), sample_origin())).read();
  EXPECT_EQ(message->text, "Video device breaks policy");
}

TEST(Render, WithoutHeaderThereIsTheBodyAlone) {
  auto options = plain();
  options.header = Header::none;
  EXPECT_EQ(render(sample_alert(), options, sample_origin()), sample_alert().why);
}

TEST(Render, BomComesOnlyBeforePlainTextThatIsNotAscii) {
  auto alert = sample_alert();
  EXPECT_EQ(render(alert, plain(), sample_origin()).find(kBom), std::string::npos);
  alert.why = "Kamera in Z\xc3\xbcrich";
  EXPECT_TRUE(SyslogReader(render(alert, plain(), sample_origin())).read()->bom);
  for (const auto* format : {"json", "cef"}) {
    EXPECT_EQ(render(alert, with_format(format), sample_origin()).find(kBom), std::string::npos);
  }
}

TEST(Render, BomCanBeForbiddenOrForced) {
  auto alert = sample_alert();
  auto options = plain();
  options.bom = Bom::always;
  EXPECT_TRUE(SyslogReader(render(alert, options, sample_origin())).read()->bom);
  alert.why = "Z\xc3\xbcrich";
  options.bom = Bom::never;
  EXPECT_FALSE(SyslogReader(render(alert, options, sample_origin())).read()->bom);
}

// Every format, header and size with every hostile string in every field: never too long, no
// control character, valid UTF-8, and it parses.
TEST(Render, NothingADeviceSaysBreaksAMessage) {
  for (const auto& hostile : hostile_strings()) {
    const auto alert = everywhere(hostile);
    for (const auto format : format_names()) {
      for (const auto limit : {480u, 1232u, 2048u, 8192u}) {
        auto options = with_format(std::string(format));
        options.max_bytes = limit;
        const auto text = render(alert, options, sample_origin());
        ASSERT_LE(text.size(), limit);
        ASSERT_TRUE(valid_utf8(text)) << text;
        ASSERT_FALSE(has_control(text)) << text;
        const auto message = SyslogReader(text).read();
        ASSERT_TRUE(message) << text;
        ASSERT_TRUE(body_parses(options.format, message->text)) << message->text;
        options.header = Header::none;
        const auto body = render(alert, options, sample_origin());
        ASSERT_LE(body.size(), limit);
        ASSERT_FALSE(has_control(body)) << body;
        ASSERT_TRUE(body_parses(options.format, body)) << body;
      }
    }
  }
}

TEST(Render, LongestHostNameLeavesRoomForABodyInTheLeastMessage) {
  for (const auto format : format_names()) {
    auto options = with_format(std::string(format));
    options.max_bytes = 480;
    const auto text = render(sample_alert(), options, {std::string(300, 'h'), "0.1.0", 4194304});
    EXPECT_LE(text.size(), 480u);
    const auto message = SyslogReader(text).read();
    ASSERT_TRUE(message) << text;
    EXPECT_TRUE(body_parses(options.format, message->text)) << message->text;
    EXPECT_FALSE(message->text.empty());
  }
}

TEST(Framing, OctetsAreCountedNotCharacters) {
  EXPECT_EQ(framed("Z\xc3\xbcrich", Framing::octet), "7 Z\xc3\xbcrich");
}

TEST(Framing, LineFeedWithinAMessageDoesNotMakeTwo) {
  EXPECT_EQ(framed("a\nb\rc\x1b", Framing::lf), "a\\x0ab\\x0dc\\x1b\n");
}

}  // namespace
}  // namespace camwarden
