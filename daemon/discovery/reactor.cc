#include "discovery/reactor.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace camwarden {
namespace {

std::int64_t steady_ns() {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

epoll_event event_of(unsigned interest, std::uint32_t generation, int fd) {
  epoll_event event{};
  if (interest & Reactor::kRead) event.events |= EPOLLIN | EPOLLRDHUP;
  if (interest & Reactor::kWrite) event.events |= EPOLLOUT;
  event.data.u64 = std::uint64_t{generation} << 32 | static_cast<std::uint32_t>(fd);
  return event;
}

unsigned interest_of(std::uint32_t events) {
  unsigned interest = 0;
  if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) interest |= Reactor::kRead;
  if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) interest |= Reactor::kWrite;
  return interest;
}

int milliseconds_until(Time when, Time now) {
  if (when <= now) return 0;
  // Rounded up: a timer is never served early.
  return static_cast<int>((when - now + std::chrono::microseconds(999)) /
                          std::chrono::milliseconds(1));
}

}  // namespace

Reactor::Reactor()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)),
      started_(std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now())),
      steady_started_(steady_ns()),
      now_(started_) {
  CHECK(epoll_);
}

Time Reactor::refresh() {
  now_ = started_ + Duration(steady_ns() - steady_started_);
  return now_;
}

void Reactor::watch(int fd, unsigned interest, Ready ready) {
  auto event = event_of(interest, ++generation_, fd);
  watches_[fd] = {generation_, std::make_shared<const Ready>(std::move(ready))};
  CHECK(epoll_ctl(epoll_.fd(), EPOLL_CTL_ADD, fd, &event) == 0);
}

void Reactor::change(int fd, unsigned interest) {
  const auto found = watches_.find(fd);
  if (found == watches_.end()) return;
  auto event = event_of(interest, found->second.generation, fd);
  CHECK(epoll_ctl(epoll_.fd(), EPOLL_CTL_MOD, fd, &event) == 0);
}

void Reactor::forget(int fd) {
  if (watches_.erase(fd) > 0) epoll_ctl(epoll_.fd(), EPOLL_CTL_DEL, fd, nullptr);
}

Reactor::Timer Reactor::at(Time when, Action action) {
  const Timer timer{when, ++timer_number_};
  timers_.emplace(timer, std::move(action));
  return timer;
}

void Reactor::cancel(Timer& timer) {
  if (timer.number != 0) timers_.erase(timer);
  timer = {};
}

void Reactor::turn(Duration at_most) {
  refresh();
  auto until = now_ + at_most;
  if (!timers_.empty()) until = std::min(until, timers_.begin()->first.when);
  serve_descriptors(milliseconds_until(until, now_));
  serve_timers();
}

void Reactor::serve_descriptors(int timeout_ms) {
  std::array<epoll_event, 256> events;
  const int count =
      epoll_wait(epoll_.fd(), events.data(), static_cast<int>(events.size()), timeout_ms);
  refresh();
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    const auto found = watches_.find(static_cast<int>(event.data.u64 & 0xffffffff));
    // One that was forgotten in this turn, and whose number another has by now, is passed over.
    if (found == watches_.end() || found->second.generation != event.data.u64 >> 32) continue;
    const auto ready = found->second.ready;
    (*ready)(interest_of(event.events));
  }
}

// Those that are set by what is served here wait for the next turn, or one could hold up all.
void Reactor::serve_timers() {
  const Timer last{now_, timer_number_};
  while (!timers_.empty() && timers_.begin()->first <= last) {
    const auto action = std::move(timers_.begin()->second);
    timers_.erase(timers_.begin());
    action();
  }
}

}  // namespace camwarden
