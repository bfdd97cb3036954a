// How vendor files are read: what is refused, where, and in what words.
#include "fingerprint/knowledge_base.h"

#include <gmock/gmock.h>

#include "words.h"

namespace camwarden {
namespace {

using testing::HasSubstr;

const std::string kAcme = R"(
maker: {name: Acme, legal_name: Acme Cameras Ltd, country: GB, aliases: [ACME Corp], source: register}
ouis: {only_video: true, source: registry, prefixes: [44:19:B6 08:ED:02:A, 70:B3:D5:12:3]}
)";

// A rule in `kAcme`'s file; `lines` replace or follow the usual ones.
std::string rule(const std::string& lines) {
  return kAcme + "fingerprints:\n  - id: acme.rule\n    certainty: 0.9\n    because: says Acme\n" +
         "    source: a test\n" + lines;
}

std::string errors_of(const std::string& text) {
  VendorDirectory directory;
  EXPECT_EQ(directory.add("acme.yml", text).check(), nullptr);
  return directory.errors();
}

TEST(KnowledgeBase, LoadsAMakerWithItsPrefixes) {
  VendorDirectory directory;
  const auto knowledge = directory.add("acme.yml", kAcme).load();
  ASSERT_NE(knowledge, nullptr) << directory.errors();
  EXPECT_EQ(knowledge->fingerprints(), 3u);
}

TEST(KnowledgeBase, FindsAMakerByAliasInAnyLetterCase) {
  VendorDirectory directory;
  const auto knowledge = directory.add("acme.yml", kAcme).load();
  ASSERT_NE(knowledge, nullptr);
  ASSERT_NE(knowledge->maker("acme corp"), nullptr);
  EXPECT_EQ(knowledge->maker("acme corp")->name, "Acme");
  EXPECT_EQ(knowledge->maker("acne"), nullptr);
}

TEST(KnowledgeBase, LineageGoesUpToTheLastParent) {
  VendorDirectory directory;
  directory.add("acme.yml", kAcme);
  directory.add("baby.yml", R"(
maker: {name: Baby, legal_name: Baby Ltd, country: GB, parent: Acme, source: register}
ouis: {only_video: true, source: registry, prefixes: [00:40:8C]}
)");
  const auto knowledge = directory.load();
  ASSERT_NE(knowledge, nullptr) << directory.errors();
  const auto line = knowledge->lineage("BABY");
  ASSERT_EQ(line.size(), 2u);
  EXPECT_EQ(line[1]->name, "Acme");
  EXPECT_TRUE(knowledge->lineage("nobody").empty());
}

TEST(KnowledgeBase, VersionChangesWithAnyByteOfAnyFile) {
  VendorDirectory directory;
  const auto first = directory.add("acme.yml", kAcme).load()->version();
  const auto second = directory.add("acme.yml", kAcme + "# a remark\n").load()->version();
  EXPECT_EQ(first.size(), 12u);
  EXPECT_NE(first, second);
}

TEST(KnowledgeBase, SaysAllErrorsOfAllFilesAtOnce) {
  VendorDirectory directory;
  directory.add("a.yml", "makr: {}\n");
  directory.add("b.yml", "maker: {name: B, legal_name: B, country: gb, source: s}\n");
  EXPECT_EQ(directory.load(), nullptr);
  EXPECT_THAT(directory.errors(),
              HasSubstr("a.yml:1:1: unknown key \"makr\"; did you mean \"maker\"?"));
  EXPECT_THAT(directory.errors(), HasSubstr("b.yml:1:42: expected two capital letters"));
}

TEST(KnowledgeBase, RefusesADirectoryThatIsNotThere) {
  Diagnostics diagnostics;
  EXPECT_EQ(KnowledgeBase::load("/nowhere", words(), diagnostics), nullptr);
  EXPECT_THAT(diagnostics.to_string(), HasSubstr("/nowhere: cannot read the fingerprints"));
}

TEST(KnowledgeBase, RefusesADirectoryWithoutFiles) {
  VendorDirectory directory;
  EXPECT_EQ(directory.load(), nullptr);
  EXPECT_THAT(directory.errors(), HasSubstr("holds no *.yml file"));
}

TEST(KnowledgeBase, ReportsOnlyErrorsOfItsOwnButKeepsThoseBefore) {
  VendorDirectory directory;
  directory.add("acme.yml", kAcme);
  Diagnostics diagnostics;
  diagnostics.error({"other.yml"}, "an earlier error");
  EXPECT_NE(KnowledgeBase::load(directory.path(), words(), diagnostics), nullptr);
}

TEST(KnowledgeBase, NamesTheNearestFieldForAnUnknownOne) {
  EXPECT_THAT(
      errors_of(rule("    field: http.sever\n    any: true\n    claims: {maker: Acme}\n"
                     "    examples: [x]\n")),
      HasSubstr("acme.yml:9:12: unknown field \"http.sever\"; did you mean \"http.server\"?"));
}

TEST(KnowledgeBase, RefusesAPatternThatDoesNotCompile) {
  EXPECT_THAT(
      errors_of(rule("    field: http.server\n    pattern: (Acme\n    claims: {maker: Acme}\n"
                     "    examples: [Acme]\n")),
      HasSubstr("acme.yml:10:14: not a valid pattern: missing )"));
}

TEST(KnowledgeBase, RefusesAPatternThatMatchesEverything) {
  EXPECT_THAT(
      errors_of(rule("    field: http.server\n    pattern: (Acme)?\n    claims: {maker: Acme}\n"
                     "    examples: [Acme]\n")),
      HasSubstr("acme.yml:10:14: matches an empty value"));
}

TEST(KnowledgeBase, RefusesAnExampleThatDoesNotMatch) {
  EXPECT_THAT(
      errors_of(rule("    field: http.server\n    pattern: ^Acme\n    claims: {maker: Acme}\n"
                     "    examples: [Acme 1, Bcme]\n")),
      HasSubstr("acme.yml:12:24: example of \"acme.rule\" does not match: \"Bcme\""));
}

// A daemon's start does without: `camwarden check` has asked before.
TEST(KnowledgeBase, LoadingRunsNoExample) {
  VendorDirectory directory;
  directory.add("acme.yml", rule("    field: http.server\n    pattern: ^Acme\n"
                                 "    claims: {maker: Acme}\n    examples: [Bcme]\n"));
  EXPECT_NE(directory.load(), nullptr) << directory.errors();
}

TEST(KnowledgeBase, RefusesAnExampleWithOtherClaimsThanItStates) {
  EXPECT_THAT(
      errors_of(rule("    field: http.server\n    pattern: ^Acme ([A-Z]+)\n"
                     "    claims: {maker: Acme, model: $1}\n"
                     "    examples: [{value: Acme XY1, claims: {model: XY1}}]\n")),
      HasSubstr("acme.yml:12:16: example of \"acme.rule\" states model \"XY1\" but gives \"XY\""));
}

TEST(KnowledgeBase, RefusesACounterExampleThatMatches) {
  EXPECT_THAT(
      errors_of(rule("    field: http.server\n    pattern: Acme\n    claims: {maker: Acme}\n"
                     "    examples: [Acme]\n    counter_examples: [Not Acme]\n")),
      HasSubstr("acme.yml:13:24: counter-example of \"acme.rule\" matches: \"Not Acme\""));
}

TEST(KnowledgeBase, RefusesARuleWithoutExamples) {
  EXPECT_THAT(errors_of(rule("    field: http.server\n    any: true\n    claims: {maker: Acme}\n")),
              HasSubstr("acme.yml:5:5: has no examples"));
}

TEST(KnowledgeBase, RefusesAGroupThatThePatternLacks) {
  EXPECT_THAT(errors_of(rule("    field: http.server\n    pattern: Acme (.+)\n"
                             "    claims: {maker: Acme, model: $2}\n    examples: [Acme 1]\n")),
              HasSubstr("acme.yml:11:34: \"$2\" names no group of the pattern, which has 1"));
}

TEST(KnowledgeBase, RefusesAnUnknownKind) {
  EXPECT_THAT(errors_of(rule("    field: http.server\n    any: true\n"
                             "    claims: {maker: Acme, kind: camra}\n    examples: [x]\n")),
              HasSubstr("\"camra\""));
}

TEST(KnowledgeBase, RefusesAClaimOfAMakerThatNoFileGives) {
  EXPECT_THAT(errors_of(rule("    field: http.server\n    any: true\n"
                             "    claims: {maker: Acne}\n    examples: [x]\n")),
              HasSubstr("acme.yml:11:21: unknown maker \"Acne\"; did you mean \"Acme\"?"));
}

TEST(KnowledgeBase, RefusesTwoWaysToMatchInOneRule) {
  EXPECT_THAT(errors_of(rule("    field: http.server\n    any: true\n    equals: x\n"
                             "    claims: {maker: Acme}\n    examples: [x]\n")),
              HasSubstr("acme.yml:5:5: needs exactly one of"));
}

TEST(KnowledgeBase, ARuleMayStandForSeveralFields) {
  VendorDirectory directory;
  const auto knowledge =
      directory
          .add("acme.yml",
               rule("    fields: [http.server, http.realm]\n    pattern: ^Acme (\\S+)\n"
                    "    claims: {maker: Acme, model: $1, kind: video}\n    examples: [Acme 1]\n"))
          .check();
  ASSERT_NE(knowledge, nullptr) << directory.errors();
  for (const std::string field : {"http.server", "http.realm"}) {
    const auto& found = knowledge->match(*words().find(field), "Acme X2");
    ASSERT_EQ(found.size(), 2u) << field;
    EXPECT_EQ(found[0].fingerprint->id, "acme.rule." + field);
    EXPECT_EQ(found[0].fingerprint->field->name, field);
    EXPECT_EQ(found[1].fingerprint->id, "acme.rule." + field + ".video");
    EXPECT_EQ(found[0].claims.back().value, "X2");
  }
  EXPECT_TRUE(knowledge->match(*words().find("http.title"), "Acme X2").empty());
}

TEST(KnowledgeBase, RefusesFieldsThatAreNotSeveral) {
  const auto with = [](const std::string& fields) {
    return rule(fields + "    any: true\n    claims: {maker: Acme}\n    examples: [x]\n");
  };
  EXPECT_THAT(errors_of(with("")),
              HasSubstr("acme.yml:5:5: needs exactly one of \"field\" and \"fields\""));
  EXPECT_THAT(errors_of(with("    field: http.server\n    fields: [http.realm, http.title]\n")),
              HasSubstr("needs exactly one of \"field\" and \"fields\""));
  EXPECT_THAT(errors_of(with("    fields: [http.server]\n")),
              HasSubstr("acme.yml:9:13: has fewer than two"));
  EXPECT_THAT(
      errors_of(with("    fields: [http.server, http.sever]\n")),
      HasSubstr("acme.yml:9:27: unknown field \"http.sever\"; did you mean \"http.server\"?"));
}

TEST(KnowledgeBase, RefusesAnIdThatIsGivenTwice) {
  VendorDirectory directory;
  const std::string one =
      rule("    field: http.server\n    equals: a\n    claims: {maker: Acme}\n    examples: [a]\n");
  directory.add("acme.yml", one);
  directory.add("brands.yml", one.substr(one.find("fingerprints:")));
  EXPECT_EQ(directory.load(), nullptr);
  EXPECT_THAT(directory.errors(), HasSubstr("brands.yml:2:5: id \"acme.rule\" is also given at"));
}

TEST(KnowledgeBase, RefusesABrandOfAnUnknownMaker) {
  EXPECT_THAT(errors_of(kAcme + "brands: [{name: Label, makers: [Acne], shows: x, source: y}]\n"),
              HasSubstr("acme.yml:4:33: unknown maker \"Acne\"; did you mean \"Acme\"?"));
}

TEST(KnowledgeBase, RefusesAPrefixThatTwoMakersClaim) {
  VendorDirectory directory;
  directory.add("acme.yml", kAcme);
  directory.add("other.yml", R"(
maker: {name: Other, legal_name: Other Ltd, country: GB, source: register}
ouis: {only_video: true, source: registry, prefixes: [4419b6]}
)");
  EXPECT_EQ(directory.load(), nullptr);
  EXPECT_THAT(directory.errors(),
              HasSubstr("other.yml:3:55: prefix 4419b6 is also claimed by Acme"));
}

TEST(KnowledgeBase, RefusesAPrefixOfAnotherLength) {
  EXPECT_THAT(errors_of("ouis: {maker: A, only_video: true, source: s, prefixes: [44:19]}\n"),
              HasSubstr("\"44:19\" is no prefix of 24, 28 or 36 bits"));
}

TEST(KnowledgeBase, RefusesALocalPrefix) {
  EXPECT_THAT(errors_of("ouis: {maker: A, only_video: true, source: s, prefixes: [02:00:01]}\n"),
              HasSubstr("02:00:01 is a local or multicast address"));
}

TEST(KnowledgeBase, RefusesAMakerThatIsItsOwnAncestor) {
  VendorDirectory directory;
  for (const auto& [name, parent] : {std::pair{"A", "B"}, std::pair{"B", "A"}}) {
    directory.add(std::string(name) + ".yml",
                  std::string("maker: {name: ") + name +
                      ", legal_name: x, country: GB, parent: " + parent + ", source: s}\n");
  }
  EXPECT_EQ(directory.load(), nullptr);
  EXPECT_THAT(directory.errors(), HasSubstr("A.yml:1:54: this maker would be its own ancestor"));
}

TEST(KnowledgeBase, RefusesAnExampleThatIsMute) {
  VendorDirectory directory;
  directory.add("acme.yml", rule("    field: http.server\n    equals: Webs\n"
                                 "    claims: {maker: Acme}\n    examples: [Webs]\n"));
  directory.add("mute.yml", "mute: [{field: http.server, equals: Webs, because: anyone's}]\n");
  EXPECT_EQ(directory.check(), nullptr);
  EXPECT_THAT(directory.errors(), HasSubstr("this example is on the list of mute strings"));
}

}  // namespace
}  // namespace camwarden
