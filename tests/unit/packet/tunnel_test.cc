// What lies inside of shims and tunnels, whose fact it is, and what is only counted by name.

#include <gtest/gtest.h>
#include <tins/tins.h>

#include "packet/decode.h"
#include "unit/packet/samples.h"

namespace camwarden::test {
namespace {

V4 camera() {
  V4 with;
  with.src = 0x0a0a0a48;
  return with;
}
const Octets kInnerPacket = ipv4(17, udp(3702, 1025, text("inside")), camera());

// Of other hosts than the outer frame's.
Octets inner_frame(const Octets& tags = {}) {
  return mac(0x22) + mac(0x21) + tags + be16(0x0800) + kInnerPacket;
}
Octets in_gre(const Octets& header, const Octets& payload) {
  return ethernet(0x0800, ipv4(47, header + payload), tag(0x8100, 900));
}
Octets in_udp(unsigned port, const Octets& payload) {
  return ethernet(0x0800, ipv4(17, udp(50000, port, payload)), tag(0x8100, 900));
}

class Tunnel : public testing::Test {
 protected:
  bool decode(const Octets& octets) {
    octets_ = octets;
    return decoder_.decode(frame(octets_), packet_, anomalies_);
  }
  std::uint64_t seen(Encapsulation kind) const {
    return decoder_.sight().encapsulations[index_of(kind)];
  }
  void expect_inside() {
    EXPECT_EQ(packet_.src.to_string(), "10.10.10.72");
    EXPECT_EQ(packet_.src_port, 3702);
    EXPECT_EQ(text_of(packet_.payload), "inside");
    EXPECT_TRUE(anomalies_.none()) << anomalies_.all();
  }
  void expect_inner_frame(unsigned vlan) {
    expect_inside();
    EXPECT_EQ(packet_.src_mac.to_string(), "44:19:b6:00:00:21");
    EXPECT_EQ(packet_.vlan, vlan);
  }
  void expect_no_link() {
    expect_inside();
    EXPECT_TRUE(packet_.src_mac.none() && packet_.dst_mac.none());
    EXPECT_EQ(packet_.vlan, 0);
  }

  Decoder decoder_{Decoder::Options{}};
  Packet packet_;
  Anomalies anomalies_;
  Octets octets_;
};

TEST_F(Tunnel, EverySampleIsUnwrapped) {
  for (const Sample& sample : tunnel_samples()) {
    ASSERT_TRUE(decode(sample.octets)) << anomalies_.all();
    EXPECT_EQ(packet_.transport, Transport::udp);
    EXPECT_NE(packet_.src_port, 50000);
    EXPECT_TRUE(anomalies_.none()) << anomalies_.all();
  }
  EXPECT_EQ(decoder_.sight().opaque, 0u);
  EXPECT_EQ(decoder_.sight().unread, 0u);
}

TEST_F(Tunnel, VxlanNetworkIsNoVlan) {
  ASSERT_TRUE(decode(in_udp(4789, be32(0x08000000) + be32(5001 << 8) + inner_frame())));
  expect_inner_frame(0);
  EXPECT_EQ(packet_.tunnel, Encapsulation::vxlan);
  EXPECT_EQ(packet_.vni, 5001u);
}

TEST_F(Tunnel, InnerTagCounts) {
  ASSERT_TRUE(decode(in_udp(8472, be32(0x08000000) + be32(1 << 8) + inner_frame(tag(0x8100, 10)))));
  expect_inner_frame(10);
}

TEST_F(Tunnel, VxlanWithGroupPolicyIsRead) {
  ASSERT_TRUE(decode(in_udp(4789, be32(0x88000064) + be32(5001 << 8) + inner_frame())));
  expect_inner_frame(0);
}

TEST_F(Tunnel, ErspanHeaderGivesTheVlan) {
  const Octets header =
      be16(0x1000) + be16(0x88be) + be32(1) + be16(0x1000 | 77) + be16(5) + be32(0);
  ASSERT_TRUE(decode(in_gre(header, inner_frame())));
  expect_inner_frame(77);
  EXPECT_EQ(packet_.vni, 5u);
  ASSERT_TRUE(decode(in_gre(header, inner_frame(tag(0x8100, 10)))));
  expect_inner_frame(10);
}

TEST_F(Tunnel, ErspanThatCutTheFrameIsNoAnomaly) {
  const Octets header =
      be16(0x1000) + be16(0x88be) + be32(1) + be16(0x1000 | 77) + be16(0x0405) + be32(0);
  Octets cut = inner_frame();
  cut.resize(cut.size() - 3);
  ASSERT_TRUE(decode(in_gre(header, cut)));
  EXPECT_TRUE(packet_.truncated);
  EXPECT_EQ(text_of(packet_.payload), "ins");
  EXPECT_TRUE(anomalies_.none()) << anomalies_.all();
}

TEST_F(Tunnel, BareIpHasNoLink) {
  ASSERT_TRUE(decode(in_gre(be16(0) + be16(0x0800), kInnerPacket)));
  expect_no_link();
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(4, kInnerPacket), tag(0x8100, 900))));
  expect_no_link();
  ASSERT_TRUE(decode(ethernet(0x8847, be32(0x00011140) + kInnerPacket, tag(0x8100, 900))));
  expect_no_link();
  EXPECT_EQ(packet_.tunnel, Encapsulation::mpls);
  EXPECT_EQ(packet_.vni, 0x11u);
}

