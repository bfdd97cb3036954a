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

inline std::vector<Sample> samples() {
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

}  // namespace camwarden::test
