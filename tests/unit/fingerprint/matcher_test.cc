// What values claim, once a knowledge base is loaded.
#include <gmock/gmock.h>

#include <chrono>

#include "words.h"

namespace camwarden {
namespace {

using testing::ElementsAre;

const std::string kFile = R"(
maker: {name: Acme, legal_name: Acme Cameras Ltd, country: GB, source: register}
brands: [{name: Label, makers: [Acme], shows: x, source: y}]
ouis:
  - {only_video: true, source: registry, prefixes: [44:19:B6]}
  - {brand: Label, maker: Acme, only_video: true, source: registry, prefixes: [44:19:B6:A]}
  - {brand: Label, only_video: false, source: registry, prefixes: ['70:B3:D5:12:3']}
fingerprints:
  - {id: b.equals, field: http.server, equals: [Acme, Acme/2], claims: {maker: Acme}, certainty: 0.9,
     because: b, source: s, examples: [Acme]}
  - {id: a.pattern, field: http.server, pattern: '^Acme(?:/(\d+))?', claims: {maker: Acme, firmware: $1},
     certainty: 0.8, because: a, source: s, examples: [Acme]}
  - {id: c.any, field: http.server, any: true, claims: {component: '<$0>'}, certainty: 0.1,
     because: c, source: s, examples: [x]}
  - {id: d.realm, field: rtsp.realm, equals: Acme, claims: {maker: Acme, kind: video}, certainty: 0.9,
     proprietary: true, because: d, source: s, examples: [Acme]}
mute: [{field: http.server, pattern: '^Webs', because: anyone's}]
)";

class MatcherTest : public testing::Test {
 protected:
  void SetUp() override {
    knowledge_ = directory_.add("acme.yml", kFile).load();
    ASSERT_NE(knowledge_, nullptr) << directory_.errors();
  }
  std::vector<Match> match(std::string_view field, std::string_view value) {
    return knowledge_->match(*words().find(field), value);
  }
  std::vector<std::string> ids(std::string_view field, std::string_view value) {
    std::vector<std::string> found;
    for (const auto& one : match(field, value)) found.push_back(one.fingerprint->id);
    return found;
  }

  VendorDirectory directory_;
  std::unique_ptr<KnowledgeBase> knowledge_;
};

TEST_F(MatcherTest, GivesAllRulesThatFireInOrderOfId) {
  EXPECT_THAT(ids("http.server", "Acme/2"), ElementsAre("a.pattern", "b.equals", "c.any"));
}

TEST_F(MatcherTest, SomeVideoDeviceIsALightFingerprintOfItsOwn) {
  EXPECT_THAT(ids("rtsp.realm", "Acme"), ElementsAre("d.realm", "d.realm.video"));
  const auto light = match("rtsp.realm", "Acme").at(1);
  EXPECT_DOUBLE_EQ(light.fingerprint->certainty, 0.2);
  EXPECT_FALSE(light.fingerprint->proprietary);
  EXPECT_THAT(light.claims, ElementsAre(Claim{Attribute::kind, "video-other"}));
}

TEST_F(MatcherTest, AGroupThatTookNoPartIsNoClaim) {
  EXPECT_EQ(claimed(match("http.server", "Acme"), Attribute::firmware), "");
}

TEST_F(MatcherTest, AnswersTheSameFromItsMemo) {
  const auto first = ids("http.server", "Acme/7");
  EXPECT_EQ(ids("http.server", "Acme/7"), first);
}

TEST_F(MatcherTest, TheMemoKeepsFieldsApart) {
  EXPECT_FALSE(ids("http.server", "Acme").empty());
  EXPECT_TRUE(ids("rtsp.server", "Acme").empty());
}

TEST_F(MatcherTest, AnyByteIsAByte) {
  const std::string value = std::string("Acme/12\0\xff\xc3\x28", 11);
  EXPECT_EQ(claimed(match("http.server", value), Attribute::firmware), "12");
}

TEST_F(MatcherTest, ClaimsAreCut) {
  const std::string value(1024, 'x');
  EXPECT_EQ(claimed(match("http.server", value), Attribute::component).size(), 128u);
}

TEST_F(MatcherTest, LongHostileValuesTakeLittleTime) {
  const std::string value = "Acme/" + std::string(1019, '1');
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) match("http.server", value);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST_F(MatcherTest, MuteStringsAreKnown) {
  EXPECT_TRUE(knowledge_->mute(*words().find("http.server"), "Webs"));
  EXPECT_FALSE(knowledge_->mute(*words().find("http.server"), "Acme"));
  EXPECT_FALSE(knowledge_->mute(*words().find("rtsp.server"), "Webs"));
}

TEST_F(MatcherTest, TheLongestPrefixWins) {
  EXPECT_THAT(ids("mac", "44:19:b6:0a:0b:0c"), ElementsAre("acme.oui.4419b6"));
  EXPECT_THAT(ids("mac", "44:19:b6:af:0b:0c"), ElementsAre("label.oui.4419b6a"));
  EXPECT_THAT(ids("mac", "70:b3:d5:12:3f:01"), ElementsAre("label.oui.70b3d5123"));
  EXPECT_TRUE(ids("mac", "70:b3:d5:12:4f:01").empty());
}

TEST_F(MatcherTest, ARegistrantOfOnlyVideoIsAVideoDevice) {
  const auto matches = match("mac", "44:19:b6:0a:0b:0c");
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_DOUBLE_EQ(matches[0].fingerprint->certainty, 0.65);
  EXPECT_FALSE(matches[0].fingerprint->weak);
  EXPECT_EQ(claimed(matches, Attribute::maker), "Acme");
  EXPECT_EQ(claimed(matches, Attribute::kind), "video-other");
}

TEST_F(MatcherTest, ARegistrantOfManyThingsIsNoCamera) {
  const auto matches = match("mac", "70:b3:d5:12:3f:01");
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_TRUE(matches[0].fingerprint->weak);
  EXPECT_EQ(claimed(matches, Attribute::kind), "");
}

TEST_F(MatcherTest, ALabelsPrefixDoesNotNameAMaker) {
  const auto matches = match("mac", "70:b3:d5:12:3f:01");
  EXPECT_EQ(claimed(matches, Attribute::brand), "Label");
  EXPECT_EQ(claimed(matches, Attribute::maker), "");
}

TEST_F(MatcherTest, LocalAndMulticastAddressesHaveNoRegistrant) {
  EXPECT_TRUE(ids("mac", "46:19:b6:0a:0b:0c").empty());
  EXPECT_TRUE(ids("mac", "45:19:b6:0a:0b:0c").empty());
  EXPECT_TRUE(ids("mac", "00:00:00:00:00:00").empty());
  EXPECT_TRUE(ids("mac", "not an address").empty());
}

}  // namespace
}  // namespace camwarden
