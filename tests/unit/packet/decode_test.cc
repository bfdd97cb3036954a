#include "packet/decode.h"

#include <gtest/gtest.h>

#include "unit/packet/frames.h"

namespace camwarden::test {
namespace {

class Decode : public testing::Test {
 protected:
  bool decode(const Octets& octets, int link_type = kEthernetLink) {
    octets_ = octets;
    return decoder_.decode(frame(octets_, link_type), packet_, anomalies_);
  }
  bool decode_snapped(const Octets& octets, std::size_t kept) {
    octets_ = octets;
    Frame cut = frame(octets_);
    cut.bytes = cut.bytes.first(kept);
    return decoder_.decode(cut, packet_, anomalies_);
  }

  Decoder decoder_{Decoder::Options{}};
  Octets octets_;
  Packet packet_;
  Anomalies anomalies_;
};

TEST_F(Decode, ReadsAddressesAndPortsOfUdp) {
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(68, 67, text("hello"))))));
  EXPECT_EQ(packet_.src_mac.to_string(), "44:19:b6:00:00:01");
  EXPECT_EQ(packet_.dst_mac.to_string(), "44:19:b6:00:00:02");
  EXPECT_EQ(packet_.src.to_string(), "10.0.0.1");
  EXPECT_EQ(packet_.dst.to_string(), "10.0.0.2");
  EXPECT_EQ(packet_.transport, Transport::udp);
  EXPECT_EQ(packet_.src_port, 68);
  EXPECT_EQ(packet_.dst_port, 67);
  EXPECT_EQ(packet_.ttl, 64);
  EXPECT_EQ(text_of(packet_.payload), "hello");
  EXPECT_FALSE(packet_.truncated);
  EXPECT_TRUE(anomalies_.none());
}

TEST_F(Decode, ReadsSequenceNumberAndFlagsOfTcp) {
  const Octets options{2, 4, 5, 0xb4};
  ASSERT_TRUE(decode(
      ethernet(0x0800, ipv4(6, tcp(1024, 554, 0xfffffffe, kSyn | kAck, text("abc"), options)))));
  EXPECT_EQ(packet_.transport, Transport::tcp);
  EXPECT_EQ(packet_.tcp_seq, 0xfffffffeu);
  EXPECT_TRUE(packet_.syn && packet_.ack);
  EXPECT_FALSE(packet_.fin || packet_.rst);
  EXPECT_EQ(text_of(packet_.payload), "abc");
}

TEST_F(Decode, EthernetPaddingIsNoPayload) {
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(1, 2, text("x")))) + Octets(17, 0)));
  EXPECT_EQ(text_of(packet_.payload), "x");
}

TEST_F(Decode, UdpLengthIsHonoured) {
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(1, 2, text("abcdef"), 8 + 3)))));
  EXPECT_EQ(text_of(packet_.payload), "abc");
}

TEST_F(Decode, Ipv4OptionsAreSkipped) {
  V4 with;
  with.options = {1, 1, 1, 0};
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(5, 6, text("x")), with))));
  EXPECT_EQ(packet_.dst_port, 6);
}

TEST_F(Decode, Ipv4TotalLengthZeroIsTheWholeFrame) {
  V4 with;
  with.total_length = 0;
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(6, tcp(5, 6, 1, kAck, text("offloaded")), with))));
  EXPECT_EQ(text_of(packet_.payload), "offloaded");
}

TEST_F(Decode, ArpIsNoAnomaly) {
  const Octets arp(28, 1);
  ASSERT_TRUE(decode(ethernet(0x0806, arp)));
  EXPECT_EQ(packet_.ether_type, 0x0806);
  EXPECT_EQ(packet_.transport, Transport::none);
  EXPECT_EQ(packet_.link_payload.size(), arp.size());
  EXPECT_TRUE(anomalies_.none());
}

TEST_F(Decode, UnknownEtherTypeIsNoAnomaly) {
  ASSERT_TRUE(decode(ethernet(0x9999, text("?"))));
  EXPECT_TRUE(anomalies_.none());
}

