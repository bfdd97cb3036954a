// The shipped fingerprints against public observations, where those are at hand: no other equipment
// may be called a video device or get a restricted maker; no camera may get a wrong maker.
#include <gtest/gtest.h>

#include <cstdio>
#include <optional>

#include "base/text.h"
#include "words.h"

namespace camwarden {
namespace {

const std::string kCorpora = CAMWARDEN_SOURCE_DIR "/../shared/corpora/";

struct Row {
  std::string field, value, label;
};

int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::string from_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (sextet(c) < 0) continue;
    bits = bits << 6 | static_cast<unsigned>(sextet(c));
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xff);
  }
  return out;
}

// Rows of fields that the vocabulary has; a challenge gives its realm as a row of its own.
std::vector<Row> rows_of(const std::string& file) {
  std::vector<Row> rows;
  std::ifstream in(kCorpora + file);
  for (std::string line; std::getline(in, line);) {
    const auto cells = split(line, '\t');
    if (cells.size() < 4) continue;
    Row row{std::string(cells[0]),
            cells[1] == "b64" ? from_base64(cells[2]) : std::string(cells[2]),
            std::string(cells[3])};
    if (row.field == "dhcp.option55") row.field = "dhcp.parameter_list";
    if (row.field == "http.set_cookie") {
      row = {"http.cookie_name", row.value.substr(0, row.value.find('=')), row.label};
    }
    const auto realm = row.value.find("realm=\"");
    if (row.field.ends_with(".www_authenticate") && realm != std::string::npos) {
      const auto end = row.value.find('"', realm + 7);
      rows.push_back({row.field.substr(0, 4) + ".realm",
                      row.value.substr(realm + 7, end - realm - 7), row.label});
    }
    if (words().find(row.field) != nullptr) rows.push_back(std::move(row));
  }
  return rows;
}

std::unique_ptr<KnowledgeBase> shipped() {
  Diagnostics diagnostics;
  auto knowledge = KnowledgeBase::load(kVendors, words(), diagnostics);
  EXPECT_NE(knowledge, nullptr) << diagnostics.to_string();
  return knowledge;
}

// The label of a corpus is a brand as often as a maker, and a company's older or longer name.
bool agrees(const KnowledgeBase& knowledge, const std::string& label, const std::string& maker,
            const std::string& brand) {
  static const std::pair<const char*, const char*> kSame[] = {
      {"HiSilicon", "TVT"},  // the label names the chip: fingerprints/vendors/tvt.yml
      {"Netwave", "Foscam"},
      {"Steinsvik", "Truen"},
      {"Panasonic", "i-PRO"},
      {"Samsung", "Hanwha Vision"}};
  for (const auto& [theirs, ours] : kSame) {
    if (label == theirs && maker == ours) return true;
  }
  const auto* named = knowledge.maker(label);
  if (named != nullptr && named->name == maker) return true;
  if (istarts_with(label, maker) || istarts_with(maker, label)) return true;
  const auto* sold = knowledge.brand(label);
  return iequals(label, brand) ||
         (sold != nullptr &&
          std::find(sold->makers.begin(), sold->makers.end(), maker) != sold->makers.end());
}

TEST(Corpora, NoOtherEquipmentIsAVideoDevice) {
  const auto rows = rows_of("negatives.tsv");
  if (rows.empty()) GTEST_SKIP() << "no corpora beside the project";
  const auto knowledge = shipped();
  ASSERT_NE(knowledge, nullptr);
  for (const auto& row : rows) {
    const auto matches = knowledge->match(*words().find(row.field), row.value);
    EXPECT_FALSE(video(claimed(matches, Attribute::kind))) << row.field << ": " << row.value;
    for (const auto* restricted : {"Hikvision", "Dahua", "Huawei", "ZTE", "Hytera", "Uniview",
                                   "Tiandy", "TP-Link", "Xiongmai", "TVT"}) {
      EXPECT_NE(claimed(matches, Attribute::maker), restricted) << row.field << ": " << row.value;
    }
  }
  std::printf("negatives: %zu values asked\n", rows.size());
}

TEST(Corpora, NoCameraGetsAWrongMaker) {
  const auto rows = rows_of("cameras.tsv");
  if (rows.empty()) GTEST_SKIP() << "no corpora beside the project";
  const auto knowledge = shipped();
  ASSERT_NE(knowledge, nullptr);
  std::size_t named = 0, seen_as_video = 0;
  for (const auto& row : rows) {
    const auto matches = knowledge->match(*words().find(row.field), row.value);
    const auto maker = claimed(matches, Attribute::maker);
    seen_as_video += video(claimed(matches, Attribute::kind));
    if (maker.empty()) continue;
    ++named;
    EXPECT_TRUE(row.label.empty() ||
                agrees(*knowledge, row.label, maker, claimed(matches, Attribute::brand)))
        << row.field << ": " << row.value << ": " << maker << ", labelled " << row.label;
  }
  std::printf("cameras: %zu values asked, maker named in %zu, video device in %zu\n", rows.size(),
              named, seen_as_video);
  EXPECT_GE(named, 38u);
}

// 2,370 real DHIP answers under 34 names: all are known as recorder, camera or door station, and no
// label that is shown goes unseen.
TEST(Corpora, EveryDhipAnswerHasAKindAndItsLabel) {
  std::ifstream in(kCorpora + "captures/dhip-answers-37810.truth.tsv");
  std::string line;
  if (!std::getline(in, line)) GTEST_SKIP() << "no corpora beside the project";
  const auto knowledge = shipped();
  ASSERT_NE(knowledge, nullptr);
  std::size_t all = 0, with_kind = 0, unseen = 0;
  while (std::getline(in, line)) {
    const auto cells = split(line, '\t');
    ASSERT_GE(cells.size(), 8u);
    ++all;
    with_kind += !claimed(*knowledge, "dhip.device_class", cells[5], Attribute::kind).empty() ||
                 !claimed(*knowledge, "dhip.device_type", cells[6], Attribute::kind).empty();
    unseen += claimed(*knowledge, "dhip.vendor", cells[3], Attribute::brand).empty() &&
              !knowledge->mute(*words().find("dhip.vendor"), cells[3]);
  }
  std::printf("DHIP answers: %zu, kind known in %zu\n", all, with_kind);
  EXPECT_GE(with_kind * 1000, all * 990);
  EXPECT_EQ(unseen, 0u);
}

}  // namespace
}  // namespace camwarden
