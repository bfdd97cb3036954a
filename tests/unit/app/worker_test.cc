#include "app/worker.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "frames.h"

namespace camwarden {
namespace {

class WorkerTest : public testing::Test {
 protected:
  // A classic pcap file, little endian, one second between frames.
  std::string capture(const std::vector<Octets>& frames) {
    const std::string path = testing::TempDir() + "/camwarden-worker-test.pcap";
    CaptureFile file(path);
    std::uint64_t second = 0;
    for (const auto& frame : frames) file.add(frame, 1000 * second++);
    return path;
  }

  // The queue is full for the first `refused` observations, and after `room` of them.
  std::vector<Observation> read(const std::vector<Octets>& frames, std::size_t room = SIZE_MAX,
                                std::size_t refused = 0) {
    auto source = Source::open_file(capture(frames), 0);
    EXPECT_TRUE(source) << source.error();
    std::vector<Observation> observations;
    Worker worker(source.take(), config_, [&](Observation&& observation) {
      if (observations.size() >= room || refused > 0) {
        refused -= refused > 0;
        return false;
      }
      observations.push_back(std::move(observation));
      return true;
    });
    auto next = worker.step();
    while (next == Source::Next::frame) next = worker.step();
    EXPECT_EQ(next, Source::Next::end);
    counters_ = worker.counters();
    anomalies_ = worker.anomalies();
    return observations;
  }

  static const Observation* find(const std::vector<Observation>& all, std::string_view field) {
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const auto& o) { return o.field->name == field; });
    return at == all.end() ? nullptr : &*at;
  }

  // An answer to SADP's inquiry (Hikvision), which names its sender's MAC.
  static Octets sadp_frame(Ends ends, const std::string& mac = "44-19-b6-0a-0b-0c") {
    ends.src_port = ends.dst_port = 37020;
    return udp_frame(
        ends,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<ProbeMatch><Types>inquiry</Types>"
        "<DeviceDescription>DS-2CD2042WD-I</DeviceDescription><MAC>" +
            mac + "</MAC><IPv4Address>192.168.1.64</IPv4Address></ProbeMatch>");
  }

  Config config_;
  Worker::Counters counters_;
  std::map<std::string_view, std::uint64_t> anomalies_;
};

TEST_F(WorkerTest, EverySenderIsNotedOnce) {
  const auto frame = tcp_frame({}, 1, kAck, "");
  const auto observations = read({frame, frame, frame});
  ASSERT_EQ(observations.size(), 1u);
  EXPECT_EQ(observations[0].field->name, "mac");
  EXPECT_EQ(observations[0].value, "44:19:b6:0a:0b:0c");
  EXPECT_EQ(observations[0].who.ip.to_string(), "192.168.1.64");
  EXPECT_EQ(observations[0].evidence.packet, 1u);
}

TEST_F(WorkerTest, ASenderIsNotedAgainAfterTheRepeatTime) {
  config_.novelty.repeat_after = std::chrono::seconds(2);
  const auto frame = tcp_frame({}, 1, kAck, "");
  EXPECT_EQ(read({frame, frame, frame, frame}).size(), 2u);
}

// Within the minute in which a repeated fact is no news.
TEST_F(WorkerTest, EachTurnOfTwoThatShareAnAddressIsNews) {
  Ends other;
  other.src_mac = {0x00, 0x1b, 0x21, 0x07, 0x07, 0x07};
  const auto observations =
      read({arp_frame({}), arp_frame(other), arp_frame({}), arp_frame({}), arp_frame(other)});
  std::vector<std::uint64_t> turns;
  for (const auto& observation : observations) {
    if (observation.who.bound && (turns.empty() || turns.back() != observation.evidence.packet))
      turns.push_back(observation.evidence.packet);
  }
  EXPECT_EQ(turns, (std::vector<std::uint64_t>{1, 2, 3, 5}));
}

TEST_F(WorkerTest, ProtocolIsRecognisedOnAnyPort) {
  Ends ends;
  ends.src_port = 31337;
  const std::string answer =
      "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: Dahua Rtsp Server\r\n\r\n";
  const auto observations =
      read({tcp_frame(ends, 1000, kSyn | kAck, ""), tcp_frame(ends, 1001, kAck, answer)});
  const auto* server = find(observations, "rtsp.server");
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(server->value, "Dahua Rtsp Server");
  EXPECT_EQ(server->evidence.protocol, "rtsp");
}

TEST_F(WorkerTest, BannerSplitOverSegmentsIsOneBanner) {
  const auto observations =
      read({tcp_frame({}, 1000, kSyn | kAck, ""), tcp_frame({}, 1001, kAck, "HT"),
            tcp_frame({}, 1003, kAck, "TP/1.1 200 OK\r\nSer"),
            tcp_frame({}, 1021, kAck | kFin, "ver: App-webs/\r\n\r\n")});
  const auto* server = find(observations, "http.server");
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(server->value, "App-webs/");
}

TEST_F(WorkerTest, AddressesOfTheInternetAreNotKept) {
  Ends ends;
  ends.src = {8, 8, 8, 8};
  ends.ttl = 57;  // forwarded seven times
  EXPECT_TRUE(read({tcp_frame(ends, 1, kAck, "HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n")}).empty());
  EXPECT_GT(counters_.not_home, 0u);
}

