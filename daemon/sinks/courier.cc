#include "sinks/courier.h"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <thread>

#include "sinks/link.h"
#include "sinks/registry.h"

namespace camwarden {
namespace {

// A signal is for the thread that waits for it, never for ours; and a reader of our pipe that went
// away is an error of write(), not the end of the process.
void block_all_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

}  // namespace

class Courier::Loop {
 public:
  using States = std::vector<State>;

  Loop(std::vector<SinkOptions> sinks, std::function<void(std::vector<std::int64_t>)> delivered)
      : context_{io_, std::move(delivered), [this] { changed(); }}, deadline_(io_) {
    for (auto& sink : sinks) open(std::move(sink), {});
    publish();
    asio::post(io_, [this] {
      for (auto& [name, link] : links_) link->start();
    });
    thread_ = std::thread([this] {
      block_all_signals();
      io_.run();
    });
  }

  ~Loop() {
    io_.stop();
    join();
  }

  void post(std::vector<Message> messages) {
    asio::post(io_, [this, messages = std::move(messages)]() mutable { add(std::move(messages)); });
  }

  void reconfigure(std::vector<SinkOptions> sinks) {
    asio::post(io_, [this, sinks = std::move(sinks)]() mutable { replace(std::move(sinks)); });
  }

  void drain(Duration patience) {
    asio::post(io_, [this, patience] { start_draining(patience); });
    join();
  }

  States states() const {
    const auto published = std::atomic_load(&published_);
    return *published;
  }

 private:
  void join() {
    if (thread_.joinable()) thread_.join();
  }

  Link& open(SinkOptions options, std::deque<Message> messages) {
    const auto name = options.name;
    auto link = transport_of(options.transport).open(context_, std::move(options));
    for (auto& message : messages) link->add(std::move(message));
    auto& place = links_[name];
    place = std::move(link);
    return *place;
  }

  // The outbox has dropped the rows of sinks that are gone, so a message without a link is theirs.
  void add(std::vector<Message> messages) {
    std::vector<Link*> grown;
    for (auto& message : messages) {
      const auto found = links_.find(message.sink);
      if (found == links_.end()) continue;
      auto* link = found->second.get();
      link->add(std::move(message));
      if (std::find(grown.begin(), grown.end(), link) == grown.end()) grown.push_back(link);
    }
    for (auto* link : grown) link->pump();
  }

  void replace(std::vector<SinkOptions> sinks) {
    std::erase_if(links_, [&](const auto& entry) {
      return std::none_of(sinks.begin(), sinks.end(),
                          [&](const auto& sink) { return sink.name == entry.first; });
    });
    for (auto& sink : sinks) {
      const auto found = links_.find(sink.name);
      if (found != links_.end() && found->second->options() == sink) continue;
      auto undelivered = found == links_.end() ? std::deque<Message>() : found->second->take_all();
      open(std::move(sink), std::move(undelivered)).start();
    }
    changed();
  }

  void start_draining(Duration patience) {
    draining_ = true;
    deadline_.expires_after(patience);
    deadline_.async_wait([this](const auto&) { stop(); });
    for (auto& [name, link] : links_) link->finish();
    stop_if_drained();
  }

  void stop_if_drained() {
    const bool idle = std::all_of(links_.begin(), links_.end(),
                                  [](const auto& entry) { return entry.second->idle(); });
    if (draining_ && idle) stop();
  }

  void stop() {
    publish();
    io_.stop();
  }

  // Many changes in one go are published once.
  void changed() {
    if (publishing_) return;
    publishing_ = true;
    asio::post(io_, [this] {
      publishing_ = false;
      publish();
      stop_if_drained();
    });
  }

  void publish() {
    States states;
    for (const auto& [name, link] : links_) states.push_back(link->state());
    std::atomic_store(&published_, std::shared_ptr<const States>(
                                       std::make_shared<const States>(std::move(states))));
  }

  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  LinkContext context_;
  std::map<std::string, std::unique_ptr<Link>, std::less<>> links_;
  asio::steady_timer deadline_;
  bool draining_ = false, publishing_ = false;
  std::shared_ptr<const States> published_;
  std::thread thread_;
};

Courier::Courier(std::vector<SinkOptions> sinks,
                 std::function<void(std::vector<std::int64_t>)> delivered)
    : loop_(std::make_unique<Loop>(std::move(sinks), std::move(delivered))) {}

Courier::~Courier() = default;

void Courier::post(std::vector<Message> messages) { loop_->post(std::move(messages)); }

void Courier::reconfigure(std::vector<SinkOptions> sinks) { loop_->reconfigure(std::move(sinks)); }

std::vector<Courier::State> Courier::states() const { return loop_->states(); }

void Courier::drain(Duration patience) { loop_->drain(patience); }

}  // namespace camwarden