TEST_F(Decode, Ieee8023LengthGivesTypeZeroAndTrimsPadding) {
  ASSERT_TRUE(decode(ethernet(3, Octets{0x42, 0x42, 0x03, 0, 0, 0, 0})));
  EXPECT_EQ(packet_.ether_type, 0);
  EXPECT_EQ(packet_.link_payload.size(), 3u);
}

TEST_F(Decode, IcmpIsOtherWithItsBytes) {
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(1, text("ping")))));
  EXPECT_EQ(packet_.transport, Transport::other);
  EXPECT_EQ(packet_.ip_protocol, 1);
  EXPECT_EQ(text_of(packet_.payload), "ping");
}

TEST_F(Decode, ReadsOneVlanTag) {
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(1, 2, {})), tag(0x8100, 0xe000 | 30))));
  EXPECT_EQ(packet_.vlan, 30);
  EXPECT_EQ(packet_.inner_vlan, 0);
}

TEST_F(Decode, ReadsStackedTagsOfEveryKind) {
  for (const unsigned tpid : {0x8100u, 0x88a8u, 0x9100u}) {
    ASSERT_TRUE(
        decode(ethernet(0x0800, ipv4(17, udp(1, 2, {})), tag(tpid, 100) + tag(0x8100, 30))));
    EXPECT_EQ(packet_.vlan, 100) << tpid;
    EXPECT_EQ(packet_.inner_vlan, 30) << tpid;
    EXPECT_EQ(packet_.dst_port, 2);
  }
}

TEST_F(Decode, PriorityTagNamesNoVlan) {
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(1, 2, {})), tag(0x8100, 0x6000))));
  EXPECT_EQ(packet_.vlan, 0);
}

TEST_F(Decode, FourTagsAreRead) {
  const Octets tags = tag(0x88a8, 1) + tag(0x8100, 2) + tag(0x8100, 3) + tag(0x8100, 4);
  EXPECT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(1, 2, {})), tags)));
}

TEST_F(Decode, FifthTagIsAnAnomaly) {
  Octets tags;
  for (unsigned id = 1; id <= 5; ++id) tags = tags + tag(0x8100, id);
  EXPECT_FALSE(decode(ethernet(0x0800, ipv4(17, udp(1, 2, {})), tags)));
  EXPECT_EQ(anomalies_["link.vlan_depth"], 1);
}

TEST_F(Decode, CookedGivesSourceMac) {
  const Octets header = be16(0) + be16(1) + be16(6) + mac(9) + Octets{0, 0} + be16(0x0800);
  ASSERT_TRUE(decode(header + ipv4(17, udp(1, 2, text("x"))), 113));
  EXPECT_EQ(packet_.src_mac.to_string(), "44:19:b6:00:00:09");
  EXPECT_TRUE(packet_.dst_mac.none());
  EXPECT_EQ(text_of(packet_.payload), "x");
}

TEST_F(Decode, CookedVlanTagIsRead) {
  const Octets header = be16(0) + be16(1) + be16(6) + mac(9) + Octets{0, 0} + be16(0x8100);
  ASSERT_TRUE(decode(header + be16(30) + be16(0x0800) + ipv4(17, udp(1, 2, {})), 113));
  EXPECT_EQ(packet_.vlan, 30);
  EXPECT_EQ(packet_.dst_port, 2);
}

TEST_F(Decode, CookedWithoutMacHasNone) {
  const Octets header = be16(4) + be16(772) + be16(0) + Octets(8, 0xff) + be16(0x0800);
  ASSERT_TRUE(decode(header + ipv4(17, udp(1, 2, {})), 113));
  EXPECT_TRUE(packet_.src_mac.none());
}

TEST_F(Decode, CookedNetlinkIsNoEtherType) {
  ASSERT_TRUE(decode(be16(0) + be16(824) + be16(0) + Octets(8, 0) + be16(0x0800), 113));
  EXPECT_EQ(packet_.ether_type, 0);
}

