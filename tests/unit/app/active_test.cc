// What the daemon may ask, and when; and which devices are worth it.

#include <gtest/gtest.h>

#include "app/passive_led.h"

namespace camwarden {
namespace {

Time at(int hour, int minute) { return Time(std::chrono::hours(24 * 20'000 + hour) + std::chrono::minutes(minute)); }

TEST(TimeWindow, MayGoOverMidnight) {
  const auto night = parse_window("22:00-05:30").value();
  EXPECT_TRUE(night.contains(at(23, 0)));
  EXPECT_TRUE(night.contains(at(5, 29)));
  EXPECT_FALSE(night.contains(at(5, 30)));
  EXPECT_FALSE(night.contains(at(12, 0)));
  const auto lunch = parse_window("12:00-13:00").value();
  EXPECT_TRUE(lunch.contains(at(12, 0)));
  EXPECT_FALSE(lunch.contains(at(13, 0)));
}

TEST(TimeWindow, NonsenseIsRefused) {
  for (const auto* text : {"", "22:00", "25:00-26:00", "22-5", "22:00-22:00", "a:00-b:00", "24:01-25:00"}) {
    EXPECT_FALSE(parse_window(text)) << text;
  }
}

TEST(NeverTouch, TakesEachKindOfEntry) {
  NeverTouch never;
  for (const auto* word : {"10.0.0.0/8", "192.0.2.7", "44:19:b6:0a:0b:0c", "44:19:B6", "8080"}) {
    EXPECT_TRUE(add_never(word, never)) << word;
  }
  for (const auto* word : {"", "camera", "10.0.0.1/8", "70000", "44:19"}) EXPECT_FALSE(add_never(word, never)) << word;
  EXPECT_TRUE(never.covers(IpAddress::parse("10.9.9.9").value()));
  EXPECT_TRUE(never.covers(MacAddress::parse("44:19:b6:ff:ff:ff").value()));
  EXPECT_TRUE(never.covers(std::uint16_t{8080}));
  EXPECT_TRUE(never.covers(std::uint16_t{9100}));
  EXPECT_FALSE(never.covers(std::uint16_t{80}));
}

class Active : public testing::Test {
 protected:
  ActiveOptions read(const std::string& text) {
    const auto root = YamlNode::load_text(text, "test.yml", diagnostics_);
    return read_active(root.value());
  }
  Diagnostics diagnostics_;
};

TEST_F(Active, IsOffUnlessSwitchedOn) {
  EXPECT_FALSE(read("sensor: x\n").enabled);
  EXPECT_TRUE(diagnostics_.ok());
}

TEST_F(Active, NeedsToKnowWhere) {
  (void)read("active: {enabled: true}\n");
  EXPECT_FALSE(diagnostics_.ok());
}

TEST_F(Active, MayBeNoWiderThanAnybodysOwnNetwork) {
  (void)read("active: {enabled: true, allowed: [0.0.0.0/0, \"::/0\", 8.0.0.0/7, 10.0.0.0/8, \"fc00::/7\"]}\n");
  EXPECT_EQ(diagnostics_.errors().size(), 3U) << diagnostics_.to_string();
}

TEST_F(Active, SaysOfAPrefixThatIsNoneOnlyThat) {
  (void)read("active: {enabled: true, allowed: [10.0.0.1/8]}\n");
  EXPECT_EQ(diagnostics_.errors().size(), 1U) << diagnostics_.to_string();
}

TEST_F(Active, TellsAllThatIsWrong) {
  (void)read("active:\n  rate: 0\n  windows: [noon]\n  never_touch: [printer]\n  spped: 1\n");
  EXPECT_GE(diagnostics_.errors().size(), 1U);
  const auto fine = read("active:\n  enabled: true\n  allowed: [10.0.0.0/8]\n  windows: [\"22:00-05:00\"]\n  every: 24h\n");
  EXPECT_TRUE(fine.may_ask(IpAddress::parse("10.1.1.1").value()));
  EXPECT_FALSE(fine.may_ask(IpAddress::parse("192.0.2.1").value()));
}

Device device(std::string id, std::string_view ip, Kind kind, Grade grade, std::string maker = "") {
  Device one;
  one.id = std::move(id);
  one.ips = {IpAddress::parse(ip).value()};
  one.kind = kind;
  one.grade = grade;
  one.maker = std::move(maker);
  return one;
}

TEST(PassiveLed, AsksTheDoubtfulOnceAndWhereItMay) {
  ActiveOptions active;
  active.allowed = {Prefix::parse("10.0.0.0/8").value()};
  active.never_touch.prefixes = {Prefix::parse("10.0.0.9").value()};
  PassiveLed led;
  const std::vector<Device> devices{device("a", "10.0.0.1", Kind::camera, Grade::possible),
                                    device("b", "10.0.0.2", Kind::camera, Grade::proven),
                                    device("c", "10.0.0.3", Kind::unknown, Grade::possible, "Axis"),
                                    device("d", "10.0.0.4", Kind::host, Grade::none),
                                    device("e", "10.0.0.9", Kind::camera, Grade::none),
                                    device("f", "192.0.2.1", Kind::camera, Grade::none)};
  const auto chosen = led.choose(devices, {}, active);
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_EQ(chosen[0].ip.to_string(), "10.0.0.1");
  EXPECT_EQ(chosen[1].ip.to_string(), "10.0.0.3");
  EXPECT_TRUE(led.choose(devices, {}, active).empty());
}

TEST(PassiveLed, ForgetsNobodyForWhomThereIsNoRoom) {
  ActiveOptions active;
  active.allowed = {Prefix::parse("10.0.0.0/8").value()};
  PassiveLed led;
  const std::vector<Device> devices{device("a", "10.0.0.1", Kind::camera, Grade::possible),
                                    device("b", "10.0.0.2", Kind::camera, Grade::possible)};
  EXPECT_TRUE(led.choose(devices, {}, active, 0).empty());
  EXPECT_EQ(led.choose(devices, {}, active, 1).size(), 1U);
  EXPECT_EQ(led.choose(devices, {}, active, 1).front().ip.to_string(), "10.0.0.2");
  EXPECT_TRUE(led.choose(devices, {}, active).empty());
}

TEST(PassiveLed, AsksAtTheNewestAddressOfEitherVersionThatMayBeAsked) {
  ActiveOptions active;
  active.allowed = {Prefix::parse("10.0.0.0/8").value()};
  auto two = device("a", "fd00:77::1", Kind::camera, Grade::possible);
  two.ips.push_back(IpAddress::parse("10.0.0.1").value());
  auto moved = device("b", "192.0.2.1", Kind::camera, Grade::possible);
  moved.ips.push_back(IpAddress::parse("10.0.0.2").value());  // which another may have now
  PassiveLed led;
  const auto chosen = led.choose({two, moved}, {}, active);
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].ip.to_string(), "10.0.0.1");
}

TEST(PassiveLed, ChoosesAgainWhoWasNotAskedAfterAll) {
  ActiveOptions active;
  active.allowed = {Prefix::parse("10.0.0.0/8").value()};
  const std::vector<Device> devices{device("a", "10.0.0.1", Kind::camera, Grade::possible),
                                    device("b", "10.0.0.2", Kind::camera, Grade::possible)};
  PassiveLed led;
  const auto chosen = led.choose(devices, {}, active);
  ASSERT_EQ(chosen.size(), 2U);
  led.forget(chosen[1]);
  const auto again = led.choose(devices, {}, active);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].id, "b");
}

TEST(PassiveLed, SuspectsWhomAnyEvidenceNames) {
  ActiveOptions active;
  active.allowed = {Prefix::parse("10.0.0.0/8").value()};
  auto doubtful = device("a", "10.0.0.1", Kind::camera, Grade::possible, "Dahua");
  EvidenceItem item;
  item.claims = {{Attribute::maker, "Hikvision"}, {Attribute::brand, "LTS"}};
  doubtful.evidence = {item, item};
  const auto nobody = device("b", "10.0.0.2", Kind::camera, Grade::none);
  PassiveLed led;
  const auto chosen = led.choose({doubtful, nobody}, {}, active);
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_EQ(chosen[0].suspects, (Suspects{"Dahua", "Hikvision"}));
  EXPECT_TRUE(chosen[1].suspects.empty());
}

TEST(PassiveLed, WantsWhatTheStrictestRuleWants) {
  PolicyOptions policy;
  EXPECT_EQ(wanted_grade(policy), Grade::probable);
  DenyRule rule;
  rule.min_grade = Grade::proven;
  policy.rules.push_back(rule);
  EXPECT_EQ(wanted_grade(policy), Grade::proven);
}

}  // namespace
}  // namespace camwarden
