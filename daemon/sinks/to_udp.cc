// Syslog over UDP (RFC 5426): sent is all that can be known, with one exception. A host that is
// there but has no receiver answers with ICMP, which the kernel reports on a connected socket. So
// a datagram counts as delivered when that answer has had a moment to come; if it comes, what was
// sent in that moment goes again later, one datagram first to see whether somebody listens now.

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>

#include "base/text.h"
#include "sinks/addresses.h"
#include "sinks/backoff.h"
#include "sinks/link.h"
#include "sinks/registry.h"

namespace camwarden {
namespace {

using asio::ip::udp;
using ErrorCode = boost::system::error_code;

constexpr Duration kRefusalTime = std::chrono::milliseconds(200);

class UdpLink final : public Link {
 public:
  UdpLink(LinkContext& context, SinkOptions options)
      : Link(context, std::move(options)),
        addresses_(context.io, options_.host),
        socket_(context.io),
        timer_(context.io),
        settle_timer_(context.io) {}

  void start() override { open(); }
  void pump() override {
    while (state_.connected && !queue_.empty() && !blocked_ && !(probing_ && !unsettled_.empty())) {
      send();
    }
  }
  void finish() override {
    if (retrying_) open();
  }

 private:
  void open() {
    renew();
    retrying_ = false;
    addresses_.find([this](const auto& found) { connect(found); },
                    [this](std::string error) { retry(std::move(error)); });
  }

  // The first address that this host has a route to.
  void connect(const std::vector<asio::ip::address>& addresses) {
    ErrorCode error;
    for (const auto& address : addresses) {
      error = connect({address, options_.port});
      if (!error) break;
    }
    if (error) return retry(where() + error.message());
    blocked_ = false;
    set_connected(true);
    receive();
    pump();
  }

  ErrorCode connect(const udp::endpoint& peer) {
    ErrorCode error, ignored;
    socket_.close(ignored);
    socket_.open(peer.protocol(), error);
    if (!error) socket_.connect(peer, error);
    if (!error) socket_.non_blocking(true, error);
    return error;
  }

  // Nothing is expected but the kernel's report of a refusal.
  void receive() {
    socket_.async_receive(asio::buffer(heard_),
                          guarded([this](const ErrorCode& error, std::size_t) {
                            if (!error || error == asio::error::message_size) return receive();
                            retry(where() + error.message());
                          }));
  }

  // A row that was rendered for another transport may be longer than a datagram.
  void send() {
    const auto text = to_utf8(queue_.front().text, options_.max_bytes);
    ErrorCode error;
    socket_.send(asio::buffer(text), 0, error);
    if (error == asio::error::would_block || error == asio::error::no_buffer_space)
      return wait_until_writable();
    if (error) return retry(where() + error.message());
    move_to_unsettled(static_cast<std::uint64_t>(steady_now()));
    context_.changed();
    if (!settling_) wait_to_settle(kRefusalTime);
  }

  void wait_until_writable() {
    blocked_ = true;
    socket_.async_wait(udp::socket::wait_write, guarded([this](const ErrorCode& error) {
                         blocked_ = false;
                         if (!error) pump();
                       }));
  }

  void wait_to_settle(Duration wait) {
    settling_ = true;
    settle_timer_.expires_after(wait);
    settle_timer_.async_wait(guarded([this](const ErrorCode& error) {
      if (!error) settle();
    }));
  }

  void settle() {
    const auto now = steady_now();
    std::size_t count = 0;
    while (count < unsettled_.size() && age(unsettled_[count], now) >= kRefusalTime) ++count;
    settle_first(count);
    if (count > 0) {
      probing_ = false;
      backoff_.reset();
    }
    settling_ = false;
    pump();
    if (!settling_ && !unsettled_.empty())
      wait_to_settle(kRefusalTime - age(unsettled_.front(), now));
  }

  static Duration age(const Written& sent, std::int64_t now) {
    return Duration(now - static_cast<std::int64_t>(sent.mark));
  }

  void retry(std::string error) {
    renew();
    ErrorCode ignored;
    socket_.close(ignored);
    settle_timer_.cancel();
    settling_ = blocked_ = false;
    probing_ = true;
    requeue_unsettled();
    set_connected(false);
    set_error(std::move(error));
    retrying_ = true;
    timer_.expires_after(backoff_.next());
    timer_.async_wait(guarded([this](const ErrorCode& cancelled) {
      if (!cancelled) open();
    }));
  }

  std::string where() const {
    return options_.host + " port " + std::to_string(options_.port) + ": ";
  }

  Addresses addresses_;
  udp::socket socket_;
  asio::steady_timer timer_;  // the back-off
  asio::steady_timer settle_timer_;
  Backoff backoff_;
  std::array<char, 64> heard_{};
  bool settling_ = false, blocked_ = false, retrying_ = false;
  bool probing_ = false;  // the last thing heard was a refusal
};

}  // namespace

std::unique_ptr<Link> open_udp(LinkContext& context, SinkOptions options) {
  return std::make_unique<UdpLink>(context, std::move(options));
}

}  // namespace camwarden