TEST_F(Decode, Cooked2GivesSourceMac) {
  const Octets header =
      be16(0x86dd) + be16(0) + be32(3) + be16(1) + Octets{0, 6} + mac(9) + Octets{0, 0};
  ASSERT_TRUE(decode(header + ipv6(17, udp(1, 2, text("x"))), 276));
  EXPECT_EQ(packet_.src_mac.to_string(), "44:19:b6:00:00:09");
  EXPECT_EQ(packet_.src.to_string(), "2001:db8::1");
}

TEST_F(Decode, RawLinkTypesTellIpByItsVersion) {
  for (const int link_type : {12, 14, 101, 228}) {
    ASSERT_TRUE(decode(ipv4(17, udp(1, 2, text("x"))), link_type)) << link_type;
    EXPECT_EQ(packet_.ether_type, 0x0800);
  }
  ASSERT_TRUE(decode(ipv6(17, udp(1, 2, text("x"))), 229));
  EXPECT_EQ(packet_.ether_type, 0x86dd);
}

TEST_F(Decode, NullAndLoopHeadersAreSkipped) {
  ASSERT_TRUE(decode(Octets{2, 0, 0, 0} + ipv4(17, udp(1, 2, text("x"))), 0));
  EXPECT_EQ(text_of(packet_.payload), "x");
  ASSERT_TRUE(decode(Octets{0, 0, 0, 30} + ipv6(17, udp(1, 2, text("y"))), 108));
  EXPECT_EQ(text_of(packet_.payload), "y");
}

TEST_F(Decode, UnknownLinkTypeIsAnAnomaly) {
  EXPECT_FALSE(decode(text("frame"), 105));
  EXPECT_EQ(anomalies_["link.unknown_type"], 1);
}

TEST_F(Decode, WalksIpv6ExtensionHeaders) {
  const Octets authentication = Octets{17, 4} + Octets(22, 0);  // (4 + 2) * 4 octets
  const Octets chain =
      v6_options(43) + v6_options(60) + v6_options(51) + authentication + udp(3, 4, text("x"));
  ASSERT_TRUE(decode(ethernet(0x86dd, ipv6(0, chain))));
  EXPECT_EQ(packet_.ip_protocol, 17);
  EXPECT_EQ(packet_.dst_port, 4);
  EXPECT_EQ(text_of(packet_.payload), "x");
}

TEST_F(Decode, EightExtensionHeadersAreRead) {
  Octets chain;
  for (int i = 0; i < 7; ++i) chain = chain + v6_options(60);
  EXPECT_TRUE(decode(ethernet(0x86dd, ipv6(60, chain + v6_options(17) + udp(1, 2, {})))));
}

TEST_F(Decode, NinthExtensionHeaderIsAnAnomaly) {
  Octets chain;
  for (int i = 0; i < 8; ++i) chain = chain + v6_options(60);
  EXPECT_FALSE(decode(ethernet(0x86dd, ipv6(60, chain + v6_options(17) + udp(1, 2, {})))));
  EXPECT_EQ(anomalies_["ipv6.extension_limit"], 1);
}

TEST_F(Decode, AtomicFragmentWaitsForNobody) {
  ASSERT_TRUE(
      decode(ethernet(0x86dd, ipv6(44, v6_fragment(17, 0, false, 9, udp(1, 2, text("whole")))))));
  EXPECT_EQ(text_of(packet_.payload), "whole");
}

TEST_F(Decode, NoNextHeaderHoldsNothing) {
  ASSERT_TRUE(decode(ethernet(0x86dd, ipv6(59, {}))));
  EXPECT_EQ(packet_.transport, Transport::other);
}

TEST_F(Decode, SnapLengthMarksThePayloadTruncated) {
  ASSERT_TRUE(decode_snapped(ethernet(0x0800, ipv4(17, udp(1, 2, text("abcdef")))), 45));
  EXPECT_TRUE(packet_.truncated);
  EXPECT_EQ(text_of(packet_.payload), "abc");
  EXPECT_TRUE(anomalies_.none());
}

TEST_F(Decode, SnapThatSparesThePayloadIsNoTruncation) {
  const Octets padded = ethernet(0x0800, ipv4(17, udp(1, 2, text("a")))) + Octets(17, 0);
  ASSERT_TRUE(decode_snapped(padded, padded.size() - 5));
  EXPECT_FALSE(packet_.truncated);
}

