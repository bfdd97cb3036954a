#include "policy/policy.h"

#include <gmock/gmock.h>

#include "unit/policy/site.h"

namespace camwarden {
namespace {

using test::at;
using test::camera;
using test::kNoon;
using test::presence;
using testing::HasSubstr;
using namespace std::chrono_literals;

class PolicyTest : public testing::Test {
 protected:
  Policy policy(PolicyOptions options = test::small_policy(),
                std::vector<std::string> interfaces = {}) {
    return Policy(std::move(options), {test::small_pack()}, *knowledge_, std::move(interfaces));
  }
  std::unique_ptr<KnowledgeBase> knowledge_ = test::small_knowledge();
};

TEST_F(PolicyTest, RestrictedCameraOnCoreIsAFinding) {
  const auto policy = this->policy();
  const auto findings = policy.judge(camera(), kNoon);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule->id, "no-law-on-core");
  EXPECT_EQ(findings[0].segment, "core");
  EXPECT_EQ(findings[0].zone, "inner");
}

TEST_F(PolicyTest, FindingQuotesTheEntryOfTheLaw) {
  const auto policy = this->policy();
  const auto findings = policy.judge(camera(), kNoon);
  ASSERT_EQ(findings.size(), 1u);
  ASSERT_EQ(findings[0].laws.size(), 1u);
  EXPECT_EQ(findings[0].laws[0].entity, "Hikvision Company");
  EXPECT_EQ(findings[0].laws[0].date, "2019-01-01");
  EXPECT_EQ(findings[0].laws[0].citation, "Law 1");
}

TEST_F(PolicyTest, SentenceSaysWhatWhereAndWhy) {
  auto device = camera();
  device.brand = "Annke";
  device.model = "C800";
  const auto policy = this->policy();
  const auto findings = policy.judge(device, kNoon);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].why,
            "A camera made by Hikvision (sold as Annke, model C800) was seen at 10.10.0.21 "
            "(44:19:b6:0a:0b:0c, VLAN 10) in segment core, where rule no-law-on-core denies makers "
            "under law; probable by: answers its discovery.");
}

TEST_F(PolicyTest, SentenceShowsControlBytesOfADeviceEscapedAndCut) {
  auto device = camera();
  device.model = "x\n\x1b[31m" + std::string(5000, 'A');
  const auto policy = this->policy();
  const auto why = policy.judge(device, kNoon).at(0).why;
  EXPECT_THAT(why, HasSubstr("model x\\x0a\\x1b[31mA"));
  EXPECT_LT(why.size(), 400u);
}

TEST_F(PolicyTest, SubsidiaryIsCaughtByItsParent) {
  EXPECT_EQ(policy().judge(camera("Ezviz"), kNoon).size(), 1u);
}

TEST_F(PolicyTest, OtherMakerIsFree) { EXPECT_TRUE(policy().judge(camera("Axis"), kNoon).empty()); }

TEST_F(PolicyTest, UnknownMakerIsFree) { EXPECT_TRUE(policy().judge(camera(""), kNoon).empty()); }

TEST_F(PolicyTest, OtherPlaceIsFree) {
  auto device = camera();
  device.presences = {presence("10.20.0.5", 20, kNoon, kNoon)};
  EXPECT_TRUE(policy().judge(device, kNoon).empty());
}

TEST_F(PolicyTest, OutsideEverySegmentIsFreeOfARuleWithPlaces) {
  auto device = camera();
  device.presences = {presence("192.0.2.1", 99, kNoon, kNoon)};
  EXPECT_TRUE(policy().judge(device, kNoon).empty());
}

TEST_F(PolicyTest, RuleWithoutPlacesAppliesOutsideEverySegment) {
  auto options = test::small_policy();
  options.rules[0].zones.clear();
  auto device = camera();
  device.presences = {presence("192.0.2.1", 99, kNoon, kNoon)};
  const auto policy = this->policy(options);
  const auto findings = policy.judge(device, kNoon);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].segment, "");
  EXPECT_THAT(findings[0].why, HasSubstr("outside every segment"));
}

