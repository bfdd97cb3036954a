#include <gtest/gtest.h>

#include <optional>

#include "packet/decode.h"
#include "unit/packet/frames.h"

namespace camwarden::test {
namespace {

Octets numbered(std::size_t count) {
  Octets octets(count);
  for (std::size_t i = 0; i < count; ++i) octets[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
  return octets;
}

class Fragments : public testing::Test {
 protected:
  bool decode(const Octets& octets) {
    octets_ = octets;
    Frame one = frame(octets_);
    one.time = now_;
    one.interface = interface_;
    return decoder_->decode(one, packet_, anomalies_);
  }
  // Part of a UDP datagram from port 3702 to 1025.
  bool part(std::size_t from, std::size_t size, bool more, V4 with = {}, const Octets& tags = {}) {
    with.offset = static_cast<unsigned>(from);
    with.more = more;
    const Octets slice(whole_.begin() + static_cast<std::ptrdiff_t>(from),
                       whole_.begin() + static_cast<std::ptrdiff_t>(from + size));
    return decode(ethernet(0x0800, ipv4(17, slice, with), tags));
  }
  void expect_whole() {
    EXPECT_EQ(packet_.transport, Transport::udp);
    EXPECT_EQ(packet_.src_port, 3702);
    EXPECT_EQ(packet_.dst_port, 1025);
    EXPECT_EQ(Octets(packet_.payload.begin(), packet_.payload.end()), body_);
  }
  void limit(std::size_t bytes, std::size_t datagrams) {
    Decoder::Options options;
    options.fragment_bytes = bytes;
    options.fragment_datagrams = datagrams;
    decoder_.emplace(options);
  }

  Octets body_ = numbered(1992);
  Octets whole_ = udp(3702, 1025, body_);  // 2000 octets
  std::optional<Decoder> decoder_{std::in_place, Decoder::Options{}};
  Time now_ = from_unix_ns(1'700'000'000'000'000'000);
  std::uint16_t interface_ = 0;
  Octets octets_;
  Packet packet_;
  Anomalies anomalies_;
};

TEST_F(Fragments, InOrderGiveTheDatagram) {
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_TRUE(packet_.payload.empty());
  ASSERT_TRUE(part(1480, 520, false));
  expect_whole();
  EXPECT_TRUE(anomalies_.none());
}

TEST_F(Fragments, OutOfOrderGiveTheDatagram) {
  EXPECT_FALSE(part(1480, 520, false));
  EXPECT_FALSE(part(800, 680, true));
  ASSERT_TRUE(part(0, 800, true));
  expect_whole();
}

TEST_F(Fragments, TinyOnesGiveTheDatagram) {  // RFC 1858: ports and flags in different fragments
  whole_ = udp(3702, 1025, body_ = numbered(56));
  for (std::size_t from = 0; from < 56; from += 8) EXPECT_FALSE(part(from, 8, true));
  ASSERT_TRUE(part(56, 8, false));
  expect_whole();
}

TEST_F(Fragments, TcpHeaderInTwoFragmentsIsRead) {
  whole_ = tcp(1024, 80, 1, kAck, text("GET"));
  V4 with;
  with.more = true;
  EXPECT_FALSE(decode(ethernet(0x0800, ipv4(6, {whole_.begin(), whole_.begin() + 8}, with))));
  with.more = false;
  with.offset = 8;
  ASSERT_TRUE(decode(ethernet(0x0800, ipv4(6, {whole_.begin() + 8, whole_.end()}, with))));
  EXPECT_EQ(text_of(packet_.payload), "GET");
}

TEST_F(Fragments, ExactCopiesAreIgnored) {
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_FALSE(part(0, 1480, true));
  ASSERT_TRUE(part(1480, 520, false));
  expect_whole();
  EXPECT_TRUE(anomalies_.none());
}

TEST_F(Fragments, CopyAfterTheEndStartsNoDatagram) {
  EXPECT_FALSE(part(0, 1480, true));
  ASSERT_TRUE(part(1480, 520, false));
  EXPECT_FALSE(part(1480, 520, false));
  now_ += std::chrono::minutes(1);
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_EQ(anomalies_["fragment.timeout"], 0);
}

TEST_F(Fragments, IdMayServeAgain) {
  EXPECT_FALSE(part(0, 1480, true));
  ASSERT_TRUE(part(1480, 520, false));
  now_ += std::chrono::seconds(2);
  EXPECT_FALSE(part(0, 1480, true));
  ASSERT_TRUE(part(1480, 520, false));
  expect_whole();
}

TEST_F(Fragments, OverlapDropsTheDatagram) {  // teardrop; RFC 5722
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_FALSE(part(800, 1200, false));
  EXPECT_EQ(anomalies_["fragment.overlap"], 1);
  EXPECT_FALSE(part(1480, 520, false));
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_EQ(anomalies_["fragment.overlap"], 1);
}

TEST_F(Fragments, SamePlaceWithOtherBytesIsAnOverlap) {
  EXPECT_FALSE(part(0, 1480, true));
  whole_[100] ^= 1;
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_EQ(anomalies_["fragment.overlap"], 1);
}

TEST_F(Fragments, TwoEndsAreAnOverlap) {
  EXPECT_FALSE(part(800, 8, false));
  EXPECT_FALSE(part(1480, 520, false));
  EXPECT_EQ(anomalies_["fragment.overlap"], 1);
}

TEST_F(Fragments, PartBehindTheEndIsAnOverlap) {
  EXPECT_FALSE(part(800, 8, false));
  EXPECT_FALSE(part(808, 8, true));
  EXPECT_EQ(anomalies_["fragment.overlap"], 1);
}

TEST_F(Fragments, EndBeforeKnownPartIsAnOverlap) {
  EXPECT_FALSE(part(1480, 520, true));
  EXPECT_FALSE(part(800, 8, false));
  EXPECT_EQ(anomalies_["fragment.overlap"], 1);
}

TEST_F(Fragments, MoreThan65535OctetsAreRefused) {  // ping of death
  V4 with;
  with.offset = 65528;
  EXPECT_FALSE(decode(ethernet(0x0800, ipv4(1, numbered(8), with))));
  EXPECT_EQ(anomalies_["fragment.oversize"], 1);
}

TEST_F(Fragments, LargestDatagramIsGivenWhole) {
  whole_ = udp(3702, 1025, body_ = numbered(65507));
  std::size_t from = 0;
  for (; from + 1480 < whole_.size(); from += 1480) EXPECT_FALSE(part(from, 1480, true));
  ASSERT_TRUE(part(from, whole_.size() - from, false));
  expect_whole();
}

TEST_F(Fragments, UnevenMiddlePartIsRefused) {
  EXPECT_FALSE(part(0, 1479, true));
  EXPECT_EQ(anomalies_["fragment.length"], 1);
}

TEST_F(Fragments, EmptyPartIsRefused) {
  EXPECT_FALSE(part(0, 0, true));
  EXPECT_EQ(anomalies_["fragment.length"], 1);
}

TEST_F(Fragments, SlicedPartIsRefused) {
  V4 with;
  with.more = true;
  with.total_length = 20 + 1480;
  EXPECT_FALSE(decode(ethernet(0x0800, ipv4(17, numbered(80), with))));
  EXPECT_EQ(anomalies_["fragment.truncated"], 1);
}

TEST_F(Fragments, OldPartsAreForgotten) {
  EXPECT_FALSE(part(0, 1480, true));
  now_ += std::chrono::seconds(31);
  EXPECT_FALSE(part(1480, 520, false));
  EXPECT_EQ(anomalies_["fragment.timeout"], 1);
}

TEST_F(Fragments, OldestDatagramGoesFirstWhenThereAreTooMany) {
  limit(1 << 20, 2);
  V4 first, second, third;
  first.id = 1, second.id = 2, third.id = 3;
  EXPECT_FALSE(part(0, 1480, true, first));
  EXPECT_FALSE(part(0, 1480, true, second));
  EXPECT_FALSE(part(0, 1480, true, third));
  EXPECT_EQ(anomalies_["fragment.datagram_limit"], 1);
  EXPECT_TRUE(part(1480, 520, false, second));
  EXPECT_FALSE(part(1480, 520, false, first));
}

TEST_F(Fragments, OldestDatagramGoesFirstWhenMemoryEnds) {
  limit(4000, 100);
  V4 first, second, third;
  first.id = 1, second.id = 2, third.id = 3;
  EXPECT_FALSE(part(0, 1480, true, first));
  EXPECT_FALSE(part(0, 1480, true, second));
  EXPECT_FALSE(part(0, 1480, true, third));
  EXPECT_EQ(anomalies_["fragment.memory_limit"], 1);
  EXPECT_FALSE(part(1480, 520, false, first));
}

TEST_F(Fragments, FinishedDatagramsGiveTheirMemoryBack) {
  limit(8000, 4);
  for (unsigned id = 1; id <= 100; ++id) {
    V4 with;
    with.id = id;
    EXPECT_FALSE(part(0, 1480, true, with));
    EXPECT_TRUE(part(1480, 520, false, with));
  }
  EXPECT_TRUE(anomalies_.none()) << anomalies_.all();
}

TEST_F(Fragments, DatagramLargerThanMemoryIsRefused) {
  limit(1000, 100);
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_EQ(anomalies_["fragment.memory_limit"], 1);
  EXPECT_FALSE(part(1480, 520, false));
}

TEST_F(Fragments, TooManyPartsDropTheDatagram) {
  for (std::size_t i = 0; i < 128; ++i) EXPECT_FALSE(part(i * 8, 8, true));
  EXPECT_TRUE(anomalies_.none());
  EXPECT_FALSE(part(1024, 8, true));
  EXPECT_EQ(anomalies_["fragment.part_limit"], 1);
}

TEST_F(Fragments, VlansDoNotMix) {
  EXPECT_FALSE(part(0, 1480, true, {}, tag(0x8100, 10)));
  EXPECT_FALSE(part(1480, 520, false, {}, tag(0x8100, 20)));
  ASSERT_TRUE(part(1480, 520, false, {}, tag(0x8100, 10)));
  expect_whole();
  EXPECT_EQ(packet_.vlan, 10);
}

TEST_F(Fragments, InterfacesDoNotMix) {
  EXPECT_FALSE(part(0, 1480, true));
  interface_ = 1;
  EXPECT_FALSE(part(1480, 520, false));
  interface_ = 0;
  EXPECT_TRUE(part(1480, 520, false));
}

TEST_F(Fragments, SendersDoNotMix) {
  V4 other;
  other.src = 0x0a000009;
  EXPECT_FALSE(part(0, 1480, true));
  EXPECT_FALSE(part(1480, 520, false, other));
}

TEST_F(Fragments, PayloadStaysUntilTheNextPacket) {
  EXPECT_FALSE(part(0, 1480, true));
  ASSERT_TRUE(part(1480, 520, false));
  octets_.assign(octets_.size(), 0);
  expect_whole();
}

class Ipv6Fragments : public Fragments {
 protected:
  bool part6(std::size_t from, std::size_t size, bool more, std::uint8_t next = 17) {
    const Octets slice(whole_.begin() + static_cast<std::ptrdiff_t>(from),
                       whole_.begin() + static_cast<std::ptrdiff_t>(from + size));
    return decode(ethernet(
        0x86dd, ipv6(44, v6_fragment(next, static_cast<unsigned>(from), more, 0xdeadbeef, slice))));
  }
};

TEST_F(Ipv6Fragments, GiveTheDatagram) {
  EXPECT_FALSE(part6(1448, 552, false));
  ASSERT_TRUE(part6(0, 1448, true));
  expect_whole();
  EXPECT_EQ(packet_.src.to_string(), "2001:db8::1");
}

TEST_F(Ipv6Fragments, FirstPartNamesTheProtocol) {  // RFC 8200 section 4.5
  EXPECT_FALSE(part6(0, 1448, true, 17));
  ASSERT_TRUE(part6(1448, 552, false, 6));
  expect_whole();
}

TEST_F(Ipv6Fragments, ExtensionHeadersInsideAreWalked) {
  whole_ = v6_options(17) + whole_;
  EXPECT_FALSE(part6(0, 1448, true, 60));
  ASSERT_TRUE(part6(1448, 560, false, 60));
  expect_whole();
}

TEST_F(Ipv6Fragments, OverlapDropsTheDatagram) {
  EXPECT_FALSE(part6(0, 1448, true));
  EXPECT_FALSE(part6(1440, 560, false));
  EXPECT_FALSE(part6(1448, 552, false));
  EXPECT_EQ(anomalies_["fragment.overlap"], 1);
}

TEST_F(Ipv6Fragments, FragmentInsideAFragmentIsRefused) {
  whole_ = v6_fragment(17, 8, true, 1, whole_);
  EXPECT_FALSE(part6(0, 1448, true, 44));
  EXPECT_FALSE(part6(1448, 560, false, 44));
  EXPECT_EQ(anomalies_["fragment.nested"], 1);
}

}  // namespace
}  // namespace camwarden::test
