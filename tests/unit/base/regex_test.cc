#include "base/regex.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace camwarden {
namespace {

Pattern pattern(const std::string& text) {
  auto compiled = Pattern::read(text);
  EXPECT_TRUE(compiled) << text;
  return compiled.take();
}

TEST(Pattern, IsSearchedFor) {
  EXPECT_TRUE(pattern("b+").found_in("abc"));
  EXPECT_FALSE(pattern("^b+").found_in("abc"));
}

TEST(Pattern, ADollarIsTheEndOfTheBytes) {
  EXPECT_FALSE(pattern("^a$").found_in("a\n"));
  EXPECT_TRUE(pattern("^a$").found_in("a"));
}

TEST(Pattern, TakesAnyByte) {
  EXPECT_TRUE(pattern("^a.c$").found_in(std::string_view("a\0c", 3)));
  EXPECT_TRUE(
      pattern("^a.c$").found_in("a\xff"
                                "c"));
}

TEST(Pattern, AUtf8LetterIsItsBytes) { EXPECT_TRUE(pattern("^Geração$").found_in("Geração")); }

TEST(Pattern, GivesItsGroupsAndEmptyOnesThatTookNoPart) {
  const auto compiled = pattern("(a)|(b)");
  const auto groups = compiled.groups_in("xb");
  ASSERT_TRUE(groups);
  EXPECT_EQ(*groups, (std::vector<std::string_view>{"b", "", "b"}));
  EXPECT_FALSE(compiled.groups_in("x"));
}

TEST(Pattern, SaysWhatIsWrong) {
  const auto compiled = Pattern::read("(a");
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error(), "not a valid pattern: missing ): (a");
}

TEST(Pattern, RefusesBackReferencesAndHugeCounts) {
  EXPECT_FALSE(Pattern::read("(a)\\1"));
  EXPECT_FALSE(Pattern::read("((a{1,1000}){1,1000}){1,1000}"));
}

TEST(Pattern, RefusesMoreGroupsThanATemplateCanName) {
  EXPECT_FALSE(Pattern::read("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)"));
}

TEST(Pattern, CountsItsGroups) {
  EXPECT_EQ(pattern("(a)(?:b)").groups(), 1);
  EXPECT_EQ(pattern("\\QDVR (\\E(\\d+)").groups(), 1);
}

TEST(Pattern, MatchesNothingOnlyWhereItDoes) {
  for (const auto* text : {"a*", "\\x41*", "\\101*", "\\pL*", "[[:]*", "a|"})
    EXPECT_TRUE(pattern(text).matches_nothing()) << text;
  for (const auto* text : {"a", "\\x41", "[[:]", "(a|b)"})
    EXPECT_FALSE(pattern(text).matches_nothing()) << text;
}

TEST(Pattern, TakesLinearTime) {
  const auto evil = pattern("^(a|aa)+$");
  const std::string value = std::string(200'000, 'a') + "b";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(evil.found_in(value));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

// `more` patterns that are in no value stand in front: few are asked one by one, many together.
std::vector<int> found(std::string_view bytes, std::size_t more) {
  std::vector<Pattern> all;
  for (std::size_t i = 0; i < more; ++i) all.push_back(pattern("^never" + std::to_string(i) + "$"));
  for (const auto* text : {"a", "^b", "c$"}) all.push_back(pattern(text));
  std::vector<const Pattern*> pointers;
  for (const auto& one : all) pointers.push_back(&one);
  std::vector<int> positions{-1};  // what a call before left
  PatternSet(pointers).find_in(bytes, positions);
  return positions;
}

TEST(PatternSet, GivesAllThatAreFoundInOrder) {
  for (const int more : {0, 20}) {
    const auto many = static_cast<std::size_t>(more);
    EXPECT_EQ(found("bac", many), (std::vector<int>{more, more + 1, more + 2})) << more;
    EXPECT_EQ(found("xc", many), (std::vector<int>{more + 2})) << more;
    EXPECT_TRUE(found("", many).empty()) << more;
  }
}

// As one by one, whatever the patterns begin with.
TEST(PatternSet, FindsWhatEachPatternFinds) {
  const std::vector<std::string> texts{
      "^Hik",         "(?i)^hikvision$", "^(?i:HIK|hikvision)\\b",       "^Hik(?:$|[^a-z])",
      "^(?:Hi|Hik)v", "vision",          "^DS-2(?:CD|DE)[0-9]{4}",       "^H",
      "^hik|vision$", "^(?:DS|ds)-",     "^(?:DS-2|DS-2C)(?:D|CD).*-I$", "^DS-\\B"};
  std::vector<Pattern> all;
  for (const auto& text : texts) all.push_back(pattern(text));
  std::vector<const Pattern*> pointers;
  for (const auto& one : all) pointers.push_back(&one);
  const PatternSet set(pointers);
  std::vector<int> found;
  for (const auto* value : {"", "H", "Hi", "Hik", "hik", "Hikvision", "HIKVISION", "Hik-vision",
                            "a vision", "DS-2CD2042WD-I", "ds-2cd", "DS-2", "DS- ", "D"}) {
    std::vector<int> each;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].found_in(value)) each.push_back(static_cast<int>(i));
    }
    set.find_in(value, found);
    EXPECT_EQ(found, each) << value;
  }
}

}  // namespace
}  // namespace camwarden