TEST_F(PolicyTest, PossibleIsNotEnoughByDefault) {
  auto device = camera();
  device.grade = Grade::possible;
  EXPECT_TRUE(policy().judge(device, kNoon).empty());
}

TEST_F(PolicyTest, RouterOfARestrictedMakerIsNoCamera) {
  auto device = camera("Huawei");
  device.kind = Kind::router;
  EXPECT_TRUE(policy().judge(device, kNoon).empty());
}

TEST_F(PolicyTest, RouterIsFoundWhenTheRuleNamesRouters) {
  auto options = test::small_policy();
  options.rules[0].kinds = {Kind::router};
  auto device = camera("Huawei");
  device.kind = Kind::router;
  EXPECT_EQ(policy(options).judge(device, kNoon).size(), 1u);
}

TEST_F(PolicyTest, MakerListWorksWithoutALaw) {
  auto options = test::small_policy();
  options.rules[0].law_packs.clear();
  options.rules[0].makers = {"Axis"};
  const auto policy = this->policy(options);
  const auto findings = policy.judge(camera("Axis"), kNoon);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_TRUE(findings[0].laws.empty());
  EXPECT_THAT(findings[0].why, HasSubstr("denies makers on its list (Axis)"));
}

TEST_F(PolicyTest, KindsAloneDenyWhateverTheMaker) {
  auto options = test::small_policy();
  options.rules[0].law_packs.clear();
  options.rules[0].kinds = {Kind::camera};
  auto device = camera("");
  device.grade = Grade::none;  // of the maker
  const auto policy = this->policy(options);
  const auto findings = policy.judge(device, kNoon);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0].why, HasSubstr("A camera of unknown maker"));
  EXPECT_THAT(findings[0].why, HasSubstr("denies cameras"));
}

TEST_F(PolicyTest, KindsAloneNeedEvidenceOfTheKind) {
  auto options = test::small_policy();
  options.rules[0].law_packs.clear();
  options.rules[0].kinds = {Kind::camera};
  auto device = camera("");
  device.grade = Grade::none;
  device.evidence[0].certainty = 0.3;
  EXPECT_TRUE(policy(options).judge(device, kNoon).empty());
}

TEST(KindGrade, TwoProtocolsProve) {
  auto device = camera("");
  device.grade = Grade::none;
  device.evidence.push_back(device.evidence[0]);
  device.evidence[1].protocol = "onvif";
  EXPECT_EQ(kind_grade(device), Grade::proven);
}

TEST(KindGrade, SomeVideoDeviceSpeaksForACamera) {
  auto device = camera("");
  device.grade = Grade::none;
  device.evidence[0].claims = {{Attribute::kind, "video-other"}};
  EXPECT_EQ(kind_grade(device), Grade::probable);
}

TEST(KindGrade, RecorderDoesNotSpeakForACamera) {
  auto device = camera("");
  device.grade = Grade::none;
  device.evidence[0].claims = {{Attribute::kind, "recorder"}};
  EXPECT_EQ(kind_grade(device), Grade::none);
}

TEST(KindGrade, OneProtocolSaidTwiceIsOneWitness) {
  auto device = camera("");
  device.grade = Grade::none;
  device.evidence.push_back(device.evidence[0]);
  EXPECT_EQ(kind_grade(device), Grade::probable);
}

TEST_F(PolicyTest, UnseenForGoneAfterIsGone) {
  EXPECT_EQ(policy().judge(camera(), kNoon + 24h - 1ns).size(), 1u);
  EXPECT_TRUE(policy().judge(camera(), kNoon + 24h).empty());
}

TEST_F(PolicyTest, MovedDeviceIsOnlyInItsNewPlace) {
  auto device = camera();
  device.presences = {presence("10.20.0.5", 20, kNoon + 1h, kNoon + 1h),
                      presence("10.10.0.21", 10, kNoon, kNoon)};
  EXPECT_TRUE(policy().judge(device, kNoon + 1h).empty());
}

