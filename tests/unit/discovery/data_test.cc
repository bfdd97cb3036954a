// The tables: ports, questions to web servers, and the values that sweeps are made of.

#include <gtest/gtest.h>

#include <set>

#include "discovery/answers.h"
#include "discovery/asked_segment.h"
#include "discovery/plan.h"
#include "discovery/tls_dialogue.h"
#include "discovery/web_question.h"

namespace camwarden {
namespace {

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }
Range range(std::string_view first, std::string_view last) { return {ip(first), ip(last)}; }

AskingData shipped() {
  Diagnostics diagnostics;
  auto data = load_ports(CAMWARDEN_SOURCE_DIR "/fingerprints/discovery/ports.yml", diagnostics);
  EXPECT_TRUE(diagnostics.ok()) << diagnostics.to_string();
  return data;
}

TEST(Ports, EachHasAReasonAndNoneIsAPrinters) {
  const auto data = shipped();
  EXPECT_GE(data.ports.size(), 14U);
  EXPECT_LE(data.ports.size(), 24U);  // each is a packet to every device
  for (const auto& port : data.ports) {
    EXPECT_FALSE(port.why.empty()) << port.port;
    EXPECT_FALSE(NeverTouch().covers(port.port)) << port.port;
  }
}

TEST(Ports, NoneThatAPrinterPrintsFromIsEverAsked) {
  for (std::uint16_t port = 9100; port <= 9107; ++port) EXPECT_TRUE(NeverTouch().covers(port));
}

TEST(Ports, NothingIsSaidWhereItWouldBeALoginOrHarm) {
  for (const auto& port : shipped().ports) {
    const bool careful = port.port == 37777 || port.port == 34567 || port.port == 9000;
    EXPECT_TRUE(!careful || port.ask == Ask::greeting) << port.port;
  }
}

TEST(Ports, ThatAreAMakersOwnNameHim) {
  for (const auto& port : shipped().ports)
    EXPECT_EQ(port.maker.empty(), port.ask != Ask::greeting) << port.port;
}

TEST(Ports, FragileFamiliesAreKnownByTheirMac) {
  const auto data = shipped();
  ASSERT_NE(data.fragile_family(MacAddress::parse("18:fe:34:00:00:01").value()), nullptr);
  EXPECT_EQ(data.fragile_family(MacAddress::parse("44:19:b6:00:00:01").value()), nullptr);
  EXPECT_EQ(data.fragile_family(MacAddress()), nullptr);
}

TEST(Ports, MistakesAreToldWithTheirPlace) {
  Diagnostics diagnostics;
  (void)load_ports("/nonexistent/ports.yml", diagnostics);
  EXPECT_FALSE(diagnostics.ok());
}

Attached subnet(unsigned index, const char* prefix, const char* address) {
  Attached one{
      "eth" + std::to_string(index), index, {}, ip(address), Prefix::parse(prefix).value()};
  one.broadcast = one.multicast = true;
  return one;
}

Targets targets(const std::vector<std::string>& terms) {
  Diagnostics diagnostics;
  return Targets::parse(terms, {}, diagnostics).value();
}

NeverTouch never(const char* prefix) {
  NeverTouch never;
  never.prefixes.push_back(Prefix::parse(prefix).value());
  return never;
}

TEST(WholeSegment, IsAskedOnlyWhereNobodyOnTheLinkIsNeverTouched) {
  const std::vector<Attached> attached{
      subnet(1, "10.0.0.0/24", "10.0.0.9"), subnet(1, "10.0.1.0/24", "10.0.1.9"),
      subnet(1, "fd00::/64", "fd00::9"), subnet(2, "10.0.2.0/24", "10.0.2.9"),
      subnet(1, "10.0.3.9/32", "10.0.3.9")};
  const auto all = targets({"10.0.0.0/23", "fd00::/64", "10.0.2.0/24"});
  EXPECT_TRUE(may_be_asked_whole(attached[0], attached, all, {}));
  EXPECT_TRUE(may_be_asked_whole(attached[2], attached, all, {}));
  // On the same link: of the subnet, of another, of the other version.
  for (const auto* spared : {"10.0.0.5/32", "10.0.1.5/32", "fd00::5/128"}) {
    EXPECT_FALSE(may_be_asked_whole(attached[0], attached, all, never(spared))) << spared;
    EXPECT_FALSE(may_be_asked_whole(attached[2], attached, all, never(spared))) << spared;
    EXPECT_TRUE(may_be_asked_whole(attached[3], attached, all, never(spared))) << spared;
  }
}

TEST(WholeSegment, IsAskedOnlyWhereAllOnTheLinkAreTargets) {
  const std::vector<Attached> attached{subnet(1, "10.0.0.0/24", "10.0.0.9"),
                                       subnet(1, "10.0.1.0/24", "10.0.1.9"),
                                       subnet(1, "fe80::/64", "fe80::9")};
  EXPECT_FALSE(may_be_asked_whole(attached[0], attached, targets({"10.0.0.0/25"}), {}));
  EXPECT_FALSE(may_be_asked_whole(attached[0], attached, targets({"10.0.0.0/24"}), {}));
  EXPECT_TRUE(may_be_asked_whole(attached[0], attached, targets({"10.0.0.0/23"}), {}));
}

TEST(WebQuestions, AreGetsOrReadingPostsWithoutCredentials) {
  std::set<std::string_view> names;
  for (const auto& question : web_questions()) {
    EXPECT_TRUE(names.insert(question.name).second) << question.name;
    EXPECT_TRUE(question.path.starts_with('/')) << question.name;
    for (const auto* word : {"auth", "passw", "pwd", "user=", "login", "token", "set"}) {
      EXPECT_EQ(question.path.find(word), std::string_view::npos) << question.name;
    }
    EXPECT_NE(protocol_named(question.reader), nullptr) << question.name;
    EXPECT_FALSE(question.source.empty()) << question.name;
    EXPECT_LT(
        web_request("[2001:db8::1]:49152", question.path, question.type, question.body).size(),
        512U);
  }
}

TEST(Sequence, GoesThroughAllRanges) {
  Sequence sequence({range("192.0.2.254", "192.0.2.255"), range("198.51.100.1", "198.51.100.1")});
  std::vector<std::string> all;
  while (const auto next = sequence.next()) all.push_back(next->to_string());
  EXPECT_EQ(all, (std::vector<std::string>{"192.0.2.254", "192.0.2.255", "198.51.100.1"}));
}

TEST(Ranges, AreCutAtSubnets) {
  const std::vector<Range> all{range("192.0.2.0", "192.0.2.255")};
  const auto middle = range("192.0.2.64", "192.0.2.127");
  EXPECT_EQ(common(all, middle), std::vector<Range>{middle});
  EXPECT_EQ(without(all, middle), (std::vector<Range>{range("192.0.2.0", "192.0.2.63"),
                                                      range("192.0.2.128", "192.0.2.255")}));
  EXPECT_TRUE(without(all, all.front()).empty());
  EXPECT_EQ(without(all, range("2001:db8::", "2001:db8::ff")), all);
}

TEST(ArpTable, GivesCompleteEntries) {
  const auto neighbours = read_arp_table(
      "IP address       HW type     Flags       HW address            Mask     Device\n"
      "192.0.2.7        0x1         0x2         00:00:5e:00:53:07     *        eth0\n"
      "192.0.2.8        0x1         0x0         00:00:00:00:00:00     *        eth0\n"
      "nonsense\n");
  ASSERT_EQ(neighbours.size(), 1U);
  EXPECT_EQ(neighbours.at(ip("192.0.2.7")).to_string(), "00:00:5e:00:53:07");
}

Attached subnet() {
  Attached one;
  one.interface = "eth0";
  one.index = 2;
  one.mac = MacAddress::parse("00:00:5e:00:53:01").value();
  one.address = ip("192.0.2.10");
  one.prefix = Prefix::parse("192.0.2.0/24").value();
  one.broadcast = one.multicast = true;
  return one;
}

TEST(LinkSweep, FramesAreWhatTheDecoderAndTheReadersKnow) {
  const auto frame = arp_request(subnet(), ip("192.0.2.64"));
  ASSERT_GE(frame.size(), 42U);
  EXPECT_EQ(frame[0], 0xff);
  EXPECT_EQ((std::vector<std::uint8_t>(frame.begin() + 12, frame.begin() + 22)),
            (std::vector<std::uint8_t>{0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1}));
  auto six = subnet();
  six.address = ip("fe80::1");
  const auto solicitation = neighbour_solicitation(six, ip("fe80::2:3"));
  ASSERT_GE(solicitation.size(), 86U);
  EXPECT_EQ((std::vector<std::uint8_t>(solicitation.begin(), solicitation.begin() + 6)),
            (std::vector<std::uint8_t>{0x33, 0x33, 0xff, 0x02, 0x00, 0x03}));
  EXPECT_EQ(solicitation[54], 135);  // neighbour solicitation
  EXPECT_EQ(echo_to_all(six)[54], 128);
}

TEST(Plan, SaysWhatGoesToWhom) {
  Scanner::Options options;
  Diagnostics diagnostics;
  options.targets = Targets::parse({"192.0.2.0/24", "198.51.100.7"}, {}, diagnostics).value();
  options.attached = {subnet()};
  options.data = shipped();
  const auto text = plan_text(options);
  for (const auto* word : {"ARP for 256 addresses", "to the whole segment", "SADP",
                           "behind routers", "TCP 554", "at most 2000 packets"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
  }
  options.never.prefixes = {Prefix::parse("192.0.2.9").value()};
  EXPECT_NE(plan_text(options).find("nothing to the whole segment"), std::string::npos);
}

TEST(CertificateMessage, IsOneRecordAroundOneCertificate) {
  EXPECT_EQ(certificate_message("DER"), std::string("\x16\x03\x03\0\x0d\x0b\0\0\x09\0\0\x06\0\0\x03"
                                                    "DER",
                                                    18));
}

}  // namespace
}  // namespace camwarden
