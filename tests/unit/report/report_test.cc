#include "report/report.h"

#include <gmock/gmock.h>

#include "base/digest.h"
#include "base/text.h"
#include "report/changes.h"
#include "report/html.h"
#include "report/html_report.h"
#include "report/report_csv.h"
#include "report/report_json.h"
#include "unit/report/report_scene.h"

namespace camwarden {
namespace {

using std::chrono::hours;
using test::kEnd;
using test::kNoon;
using test::Scene;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

EarlierReport earlier(const Report& report) {
  auto read = read_report(json_report(report), "before.json");
  EXPECT_TRUE(read) << read.error();
  return read.take();
}

std::vector<std::string> told(const Changes& changes) {
  std::vector<std::string> out;
  for (const auto& change : changes.changes) {
    out.push_back(std::string(to_string(change.what)) + " " + change.device.device.id);
    for (const auto& difference : change.differences) out.push_back(difference);
  }
  return out;
}

TEST(Report, RestrictedDevicesComeFirst) {
  Scene scene;
  scene.devices.push_back(test::restricted());
  const auto report = scene.report();
  ASSERT_EQ(report.devices.size(), 2u);
  EXPECT_EQ(report.devices[0].device.maker, "Hikvision");
  EXPECT_EQ(report.devices[0].laws.front().entity, "Hikvision Company");
  EXPECT_EQ(report.devices[0].standing(), "forbidden");
  EXPECT_EQ(report.devices[1].standing(), "allowed");
}

TEST(Report, RestrictedDeviceWhereNoRuleForbidsItIsAllowed) {
  Scene scene;
  scene.devices = {test::restricted(20)};
  const auto report = scene.report();
  EXPECT_EQ(report.devices.front().segment, "cctv");
  EXPECT_EQ(report.devices.front().standing(), "allowed");
  EXPECT_FALSE(report.devices.front().laws.empty());
}

TEST(Report, WhatWasSeenBeforeThePeriodIsNotOfIt) {
  Scene scene;
  scene.devices.push_back(test::restricted());
  scene.begin = kNoon + std::chrono::seconds(1);
  scene.end = kNoon + hours(2);
  EXPECT_THAT(scene.report().devices, IsEmpty());
}

TEST(Report, WhatWentWithinThePeriodIsMarked) {
  Scene scene;
  scene.devices.push_back(test::restricted());
  scene.end = kNoon + hours(25);
  EXPECT_TRUE(scene.report().devices.front().gone);
  EXPECT_THAT(scene.segment("core").sentence, HasSubstr("1 of them not seen lately"));
}

TEST(Report, WithoutDevicesOrCoverageThereIsStillOne) {
  Scene scene;
  scene.devices.clear();
  scene.coverage.clear();
  scene.end = Time{};
  EXPECT_THAT(html_report(scene.report()), HasSubstr("It cannot be said"));
}

TEST(ReportChanges, AgainstItselfNothing) {
  Scene scene;
  scene.devices.push_back(test::restricted());
  const auto report = scene.report();
  const auto changes = compare(earlier(report), report);
  EXPECT_THAT(told(changes), IsEmpty());
  EXPECT_THAT(changes.others, IsEmpty());
}

TEST(ReportChanges, NewAndGone) {
  Scene scene;
  const auto before = earlier(scene.report());
  scene.devices = {test::restricted()};
  const auto changes = compare(before, scene.report());
  EXPECT_THAT(told(changes), ElementsAre("new mac-4419b60a0b0c", "gone mac-accc8e112233"));
  EXPECT_THAT(changes.others, ElementsAre("verdict on core: none-found → found"));
}

TEST(ReportChanges, WhatDiffersIsSaid) {
  Scene scene;
  scene.devices = {test::restricted(20)};
  const auto before = earlier(scene.report());
  scene.devices = {test::restricted()};
  scene.devices[0].firmware = "V5";
  EXPECT_THAT(
      told(compare(before, scene.report())),
      ElementsAre("changed mac-4419b60a0b0c", "firmware: (none) → V5", "segment: cctv → core",
                  "addresses: 10.20.0.21 → 10.10.0.21", "standing: allowed → forbidden"));
}

TEST(ReportChanges, DeviceThatShowsItsMacAtLastIsTheSame) {
  Scene scene;
  auto camera = test::restricted();
  camera.serial = "S1";
  camera.id = "ip-10.10.0.21";
  camera.mac = {};
  scene.devices = {camera};
  const auto before = earlier(scene.report());
  camera.id = "mac-4419b60a0b0c";
  camera.mac = *MacAddress::parse("44:19:b6:0a:0b:0c");
  scene.devices = {camera};
  EXPECT_THAT(told(compare(before, scene.report())), IsEmpty());
}

TEST(ReportChanges, OtherKnowledgeIsSaid) {
  Scene scene;
  auto before = earlier(scene.report());
  before.knowledge = "fedcba987654";
  before.packs = {{"old-law", "abc"}};
  EXPECT_THAT(compare(before, scene.report()).others,
              ElementsAre("knowledge base: fedcba987654 → 0123456789ab",
                          HasSubstr("law pack law: new"), "law pack old-law: gone, was abc"));
}

TEST(ReportChanges, SinceATime) {
  Scene scene;
  scene.begin = kNoon - hours(30);
  scene.end = kNoon + hours(1);
  auto gone = test::harmless();
  gone.id = "mac-gone";
  gone.first_seen = kNoon - hours(60);
  gone.last_seen = kNoon - hours(40);
  auto long_gone = gone;
  long_gone.id = "mac-long-gone";
  long_gone.last_seen = kNoon - hours(59);
  scene.devices = {test::harmless(), test::restricted(), gone, long_gone};
  const auto report = scene.report();
  ASSERT_TRUE(report.changes);
  EXPECT_THAT(told(*report.changes), ElementsAre("new mac-4419b60a0b0c", "gone mac-gone"));
}

TEST(ReportJson, OtherTextIsRefused) {
  for (const auto* text :
       {"", "{}", "[1]", "{\"object\":\"report\",\"version\":2}", "{\"object\":\"report\"}",
        "{\"object\":\"report\",\"version\":1,\"devices\":[{}]}"}) {
    EXPECT_FALSE(read_report(text, "x.json")) << text;
  }
}

// A device that is hostile in every word that it says of itself.
Report hostile_report() {
  Scene scene;
  auto device = test::restricted();
  for (auto* text : {&device.brand, &device.model, &device.firmware, &device.serial,
                     &device.hostname, &device.component}) {
    *text = test::kHostileName;
  }
  device.evidence.front().value = test::kHostileName;
  device.evidence.front().fingerprint = "a.b";
  device.conflicts = {{Attribute::model, test::kHostileName, test::kHostileName, {}}};
  scene.devices = {device};
  auto report = scene.report();
  report.changes =
      Changes{"since", {{Change::What::changed, report.devices.front(), {test::kHostileName}}}, {}};
  return report;
}

TEST(ReportHtml, HostileNamesStayWords) {
  const auto html = html_report(hostile_report());
  EXPECT_TRUE(valid_utf8(html));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, Not(HasSubstr("\xe2\x80\xae")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  for (const char c : html) ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

TEST(ReportHtml, LetsNothingInAndHasNoScript) {
  const auto html = html_report(hostile_report());
  EXPECT_THAT(html, HasSubstr("default-src &#39;none&#39;; style-src &#39;sha256-" +
                              html_text(sha256_base64(report_style()))));
  EXPECT_THAT(html, HasSubstr("<style>" + std::string(report_style()) + "</style>"));
  EXPECT_THAT(html, Not(HasSubstr(" style=")));
  EXPECT_THAT(html, Not(HasSubstr("src=\"")));
  EXPECT_THAT(html, Not(HasSubstr("href=\"")));
}

TEST(ReportHtml, QuotesTheLaw) {
  const auto html = html_report(hostile_report());
  EXPECT_THAT(html, HasSubstr("Hikvision Company"));
  EXPECT_THAT(html, HasSubstr("The Law, Law 1, since 2019-01-01"));
}

TEST(ReportHtml, IsTheSameTwice) {
  EXPECT_EQ(html_report(hostile_report()), html_report(hostile_report()));
}

TEST(ReportCsv, CellsNeverComputeAndKeepTheirPlace) {
  const auto csv = csv_report(hostile_report());
  EXPECT_THAT(csv, Not(HasSubstr("\"=cmd")));
  EXPECT_THAT(csv, HasSubstr("\"'=cmd"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4)
      << "a heading, a device, two segments without any";
}

TEST(ReportCsv, AddressThatBeginsLikeAnotherIsKept) {
  Scene scene;
  scene.devices[0].ips = {*IpAddress::parse("10.10.0.11"), *IpAddress::parse("10.10.0.1")};
  EXPECT_THAT(csv_report(scene.report()), HasSubstr("\"10.10.0.11 10.10.0.1\""));
}

TEST(ReportJson, HostileNamesComeBackAsText) {
  const auto report = hostile_report();
  const auto again = earlier(report);
  ASSERT_EQ(again.devices.size(), 1u);
  EXPECT_THAT(told(compare(again, report)), IsEmpty());
  EXPECT_THAT(json_report(report), Not(HasSubstr("\xe2\x80\xae")));
}

}  // namespace
}  // namespace camwarden
