#include "base/text.h"

#include <gmock/gmock.h>

#include <array>
#include <random>

namespace camwarden {
namespace {

using testing::ElementsAre;

TEST(Text, TrimTakesBlanksAndNulsOffBothEnds) {
  EXPECT_EQ(trim(std::string_view("\0 \t a b\r\n\0", 10)), "a b");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Text, ComparesAsciiLettersOnly) {
  EXPECT_TRUE(iequals("App-Webs", "aPP-wEBS"));
  EXPECT_FALSE(iequals("abc", "abcd"));
  EXPECT_FALSE(iequals("\xc3\x84", "\xc3\xa4"));
  EXPECT_TRUE(istarts_with("Server: x", "server:"));
  EXPECT_FALSE(istarts_with("Ser", "server"));
  EXPECT_FALSE(iequals("[", "{"));
}

TEST(Text, FindsWithoutCase) {
  EXPECT_EQ(ifind("a Basic REALM=x", "realm="), 8U);
  EXPECT_EQ(ifind("aaa", "a", 1), 1U);
  EXPECT_EQ(ifind("aaa", "b"), std::string_view::npos);
  EXPECT_EQ(ifind("", "a"), std::string_view::npos);
  EXPECT_EQ(ifind("a", "a", 100), std::string_view::npos);
}

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(Utf8, IsWhatRfc3629Says) {
  for (const auto* good : {"", "a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x93\xb7",
                           "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"}) {
    EXPECT_TRUE(valid_utf8(good)) << testing::PrintToString(good);
  }
  for (const auto* bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xed\xa0\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xc3z"}) {
    EXPECT_FALSE(valid_utf8(bad)) << testing::PrintToString(bad);
  }
}

TEST(Utf8, BadBytesBecomeReplacementsAndNoSequenceIsCut) {
  EXPECT_EQ(to_utf8("a\xff"
                    "b",
                    100),
            "a\xef\xbf\xbd"
            "b");
  EXPECT_EQ(to_utf8("a\xc3\xa9", 2), "a");
  EXPECT_EQ(to_utf8("\xff\xff", 5), "\xef\xbf\xbd");
  EXPECT_EQ(to_utf8("abc", 0), "");
}

TEST(Utf8, AnyBytesBecomeValid) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (auto& c : bytes) c = static_cast<char>(random());
    const auto limit = random() % 60;
    const auto text = to_utf8(bytes, limit);
    ASSERT_TRUE(valid_utf8(text));
    ASSERT_LE(text.size(), limit);
    ASSERT_TRUE(valid_utf8(printable(bytes)));
  }
}

TEST(Printable, ShowsWhatCannotBeSeen) {
  EXPECT_EQ(printable("Hik\u200bvision\ufeff"), "Hik\\u{200b}vision\\u{feff}");
  EXPECT_EQ(printable("Da\u00adhua\U000e0041"), "Da\\u{ad}hua\\u{e0041}");  // soft hyphen, tag
  EXPECT_EQ(printable("\xef\xbf\xbf"), "\\u{ffff}");
}

TEST(Printable, ShowsWhatATerminalMustNotSee) {
  EXPECT_EQ(printable("a\x1b[2J\x7f\n"), "a\\x1b[2J\\x7f\\x0a");
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("\xc2\x9b"), "\\u{9b}");        // C1 CSI
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\u{202e}");  // right-to-left override
  EXPECT_EQ(printable("caf\xc3\xa9 \\ \xe6\x91\x84"), "caf\xc3\xa9 \\ \xe6\x91\x84");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
}

TEST(PercentDecode, KeepsBrokenEscapes) {
  EXPECT_EQ(percent_decode("IPC%20Model%2fX"), "IPC Model/X");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz%00"), std::string("%zz\0", 4));
}

TEST(Nearest, FindsSlipsAndNothingElse) {
  constexpr std::array<std::string_view, 3> kWords{"segments", "rules", "exceptions"};
  EXPECT_EQ(nearest("segmnets", kWords), "segments");
  EXPECT_EQ(nearest("Rules", kWords), "rules");
  EXPECT_EQ(nearest("ruels", kWords), "rules");  // a swap is one slip
  EXPECT_EQ(nearest("colour", kWords), "");
  EXPECT_EQ(nearest("", kWords), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), kWords), "");
}

}  // namespace
}  // namespace camwarden
