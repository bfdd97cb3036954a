#include "discovery/targets.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

Attached subnet(std::string_view prefix, std::string_view own) {
  Attached one;
  one.interface = "eth0";
  one.address = ip(own);
  one.prefix = Prefix::parse(prefix).value();
  return one;
}

struct Parsed {
  std::optional<Targets> targets;
  Diagnostics diagnostics;
};

Parsed parse(const std::vector<std::string>& terms, Targets::Options options = {}) {
  Parsed parsed;
  parsed.targets = Targets::parse(terms, options, parsed.diagnostics);
  return parsed;
}

TEST(Targets, APrefixIsAllItsAddresses) {
  const auto parsed = parse({"192.0.2.0/28"});
  ASSERT_TRUE(parsed.targets) << parsed.diagnostics.to_string();
  EXPECT_EQ(parsed.targets->size(), 16U);
  EXPECT_TRUE(parsed.targets->contains(ip("192.0.2.15")));
  EXPECT_FALSE(parsed.targets->contains(ip("192.0.2.16")));
  EXPECT_TRUE(parsed.targets->covers(Prefix::parse("192.0.2.0/29").value()));
  EXPECT_FALSE(parsed.targets->covers(Prefix::parse("192.0.2.0/24").value()));
}

std::vector<std::string> prefixes(std::string_view first, std::string_view last) {
  std::vector<std::string> texts;
  for (const auto& prefix : prefixes_of({ip(first), ip(last)})) texts.push_back(prefix.to_string());
  return texts;
}

TEST(Targets, ARangeIsTheFewestPrefixesThatCoverIt) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(prefixes("10.0.0.0", "10.0.255.255"), Texts({"10.0.0.0/16"}));
  EXPECT_EQ(prefixes("10.0.0.7", "10.0.0.7"), Texts({"10.0.0.7/32"}));
  EXPECT_EQ(prefixes("10.0.0.1", "10.0.0.6"),
            Texts({"10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.6/32"}));
  EXPECT_EQ(prefixes("0.0.0.0", "255.255.255.255"), Texts({"0.0.0.0/0"}));
  EXPECT_EQ(prefixes("0.0.0.1", "255.255.255.254").size(), 62U);
  EXPECT_EQ(prefixes("2001:db8::", "2001:db8::ffff"), Texts({"2001:db8::/112"}));
}

TEST(Targets, RangesHaveTwoForms) {
  const auto parsed = parse({"10.0.0.250-255", "10.0.0.254-10.0.1.3", "2001:db8::1-2001:db8::f"});
  ASSERT_TRUE(parsed.targets) << parsed.diagnostics.to_string();
  ASSERT_EQ(parsed.targets->ranges().size(), 2U);
  EXPECT_EQ(parsed.targets->ranges()[0], (Range{ip("10.0.0.250"), ip("10.0.1.3")}));
  EXPECT_EQ(parsed.targets->size(), 10U + 15U);
}

TEST(Targets, ALargePrefixOfIpv6IsHeardButNotListed) {
  const auto parsed = parse({"2001:db8::/64"});
  ASSERT_TRUE(parsed.targets);
  EXPECT_EQ(parsed.targets->size(), 0U);
  EXPECT_TRUE(parsed.targets->contains(ip("2001:db8::1234")));
}

TEST(Targets, EverythingThatIsWrongIsToldAtOnceWithItsPlace) {
  const auto parsed = parse({"10.0.0.1/24", "10.0.0.9-3", "nonsense", "10.0.0.1"});
  EXPECT_FALSE(parsed.targets);
  ASSERT_EQ(parsed.diagnostics.errors().size(), 3U);
  EXPECT_NE(parsed.diagnostics.errors()[0].find("target 1"), std::string::npos);
  EXPECT_NE(parsed.diagnostics.errors()[1].find("no range"), std::string::npos);
  EXPECT_NE(parsed.diagnostics.errors()[2].find("target 3"), std::string::npos);
}

TEST(Targets, AHugeTargetAsksForTheFlag) {
  EXPECT_FALSE(parse({"0.0.0.0/0"}).targets);
  EXPECT_FALSE(parse({"10.0.0.0/15"}).targets);
  EXPECT_TRUE(parse({"10.0.0.0/16"}).targets);
  EXPECT_TRUE(parse({"10.0.0.0/8"}, {.allow_huge = true}).targets);
}

TEST(Targets, OutsideOfTheAllowedPrefixesIsRefused) {
  const Targets::Options options{.allowed = {Prefix::parse("10.0.0.0/8").value()}};
  EXPECT_TRUE(parse({"10.1.0.0/24"}, options).targets);
  EXPECT_FALSE(parse({"192.0.2.1"}, options).targets);
  EXPECT_FALSE(parse({"9.255.255.255-10.0.0.1"}, options).targets);
}

TEST(Targets, LocalIsWhatThisHostIsAttachedTo) {
  Targets::Options options{.attached = {subnet("192.0.2.0/24", "192.0.2.9")}};
  const auto parsed = parse({"local"}, options);
  ASSERT_TRUE(parsed.targets);
  EXPECT_EQ(parsed.targets->size(), 256U);
  EXPECT_FALSE(parse({"local"}).targets);
}

TEST(Targets, FilesHoldTermsAndComments) {
  Targets::Options options;
  options.read_file = [](const std::string& path) -> Result<std::string> {
    if (path == "list") return std::string("192.0.2.1 # the door\n\n192.0.2.8/30, 192.0.2.64-65\n");
    if (path == "bad") return std::string("192.0.2.1\n  192.0.2.9-1\n");
    return Error{"cannot be read"};
  };
  EXPECT_EQ(parse({"@list"}, options).targets->size(), 7U);
  EXPECT_EQ(parse({"list"}, options).targets->size(), 7U);
  const auto bad = parse({"@bad"}, options);
  ASSERT_EQ(bad.diagnostics.errors().size(), 1U);
  EXPECT_TRUE(bad.diagnostics.errors()[0].starts_with("bad:2:3: "));
}

TEST(Targets, AFileThatNamesItselfEnds) {
  Targets::Options options;
  options.read_file = [](const std::string&) -> Result<std::string> {
    return std::string("@again");
  };
  EXPECT_FALSE(parse({"@again"}, options).targets);
}

}  // namespace
}  // namespace camwarden
