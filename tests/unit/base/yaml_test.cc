#include "base/yaml.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace camwarden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Document {
  explicit Document(const std::string& text)
      : root(YamlNode::load_text(text, "f.yml", diagnostics)) {}
  YamlNode at(std::string_view key) const { return root->get(key).value(); }
  const std::vector<std::string>& errors() const { return diagnostics.errors(); }

  Diagnostics diagnostics;
  std::optional<YamlNode> root;
};

TEST(Yaml, UnknownKeyIsTheNearestSpellingsSlip) {
  Document document("rules: 1\nsegmnets: 2\n");
  document.root->expect_keys({"segments", "rules"});
  EXPECT_THAT(document.errors(),
              ElementsAre("f.yml:2:1: unknown key \"segmnets\"; did you mean \"segments\"?"));
}

TEST(Yaml, UnknownKeyWithNoneNearListsAll) {
  Document document("colour: 1\n");
  document.root->expect_keys({"segments", "rules"});
  EXPECT_THAT(document.errors().at(0), HasSubstr("one of: segments, rules"));
}

TEST(Yaml, KeyGivenTwiceIsAnError) {
  Document document("a: 1\na: 2\n");
  if (document.root) document.root->expect_keys({"a"});
  EXPECT_EQ(document.errors().size(), 1U);
}

TEST(Yaml, AllErrorsAreCollected) {
  Document document("a: x\nb: y\nc: z\n");
  document.at("a").integer(0, 9);
  document.at("b").boolean();
  document.at("c").mac();
  EXPECT_EQ(document.errors().size(), 3U);
}

TEST(Yaml, SyntaxErrorHasAPlace) {
  const Document document("a: [1, 2\nb: }\n");
  EXPECT_FALSE(document.root.has_value());
  ASSERT_EQ(document.errors().size(), 1U);
  EXPECT_THAT(document.errors()[0], HasSubstr("f.yml:"));
}

TEST(Yaml, ReadsEveryType) {
  const Document document(
      "n: -5\nr: 0.5\nb: true\nd: 15m\ns: 64MiB\nm: 44:19:b6:00:00:0a\np: 10.0.0.0/8\nt: [a, "
      "b]\no: one\n");
  EXPECT_EQ(document.at("n").integer(-9, 9), -5);
  EXPECT_EQ(document.at("r").number(0, 1), 0.5);
  EXPECT_EQ(document.at("b").boolean(), true);
  EXPECT_EQ(document.at("d").duration(), std::chrono::minutes(15));
  EXPECT_EQ(document.at("s").size(), 64U << 20);
  EXPECT_EQ(document.at("m").mac()->to_string(), "44:19:b6:00:00:0a");
  EXPECT_EQ(document.at("p").prefix()->to_string(), "10.0.0.0/8");
  EXPECT_THAT(document.at("t").texts(), ElementsAre("a", "b"));
  EXPECT_THAT(document.at("o").texts(), ElementsAre("one"));
  EXPECT_THAT(document.errors(), IsEmpty());
}

TEST(Yaml, WrongTypesSayWhatWasExpected) {
  const Document document("a: 10\nb: yes\nc: 5 minutes\nd: 10.0.0.1/8\ne: {}\nf: 5GB\n");
  EXPECT_FALSE(document.at("a").integer(0, 9).has_value());
  EXPECT_FALSE(document.at("b").boolean().has_value());
  EXPECT_FALSE(document.at("c").duration().has_value());
  EXPECT_FALSE(document.at("d").prefix().has_value());
  EXPECT_FALSE(document.at("e").text().has_value());
  EXPECT_FALSE(document.at("f").size().has_value());
  ASSERT_EQ(document.errors().size(), 6U);
  EXPECT_EQ(document.errors()[0], "f.yml:1:4: expected a whole number from 0 to 9");
}

TEST(Yaml, ChoiceOffersTheNearest) {
  const Document document("format: jsonn\n");
  EXPECT_FALSE(document.at("format").choice({"json", "cef"}).has_value());
  EXPECT_THAT(document.errors().at(0), HasSubstr("did you mean \"json\"?"));
}

TEST(Yaml, MissingKeyIsReportedOnlyWhenRequired) {
  const Document document("a: 1\nn:\n");
  EXPECT_FALSE(document.root->get("b").has_value());
  EXPECT_FALSE(document.root->get("n").has_value());
  EXPECT_THAT(document.errors(), IsEmpty());
  EXPECT_FALSE(document.root->require("b").has_value());
  EXPECT_THAT(document.errors().at(0), HasSubstr("\"b\" is missing"));
}

TEST(Yaml, AliasesDoNotExplode) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const auto last = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 9; ++k) text += ", " + last;
    text += "]\n";
  }
  const Document document(text);  // must come back at all; what it says is the reader's choice
  SUCCEED();
}

TEST(Yaml, HugeAndDeepTextsAreRefused) {
  EXPECT_FALSE(Document("a: " + std::string(5 << 20, 'x')).root.has_value());
  const Document deep("a: " + std::string(1 << 16, '['));
  EXPECT_FALSE(deep.root.has_value());
  EXPECT_THAT(deep.errors().at(0), HasSubstr("nested deeper than 64"));
}

TEST(Yaml, AnAliasIsTheNodeThatItNames) {
  const Document document("a: &list [1, 2]\nb: *list\n");
  EXPECT_THAT(document.at("b").texts(), ElementsAre("1", "2"));
}

TEST(Yaml, AnAliasOfNothingAndOneOfItselfAreRefused) {
  EXPECT_THAT(Document("a: *gone\n").errors(),
              ElementsAre("f.yml:1:4: not valid YAML: an alias of nothing above it"));
  EXPECT_FALSE(Document("a: &self [*self]\n").root.has_value());
}

TEST(Yaml, ASecondDocumentIsRefused) {
  EXPECT_FALSE(Document("a: 1\n---\nb: 2\n").root.has_value());
}

TEST(Yaml, AnEmptyTextIsNull) {
  EXPECT_TRUE(Document("").root->is_null());
  EXPECT_TRUE(Document("# a remark\n").root->is_null());
}

TEST(Yaml, OnlyAPlainScalarIsNull) {
  const Document document("a: ~\nb: \"\"\nc: null\nd: 'null'\n");
  EXPECT_FALSE(document.root->get("a").has_value());
  EXPECT_EQ(document.at("b").text(), "");
  EXPECT_FALSE(document.root->get("c").has_value());
  EXPECT_EQ(document.at("d").text(), "null");
}

TEST(Yaml, BytesThatAreNoUtf8AreRefused) {
  EXPECT_FALSE(Document("a: \xff\xfe\n").root.has_value());
}

TEST(Yaml, FilesThatCannotBeReadAreSaid) {
  Diagnostics diagnostics;
  EXPECT_FALSE(YamlNode::load_file("/nonexistent/f.yml", diagnostics).has_value());
  EXPECT_FALSE(YamlNode::load_file(testing::TempDir(), diagnostics).has_value());
  EXPECT_EQ(diagnostics.errors().size(), 2U);
}

}  // namespace
}  // namespace camwarden
