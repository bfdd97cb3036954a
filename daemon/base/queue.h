#pragma once
// What passes between two threads. Queue: a bounded ring for exactly one producer and one consumer;
// push never waits: a full queue says no and leaves the value with its owner, who counts it.
// Wakeup: how the producer wakes a consumer that sleeps in poll; signalling an awake one costs one
// atomic.
//
// Thread: Queue::push one producer, Queue::pop one consumer, Queue::size any (an estimate).
// Wakeup::signal any, Wakeup::wait one. The consumer empties the queue after each wait().

#include <atomic>
#include <boost/lockfree/spsc_queue.hpp>
#include <iterator>
#include <utility>

#include "base/time.h"

namespace camwarden {

template <typename T>
class Queue {
 public:
  explicit Queue(std::size_t capacity) : ring_(capacity) {}

  // False when full; `value` is then unchanged.
  bool push(T&& value) {
    // The range form is the one that moves.
    const auto begin = std::make_move_iterator(&value);
    return ring_.push(begin, begin + 1) != begin;
  }
  bool pop(T& value) {
    return ring_.consume_one([&value](T& front) { value = std::move(front); }) == 1;
  }
  std::size_t size() const { return ring_.read_available(); }

 private:
  boost::lockfree::spsc_queue<T> ring_;
};

class Wakeup {
 public:
  Wakeup();  // CHECKs that the kernel gives a descriptor: without one nothing can run
  ~Wakeup();
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  void signal();
  // True when it was signalled since the last wait; false after `patience` or an interruption.
  bool wait(Duration patience);
  int fd() const { return fd_; }  // readable while signalled; call wait(0) to clear

 private:
  int fd_;
  std::atomic<bool> signalled_{false};
};

}  // namespace camwarden
