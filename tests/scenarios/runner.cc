// Every story is played twice: as it is written, and with the daemon restarted before every step,
// which must change nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "play.h"
#include "protocols/protocol.h"
#include "story.h"

namespace camwarden {
namespace {

const std::string kHere = CAMWARDEN_SOURCE_DIR "/tests/scenarios";

const Knowledge& knowledge() {
  static const Vocabulary kVocabulary = vocabulary();
  static const Knowledge kKnowledge = [] {
    const std::string directory = CAMWARDEN_SOURCE_DIR "/fingerprints";
    Diagnostics diagnostics;
    Knowledge loaded{KnowledgeBase::load(directory + "/vendors", kVocabulary, diagnostics), {}};
    if (loaded.base) {
      loaded.packs = load_law_packs(directory + "/restricted", *loaded.base, diagnostics);
    }
    EXPECT_EQ(diagnostics.to_string(), "");
    return loaded;
  }();
  return kKnowledge;
}

std::vector<std::string> stories() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kHere + "/stories")) {
    if (entry.path().extension() == ".yml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Directory {
 public:
  Directory() {
    std::string path = testing::TempDir() + "story-XXXXXX";
    path_ = ::mkdtemp(path.data());
  }
  Directory(const Directory&) = delete;
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string shown(const std::vector<Alert>& alerts) {
  std::string out;
  for (const auto& alert : alerts) {
    out += "  " + std::string(to_string(alert.type)) + " rule " + alert.rule + " segment " +
           alert.segment + ": " + alert.why + "\n";
  }
  return out.empty() ? "  nothing\n" : out;
}

void check(const Alert& alert, const Expected& expected, const Play& play) {
  EXPECT_EQ(to_string(alert.type), expected.alert);
  EXPECT_EQ(play.name_of(alert.device.id), expected.device);
  EXPECT_EQ(alert.rule, expected.rule.value_or(alert.rule));
  EXPECT_EQ(alert.segment, expected.segment.value_or(alert.segment));
  const std::string severity(to_string(alert.severity));
  EXPECT_EQ(severity, expected.severity.value_or(severity));
  if (expected.law) {
    const bool quoted = std::any_of(alert.laws.begin(), alert.laws.end(),
                                    [&](const LawQuote& law) { return law.pack == *expected.law; });
    EXPECT_TRUE(quoted) << "the alert does not quote " << *expected.law;
  }
  for (const auto& piece : expected.says) EXPECT_THAT(alert.why, testing::HasSubstr(piece));
}

class Scenario : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { ASSERT_TRUE(knowledge().base); }

  std::optional<YamlNode> load(const std::string& path) {
    return YamlNode::load_file(path, diagnostics_);
  }
  void follow(Play& play, const YamlNode& policy) {
    play.set_policy(read_policy(policy, knowledge().packs, *knowledge().base, {}, diagnostics_));
  }
  void play_story(bool restart_before_every_step);

  Diagnostics diagnostics_;
};

void Scenario::play_story(bool restart_before_every_step) {
  const auto site = load(kHere + "/site.yml");
  const auto root = load(kHere + "/stories/" + GetParam() + ".yml");
  ASSERT_TRUE(site && root) << diagnostics_.to_string();
  const auto story = read_story(*root);
  const Directory directory;
  Play play(knowledge(), directory.path());
  follow(play, story.policy.value_or(*site));
  ASSERT_EQ(diagnostics_.to_string(), "");
  for (const auto& step : story.steps) {
    SCOPED_TRACE(step.place.to_string());
    if (step.policy) follow(play, *step.policy);
    ASSERT_EQ(diagnostics_.to_string(), "");
    if (restart_before_every_step) play.restart();
    const auto alerts = play.play(step);
    ASSERT_EQ(alerts.size(), step.expect.size()) << "got:\n" << shown(alerts);
    for (std::size_t i = 0; i < alerts.size(); ++i) check(alerts[i], step.expect[i], play);
  }
}

TEST_P(Scenario, EndsAsTold) { play_story(false); }
TEST_P(Scenario, EndsAsToldWithARestartBeforeEveryStep) { play_story(true); }

INSTANTIATE_TEST_SUITE_P(Story, Scenario, testing::ValuesIn(stories()), [](const auto& each) {
  std::string name = each.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(LawPacks, ShippedOnesLoadAndMeanTheNamedMakers) {
  ASSERT_TRUE(knowledge().base);
  const Policy policy({}, knowledge().packs, *knowledge().base, {});
  for (const auto* maker : {"Hikvision", "Dahua", "Huawei", "ZTE", "Hytera"}) {
    EXPECT_EQ(policy.laws_for(maker, {"us-ndaa-889"}).size(), 1u) << maker;
    EXPECT_EQ(policy.laws_for(maker, {"uk-2022-11-24"}).size(), 1u) << maker;
  }
}

TEST(LawPacks, ShippedOnesMeanNoMakerFromElsewhere) {
  ASSERT_TRUE(knowledge().base);
  const Policy policy({}, knowledge().packs, *knowledge().base, {});
  for (const auto& maker : knowledge().base->makers()) {
    if (maker.country == "CN" || maker.country == "HK") continue;
    EXPECT_TRUE(policy.laws_for(maker.name).empty()) << maker.name << " of " << maker.country;
  }
}

}  // namespace
}  // namespace camwarden
