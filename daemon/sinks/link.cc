#include "sinks/link.h"

#include <chrono>

namespace camwarden {

Link::Link(LinkContext& context, SinkOptions options)
    : context_(context), options_(std::move(options)) {
  state_.sink = options_.name;
}

std::deque<Message> Link::take_all() {
  requeue_unsettled();
  return std::exchange(queue_, {});
}

void Link::move_to_unsettled(std::uint64_t mark) {
  unsettled_.push_back({std::move(queue_.front()), mark, -1});
  queue_.pop_front();
  ++state_.sent;
}

void Link::settle_first(std::size_t count) {
  if (count == 0) return;
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back(unsettled_.front().message.row);
    unsettled_.pop_front();
  }
  state_.delivered += count;
  context_.changed();
  context_.delivered(std::move(rows));
}

void Link::requeue_unsettled() {
  for (; !unsettled_.empty(); unsettled_.pop_back()) {
    queue_.push_front(std::move(unsettled_.back().message));
    ++state_.retries;
  }
}

void Link::set_connected(bool connected) {
  if (connected == state_.connected) return;
  state_.connected = connected;
  context_.changed();
}

void Link::set_error(std::string error) {
  state_.last_error = std::move(error);
  context_.changed();
}

std::int64_t steady_now() {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace camwarden
