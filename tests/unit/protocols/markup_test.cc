#include "protocols/markup.h"

#include <gtest/gtest.h>

#include "protocols/challenge.h"
#include "protocols/text_message.h"
#include "protocols/xml.h"

namespace camwarden {
namespace {

TEST(Markup, OnlyTheFiveEntitiesAreDecoded) {
  EXPECT_EQ(decode_entities("&lt;a&gt; &amp;amp; &quot;&apos;&#39; &nbsp; & &am"),
            "<a> &amp; \"'' &nbsp; & &am");
}

TEST(Markup, BlanksCollapse) { EXPECT_EQ(collapse_blanks("\r\n a \t\n b "), "a b"); }

TEST(Markup, ScannerPassesOverWhatIsNoElement) {
  TagScanner scanner("<?xml?><!-- <no> --><!DOCTYPE x><Root a='1'>text</Root>");
  const auto tag = scanner.next();
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->name, "Root");
  EXPECT_EQ(tag->after, "text");
  EXPECT_EQ(scanner.next()->name, "/Root");
  EXPECT_FALSE(scanner.next());
}

TEST(Xml, ElementsAreFoundByLocalName) {
  const Xml xml("<a:r xmlns:a='urn:a'><b/><c:d xmlns:c='urn:c'> text </c:d></a:r>");
  EXPECT_EQ(xml.root().local_name(), "r");
  EXPECT_EQ(xml.root().name_space(), "urn:a");
  EXPECT_EQ(xml.root().child("d").text(), "text");
  EXPECT_EQ(xml.root().child("d").name_space(), "urn:c");
  EXPECT_EQ(xml.root().child().next().local_name(), "d");
}

TEST(Xml, PathThroughNothingIsNothing) {
  const Xml xml("<a/>");
  EXPECT_FALSE(xml.root().child("b").child("c").next());
  EXPECT_EQ(xml.root().child("b").child("c").text(), "");
  EXPECT_EQ(xml.root().child("b").name_space(), "");
}

std::string nested(int depth, std::string_view attribute = "") {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "<a" + std::string(attribute) + ">";
  for (int i = 0; i < depth; ++i) text += "</a>";
  return text;
}

TEST(Xml, DepthHasALimit) {
  EXPECT_TRUE(Xml(nested(Xml::kMaxDepth)).root());
  EXPECT_FALSE(Xml(nested(Xml::kMaxDepth + 1)).root());
}

TEST(Xml, AttributesDoNotHideDepth) {
  EXPECT_FALSE(Xml(nested(1000, " x='/>'")).root());
  EXPECT_FALSE(Xml(nested(1000, " x='</a>'")).root());
}

TEST(Xml, SizeHasALimit) {
  EXPECT_FALSE(Xml("<a>" + std::string(Xml::kMaxBytes, 'x') + "</a>").root());
}

TEST(Xml, DoctypeIsRefused) { EXPECT_FALSE(Xml("<!doctype a><a/>").root()); }

TEST(Xml, TrailingNulsAreNoHarm) { EXPECT_TRUE(Xml(std::string_view("<a/>\0\0", 6)).root()); }

TEST(Challenge, NoncesAreLeftOutHoweverTheyAreWritten) {
  EXPECT_EQ(without_nonces(
                "Digest realm=\"a\",nonce=\"x\\\"y\", OPAQUE = \"z\", nonce=bare, stale=FALSE"),
            "Digest realm=\"a\",nonce=\"\", OPAQUE = \"\", nonce=, stale=FALSE");
}

TEST(Challenge, BrokenOnesStayAsTheyAre) {
  EXPECT_EQ(without_nonces("nonce="), "nonce=");
  EXPECT_EQ(without_nonces("Basic realm=\"a"), "Basic realm=\"a");
  EXPECT_EQ(without_nonces("==,=\"\""), "==,=\"\"");
}

TEST(TextMessage, BlankLineIsFoundAcrossWhatWasSeen) {
  const std::string_view text = "a\r\nb: c\r\n\r\n";
  for (std::size_t seen = 0; seen < text.size(); ++seen)
    EXPECT_TRUE(has_blank_line(text, seen)) << seen;
  EXPECT_FALSE(has_blank_line(text.substr(0, text.size() - 1), 0));
  EXPECT_TRUE(has_blank_line("a\n\n", 2));
}

TEST(TextMessage, PathLosesWhatIsNotAPath) {
  EXPECT_EQ(request_path("rtsp://u:p@192.0.2.64:554/a/b?c=d#e"), "/a/b");
  EXPECT_EQ(request_path("/a#e"), "/a");
  EXPECT_EQ(request_path("rtsp://192.0.2.64"), "");
  EXPECT_EQ(request_path("*"), "");
  EXPECT_EQ(request_path("/redirect?to=http://x/"), "/redirect");
}

}  // namespace
}  // namespace camwarden
