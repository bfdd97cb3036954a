// Every story is played twice: as it is written, and with the daemon restarted before every step,
// which must change nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "play.h"
#include "protocols/protocol.h"
#include "site.h"
#include "story.h"

namespace camwarden {
namespace {

const std::string kHere = CAMWARDEN_SOURCE_DIR "/tests/scenarios";

const Vocabulary& shared_vocabulary() {
  static const Vocabulary kVocabulary = vocabulary();
  return kVocabulary;
}

const Knowledge& knowledge() {
  static const Knowledge kKnowledge = [] {
    const std::string directory = CAMWARDEN_SOURCE_DIR "/fingerprints";
    Diagnostics diagnostics;
    Knowledge loaded{KnowledgeBase::load(directory + "/vendors", shared_vocabulary(), diagnostics),
                     {}};
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

void check(const Alert& alert, const Expected& expected, const World& play) {
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

void check(const Device& device, const Resident& expected) {
  SCOPED_TRACE(expected.id);
  EXPECT_EQ(device.maker, expected.maker.value_or(device.maker));
  EXPECT_EQ(device.brand, expected.sold_as.value_or(device.brand));
  EXPECT_EQ(device.model, expected.model.value_or(device.model));
  EXPECT_EQ(device.serial, expected.serial.value_or(device.serial));
  EXPECT_EQ(to_string(device.kind), to_string(expected.kind.value_or(device.kind)));
  EXPECT_EQ(to_string(device.grade), to_string(expected.grade.value_or(device.grade)));
  if (expected.ips) {
    std::vector<std::string> ips;
    for (const auto& ip : device.ips) ips.push_back(ip.to_string());
    EXPECT_THAT(ips, testing::UnorderedElementsAreArray(*expected.ips));
  }
  if (expected.vlan) {
    EXPECT_THAT(device.vlans, testing::ElementsAre(*expected.vlan));
  }
}

// Every video device is expected, and everything expected is there.
void check(const std::vector<Device>& devices, const std::vector<Resident>& expected) {
  for (const auto& device : devices) {
    const bool named = std::any_of(expected.begin(), expected.end(),
                                   [&](const Resident& one) { return one.id == device.id; });
    EXPECT_TRUE(named || !is_video(device.kind))
        << device.id << " is a " << to_string(device.kind) << " by " << device.maker;
  }
  for (const auto& resident : expected) {
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&](const Device& one) { return one.id == resident.id; });
    ASSERT_NE(found, devices.end()) << "there is no " << resident.id;
    check(*found, resident);
  }
}

class Scenario : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { ASSERT_TRUE(knowledge().base); }

  std::optional<YamlNode> load(const std::string& path) {
    return YamlNode::load_file(path, diagnostics_);
  }
  void follow(World& play, const YamlNode& policy) {
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
  std::unique_ptr<World> world;
  if (story.of_the_wire()) {
    world = std::make_unique<Site>(knowledge(), shared_vocabulary(), directory.path());
  } else {
    world = std::make_unique<Play>(knowledge(), directory.path());
  }
  auto& play = *world;
  follow(play, story.policy.value_or(*site));
  ASSERT_EQ(diagnostics_.to_string(), "");
  for (const auto& step : story.steps) {
    SCOPED_TRACE(step.place.to_string());
    if (step.policy) follow(play, *step.policy);
    ASSERT_EQ(diagnostics_.to_string(), "");
    if (restart_before_every_step) play.restart();
    const auto alerts = play.play(step);
    EXPECT_EQ(alerts.size(), step.expect.size()) << "got:\n" << shown(alerts);
    for (std::size_t i = 0; i < std::min(alerts.size(), step.expect.size()); ++i)
      check(alerts[i], step.expect[i], play);
    if (step.residents) check(play.devices(), *step.residents);
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

// Who is meant by name, and since when; also who is not, where that is the point.
TEST(LawPacks, ShippedOnesMeanWhomTheyNameSinceTheyNamedThem) {
  ASSERT_TRUE(knowledge().base);
  const Policy policy({}, knowledge().packs, *knowledge().base, {});
  struct Named {
    const char *pack, *maker, *date;
  };
  for (const auto& [pack, maker, date] : {
           Named{"us-fcc-covered-list", "Hikvision", "2021-03-12"},
           {"us-bis-entity-list", "Huawei", "2019-05-16"},
           {"us-bis-entity-list", "Dahua", "2019-10-09"},
           {"us-bis-entity-list", "Tiandy", "2022-12-16"},
           {"us-bis-entity-list", "Uniview", "2024-12-10"},
           {"us-dod-1260h", "Hikvision", "2021-06-03"},
           {"us-dod-1260h", "Dahua", "2022-10-05"},
           {"us-tx-prohibited", "Uniview", "2026-01-26"},
           {"au-2023", "Dahua", "2023-02-09"},
           {"ca-2025", "Hikvision", "2025-06-27"},
           {"ca-qc-2023", "Dahua", "2023-12-21"},
           {"eu-parliament-2021", "Hikvision", "2021-04-28"},
           {"tw-2020", "TVT", "2020-12-18"},
       }) {
    const auto laws = policy.laws_for(maker, {pack});
    ASSERT_EQ(laws.size(), 1u) << pack << " " << maker;
    EXPECT_EQ(laws[0].date, date) << pack << " " << maker;
  }
  for (const auto* pack : {"ca-2025", "eu-parliament-2021"}) {
    EXPECT_TRUE(policy.laws_for("Dahua", {pack}).empty()) << pack;
  }
}

TEST(LawPacks, ShippedOnesThatRestrictNobodyMeanNobody) {
  ASSERT_TRUE(knowledge().base);
  const Policy policy({}, knowledge().packs, *knowledge().base, {});
  for (const auto& maker : knowledge().base->makers()) {
    EXPECT_TRUE(policy.laws_for(maker.name, {"nz-2023", "uk-procurement-act-2023"}).empty());
  }
}

TEST(LawPacks, TemplateOfAHouseListLoadsWhenCopied) {
  ASSERT_TRUE(knowledge().base);
  Directory directory;
  std::filesystem::copy_file(CAMWARDEN_SOURCE_DIR "/config/examples/house-list.yml.example",
                             directory.path() + "/house-list.yml");
  Diagnostics diagnostics;
  const auto packs = load_law_packs(directory.path(), *knowledge().base, diagnostics);
  EXPECT_EQ(diagnostics.to_string(), "");
  ASSERT_EQ(packs.size(), 1u);
  EXPECT_EQ(packs[0].id, "house-list");
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
