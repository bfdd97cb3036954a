// Octets of one connection: their order, gaps, copies and ends.

#include "unit/packet/flows.h"

namespace camwarden::test {
namespace {

TEST_F(Flows, SegmentsComeInOrder) {
  connect();
  client(100, "GET ");
  client(104, "/ HTTP");
  EXPECT_EQ(listener_.all(), "GET |/ HTTP|");
  EXPECT_TRUE(listener_.shown[0].start && listener_.shown[1].start);
  EXPECT_EQ(listener_.shown[0].src_port, 40000);
}

TEST_F(Flows, DirectionsAreApart) {
  connect();
  client(100, "ask");
  server(500, "answer");
  EXPECT_EQ(listener_.all(), "ask|answer|");
  EXPECT_EQ(listener_.shown[1].sender, "10.0.0.2");
  EXPECT_EQ(listener_.shown[1].scratch, 0u);
  EXPECT_EQ(counters().flows, 1u);
}

TEST_F(Flows, ScratchStaysWithItsDirection) {
  connect();
  client(100, "a");
  client(101, "b");
  EXPECT_EQ(listener_.shown[1].scratch, 1u);
}

TEST_F(Flows, UnconsumedBytesAreShownAgain) {
  listener_.consume = false;
  connect();
  client(100, "ab");
  client(102, "cd");
  client(104, "ef");
  EXPECT_EQ(listener_.all(), "ab|abcd|abcdef|");
}

TEST_F(Flows, HandshakeAloneShowsNothing) {
  connect();
  client(100, "");
  EXPECT_TRUE(listener_.shown.empty());
}

TEST_F(Flows, DataInTheSynIsRead) {  // RFC 7413
  client(99, "fast", kSyn);
  EXPECT_EQ(listener_.all(), "fast|");
}

TEST_F(Flows, MidStreamStartsAtTheFirstBytesSeen) {
  client(5000, "mid");
  client(5003, "stream");
  EXPECT_EQ(listener_.all(), "mid|stream|");
  EXPECT_FALSE(listener_.shown[0].start);
}

TEST_F(Flows, BareAckStartsNoFlow) {
  client(5000, "");
  server(100, "", kRst);
  EXPECT_EQ(counters().flows, 0u);
}

TEST_F(Flows, RetransmissionIsShownOnce) {
  connect();
  client(100, "abcd");
  client(100, "abcd");
  client(102, "cdef");
  EXPECT_EQ(listener_.all(), "abcd|ef|");
}

TEST_F(Flows, FirstCopyOfOverlappingBytesWins) {
  listener_.consume = false;
  connect();
  client(100, "abcd");
  client(102, "XXef");
  EXPECT_EQ(listener_.shown.back().bytes, "abcdef");
}

TEST_F(Flows, FirstCopyWinsOutOfOrderToo) {
  connect();
  client(102, "cd");
  client(100, "abXXef");
  EXPECT_EQ(listener_.all(), "abcdef|");
}

TEST_F(Flows, OverlapOfManyPiecesKeepsEachFirstCopy) {
  connect();
  client(102, "c");
  client(104, "e");
  client(106, "g");
  client(101, "bXdXfXh");
  client(100, "a");
  EXPECT_EQ(listener_.all(), "abcdefgh|");
}

TEST_F(Flows, KeepAliveIsNoData) {  // RFC 9293 section 3.8.4
  connect();
  client(100, "abc");
  client(102, "\0");
  client(102, "c");
  client(103, "d");
  EXPECT_EQ(listener_.all(), "abc|d|");
}

TEST_F(Flows, ReorderedSegmentsAreSorted) {
  connect();
  client(104, "ef");
  client(102, "cd");
  EXPECT_TRUE(listener_.shown.empty());
  client(100, "ab");
  EXPECT_EQ(listener_.all(), "abcdef|");
  EXPECT_TRUE(listener_.shown[0].start);
  EXPECT_EQ(counters().gaps, 0u);
}

TEST_F(Flows, SequenceNumbersWrap) {
  connect(0xfffffffd);
  client(0, "cd");
  client(0xfffffffe, "ab");
  client(2, "ef");
  EXPECT_EQ(listener_.all(), "abcd|ef|");
}

TEST_F(Flows, FinClosesInOrder) {
  connect();
  client(100, "bye", kAck | kFin);
  EXPECT_EQ(listener_.all(), "bye$");
  client(100, "bye", kAck | kFin);
  EXPECT_EQ(listener_.shown.size(), 1u);
}

TEST_F(Flows, BareFinClosesWhatIsLeft) {
  listener_.consume = false;
  connect();
  client(100, "left");
  client(104, "", kAck | kFin);
  EXPECT_EQ(listener_.all(), "left|left$");
}

TEST_F(Flows, FinOfAnEmptyDirectionIsNotShown) {
  connect();
  client(100, "", kAck | kFin);
  EXPECT_TRUE(listener_.shown.empty());
}

TEST_F(Flows, FinSkipsTheGapBeforeIt) {
  connect();
  client(100, "ab");
  client(104, "ef");
  client(108, "ij", kAck | kFin);
  EXPECT_EQ(listener_.all(), "ab|ef|ij|$");
  EXPECT_EQ(counters().gaps, 2u);
}

TEST_F(Flows, ResetClosesBothDirections) {
  listener_.consume = false;
  connect();
  client(100, "ask");
  server(500, "answer");
  listener_.shown.clear();
  client(103, "", kRst);
  EXPECT_EQ(listener_.all(), "ask$answer$");
  EXPECT_EQ(listener_.shown[1].sender, "10.0.0.2");
  EXPECT_EQ(listener_.shown[1].src_port, 80);
}

TEST_F(Flows, ForgedResetIsIgnored) {  // RFC 5961 section 3
  connect();
  client(100, "ask");
  client(100 + (1 << 20), "", kRst);
  client(103, "more");
  EXPECT_EQ(listener_.all(), "ask|more|");
}

TEST_F(Flows, SynWithRstIsAnAnomaly) {
  client(99, "", kSyn | kRst);
  EXPECT_EQ(anomalies_["tcp.flags"], 1);
  EXPECT_EQ(counters().flows, 0u);
}

TEST_F(Flows, LimitClosesTheDirection) {
  limit_stream(8);
  connect();
  client(100, "abcd");
  client(104, "efghij");
  client(110, "kl");
  EXPECT_EQ(listener_.all(), "abcd|efgh$");
}

TEST_F(Flows, LimitCountsConsumedBytesToo) {
  limit_stream(8);
  listener_.consume = false;
  connect();
  client(100, "abcd");
  client(104, "efghij");
  EXPECT_EQ(listener_.all(), "abcd|abcdefgh$");
}

TEST_F(Flows, IgnoredDirectionIsSilent) {
  listener_.ignore = true;
  connect();
  client(100, "ab");
  client(102, "cd", kAck | kFin);
  EXPECT_EQ(listener_.all(), "ab|");
}

TEST_F(Flows, DirectionThatNobodyReadsIsWorthShunting) {
  listener_.ignore = true;
  table_->tcp(packet(0, "x"), anomalies_);
  int worth = 0;
  for (std::uint32_t i = 1; i <= 100; ++i)
    worth += table_->tcp(packet(i, "x"), anomalies_) == FlowTable::Want::shunt ? 1 : 0;
  EXPECT_EQ(worth, 1);
  for (std::uint32_t i = 101; i <= 1000; ++i)
    worth += table_->tcp(packet(i, "x"), anomalies_) == FlowTable::Want::shunt ? 1 : 0;
  EXPECT_EQ(worth, 4);  // again now and then
}

TEST_F(Flows, DirectionThatIsReadIsNeverShunted) {
  for (std::uint32_t i = 0; i < 1000; ++i)
    EXPECT_EQ(table_->tcp(packet(i, "x"), anomalies_), FlowTable::Want::nothing);
}

TEST_F(Flows, SynTakesBackWhatMayHaveBeenShunted) {
  listener_.ignore = true;
  table_->tcp(packet(100, "", kSyn), anomalies_);
  for (std::uint32_t i = 101; i <= 200; ++i) table_->tcp(packet(i, "x"), anomalies_);
  EXPECT_EQ(table_->tcp(packet(9000, "", kSyn), anomalies_), FlowTable::Want::take_back);
  EXPECT_EQ(table_->tcp(packet(9001, "x"), anomalies_), FlowTable::Want::nothing);
}

TEST_F(Flows, GapIsSkippedWhenEnoughCameBehindIt) {
  limit_stream(64);
  connect();
  client(100, "ab");
  const std::string chunk(16, 'x');
  for (std::uint32_t i = 0; i < 4; ++i) client(110 + 16 * i, chunk);
  EXPECT_EQ(counters().gaps, 1u);
  ASSERT_GE(listener_.shown.size(), 2u);
  EXPECT_FALSE(listener_.shown[1].start);
  EXPECT_EQ(listener_.shown[1].bytes[0], 'x');
}

TEST_F(Flows, GapIsSkippedWhenTooManyPiecesWait) {
  connect();
  client(100, "ab");
  for (std::uint32_t i = 0; i < 33; ++i) client(110 + 2 * i, "x");
  EXPECT_EQ(counters().gaps, 1u);
  EXPECT_EQ(listener_.all(), "ab|x|");
}

TEST_F(Flows, GapIsSkippedAfterAWhile) {
  connect();
  client(100, "ab");
  client(104, "ef");
  now_ += std::chrono::seconds(3);
  client(106, "gh");
  EXPECT_EQ(listener_.all(), "ab|efgh|");
  EXPECT_EQ(counters().gaps, 1u);
}

TEST_F(Flows, GapFarAheadIsSkippedToo) {
  limit_stream(64);
  connect();
  client(100, "ab");
  const std::string chunk(40, 'x');
  client(5000, chunk);
  client(5040, chunk);
  EXPECT_EQ(counters().gaps, 1u);
  EXPECT_EQ(listener_.all(), "ab|" + chunk + "|");
}

TEST_F(Flows, UnconsumedBytesBeforeAGapAreDropped) {
  listener_.consume = false;
  connect();
  client(100, "Server: Hikv");
  client(200, "behind", kAck);
  now_ += std::chrono::seconds(4);
  client(206, "!");
  EXPECT_EQ(listener_.shown.back().bytes, "behind!");
  EXPECT_FALSE(listener_.shown.back().start);
}

TEST_F(Flows, SlicedPayloadMakesTheNextGapNoWait) {
  connect();
  Packet cut = packet(100, "GET /");
  cut.truncated = true;
  give(cut);
  client(1548, "next");
  EXPECT_EQ(listener_.all(), "GET /|next|");
  EXPECT_FALSE(listener_.shown[1].start);
}

TEST_F(Flows, ReusedPortsStartAnew) {
  connect();
  client(100, "first");
  connect(70000, 80000);
  client(70001, "second");
  EXPECT_EQ(listener_.all(), "first|second|");
  EXPECT_TRUE(listener_.shown[1].start);
  EXPECT_EQ(listener_.shown[1].scratch, 0u);
}

TEST_F(Flows, RepeatedSynChangesNothing) {
  connect();
  client(100, "ab");
  client(99, "", kSyn);
  client(102, "cd");
  EXPECT_EQ(listener_.all(), "ab|cd|");
}

TEST_F(Flows, RefusedConnectionMayBeTriedAgain) {
  client(99, "", kSyn);
  server(0, "", kRst | kAck);
  connect();
  client(100, "ask");
  server(500, "answer");
  EXPECT_EQ(listener_.all(), "ask|answer|");
  EXPECT_TRUE(listener_.shown[0].start);
}

TEST_F(Flows, ReusedPortsOfIgnoredDirectionsAreRead) {
  listener_.ignore = true;
  connect();
  client(100, "a");
  server(500, "b");
  connect(70000, 80000);
  server(80001, "d");
  client(70001, "c");
  EXPECT_EQ(listener_.all(), "a|b|d|c|");
}

TEST_F(Flows, ReusedPortsAfterFinStartAnew) {
  connect();
  client(100, "a", kAck | kFin);
  server(500, "b", kAck | kFin);
  connect(70000, 80000);
  client(70001, "c");
  server(80001, "d");
  EXPECT_EQ(listener_.all(), "a$b$c|d|");
}

TEST_F(Flows, VlansAndInterfacesAreApart) {
  Packet tagged = packet(100, "tagged");
  tagged.vlan = 30;
  Packet other = packet(200, "other");
  other.interface = 1;
  client(300, "plain");
  give(tagged);
  give(other);
  EXPECT_EQ(counters().flows, 3u);
  EXPECT_EQ(listener_.all(), "plain|tagged|other|");
}

TEST_F(Flows, VirtualNetworksAreApart) {
  auto one = packet(0, "one"), other = packet(0, "two");
  other.vni = 7;
  give(one);
  give(other);
  EXPECT_EQ(table_->counters().flows, 2u);
}

TEST_F(Flows, Ipv6IsFollowedToo) {
  Packet first = packet(100, "ab");
  first.src = *IpAddress::parse("2001:db8::1");
  first.dst = *IpAddress::parse("2001:db8::2");
  give(first);
  give(back(first));
  EXPECT_EQ(counters().flows, 1u);
}

// Against the plain truth: a stream cut, shuffled within a window, doubled and overlapped arrives
// as it was sent.
TEST_F(Flows, ShuffledStreamArrivesAsSent) {
  std::uint32_t random = 12345;
  const auto next = [&random](std::uint32_t below) {
    random = random * 1664525 + 1013904223;
    return (random >> 8) % below;
  };
  for (int round = 0; round < 200; ++round) {
    listener_.shown.clear();
    client_port_ = static_cast<std::uint16_t>(1000 + round);
    std::string sent(3000, ' ');
    for (char& c : sent) c = static_cast<char>('a' + next(26));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> segments;
    for (std::uint32_t at = 0; at < sent.size();) {
      const std::uint32_t size = std::min<std::uint32_t>(1 + next(200), 3000 - at);
      segments.push_back({at, std::min<std::uint32_t>(size + next(30), 3000 - at)});
      if (next(4) == 0) segments.push_back(segments.back());
      at += size;
    }
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
      const std::size_t other = std::min<std::size_t>(segments.size() - 1, i + next(8));
      std::swap(segments[i], segments[other]);
    }
    const std::uint32_t isn = next(2) == 0 ? 0xfffffa00 : 7;
    client(isn, "", kSyn);
    for (const auto& [at, size] : segments) {
      client(isn + 1 + at, std::string_view(sent).substr(at, size));
    }
    std::string received;
    for (const Shown& one : listener_.shown) received += one.bytes;
    ASSERT_EQ(received, sent) << round;
  }
  EXPECT_EQ(counters().gaps, 0u);
}

}  // namespace
}  // namespace camwarden::test
