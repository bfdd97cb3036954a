#include "base/regex.h"

#include <gtest/gtest.h>

#include <chrono>

namespace camwarden {
namespace {

Pattern pattern(const std::string& text) {
  auto compiled = Pattern::compile(text);
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
  const auto compiled = Pattern::compile("(a");
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error(), "not a valid pattern: missing ): (a");
}

TEST(Pattern, RefusesBackReferencesAndHugeCounts) {
  EXPECT_FALSE(Pattern::compile("(a)\\1"));
  EXPECT_FALSE(Pattern::compile("((a{1,1000}){1,1000}){1,1000}"));
}

TEST(Pattern, RefusesMoreGroupsThanATemplateCanName) {
  EXPECT_FALSE(Pattern::compile("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)"));
}

TEST(Pattern, TakesLinearTime) {
  const auto evil = pattern("^(a|aa)+$");
  const std::string value = std::string(200'000, 'a') + "b";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(evil.found_in(value));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(PatternSet, GivesAllThatAreFoundInOrder) {
  const auto a = pattern("a"), b = pattern("^b"), c = pattern("c$");
  const PatternSet set({&a, &b, &c});
  EXPECT_EQ(set.found_in("bac"), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(set.found_in("xc"), (std::vector<std::size_t>{2}));
  EXPECT_TRUE(set.found_in("").empty());
}

}  // namespace
}  // namespace camwarden
