// Frames cut and bent in every way: none may crash the decoder or the flow table, or show bytes
// that are not the frame's. Each frame lies in memory of exactly its size, so that a sanitizer sees
// a read past its end.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "packet/decode.h"
#include "packet/flow.h"
#include "unit/packet/samples.h"

namespace camwarden::test {
namespace {

std::size_t take_half(void*, const Packet&, Segment& segment) { return segment.bytes.size() / 2; }

class BrokenFrames : public testing::Test {
 protected:
  void push(const Octets& octets, int link_type, std::uint32_t wire_len) {
    const auto exact = std::make_unique<std::uint8_t[]>(octets.size());
    std::copy(octets.begin(), octets.end(), exact.get());
    Frame one = frame(octets, link_type);
    one.bytes = Bytes(exact.get(), octets.size());
    one.wire_len = wire_len;
    const bool decoded = decoder_.decode(one, packet_, anomalies_);
    for (const Bytes view : {packet_.payload, packet_.link_payload}) {
      sum_ = std::accumulate(view.begin(), view.end(), sum_);
    }
    EXPECT_TRUE(decoded || packet_.payload.empty());
    if (decoded && packet_.transport == Transport::tcp) flows_.tcp(packet_, anomalies_);
    ++pushed_;
  }

  Decoder decoder_{Decoder::Options{}};
  FlowTable flows_{FlowTable::Options{}, take_half, nullptr};
  Packet packet_;
  Anomalies anomalies_;
  unsigned sum_ = 0;
  std::size_t pushed_ = 0;
};

TEST_F(BrokenFrames, EveryCutIsHarmless) {
  for (const Sample& sample : samples()) {
    for (std::size_t size = 0; size <= sample.octets.size(); ++size) {
      const Octets cut(sample.octets.begin(), sample.octets.begin() + static_cast<long>(size));
      push(cut, sample.link_type, static_cast<std::uint32_t>(size));                  // sent so
      push(cut, sample.link_type, static_cast<std::uint32_t>(sample.octets.size()));  // snapped
    }
  }
  EXPECT_GT(pushed_, 1000u);
}

TEST_F(BrokenFrames, EveryBitFlipIsHarmless) {
  for (const Sample& sample : samples()) {
    for (std::size_t bit = 0; bit < sample.octets.size() * 8; ++bit) {
      Octets bent = sample.octets;
      bent[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      push(bent, sample.link_type, static_cast<std::uint32_t>(bent.size()));
    }
  }
  EXPECT_GT(pushed_, 5000u);
}

TEST_F(BrokenFrames, ManyFlippedOctetsAreHarmless) {
  std::uint32_t random = 42;
  const auto next = [&random](std::size_t below) {
    random = random * 1664525 + 1013904223;
    return (random >> 8) % below;
  };
  for (int round = 0; round < 2000; ++round) {
    for (const Sample& sample : samples()) {
      Octets bent = sample.octets;
      for (std::size_t i = 0; i <= next(6); ++i) {
        bent[next(bent.size())] = static_cast<std::uint8_t>(next(256));
      }
      bent.erase(bent.end() - static_cast<long>(next(bent.size()) / 4), bent.end());
      push(bent, sample.link_type, static_cast<std::uint32_t>(bent.size()));
    }
  }
  EXPECT_EQ(pushed_, 2000 * samples().size());
}

}  // namespace
}  // namespace camwarden::test
