#include "base/csv.h"

#include <gmock/gmock.h>

#include <random>

namespace camwarden {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::vector<std::string>> records(std::string_view text) {
  CsvReader reader(text);
  std::vector<std::vector<std::string>> all;
  while (reader.next()) all.push_back(reader.cells());
  EXPECT_EQ(reader.error(), "");
  return all;
}

std::string error_of(const std::string& text) {
  CsvReader reader(text);
  while (reader.next()) {
  }
  return "line " + std::to_string(reader.line()) + " " + std::string(reader.error());
}

TEST(Csv, ReadsPlainCells) {
  EXPECT_THAT(records("a,b\nc,\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "")));
}

TEST(Csv, ReadsCarriageReturnsAndALastLineWithoutEnd) {
  EXPECT_THAT(records("a,b\r\n\"c\",d"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
}

TEST(Csv, QuotedCellsHoldCommasQuotesAndLineBreaks) {
  EXPECT_THAT(records("\"Cisco, Inc\",\"a \"\"b\"\"\",\"two\nlines\"\n"),
              ElementsAre(ElementsAre("Cisco, Inc", "a \"b\"", "two\nlines")));
}

TEST(Csv, CellOfQuotesAlone) {
  EXPECT_THAT(records("\"\"\"\"\n\"\"\n\"\"\"\"\"\"\n"),
              ElementsAre(ElementsAre("\""), ElementsAre(""), ElementsAre("\"\"")));
}

TEST(Csv, PassesOverByteOrderMarkAndEmptyLines) {
  EXPECT_THAT(records("\xef\xbb\xbf\r\na\n\n\nb\n"),
              ElementsAre(ElementsAre("a"), ElementsAre("b")));
}

TEST(Csv, RecordsOfDifferentLengthKeepTheirOwn) {
  EXPECT_THAT(records("a,b,c\nd\n"), ElementsAre(ElementsAre("a", "b", "c"), ElementsAre("d")));
}

TEST(Csv, SaysTheLineWhereARecordBegins) {
  CsvReader reader("a\n\"two\nlines\"\nb\n");
  std::vector<int> lines;
  while (reader.next()) lines.push_back(reader.line());
  EXPECT_THAT(lines, ElementsAre(1, 2, 4));
}

TEST(Csv, RefusesWhatTheStandardDoesNotAllow) {
  EXPECT_THAT(error_of("a\nb\"c\n"), HasSubstr("line 2 has a quote inside"));
  EXPECT_THAT(error_of("a\n\"b"), HasSubstr("line 2 has a quote that is not closed"));
  EXPECT_THAT(error_of("\"a\"b\n"), HasSubstr("line 1 has something after a closing quote"));
}

TEST(Csv, IsBounded) {
  const std::string most(CsvReader::kMaxCellBytes, 'x');
  EXPECT_EQ(records(most + "\n\"" + most + "\"\n").size(), 2u);
  EXPECT_THAT(error_of(most + "x\n"), HasSubstr("too long"));
  EXPECT_THAT(error_of("\"" + most + "x\"\n"), HasSubstr("too long"));
  EXPECT_THAT(error_of(std::string(CsvReader::kMaxCells, ',')), HasSubstr("too many cells"));
}

TEST(Csv, EndsOnAnyBytes) {
  std::mt19937 random(7);
  const std::string letters = "a,\"\r\n\xef\xbb\xbf";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += letters[random() % letters.size()];
    CsvReader reader(text);
    int read = 0;
    while (reader.next()) ASSERT_LT(++read, 100);
  }
}

}  // namespace
}  // namespace camwarden
