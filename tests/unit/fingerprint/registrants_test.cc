#include "fingerprint/registrants.h"

#include <gmock/gmock.h>

#include <chrono>

namespace camwarden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const std::string kHead = "Registry,Assignment,Organization Name,Organization Address\n";

Registrants registry(const std::string& rows) {
  Diagnostics diagnostics;
  auto read = Registrants::read(kHead + rows, "oui.csv", diagnostics);
  EXPECT_EQ(diagnostics.to_string(), "");
  return read.value_or(Registrants());
}

std::string_view of(const Registrants& registrants, const char* mac) {
  return registrants.of(*MacAddress::parse(mac));
}

std::vector<std::string> errors(const std::string& text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(Registrants::read(text, "oui.csv", diagnostics));
  return diagnostics.errors();
}

TEST(Registrants, NamesTheOrganizationAsItIsRegistered) {
  const auto known = registry(
      "MA-L,4419B6,\"Hangzhou Hikvision Digital Technology Co.,Ltd.\",Hangzhou CN\n"
      "MA-L,ACCC8E,Axis Communications AB,\"Lund, SE\"\n");
  EXPECT_EQ(of(known, "44:19:b6:0a:0b:0c"), "Hangzhou Hikvision Digital Technology Co.,Ltd.");
  EXPECT_EQ(of(known, "ac:cc:8e:00:00:01"), "Axis Communications AB");
  EXPECT_EQ(of(known, "00:00:5e:00:53:01"), "");
}

TEST(Registrants, TheLongestBlockCounts) {
  const auto known = registry(
      "MA-L,70B3D5,IEEE Registration Authority,\nMA-S,70B3D5123,Small Ltd,\nMA-M,70B3D54,Medium "
      "Ltd,\n"
      "IAB,0050C2FFF,Old Ltd,\n");
  EXPECT_EQ(of(known, "70:b3:d5:12:3a:bc"), "Small Ltd");
  EXPECT_EQ(of(known, "70:b3:d5:4f:00:00"), "Medium Ltd");
  EXPECT_EQ(of(known, "70:b3:d5:12:40:00"), "IEEE Registration Authority");
  EXPECT_EQ(of(known, "00:50:c2:ff:f0:01"), "Old Ltd");
}

TEST(Registrants, LocalAndMulticastAddressesHaveNone) {
  const auto known = registry("MA-L,020701,RACAL-DATACOM,\nMA-L,000000,XEROX CORPORATION,\n");
  EXPECT_EQ(of(known, "02:07:01:00:00:01"), "");
  EXPECT_EQ(of(known, "01:00:5e:00:00:01"), "");
}

TEST(Registrants, OfAPrefixGivenTwiceTheFirstCounts) {
  const auto known = registry(
      "MA-L,ACCC8E,Zebra,\nMA-L,080030,NETWORK RESEARCH CORPORATION,\nMA-L,080030,Zebra,\n");
  EXPECT_EQ(of(known, "08:00:30:00:00:01"), "NETWORK RESEARCH CORPORATION");
  EXPECT_EQ(known.size(), 2u);
}

TEST(Registrants, WrittenDownTheyReadBackTheSame) {
  const auto known = registry(
      "MA-S,70B3D5123,\"A \"\"B\"\", C\",there\r\nMA-L,00000A,Z\xc3\xbcrich "
      "AG,\r\nMA-M,08ED02A,M,\r\n");
  const auto text = known.to_csv();
  Diagnostics diagnostics;
  const auto again = Registrants::read(text, "again", diagnostics);
  ASSERT_TRUE(again) << diagnostics.to_string();
  EXPECT_EQ(again->to_csv(), text);
  EXPECT_EQ(of(*again, "70:b3:d5:12:30:00"), "A \"B\", C");
  EXPECT_EQ(known.count(24) + known.count(28) + known.count(36), 3u);
}

TEST(Registrants, AnotherFileIsRefused) {
  EXPECT_THAT(errors("a,b,c\n1,2,3\n"), ElementsAre(HasSubstr("oui.csv:1:1: is not the IEEE's CSV")));
  EXPECT_THAT(errors(""), ElementsAre(HasSubstr("is not the IEEE's CSV")));
}

TEST(Registrants, EveryWrongRowIsSaidWithItsLine) {
  EXPECT_THAT(errors(kHead +
                     "CID,4A0001,Local,\nMA-L,44,Short,\nMA-M,4419B6,Other length,\n"
                     "MA-L,4419B6,\"two\nlines\",\nMA-L,4419B6,A\nMA-L,4419B6," +
                     std::string(257, 'x') + ",\n"),
              ElementsAre(HasSubstr("oui.csv:2:1: unknown registry \"CID\""),
                          HasSubstr("oui.csv:3:1: \"44\" is no assignment of MA-L; expected 6"),
                          HasSubstr("oui.csv:4:1: \"4419B6\" is no assignment of MA-M; expected 7"),
                          HasSubstr("oui.csv:5:1: the organization's name"),
                          HasSubstr("oui.csv:7:1: has 3 cells"),
                          HasSubstr("oui.csv:8:1: the organization's name")));
}

TEST(Registrants, BrokenQuotesAreSaid) {
  EXPECT_THAT(errors(kHead + "MA-L,4419B6,\"open,\n"),
              ElementsAre(HasSubstr("oui.csv:2:1: has a quote that is not closed")));
}

TEST(Registrants, AFileOfErrorsSaysTheFirstTwenty) {
  std::string rows;
  for (int i = 0; i < 1000; ++i) rows += "x,y,z,\n";
  EXPECT_THAT(errors(kHead + rows), SizeIs(20));
}

TEST(Registrants, MissingFileIsSaid) {
  Diagnostics diagnostics;
  EXPECT_FALSE(Registrants::load({"/nowhere/oui.csv"}, diagnostics));
  EXPECT_THAT(diagnostics.errors(), ElementsAre(HasSubstr("/nowhere/oui.csv: cannot be read")));
}

// As many rows as there are, of the length they have. The limit in time is wide: machines are busy.
TEST(Registrants, TheWholeRegistryIsSmallAndQuicklyRead) {
  std::string text = kHead;
  for (unsigned i = 0; i < 50'000; ++i) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "%06X", i * 4);
    text += "MA-L," + std::string(digits) + ",\"Organization of some length " +
            std::to_string(i / 2) +
            " Co.,Ltd.\",\"No. 555 of some road, some district, some city 310052 CN\"\n";
  }
  Diagnostics diagnostics;
  const auto before = std::chrono::steady_clock::now();
  const auto known = Registrants::read(text, "oui.csv", diagnostics);
  const auto took = std::chrono::steady_clock::now() - before;
  ASSERT_TRUE(known) << diagnostics.to_string();
  EXPECT_EQ(known->size(), 50'000u);
  EXPECT_LT(known->bytes(), 5u << 20);
  EXPECT_LT(took, std::chrono::seconds(2));
}

// Where Debian's package is installed, all of it is understood.
TEST(Registrants, DebiansFilesAreRead) {
  const auto files = installed_registries();
  if (files.empty()) GTEST_SKIP() << "ieee-data is not installed";
  Diagnostics diagnostics;
  const auto known = Registrants::load(files, diagnostics);
  ASSERT_TRUE(known) << diagnostics.to_string();
  EXPECT_EQ(of(*known, "44:19:b6:0a:0b:0c"), "Hangzhou Hikvision Digital Technology Co.,Ltd.");
}

}  // namespace
}  // namespace camwarden
