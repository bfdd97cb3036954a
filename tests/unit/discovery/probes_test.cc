// The table of questions: that each has a reader, is sane, and, where the fact sheet has its bytes,
// is byte for byte those (section 46).

#include <gtest/gtest.h>

#include <set>

#include "discovery/answers.h"
#include "discovery/never_touch.h"
#include "discovery/probe_sockets.h"
#include "discovery/questions.h"

namespace camwarden {
namespace {

const Asker kAsker{MacAddress::parse("00:00:5e:00:53:01").value(),
                   IpAddress::parse("192.0.2.10").value(), 7};

const Probe& probe(std::string_view name) {
  for (const auto& one : probes()) {
    if (one.name == name) return one;
  }
  ADD_FAILURE() << "no probe " << name;
  return probes().front();
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<std::uint8_t>(c) >> 4];
    out += kDigits[static_cast<std::uint8_t>(c) & 15];
  }
  return out;
}

std::string asked(std::string_view name) { return hex(probe(name).question(kAsker)); }

TEST(Probes, EachHasAReaderOfDatagrams) {
  for (const auto& one : probes()) {
    const auto* protocol = protocol_named(one.protocol);
    ASSERT_NE(protocol, nullptr) << one.name;
    EXPECT_NE(protocol->on_datagram, nullptr) << one.name;
  }
}

std::vector<std::string_view> that_may_answer(const Suspects& suspects) {
  std::vector<std::string_view> names;
  for (const auto& one : probes()) {
    if (names_maker(one) && may_answer(one, suspects)) names.push_back(one.name);
  }
  return names;
}

TEST(Probes, OfASuspectOnlyHisOwnMayBeAnswered) {
  EXPECT_EQ(that_may_answer({"Hikvision"}), (std::vector<std::string_view>{"SADP"}));
  EXPECT_EQ(that_may_answer({"Dahua"}), (std::vector<std::string_view>{"DHIP", "DVRIP"}));
  EXPECT_EQ(that_may_answer({"Hikvision", "Dahua"}),
            (std::vector<std::string_view>{"SADP", "DHIP", "DVRIP"}));
  // Who has none of his own may have built on what many share.
  EXPECT_EQ(that_may_answer({"Nobody Ltd"}), (std::vector<std::string_view>{"PPPP", "miIO"}));
  EXPECT_GT(that_may_answer({}).size(), 20U);
  for (const auto& one : probes()) {
    EXPECT_TRUE(names_maker(one) || may_answer(one, {"Hikvision"})) << one.name;
  }
}

TEST(Probes, WhoSendsThemBackIsNoDevice) {
  for (const auto& one : probes()) {
    Answers answers([&](Observation&& said) {
      EXPECT_TRUE(said.field->name.ends_with(".probe")) << one.name << ": " << said.field->name;
    });
    Ends ends;
    ends.device = IpAddress::parse("192.0.2.5").value();
    ends.own = kAsker.ip;
    ends.device_port = one.port;
    ends.own_port = one.answers;
    ends.device_mac = MacAddress::parse("00:00:5e:00:53:02").value();
    ends.on_link = true;
    if (ends.own_port == 0) ends.own_port = 40'000;
    const auto question = one.question(kAsker);
    (void)answers.datagram(ends, as_bytes(question), one.protocol, Time(std::chrono::hours(24)));
  }
}

TEST(Probes, EachIsOneShortDatagramWithASource) {
  std::set<std::string_view> names;
  for (const auto& one : probes()) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    const auto question = one.question(kAsker);
    EXPECT_FALSE(question.empty()) << one.name;
    EXPECT_LE(question.size(), 1200U) << one.name;  // no fragment on any link
    EXPECT_FALSE(one.source.empty()) << one.name;
    EXPECT_FALSE(NeverTouch().covers(one.port)) << one.name;
  }
}

TEST(Probes, GroupsAreGroups) {
  for (const auto& one : probes()) {
    for (const auto group : {one.group, one.group6, one.heard}) {
      if (group.empty()) continue;
      EXPECT_TRUE(IpAddress::parse(group).value().multicast()) << one.name;
    }
  }
}

// A question that its own reader takes for a device's answer would make a camera of us.
TEST(Probes, NoneIsTakenForAnAnswer) {
  for (const auto& one : probes()) {
    std::vector<Observation> said;
    Answers answers([&](Observation&& fact) { said.push_back(std::move(fact)); });
    Ends ends;
    ends.device = kAsker.ip;
    ends.own = IpAddress::parse("192.0.2.64").value();
    ends.device_port = 40000;
    ends.own_port = one.port;
    answers.datagram(ends, as_bytes(one.question(kAsker)), one.protocol,
                     Time(std::chrono::hours(1)));
    for (const auto& fact : said) {
      EXPECT_TRUE(fact.field->name.ends_with(".probe")) << one.name << " " << fact.field->name;
    }
  }
}

TEST(Probes, BytesAreThoseOfTheMakersTools) {
  EXPECT_EQ(asked("i-PRO"),
            "0001002a000d00000000000000005e005301c000020a000020111e11231f1e191300000201000000000000"
            "0000000000"
            "fff00026002000210022002300250028004000410042004400a500a600a700a800ad00b300b400b700b8ff"
            "ff0eb0");
  EXPECT_EQ(asked("DHIP"),
            "20000000444849500000000000000000490000000000000049000000000000007b20226d6574686f642220"
            "3a20224448446973"
            "636f7665722e736561726368222c2022706172616d7322203a207b20226d616322203a2022222c2022756e"
            "6922203a2031207d"
            "207d0a");
  EXPECT_EQ(asked("DVRIP"), "a3010001" + std::string(24, '0') + "02" + std::string(30, '0'));
  EXPECT_EQ(asked("Xiongmai"), "ff" + std::string(26, '0') + "fa0500000000");
  EXPECT_EQ(asked("MHED"), "4d4845440800010001" + std::string(262, '0'));
  EXPECT_EQ(asked("RCP+"), "9939a42700000007ff0006de");
  EXPECT_EQ(asked("Sony"), "02454e513a616c6c696e666fff03");
  EXPECT_EQ(asked("Vivotek"), "074a5d8f1c");
  EXPECT_EQ(asked("Netwave"), "4d4f5f490000000000000000000000040000000000000000000001");
  EXPECT_EQ(asked("VStarcam"), "44480101");
  EXPECT_EQ(asked("Hanwha"), "01" + std::string(522, '0'));
  EXPECT_EQ(asked("TDP"), "020000010000000000000000463cb5d3");
  EXPECT_EQ(asked("Kasa"), "d0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf09eeb87eb96eb");
  EXPECT_EQ(asked("miIO"), "21310020" + std::string(56, 'f'));
  EXPECT_EQ(asked("V380"), "4e564445565345415243485e313030");
  EXPECT_EQ(asked("D-Link"), "fdfd0000a100ffffffffffff00000000000002000000");
}

TEST(Probes, EveryQuestionHasANumberOfItsOwn) {
  auto other = kAsker;
  other.nonce = 8;
  for (const auto* name : {"WS-Discovery, cameras", "SADP", "RCP+"}) {
    EXPECT_NE(probe(name).question(kAsker), probe(name).question(other)) << name;
  }
}

TEST(Probes, WsDiscoveryIsOneLine) {
  EXPECT_EQ(probe("WS-Discovery, cameras").question(kAsker).find('\n'), std::string::npos);
}

}  // namespace
}  // namespace camwarden