TEST_F(PolicyTest, DeviceSeenInTwoPlacesAtOnceIsInBoth) {
  auto device = camera();
  device.presences = {presence("10.20.0.5", 20, kNoon, kNoon + 2h),
                      presence("10.10.0.21", 10, kNoon, kNoon + 1h)};
  EXPECT_EQ(policy().judge(device, kNoon + 2h).size(), 1u);
}

TEST_F(PolicyTest, LinkLocalAddressDoesNotMoveADevice) {
  auto options = test::small_policy();
  options.segments[0].vlans.clear();
  auto device = camera();
  device.presences = {presence("fe80::1", 0, kNoon + 1h, kNoon + 1h),
                      presence("10.10.0.21", 0, kNoon, kNoon)};
  EXPECT_EQ(policy(options).judge(device, kNoon + 1h).size(), 1u);
}

TEST_F(PolicyTest, NewestDeniedPlaceIsNamed) {
  auto device = camera();
  device.presences = {presence("10.10.0.21", 10, kNoon, kNoon),
                      presence("10.30.0.5", 30, kNoon, kNoon + 1h)};
  EXPECT_EQ(policy().judge(device, kNoon + 1h).at(0).segment, "servers");
}

TEST_F(PolicyTest, PreferredPlaceIsKept) {
  auto device = camera();
  device.presences = {presence("10.10.0.21", 10, kNoon, kNoon),
                      presence("10.30.0.5", 30, kNoon, kNoon + 1h)};
  const auto policy = this->policy();
  const auto& rule = policy.options().rules[0];
  EXPECT_EQ(policy.breaks(rule, device, kNoon + 1h, Grade::probable, "core")->segment, "core");
}

Exception replacement() {
  Exception exception;
  exception.owner = "facilities";
  exception.reason = "awaiting replacement";
  exception.ticket = "CHG-12";
  exception.expires = kNoon + 48h;
  return exception;
}

TEST_F(PolicyTest, ExceptionByMacSuspends) {
  auto options = test::small_policy();
  options.exceptions = {replacement()};
  options.exceptions[0].macs = {camera().mac};
  const auto policy = this->policy(options);
  EXPECT_NE(policy.judge(camera(), kNoon).at(0).exception, nullptr);
}

TEST_F(PolicyTest, ExceptionByPrefixSuspends) {
  auto options = test::small_policy();
  options.exceptions = {replacement()};
  options.exceptions[0].prefixes = {*Prefix::parse("10.10.0.0/24")};
  const auto policy = this->policy(options);
  EXPECT_NE(policy.judge(camera(), kNoon).at(0).exception, nullptr);
}

TEST_F(PolicyTest, ExceptionBySerialSuspends) {
  auto options = test::small_policy();
  options.exceptions = {replacement()};
  options.exceptions[0].serials = {"DS-1"};
  auto device = camera();
  device.serial = "DS-1";
  const auto policy = this->policy(options);
  EXPECT_NE(policy.judge(device, kNoon).at(0).exception, nullptr);
}

TEST_F(PolicyTest, ExceptionEndsAtItsInstant) {
  auto options = test::small_policy();
  options.exceptions = {replacement()};
  options.exceptions[0].macs = {camera().mac};
  options.exceptions[0].expires = kNoon;
  const auto policy = this->policy(options);
  EXPECT_EQ(policy.judge(camera(), kNoon).at(0).exception, nullptr);
}

TEST_F(PolicyTest, ExceptionOfAnotherRuleDoesNothing) {
  auto options = test::small_policy();
  options.exceptions = {replacement()};
  options.exceptions[0].macs = {camera().mac};
  options.exceptions[0].rule = "another";
  const auto policy = this->policy(options);
  EXPECT_EQ(policy.judge(camera(), kNoon).at(0).exception, nullptr);
}

