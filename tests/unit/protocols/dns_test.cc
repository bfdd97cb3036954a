#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "protocols/cloud_domains.h"
#include "unit/protocols/dns_messages.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;
using namespace dns_test;

Recorder ask(std::string_view host, Parts parts = {.flags = 0x0100}) {
  parts.questions = {question(name(host), 1)};
  const auto bytes = message(parts);
  auto packet = packet_from_device(bytes);
  packet.src_port = 40000;
  packet.dst_port = 53;
  return read_datagram("dns", packet);
}

Recorder answer(std::string_view host, unsigned flags = 0x8180) {
  const auto bytes = message({.flags = flags, .questions = {question(name(host), 1)}});
  auto packet = packet_from_client(bytes);
  packet.src_port = 53;
  packet.dst_port = 40000;
  return read_datagram("dns", packet);
}

TEST(Dns, QuestionForACameraCloudTellsOfTheAsker) {
  const auto said = ask("VS-cam.u011.immedia-semi.com");
  EXPECT_EQ(said.value("dns.query"), "vs-cam.u011.immedia-semi.com");
  EXPECT_EQ(said.value("dns.stub_query"), "vs-cam.u011.immedia-semi.com");
  EXPECT_EQ(said.who("dns.query").ip, ip(kDeviceIp));
}

TEST(Dns, WhatPeopleReadIsNotTold) {
  EXPECT_TRUE(ask("news.example.com").facts.empty());
  EXPECT_TRUE(ask("notreolink.com").facts.empty());
  EXPECT_TRUE(ask("reolink.com.example.net").facts.empty());
}

TEST(Dns, ResolversAndDesktopsAskWithEdns) {
  const auto said =
      ask("p2p.reolink.com", {.flags = 0x0100, .additionals = {record("\0"s, 41, "")}});
  EXPECT_TRUE(said.said("dns.query"));
  EXPECT_FALSE(said.said("dns.stub_query"));
}

TEST(Dns, ResolverThatWalksFromTheRootIsNoStub) {
  EXPECT_FALSE(ask("p2p.reolink.com", {.flags = 0}).said("dns.stub_query"));
}

TEST(Dns, AnswerTellsOfTheAskerAndTheResolver) {
  const auto said = answer("p2p.reolink.com");
  EXPECT_EQ(said.who("dns.query").ip, ip(kDeviceIp));
  EXPECT_EQ(said.who("dns.resolver").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("dns.stub_query"));
}

TEST(Dns, AuthoritativeServerIsNoResolver) {
  EXPECT_FALSE(answer("p2p.reolink.com", 0x8500).said("dns.resolver"));
}

TEST(Dns, QueryIsHearsayAndStubQueryIsNot) {
  for (const auto* field : protocol("dns").fields) {
    EXPECT_EQ(field->hearsay, field->name == "dns.query") << field->name;
  }
}

TEST(Dns, OtherMessagesAreNoConcern) {
  EXPECT_TRUE(ask("p2p.reolink.com", {.flags = 0x2800}).facts.empty());  // UPDATE
  const auto two =
      message({.flags = 0x0100, .questions = {question(name("a"), 1), question(name("b"), 1)}});
  auto packet = packet_from_device(two);
  packet.dst_port = 53;
  EXPECT_TRUE(read_datagram("dns", packet).facts.empty());
}

TEST(Dns, BrokenMessagesAreCounted) {
  auto packet = packet_from_device("\0\0\1"s);
  EXPECT_EQ(read_datagram("dns", packet).anomalies, std::vector{"dns.truncated"s});
  const auto loop = message({.flags = 0x0100, .questions = {question("\xc0\x0c"s, 1)}});
  packet.payload = as_bytes(loop);
  EXPECT_EQ(read_datagram("dns", packet).anomalies, std::vector{"dns.malformed"s});
  packet.truncated = true;
  EXPECT_TRUE(read_datagram("dns", packet).anomalies.empty());
}

// A fingerprint on a name that this reader never tells would be dead.
TEST(Dns, EveryNameThatAFingerprintKnowsIsTold) {
  int examples = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(CAMWARDEN_SOURCE_DIR "/fingerprints/vendors")) {
    std::ifstream lines(file.path());
    bool wanted = false;
    for (std::string line; std::getline(lines, line);) {
      const auto text = trim(line);
      if (text.starts_with("field:")) {
        wanted = text == "field: dns.query" || text == "field: dns.stub_query";
      }
      if (!wanted || !text.starts_with("examples: [")) continue;
      for (auto one : split(text.substr(11, text.size() - 12), ',')) {
        one = trim(one);
        if (one.starts_with('\'') || one.starts_with('"')) one = one.substr(1, one.size() - 2);
        EXPECT_TRUE(in_cloud_domain(one)) << one << " in " << file;
        ++examples;
      }
    }
  }
  EXPECT_GT(examples, 20);
}

}  // namespace
}  // namespace camwarden
