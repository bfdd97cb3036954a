// Floods through the whole program, from capture to devices, with small limits: what is made up
// stays inside them and is counted, and a camera that arrives in the middle is named all the same.

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "app/engine.h"
#include "app/worker.h"
#include "frames.h"

namespace camwarden {
namespace {

// With a sanitizer its memory is in the figure too. GCC says it by a macro, clang by a feature.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kOwnMemory = false;
#elif defined(__has_feature)
constexpr bool kOwnMemory = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool kOwnMemory = true;
#endif

std::size_t resident_bytes() {
  std::size_t total = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

class FloodTest : public testing::Test {
 protected:
  void SetUp() override {
    setenv("CAMWARDEN_FINGERPRINTS", CAMWARDEN_SOURCE_DIR "/fingerprints", 1);
    Diagnostics diagnostics;
    const auto loaded = load_setup("", {"eth1"}, words_, diagnostics);
    ASSERT_TRUE(loaded) << diagnostics.to_string();
    setup_ = *loaded;
    setup_.config.flows.max_flows = 2000;
    setup_.config.flows.buffer_bytes = 1 << 20;
    setup_.config.inventory.max_devices = 500;
    setup_.config.inventory.max_bytes = 4 << 20;
  }

  Octets made_up_mac() {
    const auto n = random_();
    return {0x00,
            0x99,
            std::uint8_t(n),
            std::uint8_t(n >> 8),
            std::uint8_t(n >> 16),
            std::uint8_t(n >> 24)};
  }
  Ends made_up() {
    Ends ends;
    ends.src_mac = made_up_mac();
    const auto n = random_();
    ends.src = {10, std::uint8_t(n), std::uint8_t(n >> 8), std::uint8_t(1 + (n >> 16) % 250)};
    ends.src_port = static_cast<std::uint16_t>(random_());
    ends.dst_port = 80;
    return ends;
  }
  void add(const Octets& frame) { capture_->add(frame, milliseconds_++); }
  void camera_speaks() {
    add(arp_frame({}));
    add(tcp_frame({}, 999, kSyn | kAck, ""));
    add(tcp_frame({}, 1000, kAck,
                  "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nWWW-Authenticate: Digest realm=\"IP "
                  "Camera(C2345)\", "
                  "nonce=\"1\"\r\n\r\n"));
  }

  void play() {
    capture_.reset();
    auto database = Database::open(":memory:", Database::Mode::read_write);
    ASSERT_TRUE(database);
    auto engine = Engine::open(database.take(), std::make_shared<camwarden::Setup>(setup_), words_,
                               Origin{}, Engine::Keep::alerts);
    ASSERT_TRUE(engine) << engine.error();
    engine_ = engine.take();
    auto source = Source::open_file(path_, 0);
    ASSERT_TRUE(source) << source.error();
    Worker worker(source.take(), setup_.config, [&](Observation&& observation) {
      engine_->observe(observation);
      return true;
    });
    const auto before = resident_bytes();
    std::size_t devices = 0;
    for (int i = 0; worker.step() == Source::Next::frame; ++i) {
      if (i % 256 != 0) continue;
      ASSERT_TRUE(engine_->settle(worker.newest()));
      devices = std::max(devices, engine_->inventory().size());
    }
    ASSERT_TRUE(engine_->flush(worker.newest()));
    const auto after = resident_bytes();
    grown_ = after - std::min(before, after);
    counters_ = worker.counters();
    EXPECT_LE(std::max(devices, engine_->inventory().size()), setup_.config.inventory.max_devices);
    EXPECT_LE(counters_.flows.active, setup_.config.flows.max_flows);
    if (kOwnMemory) {
      EXPECT_LE(grown_, std::size_t{48} << 20);
    }
  }
  void expect_the_camera() const {
    const auto camera = engine_->inventory().device("mac-4419b60a0b0c");
    ASSERT_TRUE(camera);
    EXPECT_EQ(camera->maker, "Hikvision");
    EXPECT_EQ(camera->kind, Kind::camera);
  }

  Vocabulary words_ = vocabulary();
  camwarden::Setup setup_;
  std::string path_ = testing::TempDir() + "/camwarden-flood-test.pcap";
  std::optional<CaptureFile> capture_{path_};
  std::uint64_t milliseconds_ = 0;
  std::mt19937 random_{20260910};
  std::unique_ptr<Engine> engine_;
  Worker::Counters counters_;
  std::size_t grown_ = 0;
};

TEST_F(FloodTest, OfMadeUpHosts) {
  for (int i = 0; i < 60'000; ++i) {
    if (i == 30'000) camera_speaks();
    add(i % 2 == 0 ? arp_frame(made_up()) : tcp_frame(made_up(), 1, kAck, ""));
  }
  play();
  expect_the_camera();
  EXPECT_GT(engine_->inventory().counters().devices_evicted, 50'000u);
}

// Each with words that a fingerprint does not know, so that facts are made up too.
TEST_F(FloodTest, OfMadeUpServers) {
  for (int i = 0; i < 20'000; ++i) {
    if (i == 10'000) camera_speaks();
    auto ends = made_up();
    add(tcp_frame(ends, 1, kSyn | kAck, ""));
    add(tcp_frame(ends, 2, kAck,
                  "HTTP/1.1 200 OK\r\nServer: made up " + std::to_string(random_()) + "\r\n\r\n"));
  }
  play();
  expect_the_camera();
  EXPECT_GT(engine_->inventory().counters().devices_evicted, 15'000u);
}

TEST_F(FloodTest, OfFlowsOfOneHost) {
  for (int i = 0; i < 60'000; ++i) {
    if (i == 30'000) camera_speaks();
    auto ends = made_up();
    ends.src_mac = {0x00, 0x99, 0, 0, 0, 1};
    ends.src = {10, 1, 2, 3};
    add(tcp_frame(ends, 1, kSyn, ""));
  }
  play();
  expect_the_camera();
  EXPECT_GT(counters_.flows.evicted + counters_.flows.passed_over, 50'000u);
}

// Heads of messages that never end, in many flows at once: each is read for so many bytes, and all
// together hold so many.
TEST_F(FloodTest, OfEndlessHeaders) {
  std::vector<Ends> talkers;
  for (int i = 0; i < 1000; ++i) talkers.push_back(made_up());
  const std::string line = "X-Filler: " + std::string(1200, 'x') + "\r\n";
  std::vector<std::uint32_t> seq(talkers.size(), 1);
  const auto say = [&](std::size_t i, const std::string& text) {
    add(tcp_frame(talkers[i], seq[i], kAck, text));
    seq[i] += static_cast<std::uint32_t>(text.size());
  };
  for (std::size_t i = 0; i < talkers.size(); ++i) {
    add(tcp_frame(talkers[i], 0, kSyn | kAck, ""));
    say(i, "HTTP/1.1 200 OK\r\n");
  }
  for (int round = 0; round < 40; ++round) {
    if (round == 20) camera_speaks();
    for (std::size_t i = 0; i < talkers.size(); ++i)
      say(i, line.substr(0, line.size() - (i % 2) * 2));
  }
  play();
  expect_the_camera();
}

// Somebody who knows how cameras speak claims to be more of them than there is room for. Those that
// are there stay.
TEST_F(FloodTest, OfMadeUpCamerasLeavesTheOnesThatAreThere) {
  camera_speaks();
  for (int i = 0; i < 5000; ++i) {
    auto ends = made_up();
    ends.src_port = 554;
    add(tcp_frame(ends, 1, kSyn | kAck, ""));
    add(tcp_frame(ends, 2, kAck,
                  "RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: Dahua Rtsp Server\r\n\r\n"));
  }
  play();
  expect_the_camera();
  EXPECT_GT(engine_->turned_away(), 4000u);
}

}  // namespace
}  // namespace camwarden
