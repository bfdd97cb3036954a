#pragma once
// One frame of every shape that the decoder knows, for tests that break them.

#include <utility>
#include <vector>

#include "unit/packet/frames.h"

namespace camwarden::test {

struct Sample {
  int link_type;
  Octets octets;
};

// Every shim and tunnel around a datagram or a frame with one.
inline std::vector<Sample> tunnel_samples() {
  const Octets packet = ipv4(17, udp(3702, 1025, text("a datagram of some length")));
  const Octets whole = ethernet(0x0800, packet);
  const auto in_udp = [](unsigned port, const Octets& payload) {
    return ethernet(0x0800, ipv4(17, udp(50000, port, payload)));
  };
  const auto in_gre = [](const Octets& header, const Octets& payload) {
    return ethernet(0x0800, ipv4(47, header + payload));
  };
  const Octets erspan2 = be16(0x1000) + be16(0x88be) + be32(1) + be32(0x10640005) + be32(3);
  const Octets erspan3 =
      be16(0x1000) + be16(0x22eb) + be32(1) + be32(0x20640005) + be32(9) + be32(1) + Octets(8, 0);
  return {
      {1, ethernet(0x8926, be32(0x80000001) + be16(0x0800) + packet)},
      {1, ethernet(0x893f, Octets(6, 1) + be16(0x0800) + packet)},
      {1, ethernet(0x8909, be32(0x01010001) + be16(100) + be16(0x0800) + packet)},
      {1, ethernet(0x88e5, be16(0x2000) + be32(9) + Octets(8, 1) + be16(0x0800) + packet)},
      {1, ethernet(0x8864, be16(0x1100) + be16(7) + be16(55) + be16(0x0021) + packet)},
      {1, ethernet(0x8847, be32(0x00010040) + be32(0x00011140) + packet)},
      {1, ethernet(0x8848, be32(0x00011140) + be32(0) + whole)},
      {1, ethernet(0x88e7, be32(4242) + whole)},
      {1, ethernet(0x22f3, be16(0x003f) + be32(0x00010002) + whole)},
      {1, ethernet(0x8903, be16(0x007f) + whole)},
      {1, ethernet(0x0800, ipv4(4, packet))},
      {1, ethernet(0x86dd, ipv6(41, ipv6(17, udp(1, 2, text("six in six")))))},
      {1, ethernet(0x0800, ipv4(97, be16(0x3000) + whole))},
      {1, in_gre(be16(0xb000) + be16(0x0800) + be32(0) + be32(7) + be32(8), packet)},
      {1, in_gre(be16(0x2000) + be16(0x6558) + be32(6001 << 8), whole)},
      {1,
       in_gre(be16(0x3081) + be16(0x880b) + be32(7) + be32(1) + be32(2) + be16(0xff03) + be16(0x21),
              packet)},
      {1, in_gre(be16(0) + be16(0x88be), whole)},
      {1, in_gre(erspan2, whole)},
      {1, in_gre(erspan3, whole)},
      {1, in_udp(4789, be32(0x08000000) + be32(5001 << 8) + whole)},
      {1, in_udp(4790, be32(0x0c000003) + be32(5001 << 8) + whole)},
      {1, in_udp(6081, be32(0x02006558) + be32(5002 << 8) + Octets(8, 0) + whole)},
      {1, in_udp(2152, be32(0x34ff0000 + 61) + be32(9) + be32(0x85) + be32(0x01000000) + packet)},
      {1, in_udp(37008, be32(0x01000001) + Octets{0, 10, 1, 0xc4, 1} + whole)},
      {1, in_udp(6635, be32(0x00010040) + be32(0x00011140) + packet)},
  };
}

inline std::vector<Sample> plain_samples() {
  const Octets datagram = udp(3702, 1025, text("a datagram of some length"));
  const Octets segment = tcp(40000, 80, 1, kAck, text("GET / HTTP/1.1\r\n"), Octets(12, 1));
  const Octets cooked = be16(0) + be16(1) + be16(6) + mac(9) + Octets{0, 0};
  const Octets cooked2 = be16(0) + be32(3) + be16(1) + Octets{0, 6} + mac(9) + Octets{0, 0};
  V4 first, last, with_options;
  first.more = true;
  last.offset = 16;
  with_options.options = Octets(8, 1);
  return {
      {1, ethernet(0x0800, ipv4(17, datagram))},
      {1, ethernet(0x0800, ipv4(6, segment, with_options))},
      {1, ethernet(0x0800, ipv4(17, datagram), tag(0x88a8, 100) + tag(0x8100, 30))},
      {1, ethernet(0x0800, ipv4(17, Octets(datagram.begin(), datagram.begin() + 16), first))},
      {1, ethernet(0x0800, ipv4(17, Octets(datagram.begin() + 16, datagram.end()), last))},
      {1, ethernet(0x86dd, ipv6(17, datagram))},
      {1, ethernet(0x86dd, ipv6(0, v6_options(43) + v6_options(51) + Octets{60, 4} + Octets(22, 0) +
                                       v6_options(6) + segment))},
      {1, ethernet(0x86dd, ipv6(60, v6_options(44) + v6_fragment(17, 0, true, 5, Octets(16, 1))))},
      {1, ethernet(0x0806, Octets(28, 1))},
      {1, ethernet(20, Octets(46, 0x42))},
      {113, cooked + be16(0x8100) + be16(30) + be16(0x0800) + ipv4(6, segment)},
      {276, be16(0x0800) + cooked2 + ipv4(17, datagram)},
      {101, ipv6(6, segment)},
      {0, Octets{2, 0, 0, 0} + ipv4(17, datagram)},
  };
}

inline std::vector<Sample> samples() {
  auto all = plain_samples();
  for (auto& sample : tunnel_samples()) all.push_back(std::move(sample));
  return all;
}

}  // namespace camwarden::test
