#pragma once
// Reactor: waits for many descriptors and timers at once (epoll(7)) and calls whoever waits for
// them. The only part of discovery that reads a clock; all others are told the time.
//
// Time never goes back: it is the wall clock's when the reactor was made, and from then on that
// plus what a steady clock says has passed.
//
// Callbacks may watch, forget, set and cancel whatever they like, their own included. A callback's
// owner must not go while it runs: later() is for that.
//
// Thread: one, its owner's.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

#include "base/time.h"
#include "discovery/descriptor.h"

namespace camwarden {

class Reactor {
 public:
  enum Interest : unsigned { kRead = 1, kWrite = 2 };
  // What it is ready for; an error makes it ready for all.
  using Ready = std::function<void(unsigned interest)>;
  using Action = std::function<void()>;
  struct Timer {
    Time when{};
    std::uint64_t number = 0;  // 0: none
    auto operator<=>(const Timer&) const = default;
  };

  Reactor();  // CHECKs that the kernel gives a descriptor

  // Of this turn; refresh() reads the clock anew.
  Time now() const { return now_; }
  Time refresh();

  void watch(int fd, unsigned interest, Ready ready);
  void change(int fd, unsigned interest);
  void forget(int fd);

  Timer at(Time when, Action action);
  void cancel(Timer& timer);
  void later(Action action) { (void)at(now_, std::move(action)); }

  // Waits for the first event or timer, at most so long, and serves all that are due.
  void turn(Duration at_most);

 private:
  struct Watch {
    std::uint32_t generation;
    std::shared_ptr<const Ready> ready;
  };
  void serve_descriptors(int timeout_ms);
  void serve_timers();

  Descriptor epoll_;
  std::unordered_map<int, Watch> watches_;
  std::map<Timer, Action> timers_;
  std::uint32_t generation_ = 0;
  std::uint64_t timer_number_ = 0;
  Time started_;
  std::int64_t steady_started_ = 0;
  Time now_;
};

}  // namespace camwarden