TEST_F(Tunnel, ShimKeepsTheLink) {
  ASSERT_TRUE(decode(ethernet(0x8926, be32(1) + tag(0x8100, 10) + be16(0x0800) + kInnerPacket)));
  expect_inside();
  EXPECT_EQ(packet_.src_mac.to_string(), "44:19:b6:00:00:01");
  EXPECT_EQ(packet_.vlan, 10);
  EXPECT_EQ(packet_.tunnel, Encapsulation::none);
}

// 44:19:b6, Hikvision's, begins like IPv4, and 64:db:8b like IPv6; 00: like a control word.
TEST_F(Tunnel, PseudowireIsToldFromIpByMoreThanFourBits) {
  for (const Octets& oui :
       {Octets{0x44, 0x19, 0xb6}, Octets{0x64, 0xdb, 0x8b}, Octets{0, 0x1b, 0x54}}) {
    const Octets whole = oui + Octets{0, 0, 1} + mac(0x21) + be16(0x0800) + kInnerPacket;
    ASSERT_TRUE(decode(ethernet(0x8847, be32(0x00011140) + whole)));
    expect_inner_frame(0);
    ASSERT_TRUE(decode(ethernet(0x8847, be32(0x00011140) + be32(0) + whole)));
    expect_inner_frame(0);
  }
  EXPECT_EQ(seen(Encapsulation::mpls_ethernet), 6u);
}

TEST_F(Tunnel, DatagramThatDoesNotBeginLikeTheTunnelStaysOne) {
  for (const unsigned port : {1701u, 2152u, 4789u, 4790u, 5247u, 6081u, 6635u, 8472u, 37008u}) {
    ASSERT_TRUE(decode(in_udp(port, text("<?xml version=\"1.0\"?><Probe/>"))));
    EXPECT_EQ(packet_.dst_port, port);
    EXPECT_EQ(packet_.src_port, 50000);
    EXPECT_EQ(packet_.payload.size(), 29u);
  }
  EXPECT_EQ(decoder_.sight().opaque, 0u);
}

TEST_F(Tunnel, DepthIsBounded) {
  Octets nested = kInnerPacket;
  for (int layer = 0; layer < Decoder::kMaxLayers; ++layer) nested = ipv4(4, nested);
  EXPECT_TRUE(decode(ethernet(0x0800, nested)));
  EXPECT_FALSE(decode(ethernet(0x0800, ipv4(4, nested))));
  EXPECT_EQ(anomalies_["tunnel.depth"], 1);
  EXPECT_TRUE(packet_.src.none());
}

TEST_F(Tunnel, LabelStackIsBounded) {
  Octets labels;
  for (int count = 0; count < 15; ++count) labels = labels + be32(0x00010040);
  EXPECT_TRUE(decode(ethernet(0x8847, labels + be32(0x00011140) + kInnerPacket)));
  EXPECT_FALSE(
      decode(ethernet(0x8847, labels + be32(0x00010040) + be32(0x00011140) + kInnerPacket)));
  EXPECT_EQ(anomalies_["mpls.label_limit"], 1);
}

TEST_F(Tunnel, BrokenInnerFrameIsNobodysFact) {
  Octets broken = inner_frame();
  broken.resize(30);
  EXPECT_FALSE(decode(in_udp(4789, be32(0x08000000) + be32(1 << 8) + broken)));
  EXPECT_EQ(anomalies_["ipv4.truncated"], 1) << anomalies_.all();
  EXPECT_TRUE(packet_.src.none());
  EXPECT_EQ(decoder_.sight().unread, 1u);
}

