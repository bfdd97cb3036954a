#include "app/worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace camwarden {
namespace {

using Octets = std::vector<std::uint8_t>;

void append(Octets& to, const Octets& more) { to.insert(to.end(), more.begin(), more.end()); }
void append16(Octets& to, unsigned value) { append(to, {std::uint8_t(value >> 8), std::uint8_t(value)}); }

struct Ends {
  Octets src_mac{0x44, 0x19, 0xb6, 0x0a, 0x0b, 0x0c}, dst_mac{0x00, 0x1b, 0x21, 0x01, 0x02, 0x03};
  Octets src{192, 168, 1, 64}, dst{192, 168, 1, 10};
  std::uint8_t ttl = 64;
  std::uint16_t src_port = 554, dst_port = 40000;
};

// An Ethernet frame with TCP in IPv4 (RFC 791, 9293); checksums are zero, which nobody here reads.
Octets tcp_frame(const Ends& ends, std::uint32_t seq, std::uint8_t flags, const std::string& payload) {
  Octets frame = ends.dst_mac;
  append(frame, ends.src_mac);
  append(frame, {0x08, 0x00, 0x45, 0x00});
  append16(frame, static_cast<unsigned>(40 + payload.size()));
  append(frame, {0, 1, 0, 0, ends.ttl, 6, 0, 0});
  append(frame, ends.src);
  append(frame, ends.dst);
  append16(frame, ends.src_port);
  append16(frame, ends.dst_port);
  append16(frame, seq >> 16);
  append16(frame, seq & 0xffff);
  append(frame, {0, 0, 0, 0, 0x50, flags, 0xff, 0xff, 0, 0, 0, 0});
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

constexpr std::uint8_t kSyn = 0x02, kAck = 0x10, kFin = 0x01;

class WorkerTest : public testing::Test {
 protected:
  // A classic pcap file, little endian, one second between frames.
  std::string capture(const std::vector<Octets>& frames) {
    const std::string path = testing::TempDir() + "/camwarden-worker-test.pcap";
    std::ofstream file(path, std::ios::binary);
    const auto word = [&](std::uint32_t value) {
      for (int shift = 0; shift < 32; shift += 8) file.put(static_cast<char>(value >> shift));
    };
    word(0xa1b2c3d4);
    word(0x00040002);
    word(0);
    word(0);
    word(65535);
    word(1);
    std::uint32_t second = 1'700'000'000;
    for (const auto& frame : frames) {
      word(second++);
      word(0);
      word(static_cast<std::uint32_t>(frame.size()));
      word(static_cast<std::uint32_t>(frame.size()));
      for (const auto octet : frame) file.put(static_cast<char>(octet));
    }
    return path;
  }

  std::vector<Observation> read(const std::vector<Octets>& frames, std::size_t room = SIZE_MAX) {
    auto source = Source::open_file(capture(frames), 0);
    EXPECT_TRUE(source) << source.error();
    std::vector<Observation> observations;
    Worker worker(source.take(), config_, [&](Observation&& observation) {
      if (observations.size() >= room) return false;
      observations.push_back(std::move(observation));
      return true;
    });
    auto next = worker.step();
    while (next == Source::Next::frame) next = worker.step();
    EXPECT_EQ(next, Source::Next::end);
    counters_ = worker.counters();
    return observations;
  }

  static const Observation* find(const std::vector<Observation>& all, std::string_view field) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& o) { return o.field->name == field; });
    return at == all.end() ? nullptr : &*at;
  }

  Config config_;
  Worker::Counters counters_;
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

TEST_F(WorkerTest, ProtocolIsRecognisedOnAnyPort) {
  Ends ends;
  ends.src_port = 31337;
  const std::string answer = "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: Dahua Rtsp Server\r\n\r\n";
  const auto observations = read({tcp_frame(ends, 1000, kSyn | kAck, ""), tcp_frame(ends, 1001, kAck, answer)});
  const auto* server = find(observations, "rtsp.server");
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(server->value, "Dahua Rtsp Server");
  EXPECT_EQ(server->evidence.protocol, "rtsp");
}

TEST_F(WorkerTest, BannerSplitOverSegmentsIsOneBanner) {
  const auto observations =
      read({tcp_frame({}, 1000, kSyn | kAck, ""), tcp_frame({}, 1001, kAck, "HT"),
            tcp_frame({}, 1003, kAck, "TP/1.1 200 OK\r\nSer"), tcp_frame({}, 1021, kAck | kFin, "ver: App-webs/\r\n\r\n")});
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

TEST_F(WorkerTest, TwoReadingsGiveTheSameFacts) {
  const std::vector<Octets> frames{tcp_frame({}, 1, kAck, ""), tcp_frame({}, 1, kAck, "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")};
  const auto first = read(frames), second = read(frames);
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].value, second[i].value);
    EXPECT_EQ(first[i].evidence.packet, second[i].evidence.packet);
  }
}

}  // namespace
}  // namespace camwarden