TEST_F(WorkerTest, ANeighbourWithAPublicAddressIsKept) {
  Ends ends;
  ends.src = {203, 0, 113, 7};
  EXPECT_FALSE(read({tcp_frame(ends, 1, kAck, "")}).empty());
}

TEST_F(WorkerTest, AFullQueueDropsCountsAndTheFactComesAgain) {
  const auto frame = tcp_frame({}, 1, kAck, "");
  EXPECT_TRUE(read({frame}, 0).empty());
  EXPECT_EQ(counters_.dropped_queue, 1u);
}

TEST_F(WorkerTest, ASenderWhomAFullQueueRefusedIsNotedWithTheNextPacket) {
  const auto frame = tcp_frame({}, 1, kAck, "");
  const auto observations = read({frame, frame}, SIZE_MAX, 1);
  ASSERT_EQ(observations.size(), 1u);
  EXPECT_EQ(observations[0].evidence.packet, 2u);
}

TEST_F(WorkerTest, ADatagramThatRepeatsIsReadOncePerQuarterOfTheRepeatTime) {
  const auto frame = sadp_frame({});
  read({frame});
  const auto once = counters_.facts;
  ASSERT_GT(once, 0u);
  read({frame, frame, frame, frame});
  EXPECT_EQ(counters_.facts, once);
  EXPECT_EQ(counters_.repeated, 3u);
  config_.novelty.repeat_after = std::chrono::seconds(8);
  read({frame, frame, frame, frame});
  EXPECT_EQ(counters_.facts, 2 * once);
}

// Whom a fact is about, and whether he is behind a router, is told by all of these.
TEST_F(WorkerTest, TheSameWordsOfOrToAnotherAreRead) {
  Ends src, src_mac, dst, dst_mac, forwarded;
  src.src = {192, 168, 1, 65};
  src_mac.src_mac = {0x44, 0x19, 0xb6, 0x07, 0x07, 0x07};
  dst.dst = {192, 168, 1, 11};
  dst_mac.dst_mac = {0x00, 0x1b, 0x21, 0x01, 0x02, 0x04};
  forwarded.ttl = 63;
  auto tagged = sadp_frame({});
  const Octets tag{0x81, 0x00, 0x00, 0x0a};
  tagged.insert(tagged.begin() + 12, tag.begin(), tag.end());
  read({sadp_frame({})});
  const auto once = counters_.facts;
  for (const auto& other : {sadp_frame(src), sadp_frame(src_mac), sadp_frame(dst),
                            sadp_frame(dst_mac), sadp_frame(forwarded), tagged}) {
    read({sadp_frame({}), other});
    EXPECT_EQ(counters_.facts, 2 * once);
    EXPECT_EQ(counters_.repeated, 0u);
  }
}

TEST_F(WorkerTest, AQuestionThatRepeatsFromAnotherPortIsReadOnce) {
  Ends first, second;
  first.src_port = 50000;
  second.src_port = 50001;
  first.dst_port = second.dst_port = 37020;
  const std::string inquiry =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><Probe><Uuid>13A888A9-F1B1-4020-AE9F-05607682D23B"
      "</Uuid><Types>inquiry</Types></Probe>";
  read({udp_frame(first, inquiry), udp_frame(second, inquiry)});
  EXPECT_GT(counters_.facts, 0u);
  EXPECT_EQ(counters_.repeated, 1u);
}

TEST_F(WorkerTest, EachTurnIsNewsAlsoWhenItsWordsWereHeardBefore) {
  Ends other;
  other.src_mac = {0x44, 0x19, 0xb6, 0x07, 0x07, 0x07};
  const auto one = sadp_frame({}), two = sadp_frame(other, "44-19-b6-07-07-07");
  std::vector<std::uint64_t> turns;
  for (const auto& observation : read({one, two, one, one, two})) {
    if (observation.who.bound && (turns.empty() || turns.back() != observation.evidence.packet))
      turns.push_back(observation.evidence.packet);
  }
  EXPECT_EQ(turns, (std::vector<std::uint64_t>{1, 2, 3, 5}));
}

TEST_F(WorkerTest, WhatAFullQueueRefusedIsReadAgainWhenItRepeats) {
  const auto frame = sadp_frame({});
  const auto all = read({frame});
  ASSERT_NE(find(all, "sadp.model"), nullptr);
  const auto later = read({frame, frame}, SIZE_MAX, all.size());
  ASSERT_NE(find(later, "sadp.model"), nullptr);
  EXPECT_EQ(find(later, "sadp.model")->evidence.packet, 2u);
}

TEST_F(WorkerTest, BrokenDatagramsAreCountedEachTime) {
  Ends ends;
  ends.src_port = 68;
  ends.dst_port = 67;
  const auto frame = udp_frame(ends, std::string(20, '\1'));
  read({frame});
  const auto once = anomalies_;
  ASSERT_EQ(once.size(), 1u);
  read({frame, frame, frame});
  EXPECT_EQ(anomalies_.begin()->second, 3 * once.begin()->second);
}

TEST_F(WorkerTest, TwoReadingsGiveTheSameFacts) {
  const std::vector<Octets> frames{tcp_frame({}, 1, kAck, ""),
                                   tcp_frame({}, 1, kAck, "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")};
  const auto first = read(frames), second = read(frames);
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].value, second[i].value);
    EXPECT_EQ(first[i].evidence.packet, second[i].evidence.packet);
  }
}

}  // namespace
}  // namespace camwarden
