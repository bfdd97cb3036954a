#include "report/verdict.h"

#include <gmock/gmock.h>

#include "unit/report/report_scene.h"

namespace camwarden {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::kEnd;
using test::kNoon;
using test::Scene;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(VerdictOfASegment, EnoughListeningLetsAbsenceBeSaid) {
  Scene scene;
  const auto core = scene.segment("core");
  EXPECT_EQ(core.verdict, Verdict::none_found);
  EXPECT_EQ(core.sentence, "No restricted camera was found on core.");
  EXPECT_THAT(core.supports, Contains("listened to for 48 hours, 0.00 % lost"));
  EXPECT_THAT(core.supports, Contains("12 hosts seen, of 5 it is not known what they are"));
}

TEST(VerdictOfASegment, WhereNoRuleAppliesNothingIsJudged) {
  Scene scene;
  EXPECT_EQ(scene.segment("cctv").verdict, Verdict::not_judged);
  EXPECT_EQ(scene.segment("cctv").sentence, "No rule forbids anything on cctv.");
  scene.devices = {test::restricted(20)};
  EXPECT_EQ(scene.segment("cctv").sentence,
            "No rule forbids anything on cctv; 1 device is there of makers that a law names.");
}

TEST(VerdictOfASegment, FindsAreFound) {
  Scene scene;
  scene.devices.push_back(test::restricted());
  const auto core = scene.segment("core");
  EXPECT_EQ(core.verdict, Verdict::found);
  EXPECT_EQ(core.sentence, "1 restricted camera was found on core.");
  EXPECT_TRUE(scene.report().any_violation());
}

TEST(VerdictOfASegment, LittleListeningSaysNothing) {
  Scene scene;
  scene.row("core").heard.listened = hours(3);
  const auto core = scene.segment("core");
  EXPECT_EQ(core.verdict, Verdict::cannot_say);
  EXPECT_EQ(core.sentence,
            "It cannot be said that there is no restricted camera on core, because it was listened "
            "to for 3.0 hours, "
            "and 24 hours are needed.");
}

TEST(VerdictOfASegment, NeitherListenedNorAskedSaysNothing) {
  Scene scene;
  scene.coverage.clear();
  scene.devices.clear();
  EXPECT_THAT(scene.segment("core").because, ElementsAre("it was neither listened to nor asked"));
}

TEST(VerdictOfASegment, LossSaysNothing) {
  Scene scene;
  scene.row("core").heard.lost.ring = 50'000;
  EXPECT_THAT(scene.segment("core").because,
              ElementsAre("4.76 % of what was to be heard was lost"));
}

TEST(VerdictOfASegment, SilenceSaysNothing) {
  Scene scene;
  scene.devices.clear();
  auto& heard = scene.row("core").heard;
  heard.packets = heard.hosts = heard.named = 0;
  heard.last = Time{};
  EXPECT_THAT(scene.segment("core").because, ElementsAre("no packet of it was heard"));
}

TEST(VerdictOfASegment, WhatWentQuietSaysNothing) {
  Scene scene;
  scene.devices.clear();
  scene.row("core").heard.last = kEnd - hours(30);
  EXPECT_THAT(scene.segment("core").because,
              ElementsAre(HasSubstr("nothing of it was heard since")));
}

TEST(VerdictOfASegment, HostsThatNobodyKnowsSayNothing) {
  Scene scene;
  scene.devices.clear();
  scene.row("core").heard.named = 0;
  EXPECT_THAT(scene.segment("core").because, ElementsAre(HasSubstr("of none of its hosts")));
}

TEST(VerdictOfASegment, VideoDeviceOfAnUnknownMakerSaysNothing) {
  Scene scene;
  auto nameless = test::harmless();
  nameless.id = "ip-10.10.0.9";
  nameless.maker = "";
  nameless.grade = Grade::none;
  scene.devices.push_back(nameless);
  EXPECT_THAT(scene.segment("core").because,
              ElementsAre("the maker of 1 video device is not known"));
}

TEST(VerdictOfASegment, WeakEvidenceIsASuspicionAndNoFind) {
  Scene scene;
  auto suspect = test::restricted();
  suspect.grade = Grade::possible;
  scene.devices.push_back(suspect);
  const auto core = scene.segment("core");
  EXPECT_EQ(core.verdict, Verdict::cannot_say);
  EXPECT_THAT(core.because, ElementsAre(HasSubstr("may be of a restricted maker")));
  EXPECT_FALSE(scene.report().any_violation());
}

TEST(VerdictOfASegment, AskingEveryAddressIsEnough) {
  Scene scene;
  Asked asked{.segment = "core",
              .begin = kNoon,
              .end = kNoon + minutes(1),
              .targets = {*Prefix::parse("10.10.0.0/16")},
              .addresses = 65'534,
              .answered = 20,
              .questions = 70'000};
  scene.coverage = {coverage_of(asked)};
  EXPECT_EQ(scene.segment("core").verdict, Verdict::none_found);
  EXPECT_THAT(scene.segment("core").supports, Contains("65534 addresses asked, 20 answered"));
}

TEST(VerdictOfASegment, AskingAPartIsNot) {
  Scene scene;
  Asked asked{.segment = "core",
              .begin = kNoon,
              .end = kNoon + minutes(1),
              .targets = {*Prefix::parse("10.10.0.0/24")},
              .addresses = 254,
              .answered = 20,
              .questions = 900,
              .complete = false};
  scene.coverage = {coverage_of(asked)};
  EXPECT_THAT(scene.segment("core").because,
              ElementsAre("not every address was asked all questions, or answers were lost",
                          "not all of its addresses were asked"));
}

TEST(VerdictOfASegment, AskingAHostOfAVlanIsNotAskingTheVlan) {
  Scene scene;
  auto device = test::harmless();
  device.presences = {test::presence("10.30.0.7", 30, kNoon, kNoon)};
  scene.devices = {device};
  Asked asked{.segment = "servers",
              .begin = kNoon,
              .end = kNoon + minutes(1),
              .targets = {*Prefix::parse("10.30.0.7")},
              .addresses = 1,
              .answered = 1,
              .questions = 9};
  scene.coverage = {coverage_of(asked)};
  EXPECT_THAT(scene.segment("servers").because, ElementsAre("not all of its addresses were asked"));
  asked.targets = {*Prefix::parse("10.30.0.0/24")};
  scene.coverage = {coverage_of(asked)};
  EXPECT_EQ(scene.segment("servers").verdict, Verdict::none_found);
}

TEST(VerdictOfASegment, ScanWithoutSegmentsSpeaksOfWhatItAsked) {
  Scene scene;
  scene.options.segments.clear();
  scene.options.rules.front().zones.clear();
  Asked asked{.begin = kNoon,
              .end = kNoon + minutes(1),
              .targets = {*Prefix::parse("10.10.0.0/28"), *Prefix::parse("10.10.9.0/24")},
              .addresses = 268,
              .answered = 4,
              .questions = 900};
  scene.coverage = {coverage_of(asked)};
  EXPECT_EQ(scene.report().sentence,
            "No restricted camera was found on 10.10.0.0/28 and 10.10.9.0/24.");
  asked.complete = false;
  scene.coverage = {coverage_of(asked)};
  EXPECT_EQ(scene.report().verdict, Verdict::cannot_say);
}

TEST(VerdictOfASegment, WhatTheAskingLackedIsSaid) {
  Scene scene;
  Asked asked{.segment = "core",
              .begin = kNoon,
              .end = kNoon + minutes(1),
              .targets = {*Prefix::parse("10.10.0.0/16")},
              .addresses = 65'534,
              .answered = 20,
              .limits = {"no ARP sweep: CAP_NET_RAW is missing"}};
  scene.coverage = {coverage_of(asked)};
  EXPECT_THAT(scene.segment("core").supports, Contains("no ARP sweep: CAP_NET_RAW is missing"));
}

TEST(VerdictOfASegment, ExceptionIsNoAbsence) {
  Scene scene;
  scene.devices.push_back(test::restricted());
  scene.options.exceptions = {
      {"", {test::restricted().mac}, {}, {}, "facilities", "refit", "CHG-12", kEnd + hours(24)}};
  const auto core = scene.segment("core");
  EXPECT_EQ(core.verdict, Verdict::excepted);
  EXPECT_EQ(core.sentence,
            "1 restricted camera on core under an exception in force; no other was found.");
  const auto report = scene.report();
  EXPECT_FALSE(report.any_violation());
  ASSERT_EQ(report.exceptions.size(), 1u);
  EXPECT_EQ(report.exceptions[0].owner, "facilities");
  EXPECT_THAT(report.exceptions[0].devices, ElementsAre("mac-4419b60a0b0c"));
}

TEST(VerdictOfASegment, ExceptionThatRanOutBeforeTheEndIsNone) {
  Scene scene;
  scene.devices.push_back(test::restricted());
  scene.options.exceptions = {
      {"", {test::restricted().mac}, {}, {}, "x", "y", "z", kNoon + minutes(30)}};
  EXPECT_EQ(scene.segment("core").verdict, Verdict::found);
  EXPECT_TRUE(scene.report().exceptions.empty());
}

TEST(VerdictOfAll, TheWorstSegmentDecides) {
  Scene scene;
  EXPECT_EQ(scene.report().sentence, "No restricted camera was found on core and on servers.");
  scene.row("servers").heard.listened = hours(1);
  EXPECT_EQ(scene.report().verdict, Verdict::cannot_say);
  EXPECT_THAT(scene.report().sentence, HasSubstr("no restricted camera on servers, because"));
  scene.devices.push_back(test::restricted());
  EXPECT_EQ(scene.report().verdict, Verdict::found);
  EXPECT_EQ(scene.report().sentence, "1 restricted camera was found on core.");
}

TEST(VerdictOfAll, WithoutSegmentsItIsTheNetwork) {
  Scene scene;
  scene.options.segments.clear();
  scene.options.rules.front().zones.clear();
  scene.coverage = {test::two_days_of("")};
  EXPECT_EQ(scene.report().sentence, "No restricted camera was found on the network.");
}

TEST(VerdictOfAll, KindAloneMayBeForbiddenToo) {
  Scene scene;
  DenyRule rule;
  rule.id = "no-camera";
  rule.kinds = {Kind::camera};
  rule.zones = {"inner"};
  scene.options.rules = {rule};
  EXPECT_EQ(scene.report().sentence, "1 device that a rule forbids was found on core.");
}

}  // namespace
}  // namespace camwarden
