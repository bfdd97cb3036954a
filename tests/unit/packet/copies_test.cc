#include "packet/copies.h"

#include <gtest/gtest.h>

#include "packet/decode.h"
#include "packet/handshakes.h"
#include "unit/packet/frames.h"

namespace camwarden::test {
namespace {

using std::chrono::milliseconds;

Packet decoded(const Octets& octets) {
  Decoder decoder{Decoder::Options{}};
  Anomalies anomalies;
  Packet packet;
  EXPECT_TRUE(decoder.decode(frame(octets), packet, anomalies)) << anomalies.all();
  packet.payload = {};  // views of a frame that is gone
  packet.link_payload = {};
  return packet;
}

Packet datagram(unsigned id, std::uint8_t ttl = 64, const Octets& tags = {}) {
  V4 with;
  with.id = id;
  with.ttl = ttl;
  return decoded(ethernet(0x0800, ipv4(17, udp(3702, 1025, text("hello")), with), tags));
}

Packet after(Packet packet, milliseconds time) {
  packet.time += time;
  return packet;
}

TEST(Copies, ExactCopyIsFoldedWithinTheWindow) {
  Copies copies;
  EXPECT_FALSE(copies.seen(datagram(7)));
  EXPECT_TRUE(copies.seen(after(datagram(7), milliseconds(2))));
  EXPECT_FALSE(copies.seen(after(datagram(7), milliseconds(60))));
  EXPECT_EQ(copies.counters().same, 1u);
  EXPECT_EQ(copies.counters().compared, 3u);
}

TEST(Copies, SentAgainIsNoCopy) {
  Copies copies;
  EXPECT_FALSE(copies.seen(datagram(7)));
  EXPECT_FALSE(copies.seen(datagram(8)));
  EXPECT_EQ(copies.counters().same + copies.counters().elsewhere, 0u);
}

TEST(Copies, RoutedCopyTellsLessAndAnEarlierOneMore) {
  Copies copies;
  EXPECT_FALSE(copies.seen(datagram(7, 64, tag(0x8100, 10))));
  EXPECT_TRUE(copies.seen(datagram(7, 63, tag(0x8100, 20))));
  EXPECT_FALSE(copies.seen(datagram(9, 63, tag(0x8100, 20))));
  EXPECT_FALSE(copies.seen(datagram(9, 64, tag(0x8100, 10))));
  EXPECT_TRUE(copies.seen(datagram(9, 63, tag(0x8100, 20))));
  EXPECT_EQ(copies.counters().elsewhere, 3u);
}

TEST(Copies, TaggedCopyTellsMoreThanABareOne) {
  Copies copies;
  EXPECT_FALSE(copies.seen(datagram(7)));
  EXPECT_FALSE(copies.seen(datagram(7, 64, tag(0x8100, 10))));
  EXPECT_TRUE(copies.seen(datagram(7)));
  EXPECT_EQ(copies.counters().elsewhere, 2u);
}

Packet arp(const Octets& payload, const Octets& storage) {
  Packet packet = decoded(ethernet(0x0806, payload));
  packet.link_payload = storage;
  return packet;
}

TEST(Copies, PaddingOfAnArpMessageDoesNotMatter) {
  const Octets bare(28, 1), padded = bare + Octets(18, 0), other = Octets(27, 1) + Octets{2};
  Copies copies;
  EXPECT_FALSE(copies.seen(arp(bare, bare)));
  EXPECT_TRUE(copies.seen(arp(padded, padded)));
  EXPECT_FALSE(copies.seen(arp(other, other)));
  EXPECT_FALSE(copies.seen(after(arp(bare, bare), std::chrono::seconds(1))));
}

Packet segment(unsigned src, unsigned dst, unsigned flags, bool from_client) {
  V4 with;
  if (!from_client) std::swap(with.src, with.dst);
  return decoded(ethernet(0x0800, ipv4(6, tcp(src, dst, 1, flags, {}), with)));
}

TEST(Handshakes, QuestionAndAnswerAreOneConnection) {
  Handshakes handshakes;
  handshakes.note(segment(40000, 554, kSyn, true));
  handshakes.note(segment(40000, 554, kSyn, true));
  EXPECT_EQ(handshakes.counters().opened, 1u);
  handshakes.note(segment(554, 40000, kSyn | kAck, false));
  EXPECT_EQ(handshakes.counters().opened, 0u);
  EXPECT_EQ(handshakes.counters().both, 1u);
}

TEST(Handshakes, AnswerAloneMeansThatOneDirectionIsMissing) {
  Handshakes handshakes;
  handshakes.note(segment(554, 40000, kSyn | kAck, false));
  EXPECT_EQ(handshakes.counters().answered, 1u);
  handshakes.note(segment(40000, 554, kSyn, true));  // late
  EXPECT_EQ(handshakes.counters().answered, 0u);
  EXPECT_EQ(handshakes.counters().both, 1u);
}

TEST(Handshakes, AFloodStaysWithinTheTable) {
  Handshakes handshakes;
  Packet syn = segment(1, 554, kSyn, true);
  for (unsigned port = 0; port < 3 * Handshakes::kPlaces; ++port) {
    syn.src_port = static_cast<std::uint16_t>(port);
    handshakes.note(syn);
  }
  EXPECT_EQ(handshakes.counters().opened, 3 * Handshakes::kPlaces);
}

}  // namespace
}  // namespace camwarden::test
