#include <gmock/gmock.h>

#include "base/digest.h"
#include "unit/policy/site.h"

namespace camwarden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

const std::string kHead =
    "id: law\ntitle: The Law\ncitation: Law 1\nauthority: Parliament\njurisdiction: GB\n"
    "in_force: 2020-01-01\nscope: all\nsource: a book\ncertainty: high\n";

class LawPackTest : public testing::Test {
 protected:
  std::vector<LawPack> load(const std::string& text) {
    directory_.write("law.yml", text);
    return load_law_packs(directory_.path(), *knowledge_, diagnostics_);
  }
  std::unique_ptr<KnowledgeBase> knowledge_ = test::small_knowledge();
  test::Directory directory_;
  Diagnostics diagnostics_;
};

TEST_F(LawPackTest, IsReadWhole) {
  const auto packs =
      load(kHead + "entities: [{name: A, since: 2019-02-03, makers: [Dahua], mapping: is A}]\n");
  EXPECT_EQ(diagnostics_.to_string(), "");
  ASSERT_EQ(packs.size(), 1u);
  EXPECT_EQ(packs[0].authority, "Parliament");
  EXPECT_THAT(packs[0].entities.at(0).makers, ElementsAre("Dahua"));
}

TEST_F(LawPackTest, KnowsTheTextThatItWasReadFrom) {
  const auto text = kHead + "entities: [{name: A, makers: [Dahua], mapping: is A}]\n";
  EXPECT_EQ(load(text).at(0).sha256, sha256_hex(text));
}

TEST_F(LawPackTest, AliasBecomesTheName) {
  const auto packs = load(kHead + "entities: [{name: A, makers: [cs smart], mapping: is A}]\n");
  EXPECT_THAT(packs.at(0).entities.at(0).makers, ElementsAre("Ezviz"));
}

TEST_F(LawPackTest, UnknownMakerIsRefusedWithTheNearest) {
  load(kHead + "entities: [{name: A, makers: [Hikvison], mapping: is A}]\n");
  EXPECT_THAT(diagnostics_.errors(),
              ElementsAre(HasSubstr(
                  "law.yml:10:31: unknown maker \"Hikvison\"; did you mean \"Hikvision\"?")));
}

TEST_F(LawPackTest, UnknownKeyIsRefused) {
  load(kHead + "entitys: []\nentities: [{name: A, mapping: none is known}]\n");
  EXPECT_THAT(diagnostics_.errors(), ElementsAre(HasSubstr("did you mean \"entities\"?")));
}

TEST_F(LawPackTest, EveryMissingKeyIsReported) {
  load("id: law\n");
  EXPECT_EQ(diagnostics_.errors().size(), 9u) << diagnostics_.to_string();
}

TEST_F(LawPackTest, IdMustBeTheFileName) {
  directory_.write("other.yml", kHead + "entities: [{name: A, mapping: none}]\n");
  load_law_packs(directory_.path(), *knowledge_, diagnostics_);
  EXPECT_THAT(diagnostics_.errors(),
              ElementsAre(HasSubstr("must be the name of the file, \"other\"")));
}

TEST_F(LawPackTest, DateMustBeADate) {
  load(kHead + "entities: [{name: A, since: last year, mapping: none}]\n");
  EXPECT_THAT(diagnostics_.errors(), ElementsAre(HasSubstr("expected a date")));
}

TEST_F(LawPackTest, CountriesMeanTheirMakersButThoseLeftOut) {
  const auto packs = load(kHead +
                          "entities:\n  - {name: of that country, countries: [CN], "
                          "except: [axis, Huawei], mapping: by origin}\n");
  EXPECT_EQ(diagnostics_.to_string(), "");
  EXPECT_THAT(packs.at(0).entities.at(0).makers,
              UnorderedElementsAre("Hikvision", "Dahua", "Ezviz"));
}

TEST_F(LawPackTest, CountryOfNoMakerIsRefused) {
  load(kHead + "entities: [{name: A, countries: [CH], mapping: by origin}]\n");
  EXPECT_THAT(diagnostics_.errors(),
              ElementsAre(HasSubstr("law.yml:10:34: no maker is of country \"CH\"")));
}

TEST_F(LawPackTest, NobodyIsLeftOutOfNothing) {
  load(kHead + "entities: [{name: A, makers: [Dahua], except: [Axis], mapping: is A}]\n");
  EXPECT_THAT(diagnostics_.errors(), ElementsAre(HasSubstr("there are none")));
}

TEST_F(LawPackTest, EntryMayHaveACitationOfItsOwn) {
  auto packs = load(kHead +
                    "entities:\n  - {name: A, makers: [Dahua], mapping: is A}\n"
                    "  - {name: B, citation: Law 2, makers: [Hikvision], mapping: is B}\n");
  PolicyOptions options;
  options.law_packs.clear();
  const Policy policy(options, std::move(packs), *knowledge_, {});
  EXPECT_EQ(policy.laws_for("Dahua").at(0).citation, "Law 1");
  EXPECT_EQ(policy.laws_for("Hikvision").at(0).citation, "Law 2");
}

TEST_F(LawPackTest, ChangesAreReadInOrderOfDate) {
  const auto packs = load(kHead +
                          "changes: [{date: 2021-01-01, what: more}, {date: 2022-01-01, what: "
                          "less}]\nentities: [{name: A, mapping: none}]\n");
  EXPECT_EQ(diagnostics_.to_string(), "");
  ASSERT_EQ(packs.at(0).changes.size(), 2u);
  EXPECT_EQ(packs[0].changes[1].what, "less");
}

TEST_F(LawPackTest, ChangesOutOfOrderAreRefused) {
  load(kHead +
       "changes: [{date: 2022-01-01, what: more}, {date: 2021-01-01, what: less}]\n"
       "entities: [{name: A, mapping: none}]\n");
  EXPECT_THAT(diagnostics_.errors(), ElementsAre(HasSubstr("in order of date")));
}

TEST_F(LawPackTest, MissingDirectoryIsAnError) {
  load_law_packs("/nowhere/at/all", *knowledge_, diagnostics_);
  EXPECT_EQ(diagnostics_.errors().size(), 1u);
}

}  // namespace
}  // namespace camwarden
