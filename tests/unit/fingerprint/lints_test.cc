// The lints: what `camwarden check` says of files that read well.
#include "fingerprint/lints.h"

#include <gmock/gmock.h>

#include "words.h"

namespace camwarden {
namespace {

using testing::HasSubstr;

const std::string kMakers = R"(
maker: {name: Acme, legal_name: Acme Ltd, country: GB, source: register}
brands: [{name: Label, makers: [Acme], shows: x, source: y}]
fingerprints:
)";
const std::string kOther = R"(
maker: {name: Other, legal_name: Other Ltd, country: GB, source: register}
ouis: {only_video: true, source: registry, prefixes: [00:40:8C]}
)";

// Four lines a rule: its place is their first.
std::string rule(const std::string& id, const std::string& trigger, const std::string& claims,
                 const std::string& examples, const std::string& certainty = "0.8") {
  return "  - {id: " + id + ", field: http.server, certainty: " + certainty +
         ", because: b, source: s,\n     " + trigger + ",\n     claims: {" + claims +
         "},\n     examples: [" + examples + "]}\n";
}

struct Checked {
  explicit Checked(const std::string& rules) {
    directory.add("acme.yml", kMakers + rules).add("other.yml", kOther);
    loaded = directory.check() != nullptr;
  }
  VendorDirectory directory;
  bool loaded = false;
};

TEST(Lints, RefuseAnExampleThatAnotherMakersRuleClaimsToo) {
  const Checked checked(rule("acme.a", "pattern: ^Acme", "maker: Acme", "Acme 1") +
                        rule("other.b", "pattern: \"1$\"", "maker: Other", "Other 1"));
  EXPECT_FALSE(checked.loaded);
  EXPECT_THAT(checked.directory.errors(),
              HasSubstr("acme.yml:8:17: on this example \"acme.a\" claims maker \"Acme\", and "
                        "\"other.b\" at"));
  EXPECT_THAT(checked.directory.errors(), HasSubstr("acme.yml:9:5 claims \"Other\""));
}

TEST(Lints, RefuseRulesThatContradictEachOtherOnAnExample) {
  const Checked checked(rule("acme.a", "pattern: ^Acme", "kind: camera", "Acme 1") +
                        rule("acme.b", "equals: Acme 1", "kind: recorder", "Acme 1"));
  EXPECT_FALSE(checked.loaded);
  EXPECT_THAT(checked.directory.errors(), HasSubstr("claims kind \"camera\""));
}

TEST(Lints, LetTheSignOfSomeVideoDeviceStandBesideAnExactKind) {
  const Checked checked(rule("acme.a", "pattern: ^Acme", "maker: Acme, kind: video", "Acme 2") +
                        rule("acme.b", "equals: Acme 1", "kind: recorder", "Acme 1"));
  EXPECT_TRUE(checked.loaded) << checked.directory.errors();
}

TEST(Lints, LetLabelAndMakerStandBesideEachOther) {
  const Checked checked(rule("acme.a", "pattern: ^Acme", "maker: Acme", "Acme 2") +
                        rule("acme.b", "equals: Acme 1", "brand: Label", "Acme 1"));
  EXPECT_TRUE(checked.loaded) << checked.directory.errors();
  EXPECT_EQ(checked.directory.warnings(), "");
}

TEST(Lints, WarnOfARuleThatIsThereTwice) {
  const Checked checked(rule("acme.a", "equals: Acme 1", "maker: Acme", "Acme 1") +
                        rule("acme.b", "equals: Acme 1", "maker: Acme", "Acme 1"));
  EXPECT_TRUE(checked.loaded) << checked.directory.errors();
  EXPECT_THAT(checked.directory.warnings(),
              HasSubstr("acme.yml:9:5: \"acme.b\" adds nothing: on all its examples \"acme.a\""));
  EXPECT_THAT(checked.directory.warnings(), Not(HasSubstr("\"acme.a\" adds nothing")));
}

TEST(Lints, WarnOfARuleThatASurerOneShadows) {
  const Checked checked(
      rule("acme.a", "equals: Acme 1", "maker: Acme", "Acme 1", "0.5") +
      rule("acme.b", "pattern: ^Acme", "\"maker\": Acme, kind: camera", "Acme 2", "0.9"));
  EXPECT_THAT(checked.directory.warnings(), HasSubstr("\"acme.a\" adds nothing"));
}

TEST(Lints, KeepARuleThatIsSurerThanTheWiderOne) {
  const Checked checked(rule("acme.a", "equals: Acme 1", "maker: Acme", "Acme 1", "0.9") +
                        rule("acme.b", "pattern: ^Acme", "maker: Acme", "Acme 2", "0.5"));
  EXPECT_EQ(checked.directory.warnings(), "");
}

TEST(Lints, WarnOfAPatternThatBeginsWithAnything) {
  const Checked checked(rule("acme.a", "pattern: .*Acme", "maker: Acme", "An Acme"));
  EXPECT_THAT(checked.directory.warnings(), HasSubstr("acme.yml:5:5: the pattern of \"acme.a\""));
  EXPECT_THAT(checked.directory.warnings(), HasSubstr("begins with .*"));
}

TEST(Lints, WarnOfALongPattern) {
  const Checked checked(rule("acme.a", "pattern: \"Acme[0-9a-f]{900}x\"", "maker: Acme",
                             "Acme" + std::string(900, '0') + "x"));
  EXPECT_THAT(checked.directory.warnings(), HasSubstr("is slow"));
}

TEST(Lints, WarnOfAMakerThatNothingShows) {
  const Checked checked(rule("acme.a", "equals: Acme 1", "brand: Label", "Acme 1"));
  EXPECT_TRUE(checked.loaded) << checked.directory.errors();
  EXPECT_THAT(checked.directory.warnings(),
              HasSubstr("acme.yml:2:8: nothing shows maker \"Acme\""));
}

}  // namespace
}  // namespace camwarden
