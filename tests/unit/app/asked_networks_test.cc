#include "app/asked_networks.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }
Prefix prefix(std::string_view text) { return Prefix::parse(text).value(); }

Targets targets(const std::vector<std::string>& terms) {
  Diagnostics diagnostics;
  return Targets::parse(terms, {}, diagnostics).value();
}

SegmentRule segment(std::string name, std::string_view extent) {
  return {.name = std::move(name),
          .zone = "",
          .vlans = {},
          .prefixes = {prefix(extent)},
          .interfaces = {}};
}

TEST(AskedNetworks, CountsForTheSegmentThatHasTheAddress) {
  AskedNetworks networks;
  for (const auto* asked : {"10.1.0.5", "10.1.0.6", "10.2.0.5"}) networks.note(ip(asked), false);
  networks.note(ip("10.1.0.6"), true);
  const auto rows =
      networks.by_segment(targets({"10.1.0.0/24", "10.2.0.5"}), {segment("core", "10.1.0.0/16")},
                          {.questions = 99, .complete = true});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].segment, "");
  EXPECT_EQ(rows[0].addresses, 1U);
  EXPECT_EQ(rows[0].targets, std::set{prefix("10.2.0.5")});
  EXPECT_EQ(rows[1].segment, "core");
  EXPECT_EQ(rows[1].addresses, 2U);
  EXPECT_EQ(rows[1].answered, 1U);
  EXPECT_EQ(rows[1].targets, std::set{prefix("10.1.0.0/24")});
  EXPECT_EQ(rows[1].questions, 2U);  // of two segments nobody knows whose they were
}

TEST(AskedNetworks, WithoutSegmentsItIsAllOneAndHasAllQuestions) {
  AskedNetworks networks;
  networks.note(ip("10.1.0.5"), false);
  const auto rows =
      networks.by_segment(targets({"10.1.0.5"}), {}, {.questions = 99, .complete = false});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].questions, 99U);
  EXPECT_FALSE(rows[0].complete);
}

// A question to everybody is answered by addresses that nobody had on a list.
TEST(AskedNetworks, WhoAnsweredWasAsked) {
  AskedNetworks networks;
  networks.note(ip("10.1.0.5"), true);
  const auto rows = networks.by_segment(targets({"10.1.0.5"}), {}, {});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].addresses, 1U);
}

}  // namespace
}  // namespace camwarden
