// What is dropped before it is decoded, and what never is. The live tests show the same of the
// filter in the kernel, which has the same rules.

#include "packet/local_shunt.h"

#include <gtest/gtest.h>

#include "packet/decode.h"
#include "unit/packet/frames.h"

namespace camwarden::test {
namespace {

using std::chrono::seconds;

constexpr std::uint32_t kCamera = 0x0a000001, kViewer = 0x0a000002;

Octets from_camera(const Octets& payload, unsigned flags = kAck, const Octets& tags = {}) {
  return ethernet(0x0800, ipv4(6, tcp(554, 40000, 1000, flags, payload)), tags);
}

Octets from_viewer(const Octets& payload, unsigned flags = kAck) {
  V4 with;
  with.src = kViewer;
  with.dst = kCamera;
  return ethernet(0x0800, ipv4(6, tcp(40000, 554, 1, flags, payload), with));
}

Octets media(unsigned port = 6000) {
  return ethernet(0x0800, ipv4(17, udp(port, 7000, text("picture"))));
}

class LocalShuntTest : public testing::Test {
 protected:
  // As the worker does once it has read a direction to its end.
  void add(const Octets& octets) {
    const auto packet = decoded(octets);
    shunt_.add(packet);
  }
  Packet decoded(const Octets& octets) {
    Decoder decoder{Decoder::Options{}};
    Anomalies anomalies;
    Packet packet;
    EXPECT_TRUE(decoder.decode(at(octets, {}), packet, anomalies)) << anomalies.all();
    return packet;
  }
  static Frame at(const Octets& octets, Duration after) {
    auto made = frame(octets);
    made.time += after;
    return made;
  }
  bool drops(const Octets& octets, Duration after = seconds(1)) {
    return shunt_.drops(at(octets, after));
  }

  LocalShunt shunt_{1024};
};

TEST_F(LocalShuntTest, DropsAndCountsTheDirectionAndNoOther) {
  EXPECT_FALSE(drops(from_camera(text("picture"))));
  add(from_camera(text("picture")));
  const auto more = from_camera(text("another picture"));
  EXPECT_TRUE(drops(more));
  EXPECT_FALSE(drops(from_viewer(text("GET_PARAMETER"))));
  EXPECT_FALSE(drops(from_camera(text("picture"), kAck, tag(0x8100, 20))));
  EXPECT_FALSE(drops(media()));
  EXPECT_EQ(shunt_.counters().packets, 1u);
  EXPECT_EQ(shunt_.counters().octets, more.size());
}

TEST_F(LocalShuntTest, DropsBareAcknowledgementsOfIt) {
  add(from_camera(text("picture")));
  EXPECT_FALSE(drops(from_viewer({})));  // the first shows that the viewer is there
  EXPECT_TRUE(drops(from_viewer({})));
  EXPECT_FALSE(drops(from_viewer(text("TEARDOWN"))));
}

TEST_F(LocalShuntTest, OneFrameInTenSecondsPasses) {
  add(media());
  EXPECT_TRUE(drops(media(), seconds(9)));
  EXPECT_FALSE(drops(media(), seconds(10)));
  EXPECT_TRUE(drops(media(), seconds(11)));
  EXPECT_FALSE(drops(media(), seconds(-100))) << "a clock that steps back";
}

TEST_F(LocalShuntTest, BeginningsAndEndsPassAndABeginningIsReadAgain) {
  add(from_camera(text("picture")));
  EXPECT_FALSE(drops(from_camera({}, kFin | kAck)));
  EXPECT_FALSE(drops(from_camera({}, kRst)));
  EXPECT_TRUE(drops(from_camera(text("picture"))));
  EXPECT_FALSE(drops(from_camera({}, kSyn | kAck)));
  EXPECT_FALSE(drops(from_camera(text("RTSP/1.0 200 OK"))));
}

TEST_F(LocalShuntTest, WhatIsTakenBackIsReadAgain) {
  add(media());
  add(media(6001));
  shunt_.remove(decoded(media()));
  EXPECT_FALSE(drops(media()));
  EXPECT_TRUE(drops(media(6001)));
}

TEST_F(LocalShuntTest, FindsTheSameDirectionBehindTagsAndOverIpv6) {
  const auto tags = tag(0x88a8, 20) + tag(0x8100, 30);
  add(from_camera(text("picture"), kAck, tags));
  EXPECT_TRUE(drops(from_camera(text("picture"), kAck, tags)));
  const auto v6 = ethernet(0x86dd, ipv6(17, udp(6000, 7000, text("picture"))));
  add(v6);
  EXPECT_TRUE(drops(v6));
}

TEST_F(LocalShuntTest, WhatIsNotUnderstoodPasses) {
  add(media());
  V4 fragment;
  fragment.offset = 8;
  EXPECT_FALSE(drops(ethernet(0x0800, ipv4(17, udp(6000, 7000, text("picture")), fragment))));
  const auto whole = media();
  for (std::size_t size = 0; size < 14 + 20 + 4; ++size) {
    EXPECT_FALSE(drops(Octets(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))))
        << size;
  }
}

TEST_F(LocalShuntTest, AFloodPushesOutWhatIsQuietAndNeverGrows) {
  for (unsigned port = 1; port < 60000; ++port) add(media(port));
  unsigned kept = 0;
  for (unsigned port = 1; port < 60000; ++port) kept += drops(media(port)) ? 1 : 0;
  EXPECT_GT(kept, 900u);
  EXPECT_LE(kept, 1024u);
}

}  // namespace
}  // namespace camwarden::test