TEST_F(PolicyTest, PlaceWithoutExceptionIsNamedBeforeOneWith) {
  auto options = test::small_policy();
  options.exceptions = {replacement()};
  options.exceptions[0].prefixes = {*Prefix::parse("10.30.0.0/16")};
  auto device = camera();
  device.presences = {presence("10.30.0.5", 30, kNoon, kNoon + 1h),
                      presence("10.10.0.21", 10, kNoon, kNoon)};
  const auto policy = this->policy(options);
  const auto findings = policy.judge(device, kNoon + 1h);
  EXPECT_EQ(findings.at(0).segment, "core");
  EXPECT_EQ(findings.at(0).exception, nullptr);
}

TEST_F(PolicyTest, ExpiredExceptionIsNoticed) {
  auto options = test::small_policy();
  options.exceptions = {replacement()};
  EXPECT_TRUE(policy(options).notices(kNoon).empty());
  EXPECT_THAT(policy(options).notices(kNoon + 48h), testing::ElementsAre(HasSubstr("CHG-12")));
}

TEST_F(PolicyTest, VlanDecidesBeforePrefix) {
  const auto policy = this->policy();
  EXPECT_EQ(policy.segment(presence("10.10.0.1", 20, kNoon, kNoon))->name, "cctv");
}

TEST_F(PolicyTest, LongestPrefixDecides) {
  auto options = test::small_policy();
  options.segments = {{"wide", "", {}, {*Prefix::parse("10.0.0.0/8")}, {}},
                      {"narrow", "", {}, {*Prefix::parse("10.10.0.0/16")}, {}}};
  const auto policy = this->policy(options);
  EXPECT_EQ(policy.segment(presence("10.10.0.1", 0, kNoon, kNoon))->name, "narrow");
  EXPECT_EQ(policy.segment(presence("10.11.0.1", 0, kNoon, kNoon))->name, "wide");
}

TEST_F(PolicyTest, InterfacesNarrowAVlan) {
  auto options = test::small_policy();
  options.segments = {{"east", "", {10}, {}, {"span0"}}, {"west", "", {10}, {}, {"span1"}}};
  const auto policy = this->policy(options, {"span0", "span1"});
  auto place = presence("", 10, kNoon, kNoon);
  EXPECT_EQ(policy.segment(place)->name, "east");
  place.interface = 1;
  EXPECT_EQ(policy.segment(place)->name, "west");
  place.interface = 7;
  EXPECT_EQ(policy.segment(place), nullptr);
}

TEST_F(PolicyTest, InterfaceAloneTakesWhatNoOtherSegmentHas) {
  auto options = test::small_policy();
  options.segments.push_back({"rest", "", {}, {}, {"span0"}});
  const auto policy = this->policy(options, {"span0"});
  EXPECT_EQ(policy.segment(presence("192.0.2.1", 77, kNoon, kNoon))->name, "rest");
  EXPECT_EQ(policy.segment(presence("10.10.0.1", 77, kNoon, kNoon))->name, "core");
}

TEST_F(PolicyTest, LawsOfAMakerComeFromAllPacksOrTheNamedOnes) {
  EXPECT_EQ(policy().laws_for("Hikvision").size(), 1u);
  EXPECT_EQ(policy().laws_for("Hikvision", {"another"}).size(), 0u);
  EXPECT_EQ(policy().laws_for("Huawei").at(0).date, "2020-01-01");
}

TEST_F(PolicyTest, LawsThatDoNotCountAreQuotedOnlyWhereTheyAreNamed) {
  auto options = test::small_policy();
  options.law_packs = {"another"};
  const auto policy = this->policy(options);
  EXPECT_TRUE(policy.laws_for("Hikvision").empty());
  EXPECT_EQ(policy.laws_for("Hikvision", {"law"}).size(), 1u);
  EXPECT_EQ(policy.judge(camera(), kNoon).at(0).laws.size(), 1u);
}

}  // namespace
}  // namespace camwarden