TEST_F(Decode, SnapBeforeThePortsIsNoAnomaly) {
  EXPECT_FALSE(decode_snapped(ethernet(0x0800, ipv4(17, udp(1, 2, text("abc")))), 36));
  EXPECT_TRUE(packet_.payload.empty());
  EXPECT_EQ(packet_.src.to_string(), "10.0.0.1");
  EXPECT_TRUE(anomalies_.none()) << anomalies_.all();
}

TEST_F(Decode, SnapInTcpOptionsKeepsPortsAndFlags) {
  const Octets options(20, 1);
  ASSERT_TRUE(
      decode_snapped(ethernet(0x0800, ipv4(6, tcp(1, 2, 3, kSyn, {}, options))), 14 + 20 + 24));
  EXPECT_TRUE(packet_.syn && packet_.truncated);
  EXPECT_TRUE(packet_.payload.empty());
}

TEST_F(Decode, FrameShorterThanIpSaysIsCountedAndStillRead) {
  V4 with;
  with.total_length = 20 + 8 + 100;
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(17, udp(1, 2, text("abc"), 108), with))));
  EXPECT_EQ(anomalies_["ipv4.length"], 1);
  EXPECT_TRUE(packet_.truncated);
  EXPECT_EQ(text_of(packet_.payload), "abc");
}

struct Broken {
  const char* anomaly;
  Octets octets;
};

class DecodeBroken : public testing::TestWithParam<Broken> {};

TEST_P(DecodeBroken, IsCountedByName) {
  Decoder decoder{Decoder::Options{}};
  Packet packet;
  Anomalies anomalies;
  EXPECT_FALSE(decoder.decode(frame(GetParam().octets), packet, anomalies));
  EXPECT_EQ(anomalies[GetParam().anomaly], 1) << anomalies.all();
  EXPECT_TRUE(packet.payload.empty());
}

V4 total(int length) {
  V4 with;
  with.total_length = length;
  return with;
}

INSTANTIATE_TEST_SUITE_P(
    Frames, DecodeBroken,
    testing::Values(Broken{"link.truncated", Octets(13, 0)},
                    Broken{"link.truncated", mac(1) + mac(2) + tag(0x8100, 3)},
                    Broken{"ipv4.truncated", ethernet(0x0800, Octets(19, 0x45))},
                    Broken{"ipv4.truncated", ethernet(0x0800, Octets{0x4f} + Octets(19, 0))},
                    Broken{"ipv4.version", ethernet(0x0800, Octets(40, 0x65))},
                    Broken{"ipv4.header_length", ethernet(0x0800, Octets(40, 0x44))},
                    Broken{"ipv4.total_length",
                           ethernet(0x0800, ipv4(17, udp(1, 2, {}), total(19)))},
                    Broken{"ipv6.truncated", ethernet(0x86dd, Octets(39, 0x60))},
                    Broken{"ipv6.version", ethernet(0x86dd, Octets(40, 0x45))},
                    Broken{"ipv6.truncated", ethernet(0x86dd, ipv6(60, {17, 9, 0, 0, 0, 0, 0, 0}))},
                    Broken{"udp.truncated", ethernet(0x0800, ipv4(17, Octets(7, 0)))},
                    Broken{"udp.length", ethernet(0x0800, ipv4(17, udp(1, 2, text("x"), 7)))},
                    Broken{"udp.length", ethernet(0x0800, ipv4(17, udp(1, 2, text("x"), 0)))},
                    Broken{"udp.length", ethernet(0x0800, ipv4(17, udp(1, 2, text("x"), 10)))},
                    Broken{"tcp.truncated", ethernet(0x0800, ipv4(6, Octets(19, 0x50)))},
                    Broken{"tcp.header_length", ethernet(0x0800, ipv4(6, Octets(20, 0x40)))},
                    Broken{"tcp.header_length", ethernet(0x0800, ipv4(6, Octets(20, 0x60)))}));

}  // namespace
}  // namespace camwarden::test
