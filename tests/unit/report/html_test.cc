#include "report/html.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace camwarden {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HtmlText, ShowsMarkupAsItStands) {
  EXPECT_EQ(html_text("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
  EXPECT_EQ(html_text("\" onmouseover=\"x"), "&quot; onmouseover=&quot;x");
  EXPECT_EQ(html_text("' onload='x"), "&#39; onload=&#39;x");
  EXPECT_EQ(html_text("&lt;b&gt;"), "&amp;lt;b&amp;gt;");
  EXPECT_EQ(html_text("`x`"), "&#96;x&#96;");
}

TEST(HtmlText, ShowsWhatCannotBeSeen) {
  EXPECT_EQ(html_text(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(html_text("\xe2\x80\xae"
                      "gnp.exe"),
            "\\u{202e}gnp.exe");
  EXPECT_EQ(html_text("a\r\n\tb"), "a\\x0d\\x0a\\x09b");
  EXPECT_EQ(html_text("\xff\xc0\xaf"), "\\xff\\xc0\\xaf");
  EXPECT_EQ(html_text("caf\xc3\xa9"), "caf\xc3\xa9");
}

TEST(HtmlText, IsCutToLengthAndStaysWellFormed) {
  for (const std::string piece :
       {"a", "<", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x93\xb7", "\xff"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    const auto shown = html_text(text);
    EXPECT_LE(shown.size(), 5 * Html::kMaxShown + 3) << piece;
    EXPECT_TRUE(valid_utf8(shown)) << piece;
    EXPECT_THAT(shown, testing::EndsWith("…"));
    EXPECT_EQ(piece == "\xff", shown.find("\\x") != std::string::npos) << piece;
  }
}

TEST(HtmlText, ShortTextIsNotCut) {
  const std::string text(Html::kMaxShown, 'x');
  EXPECT_EQ(html_text(text), text);
}

TEST(Html, AttributesHoldNothingButTheirValue) {
  Html html;
  html.element("p", "x", {{"title", "\"><script>"}});
  EXPECT_EQ(html.take(), "<p title=\"&quot;&gt;&lt;script&gt;\">x</p>\n");
}

TEST(Html, ClosesWhatItOpened) {
  Html html;
  html.open("ul").open("li").text("1 < 2").close().close();
  EXPECT_EQ(html.take(), "<ul><li>1 &lt; 2</li>\n</ul>\n");
}

TEST(HtmlDeathTest, DocumentThatIsNotWholeIsOurError) {
  Html html;
  html.open("ul");
  EXPECT_DEATH((void)html.take(), "");
}

TEST(HtmlTable, HasACaptionAndHeadingsForBothWays) {
  Html html;
  write_table(
      html,
      {"Cap",
       {"A", "B"},
       {{{std::vector<std::string>{"<1>", "of"}, std::vector<std::string>{"2", "3"}}, "bad"}}});
  const auto out = html.take();
  EXPECT_THAT(out, HasSubstr("<caption>Cap</caption>"));
  EXPECT_THAT(out, HasSubstr("<th scope=\"col\">A</th>"));
  EXPECT_THAT(out, HasSubstr("<tr class=\"bad\"><th scope=\"row\" "
                             "class=\"short\">&lt;1&gt;<br><span class=\"more\">of</span></th>"));
  EXPECT_THAT(out, HasSubstr("<td class=\"short\">2<br>3</td>"));
}

TEST(ReportStyle, AsksForNothingFromOutside) {
  const std::string sheet(report_style());
  for (const auto* word : {"url(", "@import", "http", "<", "expression"}) {
    EXPECT_THAT(sheet, Not(HasSubstr(word)));
  }
}

}  // namespace
}  // namespace camwarden
