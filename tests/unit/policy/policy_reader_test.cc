#include <gmock/gmock.h>

#include "unit/policy/site.h"

namespace camwarden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

class PolicyReader : public testing::Test {
 protected:
  PolicyOptions read(const std::string& text) {
    const auto root = YamlNode::load_text(text, "site.yml", diagnostics_);
    if (!root) return {};
    return read_policy(*root, packs_, *knowledge_, {"span0", "span1"}, diagnostics_);
  }
  const std::vector<std::string>& errors() const { return diagnostics_.errors(); }

  std::unique_ptr<KnowledgeBase> knowledge_ = test::small_knowledge();
  std::vector<LawPack> packs_{test::small_pack()};
  Diagnostics diagnostics_;
};

const std::string kSegments =
    "segments:\n"
    "  - {name: core, zone: inner, vlans: [10, 20-22], prefixes: [10.1.0.0/16]}\n"
    "  - {name: cctv, zone: cameras, vlans: [30]}\n";

TEST_F(PolicyReader, ReadsAWholePolicy) {
  const auto options = read(
      kSegments +
      "rules:\n"
      "  - id: r1\n    name: Rule one\n    deny: {law_packs: [law], makers: [dahua], kinds: "
      "[camera]}\n"
      "    in: {zones: [inner], segments: [cctv]}\n    min_grade: proven\n    severity: warning\n"
      "exceptions:\n"
      "  - {rule: r1, macs: ['44:19:b6:00:00:01'], serials: [S1], prefixes: [10.1.2.0/24], owner: "
      "me,"
      " reason: old, ticket: T1, expires: 2027-01-31}\n"
      "gone_after: 48h\nsinks: []\n");
  EXPECT_THAT(errors(), IsEmpty());
  EXPECT_THAT(options.segments.at(0).vlans, ElementsAre(10, 20, 21, 22));
  const auto& rule = options.rules.at(0);
  EXPECT_EQ(rule.name, "Rule one");
  EXPECT_THAT(rule.makers, ElementsAre("Dahua"));
  EXPECT_THAT(rule.kinds, ElementsAre(Kind::camera));
  EXPECT_EQ(rule.min_grade, Grade::proven);
  EXPECT_EQ(rule.severity, Severity::warning);
  EXPECT_EQ(options.exceptions.at(0).expires, test::at("2027-01-31"));
  EXPECT_EQ(options.gone_after, 48h);
}

TEST_F(PolicyReader, LawPacksThatCountAreKnownOnesOrAll) {
  EXPECT_THAT(read("law_packs: [law]\n").law_packs, ElementsAre("law"));
  EXPECT_THAT(read("law_packs: all\n").law_packs, IsEmpty());
  EXPECT_THAT(errors(), IsEmpty());
  read("law_packs: [lwa]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("unknown law pack \"lwa\"; did you mean \"law\"?")));
}

TEST_F(PolicyReader, EmptyConfigurationIsTheDefaults) {
  const auto options = read("sensor: s\n");
  EXPECT_THAT(errors(), IsEmpty());
  EXPECT_EQ(options.gone_after, 24h);
  EXPECT_THAT(options.rules, IsEmpty());
}

TEST_F(PolicyReader, RuleDefaultsToProbableAndError) {
  const auto options = read("rules: [{id: r, deny: {law_packs: [law]}}]\n");
  EXPECT_EQ(options.rules.at(0).min_grade, Grade::probable);
  EXPECT_EQ(options.rules.at(0).severity, Severity::error);
  EXPECT_EQ(options.rules.at(0).name, "r");
}

TEST_F(PolicyReader, SameVlanInTwoSegmentsIsRefused) {
  read("segments: [{name: a, vlans: [10-12]}, {name: b, vlans: [12]}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("\"a\" and \"b\" overlap: both have VLAN 12")));
}

