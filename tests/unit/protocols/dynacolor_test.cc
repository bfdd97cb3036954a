#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(Dynacolor, SearchTellsOfTheAsker) {
  EXPECT_EQ(from_client("dynacolor", "u4aRnryQk5CN08/P08DAwMD/", 6666).value("dynacolor.probe"),
            "search");
}

TEST(Dynacolor, AnswerTellsItsNumber) {
  EXPECT_EQ(from_device("dynacolor", "u4aRnryQk5CN08/O08DAwMD/", 6666).value("dynacolor.answer"),
            "01");
}

TEST(Dynacolor, OtherTextIsNotOurs) {
  for (const auto* text :
       {"", "u4aR", "bm8gc3VjaCB3b3JkIGluIGhlcmU=", "\0\0\x55\xaa 0123456789abcd"}) {
    const auto said = from_device("dynacolor", text, 6666);
    EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
  }
}

}  // namespace
}  // namespace camwarden
