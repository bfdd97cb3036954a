#include "report/pack_listing.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"

namespace camwarden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Vocabulary& words() {
  static const Vocabulary kFields({&kMacField, &kIpField});
  return kFields;
}

// Hikvision with a subsidiary and two labels, one of which Dahua makes too.
class PackListing : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = testing::TempDir() + "packs-XXXXXX";
    directory_ = ::mkdtemp(path.data());
    write("hikvision", "Hikvision", "44:19:B6", "");
    write("dahua", "Dahua", "3C:EF:8C", "");
    write("ezviz", "Ezviz", "64:F2:FB", ", parent: Hikvision");
    std::ofstream(directory_ + "/labels.yml")
        << "brands:\n  - {name: Annke, makers: [Hikvision, Dahua], shows: it does, source: a "
           "test}\n"
           "  - {name: HiLook, makers: [Hikvision], shows: it does, source: a test}\n"
           "  - {name: Imou, makers: [Dahua], shows: it does, source: a test}\n";
    Diagnostics diagnostics;
    knowledge_ = KnowledgeBase::load(directory_, words(), diagnostics);
    ASSERT_TRUE(knowledge_) << diagnostics.to_string();
    pack_.id = "law";
    pack_.title = "The Law, which says \"no\"";
    pack_.citation = "Law 1";
    pack_.authority = "Parliament";
    pack_.jurisdiction = "GB";
    pack_.in_force = "2020-01-01";
    pack_.scope = "all sites";
    pack_.source = "a book";
    pack_.certainty = "medium; one report";
    pack_.changes = {{"2021-01-01", "more"}};
    pack_.entities = {{"Hikvision Company", "2019-01-01", {"Hikvision"}, "is named"},
                      {"nobody in particular", "", {}, "names nobody"}};
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& file, const std::string& name, const std::string& prefix,
             const std::string& more) {
    std::ofstream(directory_ + "/" + file + ".yml")
        << "maker: {name: " << name << ", legal_name: " << name
        << " Ltd, country: CN, source: a test" << more
        << "}\nouis: [{only_video: true, source: a test, prefixes: ['" << prefix << "']}]\n";
  }
  std::string list(ListFormat format, const std::vector<std::string>& counting = {}) const {
    return list_packs({pack_}, counting, *knowledge_, format, {});
  }
  std::string show(ListFormat format) const {
    return show_packs({pack_}, {"law"}, *knowledge_, format, {});
  }

  std::string directory_;
  std::unique_ptr<KnowledgeBase> knowledge_;
  LawPack pack_;
};

TEST_F(PackListing, MeansAMakerWithItsSubsidiariesAndBrands) {
  const auto meant = meant_makers(pack_.entities[0], *knowledge_);
  ASSERT_EQ(meant.size(), 1u);
  EXPECT_EQ(meant[0].maker->name, "Hikvision");
  ASSERT_EQ(meant[0].subsidiaries.size(), 1u);
  EXPECT_EQ(meant[0].subsidiaries[0]->name, "Ezviz");
  std::vector<std::string> brands;
  for (const auto* brand : meant[0].brands) brands.push_back(brand->name);
  EXPECT_THAT(brands, ElementsAre("Annke", "HiLook"));
}

TEST_F(PackListing, TableHasALineAPack) {
  const auto text = list(ListFormat::table);
  EXPECT_THAT(text, HasSubstr("law  2020-01-01  GB     yes     medium     Hikvision  The Law"));
  EXPECT_THAT(text, HasSubstr("1 law packs"));
}

TEST_F(PackListing, PackThatDoesNotCountHasADash) {
  EXPECT_THAT(list(ListFormat::table, {"other"}), HasSubstr("GB     -       medium"));
}

TEST_F(PackListing, PackThatMeansNobodySaysSo) {
  pack_.entities.erase(pack_.entities.begin());
  EXPECT_THAT(list(ListFormat::table), HasSubstr("nobody"));
}

TEST_F(PackListing, WholeKeepsTheLawsWordsAndOurMappingApart) {
  EXPECT_THAT(show(ListFormat::table),
              HasSubstr("  Hikvision Company, since 2019-01-01\n"
                        "    our mapping: is named\n"
                        "      Hikvision: Hikvision Ltd, CN; with Ezviz; sold as Annke (or made by "
                        "Dahua), HiLook\n"
                        "  nobody in particular\n    our mapping: names nobody\n"));
}

TEST_F(PackListing, WholeSaysEveryWordOfThePack) {
  const auto text = show(ListFormat::table);
  for (const auto* word :
       {"law: The Law", "  citation      Law 1", "  authority     Parliament", "  jurisdiction  GB",
        "  in force      2020-01-01", "  scope         all sites", "  source        a book",
        "  certainty     medium; one report", "  changes       2021-01-01: more"}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
  EXPECT_THAT(text, Not(HasSubstr("  test")));
}

TEST_F(PackListing, JsonIsAnObjectAPack) {
  const auto value = parse_json(list(ListFormat::json));
  ASSERT_TRUE(value);
  const auto& pack = value->as_object();
  EXPECT_EQ(text_member(pack, "title"), pack_.title);
  const auto& entity = pack.at("entities").as_array().at(0).as_object();
  EXPECT_EQ(text_member(entity, "name"), "Hikvision Company");
  const auto& maker =
      entity.at("our_mapping").as_object().at("makers").as_array().at(0).as_object();
  EXPECT_EQ(text_member(maker, "maker"), "Hikvision");
  EXPECT_EQ(maker.at("subsidiaries").as_array().size(), 1u);
  EXPECT_EQ(text_member(maker.at("brands").as_array().at(0).as_object(), "name"), "Annke");
}

TEST_F(PackListing, CsvHasALineForEachMakerAndOneForAnEntityWithoutAny) {
  EXPECT_THAT(list(ListFormat::csv),
              HasSubstr("\"The Law, which says \"\"no\"\"\",\"Law "
                        "1\",\"Parliament\",\"GB\",\"2020-01-01\",\"medium\","
                        "\"Hikvision Company\",\"2019-01-01\",\"Hikvision\",\"Annke (or made by "
                        "Dahua); HiLook\""));
  EXPECT_THAT(list(ListFormat::csv),
              HasSubstr("\"nobody in particular\",\"\",\"\",\"\",\"names nobody\"\r\n"));
}

TEST(LawListing, SaysWhenNoPackMeansAMaker) {
  EXPECT_EQ(list_laws({}, ListFormat::table, {}), "no law pack means this maker\n");
  EXPECT_EQ(list_laws({}, ListFormat::json, {}), "");
}

TEST(LawListing, QuotesEachEntry) {
  LawQuote law;
  law.pack = "law";
  law.date = "2020-01-01";
  law.entity = "A Company";
  law.citation = "Law 1";
  EXPECT_THAT(list_laws({law}, ListFormat::table, {}),
              HasSubstr("law  2020-01-01  A Company  Law 1"));
  EXPECT_THAT(list_laws({law}, ListFormat::json, {}), HasSubstr("\"entity\":\"A Company\""));
}

TEST(Wrapped, BreaksBetweenWordsAndKeepsLongOnesWhole) {
  EXPECT_EQ(wrapped("one two three", 2, 9), "  one two\n  three\n");
  EXPECT_EQ(wrapped("https://example.org/long and", 2, 9), "  https://example.org/long\n  and\n");
  EXPECT_EQ(wrapped("", 2, 9), "");
}

}  // namespace
}  // namespace camwarden
