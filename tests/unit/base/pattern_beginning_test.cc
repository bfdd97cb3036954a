#include "base/pattern_beginning.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/regex.h"

namespace camwarden {
namespace {

using Literals = std::vector<std::string>;

void begins(std::string_view pattern, const Literals& literals, bool any_case,
            std::string_view rest) {
  const auto found = beginning_of(pattern);
  ASSERT_TRUE(found) << pattern;
  EXPECT_EQ(found->literals, literals) << pattern;
  EXPECT_EQ(found->any_case, any_case) << pattern;
  EXPECT_EQ(found->rest, rest) << pattern;
}

TEST(PatternBeginning, IsWhatStandsForItself) {
  begins("^DS-2CD", {"DS-2CD"}, false, "");
  begins("^DS-\\d+", {"DS-"}, false, "\\d+");
  begins("^i\\.c\\-x$", {"i.c-x"}, false, "$");
}

TEST(PatternBeginning, LeavesACharacterThatIsRepeated) {
  begins("^abc?d", {"ab"}, false, "c?d");
  begins("^ab{2}", {"a"}, false, "b{2}");
  begins("^ab\\.*", {"ab"}, false, "\\.*");
}

TEST(PatternBeginning, InAnyCaseIsInLowerCase) {
  begins("(?i)^Hik[a-z]", {"hik"}, true, "(?i)[a-z]");
  begins("^(?i:Hik)[a-z]", {"hik"}, true, "[a-z]");
}

TEST(PatternBeginning, MayBeOneOfSeveral) {
  begins("^(?:IPC|NVR)-", {"IPC", "NVR"}, false, "-");
  begins("^(IPC|NVR)(-.*)", {"IPC", "NVR"}, false, "(-.*)");
  begins("(?i)^(?:IPC|NVR)-", {"ipc", "nvr"}, true, "(?i)-");
}

TEST(PatternBeginning, IsNothingWhereOtherBytesMayStandThere) {
  for (const auto* pattern :
       {"abc", "^[ab]c", "^a?b", "^abc|d", "^(?:abc|d?)e", "^(?:abc)?d", "^(?:a.c)d", "^.*abc", "^",
        "^$", "(?m)^abc", "^\\d+", "^\\Qabc\\E", "^(?-i:abc)", "^(?P<n>abc)", "^*a", "^\xc3"}) {
    EXPECT_FALSE(beginning_of(pattern)) << pattern;
  }
}

TEST(PatternBeginning, KnowsAnAlternativeFromOneInAGroupOrAClass) {
  EXPECT_TRUE(beginning_of("^ab(c|d)"));
  EXPECT_TRUE(beginning_of("^ab[|]"));
  EXPECT_TRUE(beginning_of("^ab[]|]"));
  EXPECT_TRUE(beginning_of("^ab[^]|]"));
  EXPECT_TRUE(beginning_of("^ab[[:alpha:]|]"));
  EXPECT_TRUE(beginning_of("^ab\\|c"));
  EXPECT_TRUE(beginning_of("^ab\\(c"));
  EXPECT_FALSE(beginning_of("^ab[\\]]|c"));
  EXPECT_FALSE(beginning_of("^ab(c)|d"));
}

// Every pattern that RE2 says is not in an empty value may be called one that needs a byte, and no
// other may.
TEST(PatternBeginning, SaysOfNoPatternThatItNeedsAByteWhenItDoesNot) {
  for (const auto* pattern :
       {"a*",    "a?",   "a{0,2}", "(a)?",      "(?:a|)",       "|a",      "a|", "^$",
        "^",     "\\B",  "\\A\\z", "(a|b*)",    "(?i)",         "(?i:a*)", "()", "(?:a?)b*",
        "[ab]*", "\\d*", "\\Q\\E", "(?P<n>a*)", "(?:(?:a|b|))", "(ab{|)"}) {
    auto read = Pattern::read(pattern);
    ASSERT_TRUE(read) << pattern;
    EXPECT_TRUE(read->found_in("")) << pattern;
    EXPECT_FALSE(needs_a_byte(pattern)) << pattern;
  }
}

TEST(PatternBeginning, SeesThatAByteIsNeeded) {
  for (const auto* pattern : {"a", "(?:a|b)", "^(?i:a)$", "x?[ab]", "\\d", "(a|b)+", "\\.", ".",
                              "\\bfoo\\b", "(?i)(foo|bar)$", "(?P<n>a)", "[]]"}) {
    EXPECT_TRUE(needs_a_byte(pattern)) << pattern;
  }
}

TEST(PatternBeginning, CountsGroupsThatCapture) {
  EXPECT_EQ(capturing_groups("(a)(?:b)(?i:c)(?P<n>d)\\([(]"), 2);
  EXPECT_EQ(capturing_groups("((a)b)"), 2);
  EXPECT_EQ(capturing_groups("(?i)a"), 0);
  EXPECT_FALSE(capturing_groups("\\Q(\\E(a)"));
}

// Patterns and values written by chance, of the pieces that are told apart: RE2 is the judge.
TEST(PatternBeginning, NeverSaysOtherThanRe2) {
  const std::vector<std::string> pieces{
      "^", "$",   "(",   "(?:", "(?i:", "(?i)",  ")",     "|",    "[",     "]",    "[^",  "a",
      "B", "ab",  "\\|", "\\b", "\\d",  "*",     "+",     "?",    "{0,1}", "{2}",  "{",   ".",
      "-", "\\-", "\\Q", "\\E", "[a|]", "\\x41", "\\101", "\\pL", "[[:",   "[[:]", "[]a]"};
  std::mt19937 chance(20221124);
  const auto below = [&](std::size_t end) { return chance() % end; };
  int valid = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string text = below(2) ? "^" : "";
    for (std::size_t left = 1 + below(7); left > 0; --left) text += pieces[below(pieces.size())];
    auto read = Pattern::read(text);
    if (!read) continue;
    ++valid;
    EXPECT_FALSE(needs_a_byte(text) && read->found_in("")) << text;
    const PatternSet set({&*read});
    std::vector<int> found;
    for (const auto* value :
         {"", "a", "ab", "AB", "aB-", "abb", "a|", "b", "-a", "1ab", "{", "a{"}) {
      set.find_in(value, found);
      EXPECT_EQ(found.size(), read->found_in(value)) << text << " in " << value;
    }
  }
  EXPECT_GT(valid, 5'000);
}

}  // namespace
}  // namespace camwarden
