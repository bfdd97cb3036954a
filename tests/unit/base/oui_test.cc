#include "base/oui.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

TEST(Oui, ReadsThreeLengths) {
  EXPECT_EQ(Oui::parse("44:19:B6"), (Oui{24, 0x4419b6}));
  EXPECT_EQ(Oui::parse("08:ed:02:A"), (Oui{28, 0x08ed02a}));
  EXPECT_EQ(Oui::parse("70:B3:D5:12:3"), (Oui{36, 0x70b3d5123}));
}

TEST(Oui, ReadsDigitsWithoutColons) { EXPECT_EQ(Oui::parse("4419B6"), (Oui{24, 0x4419b6})); }

TEST(Oui, RefusesOtherForms) {
  for (const auto* text : {"", "44:19", "44-19-B6", "4:419:B6", "44:19:B6:", "44:19:BG",
                           "44:19:B6:0A", "44:19:B6:0A:0B:0C", ":44:19:B6"}) {
    EXPECT_FALSE(Oui::parse(text)) << text;
  }
}

TEST(Oui, PrintsItsDigits) { EXPECT_EQ((Oui{28, 0x08ed02a}).digits(), "08ed02a"); }

TEST(OuiTable, AnEmptyTableFindsNothing) {
  EXPECT_FALSE(OuiTable().find(*MacAddress::parse("44:19:b6:00:00:01")));
}

}  // namespace
}  // namespace camwarden