TEST_F(PolicyReader, SameVlanOnDifferentInterfacesIsFine) {
  read(
      "segments: [{name: a, vlans: [10], interfaces: [span0]},"
      " {name: b, vlans: [10], interfaces: [span1]}]\n");
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(PolicyReader, NestedPrefixesOfTwoSegmentsAreRefused) {
  read("segments: [{name: a, prefixes: [10.0.0.0/8]}, {name: b, prefixes: [10.1.0.0/16]}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("both have addresses of 10.1.0.0/16")));
}

TEST_F(PolicyReader, NestedPrefixesOfOneSegmentAreFine) {
  read("segments: [{name: a, prefixes: [10.0.0.0/8, 10.1.0.0/16]}]\n");
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(PolicyReader, SameInterfaceAloneInTwoSegmentsIsRefused) {
  read("segments: [{name: a, interfaces: [span0]}, {name: b, interfaces: [span0]}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("both have interface span0")));
}

TEST_F(PolicyReader, SegmentNameTwiceIsRefused) {
  read("segments: [{name: a, vlans: [1]}, {name: a, vlans: [2]}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("segment \"a\" is defined twice")));
}

TEST_F(PolicyReader, SegmentNowhereIsRefused) {
  read("segments: [{name: a}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("is nowhere")));
}

TEST_F(PolicyReader, VlanOutOfRangeIsRefused) {
  read("segments: [{name: a, vlans: [4095, 9-3, x]}]\n");
  EXPECT_EQ(errors().size(), 3u);
}

TEST_F(PolicyReader, TooManyPrefixesAreRefused) {
  std::string list;
  for (int i = 0; i < 4097; ++i) {
    list += (i ? "," : "") + std::string("10.") + std::to_string(i / 256) + "." +
            std::to_string(i % 256) + ".0/24";
  }
  read("segments: [{name: a, prefixes: [" + list + "]}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("at most 4096")));
}

TEST_F(PolicyReader, UnknownInterfaceIsRefused) {
  read("segments: [{name: a, interfaces: [spam0]}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("did you mean \"span0\"?")));
}

TEST_F(PolicyReader, UnknownNamesAreRefusedWithTheNearest) {
  read(kSegments +
       "rules: [{id: r, deny: {law_packs: [law, lew], makers: [Hikvison], kinds: [camra]},"
       " in: {zones: [iner], segments: [cor]}}]\n");
  EXPECT_THAT(errors(),
              ElementsAre(HasSubstr("unknown law pack \"lew\"; did you mean \"law\"?"),
                          HasSubstr("unknown maker \"Hikvison\"; did you mean \"Hikvision\"?"),
                          HasSubstr("unknown kind \"camra\"; did you mean \"camera\"?"),
                          HasSubstr("unknown zone \"iner\"; did you mean \"inner\"?"),
                          HasSubstr("unknown segment \"cor\"; did you mean \"core\"?")));
}

TEST_F(PolicyReader, ErrorsHaveTheirPlace) {
  read("rules:\n  - id: r\n    deny: {law_packs: [law]}\n    severty: error\n");
  EXPECT_THAT(errors(),
              ElementsAre("site.yml:4:5: unknown key \"severty\"; did you mean \"severity\"?"));
}

TEST_F(PolicyReader, RuleThatDeniesNothingIsRefused) {
  read("rules: [{id: r, deny: {}}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("denies nothing")));
}

TEST_F(PolicyReader, EmptyListIsRefused) {
  read("rules: [{id: r, deny: {law_packs: []}}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("\"law_packs\" is empty")));
}

TEST_F(PolicyReader, RuleWithoutDenyIsRefused) {
  read("rules: [{id: r}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("\"deny\" is missing")));
}

TEST_F(PolicyReader, RulePlaceWithoutNamesIsRefused) {
  read("rules: [{id: r, deny: {law_packs: [law]}, in: {}}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("names no place")));
}

TEST_F(PolicyReader, RuleWhoseLawMeansNoKnownMakerIsRefused) {
  packs_[0].entities[0].makers.clear();
  packs_[0].entities[1].makers.clear();
  read("rules: [{id: r, deny: {law_packs: [law]}}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("can never apply")));
}

TEST_F(PolicyReader, RuleIdTwiceIsRefused) {
  read("rules: [{id: r, deny: {makers: [Axis]}}, {id: r, deny: {makers: [Axis]}}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("\"r\" is used twice")));
}

TEST_F(PolicyReader, RuleIdMustBePlain) {
  read("rules: [{id: \"a b]\", deny: {makers: [Axis]}}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("an id has letters")));
}

TEST_F(PolicyReader, ExceptionNeedsOwnerReasonExpiryAndDevices) {
  read("exceptions: [{rule: nope}]\n");
  EXPECT_THAT(errors(),
              ElementsAre(HasSubstr("unknown rule \"nope\"; none is defined"),
                          HasSubstr("must name its devices"), HasSubstr("\"owner\" is missing"),
                          HasSubstr("\"reason\" is missing"), HasSubstr("\"expires\" is missing")));
}

TEST_F(PolicyReader, ExceptionExpiryMustBeATime) {
  read("exceptions: [{serials: [a], owner: o, reason: r, expires: soon}]\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("expected a date such as")));
}

TEST_F(PolicyReader, GoneAfterMustNotBeTiny) {
  read("gone_after: 1s\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("at least 1m")));
}

TEST_F(PolicyReader, GoneAfterMustNotBeForEver) {
  read("gone_after: 36500d\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("at most 3650d")));
}

TEST_F(PolicyReader, WrongTypesAreReportedOnce) {
  read("segments: 5\nrules: {}\nexceptions: x\n");
  EXPECT_EQ(errors().size(), 3u) << diagnostics_.to_string();
}

}  // namespace
}  // namespace camwarden
