#pragma once
// Pace: how fast questions may go out. Pure functions of the times that they are given.
//
//   GlobalPace   all packets together: a steady rate with a small burst, a tenth below the limit.
//   Window       exactly "at most so many in any second".
//   DevicePace   one device's budget: packets a second (with what its whole segment hears), open
//                connections, requests in all; and backing off where the device slows down.
//
// Thread: their owner's.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace camwarden {

struct PaceLimits {
  std::uint32_t packets = 2000;          // a second, to all devices together
  std::uint32_t device_packets = 40;     // a second, to one device
  std::uint32_t device_connections = 4;  // open at a time
  std::uint32_t device_requests = 60;    // in all: connections and questions
  // Of a device's packets, so many may be questions to its whole segment.
  std::uint32_t segment_packets() const { return device_packets < 2 ? 1 : device_packets / 2; }
  static PaceLimits gentle() { return {.device_packets = 5, .device_connections = 1}; }
  bool operator==(const PaceLimits&) const = default;
};

class GlobalPace {
 public:
  explicit GlobalPace(std::uint32_t packets_a_second);
  // Reserves: when `packets` may go out, now or later.
  Time reserve(Time now, std::size_t packets);
  // What was sent without asking (the kernel's own acknowledgements). One device that sends without
  // end must not keep all others waiting: what it is answered takes a quarter of a second at most.
  void note(Time now, std::size_t packets);
  std::uint64_t sent() const { return sent_; }

 private:
  Duration interval_, burst_;
  Time next_{};
  std::uint64_t sent_ = 0;
};

// When something happened, within the last second; of more than kMost the latest.
class Window {
 public:
  static constexpr std::size_t kMost = 2048;  // more than any limit
  void note(Time now);
  std::size_t count(Time now) const;
  const std::vector<Time>& times() const { return times_; }

 private:
  std::vector<Time> times_;  // in order
};

class DevicePace {
 public:
  // `segment`: of questions to the device's whole segment; null for none. Must outlive this.
  DevicePace(const PaceLimits& limits, const Window* segment)
      : limits_(limits), segment_(segment) {}

  // When so many packets may go to the device: now or later.
  Time when(Time now, std::size_t packets) const;
  void sent(Time now, std::size_t packets);
  std::uint64_t packets() const { return packets_; }

  // One more connection or question is within the budget; takes it.
  bool take_request();
  std::uint32_t requests() const { return requests_; }
  bool may_open() const { return open_ < connections(); }
  void opened() { ++open_; }
  void closed() { --open_; }
  std::uint32_t open() const { return open_; }

  // How long the device took for an answer; one that takes much longer than it did is let alone
  // more.
  void answered(Duration took);
  // It refused what it took before, or fell silent.
  void strained();
  bool exhausted() const { return level_ > kMaxLevel; }
  int level() const { return level_; }
  Duration best() const { return best_; }  // round trip; 0: not known

 private:
  static constexpr int kMaxLevel = 3;
  std::uint32_t rate() const;
  std::uint32_t connections() const;

  PaceLimits limits_;
  const Window* segment_;
  Window own_;
  std::uint64_t packets_ = 0;
  std::uint32_t requests_ = 0, open_ = 0;
  int level_ = 0, slow_ = 0;
  Duration best_{};
};

}  // namespace camwarden
