#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

struct Media {
  int type = 96;
  double clock = 90000;
  int packets_a_frame = 2;
  double frames_a_second = 15;
  double seconds = 70;
  int sources = 1;
  std::string_view to = kClientIp;
  bool sampled = false;  // once the reader is content with it, a packet in ten seconds is shown
};

std::string packet_of(const Media& media, int number, std::uint32_t timestamp) {
  std::string bytes = "\x80"s;
  bytes += static_cast<char>(media.type);
  for (const int shift : {8, 0}) bytes += static_cast<char>(number >> shift);
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(timestamp >> shift);
  bytes += "SSR"s + static_cast<char>('a' + number % media.sources);
  return bytes + "payload";
}

// One conversation as the worker shows it.
Recorder show(const Media& media) {
  Recorder recorder;
  std::array<std::uint32_t, 4> scratch{};
  const int all = static_cast<int>(media.seconds * media.frames_a_second * media.packets_a_frame);
  auto packet = packet_from_device();
  packet.dst = ip(media.to);
  const Time first = packet.time;
  Time next = first;
  for (int i = 0; i < all; ++i) {
    const int frame = i / media.packets_a_frame;
    const double at = frame / media.frames_a_second;
    // Wraps around on the way, as sequence numbers and timestamps do.
    const auto bytes =
        packet_of(media, i + 65500, static_cast<std::uint32_t>(0xffff0000U + at * media.clock));
    packet.time = first + std::chrono::microseconds(static_cast<std::int64_t>(at * 1e6));
    packet.payload = as_bytes(bytes);
    if (packet.time < next || !protocol("rtp").recognise_datagram(packet.payload)) continue;
    const bool enough = protocol("rtp").on_datagram_flow(
        {packet, first, static_cast<std::uint64_t>(i) + 1, 0, scratch}, recorder);
    if (enough && media.sampled) next = packet.time + std::chrono::seconds(10);
  }
  return recorder;
}

TEST(Rtp, LongVideoTellsOfItsSenderAndItsReceiver) {
  const auto said = show({});
  EXPECT_EQ(said.values("rtp.sends"), std::vector{"video"s});
  EXPECT_EQ(said.who("rtp.sends").ip, ip(kDeviceIp));
  EXPECT_EQ(said.values("rtp.receives"), std::vector{"video"s});
  EXPECT_EQ(said.who("rtp.receives").ip, ip(kClientIp));
}

TEST(Rtp, VideoToAGroupHasNoReceiver) {
  const auto said = show({.to = "239.1.2.3"});
  EXPECT_EQ(said.value("rtp.multicast"), "video");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Rtp, MediumIsToldByTypeAndClock) {
  EXPECT_EQ(show({.type = 26}).value("rtp.sends"), "jpeg");
  EXPECT_EQ(show({.type = 33}).value("rtp.sends"), "mpeg-ts");
  EXPECT_EQ(show({.type = 34}).value("rtp.sends"), "video");
  EXPECT_EQ(show({.type = 0, .clock = 8000, .packets_a_frame = 1, .frames_a_second = 50})
                .value("rtp.sends"),
            "audio");
  EXPECT_EQ(show({.type = 111, .clock = 48000, .packets_a_frame = 1, .frames_a_second = 50})
                .value("rtp.sends"),
            "audio");
}

TEST(Rtp, LiveVideoIsToldAgainNowAndThen) {
  EXPECT_EQ(show({.seconds = 190}).values("rtp.sends").size(), 3U);
}

TEST(Rtp, ASampleOfLiveVideoSaysTheSame) {
  EXPECT_EQ(show({.seconds = 190, .sampled = true}).values("rtp.sends").size(), 3U);
  EXPECT_TRUE(show({.seconds = 50, .sampled = true}).facts.empty());
  EXPECT_TRUE(show({.seconds = 190, .sources = 2, .sampled = true}).facts.empty());
}

TEST(Rtp, NoSampleWillDoBeforeTheClockIsTold) {
  EXPECT_TRUE(show({.clock = 180000, .seconds = 190, .sampled = true}).facts.empty());
}

TEST(Rtp, ShortOrSparseMediaSayNothing) {
  EXPECT_TRUE(show({.seconds = 50}).facts.empty());
  EXPECT_TRUE(show({.frames_a_second = 2}).facts.empty());
}

TEST(Rtp, ClockOfNoMediumSaysNothing) {
  EXPECT_TRUE(show({.clock = 1000}).facts.empty());
  EXPECT_TRUE(show({.clock = 180000}).facts.empty());  // played back at twice its speed
}

// As in a call by browser: audio and video of several sources in one conversation (RFC 8843).
TEST(Rtp, SeveralSourcesInOneConversationSayNothing) {
  EXPECT_TRUE(show({.sources = 2}).facts.empty());
}

bool recognised(std::string_view bytes) {
  return protocol("rtp").recognise_datagram(as_bytes(bytes));
}

TEST(Rtp, RecognisesItsHeaderOnly) {
  EXPECT_TRUE(recognised("\x80\x60\0\1\0\0\0\1SSRCx"s));
  EXPECT_TRUE(recognised("\x90\x60\0\1\0\0\0\1SSRC\xab\xac\0\1abcd"s));  // ONVIF's extension
  EXPECT_FALSE(recognised("\x80\x60\0\1\0\0\0\1SSRC"s));                 // no payload
  EXPECT_FALSE(recognised("\x80\xc8\0\1\0\0\0\1SSRCx"s));                // RTCP
  EXPECT_FALSE(recognised("\x40\x60\0\1\0\0\0\1SSRCx"s));                // version 1
  EXPECT_FALSE(recognised("\x8f\x60\0\1\0\0\0\1SSRCx"s));  // 15 CSRCs that are not there
  EXPECT_FALSE(recognised("\x90\x60\0\1\0\0\0\1SSRC\xbe\xde\0\1abcd"s));  // a browser's extension
  EXPECT_FALSE(recognised("\x00\x01\x00\x00\x21\x12\xa4\x42stunstunstun"s));
}

}  // namespace
}  // namespace camwarden
