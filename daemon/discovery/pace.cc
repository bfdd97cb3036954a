#include "discovery/pace.h"

#include <algorithm>

namespace camwarden {
namespace {

constexpr Duration kSecond = std::chrono::seconds(1);

// Below the limit by a tenth: the kernel acknowledges, and asks for neighbours, when it likes.
std::uint32_t kept_below(std::uint32_t limit) {
  return std::max<std::uint32_t>(limit - (limit + 9) / 10, 1);
}

}  // namespace

GlobalPace::GlobalPace(std::uint32_t packets_a_second)
    : interval_(kSecond / kept_below(packets_a_second)), burst_(kSecond / 50) {}

// The generic cell rate algorithm: the next free place, which may lie a burst behind now.
Time GlobalPace::reserve(Time now, std::size_t packets) {
  next_ = std::max(next_, now - burst_);
  next_ += interval_ * static_cast<std::int64_t>(packets);
  sent_ += packets;
  return std::max(now, next_);
}

void GlobalPace::note(Time now, std::size_t packets) {
  const auto latest = std::max(next_, now + kSecond / 4);
  (void)reserve(now, packets);
  next_ = std::min(next_, latest);
}

void Window::note(Time now) {
  if (times_.size() >= 2 * kMost) {
    times_.erase(times_.begin(), times_.end() - static_cast<std::ptrdiff_t>(kMost));
  }
  const auto old =
      std::find_if(times_.begin(), times_.end(), [&](Time time) { return time > now - kSecond; });
  times_.erase(times_.begin(), old);
  times_.push_back(now);
}

std::size_t Window::count(Time now) const {
  return static_cast<std::size_t>(
      std::count_if(times_.begin(), times_.end(), [&](Time time) { return time > now - kSecond; }));
}

// As the oldest leave the last second, there is room. What is sent on purpose is spread a little: a
// small device has a small queue.
Time DevicePace::when(Time now, std::size_t packets) const {
  if (!own_.times().empty()) now = std::max(now, own_.times().back() + kSecond / (8 * rate()));
  const std::size_t most = std::max<std::size_t>(rate(), packets);
  std::vector<Time> recent;
  for (const auto* window : {&own_, segment_}) {
    if (window == nullptr) continue;
    std::copy_if(window->times().begin(), window->times().end(), std::back_inserter(recent),
                 [&](Time time) { return time > now - kSecond; });
  }
  if (recent.size() + packets <= most) return now;
  std::sort(recent.begin(), recent.end());
  return recent[recent.size() + packets - most - 1] + kSecond;
}

void DevicePace::sent(Time now, std::size_t packets) {
  for (std::size_t i = 0; i < std::min(packets, Window::kMost); ++i) own_.note(now);
  packets_ += packets;
}

bool DevicePace::take_request() {
  if (requests_ >= limits_.device_requests) return false;
  ++requests_;
  return true;
}

void DevicePace::answered(Duration took) {
  if (best_ == Duration::zero() || took < best_) best_ = took;
  const bool slow = took > best_ * 8 && took > best_ + std::chrono::milliseconds(400);
  slow_ = slow ? slow_ + 1 : 0;
  if (slow_ < 3) return;
  slow_ = 0;
  strained();
}

void DevicePace::strained() { ++level_; }

std::uint32_t DevicePace::rate() const {
  return std::max(kept_below(limits_.device_packets) >> std::min(level_, kMaxLevel), 1U);
}

std::uint32_t DevicePace::connections() const {
  return std::max<std::uint32_t>(limits_.device_connections >> std::min(level_, kMaxLevel), 1);
}

}  // namespace camwarden