TEST_F(Tunnel, EncryptedIsNamedAndStaysWhatItIs) {
  ASSERT_TRUE(decode(ethernet(0x88e5, be16(0x2c00) + be32(9) + Octets(48, 3))));
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(50, Octets(48, 3)))));
  EXPECT_EQ(packet_.src.to_string(), "10.0.0.1");
  EXPECT_EQ(seen(Encapsulation::macsec), 1u);
  EXPECT_EQ(seen(Encapsulation::ipsec_esp), 1u);
  EXPECT_EQ(decoder_.sight().opaque, 2u);
  EXPECT_EQ(decoder_.sight().understood(), 0u);
}

TEST_F(Tunnel, UnknownEtherTypesAreCountedWithinBounds) {
  for (unsigned type = 0xb000; type < 0xb100; ++type)
    ASSERT_TRUE(decode(ethernet(type, Octets(46, 0))));
  ASSERT_TRUE(decode(ethernet(0x88cc, Octets(46, 0))));
  std::size_t listed = 0;
  std::uint64_t lldp = 0;
  decoder_.sight().ether_types.each([&](const EtherTypes::Entry& entry) {
    ++listed;
    if (entry.type == 0x88cc) lldp = entry.frames;
  });
  EXPECT_EQ(listed, EtherTypes::kStrangers + 1);
  EXPECT_EQ(decoder_.sight().ether_types.others(), 256 - EtherTypes::kStrangers);
  EXPECT_EQ(lldp, 1u);
  EXPECT_EQ(decoder_.sight().opaque, 256u);
}

// The fragments of a fragmented tunnel hold fragments of a datagram.
TEST_F(Tunnel, FragmentsInFragmentsArePutTogether) {
  const Octets datagram = udp(3702, 1025, Octets(100, 'w'));
  bool whole = false;
  for (int half = 0; half < 2; ++half) {
    V4 part;
    part.id = 40;
    part.more = half == 0;
    part.offset = half == 0 ? 0 : 56;
    const auto from = datagram.begin() + part.offset;
    const Octets inner(from, half == 0 ? from + 56 : datagram.end());
    const Octets carried = be16(0) + be16(0x0800) + ipv4(17, inner, part);
    for (int piece = 0; piece < 2; ++piece) {
      V4 outer;
      outer.id = 50u + static_cast<unsigned>(half);
      outer.more = piece == 0;
      outer.offset = piece == 0 ? 0 : 40;
      const auto begin = carried.begin() + outer.offset;
      whole = decode(ethernet(
          0x0800, ipv4(47, Octets(begin, piece == 0 ? begin + 40 : carried.end()), outer)));
      EXPECT_EQ(whole, half == 1 && piece == 1);
    }
  }
  ASSERT_TRUE(whole) << anomalies_.all();
  EXPECT_EQ(packet_.payload.size(), 100u);
  EXPECT_EQ(text_of(packet_.link_payload).size(), 20u + 52u);
  EXPECT_EQ(decoder_.sight().reassembled, 3u);
}

TEST_F(Tunnel, TinsAgreesOnMplsPppoeAndQinQ) {
  Tins::PPPoE session;
  session.session_id(7);
  session.code(0);
  auto ip = Tins::IP("10.10.10.2", "10.10.10.72") / Tins::UDP(1025, 3702) / Tins::RawPDU("inside");
  auto inner = ip.serialize();
  Octets ppp{0x00, 0x21};
  ppp.insert(ppp.end(), inner.begin(), inner.end());
  session.payload_length(static_cast<std::uint16_t>(ppp.size()));
  auto pppoe =
      Tins::EthernetII("44:19:b6:00:00:02", "44:19:b6:00:00:01") / session / Tins::RawPDU(ppp);
  auto octets = pppoe.serialize();
  octets[12] = 0x88;
  octets[13] = 0x64;
  ASSERT_TRUE(decode(octets)) << anomalies_.all();
  expect_inside();
  Tins::MPLS label;
  label.label(77);
  label.bottom_of_stack(1);
  auto mpls =
      Tins::EthernetII("44:19:b6:00:00:02", "44:19:b6:00:00:01") / label / Tins::RawPDU(inner);
  octets = mpls.serialize();
  octets[12] = 0x88;
  octets[13] = 0x47;
  ASSERT_TRUE(decode(octets)) << anomalies_.all();
  expect_no_link();
  EXPECT_EQ(packet_.vni, 77u);
}

}  // namespace
}  // namespace camwarden::test
