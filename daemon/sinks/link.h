#pragma once
// Link: one sink's way out of the courier, and what the transports share: the queue of messages in
// order, those that are written but not yet safe, and the counts that health shows. to_<name>.cc
// has one each. Only these files and courier.cc know Asio.
//
// Thread: io. Bounded by the outbox, which has at most Options::window messages of a sink here.

#include <boost/asio/io_context.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sinks/courier.h"

namespace camwarden {

namespace asio = boost::asio;

// What a link needs of its courier; outlives it.
struct LinkContext {
  asio::io_context& io;
  std::function<void(std::vector<std::int64_t>)> delivered;
  std::function<void()> changed;  // the state, which health shows
};

class Link {
 public:
  Link(LinkContext& context, SinkOptions options);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  virtual ~Link() = default;

  virtual void start() = 0;   // once
  virtual void pump() = 0;    // the queue may have grown
  virtual void finish() = 0;  // nothing more will come: deliver what there is without delay

  void add(Message message) { queue_.push_back(std::move(message)); }
  // All that is not delivered, in order, for a link that takes this one's place.
  std::deque<Message> take_all();
  bool idle() const { return queue_.empty() && unsettled_.empty(); }
  const SinkOptions& options() const { return options_; }
  const Courier::State& state() const { return state_; }

 protected:
  struct Written {
    Message message;
    std::uint64_t mark = 0;   // the transport's own: where it ends in the stream, or when it left
    std::int64_t since = -1;  // acknowledged since, in nanoseconds of a steady clock
  };
  // The first of the queue has been written and waits to be safe.
  void move_to_unsettled(std::uint64_t mark);
  // The first `count` that were written are safe now.
  void settle_first(std::size_t count);
  // What was written is in doubt: it goes again, before all others.
  void requeue_unsettled();
  void set_connected(bool connected);
  void set_error(std::string error);

  // Wraps an Asio completion so that it does nothing once this link is gone or renew() was called:
  // a late answer of an old connection must not touch the new one.
  template <typename Action>
  auto guarded(Action action) {
    return [token = std::weak_ptr<const int>(token_), action = std::move(action)](
               const boost::system::error_code& error, auto... rest) {
      if (!token.expired()) action(error, rest...);
    };
  }
  void renew() { token_ = std::make_shared<const int>(0); }

  LinkContext& context_;
  const SinkOptions options_;
  std::deque<Message> queue_;      // not written
  std::deque<Written> unsettled_;  // written, not safe
  Courier::State state_;

 private:
  std::shared_ptr<const int> token_ = std::make_shared<const int>(0);
};

std::int64_t steady_now();  // nanoseconds

}  // namespace camwarden
