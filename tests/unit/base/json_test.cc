#include "base/json.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

TEST(Json, ReadsWithTrailingNulsAndBlanks) {
  const auto value = parse_json(std::string_view("{\"a\": 1}\n\0\0", 11));
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->at("a").as_int64(), 1);
}

TEST(Json, RefusesWhatIsNone) {
  for (const auto* text : {"", "{", "{a:1}", "[1,]", "nul", "{} x", "\"\xff\"", "'a'", "01"}) {
    EXPECT_FALSE(parse_json(text).has_value()) << text;
  }
}

TEST(Json, DepthIsBounded) {
  EXPECT_TRUE(parse_json(std::string(30, '[') + std::string(30, ']')).has_value());
  EXPECT_FALSE(parse_json(std::string(40, '[') + std::string(40, ']')).has_value());
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')).has_value());
}

TEST(Json, TextMemberIsTheStringOrNothing) {
  const json::object object{{"a", "x"}, {"b", 1}};
  EXPECT_EQ(text_member(object, "a"), "x");
  EXPECT_EQ(text_member(object, "b"), "");
  EXPECT_EQ(text_member(object, "c"), "");
}

TEST(Json, WritesFractionsAsPeopleDo) {
  EXPECT_EQ(to_string(json::value{0.98, 0.0, 1.0, -2.5}), "[0.98,0,1,-2.5]");
}

TEST(Json, WritesWhatItReads) {
  for (const auto* text : {R"({"a":[1,-2,18446744073709551615,null,true,"x\"\\\n"],"b":{}})", "[]",
                           "{}", R"({"":""})", "null"}) {
    EXPECT_EQ(to_string(*parse_json(text)), text);
  }
}

TEST(Json, NumbersThatAreNoneAreStillJson) {
  EXPECT_TRUE(parse_json(to_string(json::value(1e308))).has_value());
  EXPECT_TRUE(parse_json(to_string(json::value(5e-324))).has_value());
}

TEST(Json, DeviceTextIsValidAndSafe) {
  const auto text = json_text("a\x1b\xff\xe2\x80\xae\"");
  EXPECT_EQ(std::string_view(text), "a\\x1b\\xff\\u{202e}\"");
  EXPECT_TRUE(parse_json(to_string(json::value(text))).has_value());
}

}  // namespace
}  // namespace camwarden
