// Syslog over TCP (RFC 6587). A write that succeeded says nothing: the peer may have died with our
// bytes in its kernel or on the way. So a message is safe only when the peer's kernel has
// acknowledged all of it (SIOCOUTQ, tcp(7)) and the connection has then lived for `settle`; if the
// connection ends earlier, all that is not safe goes again on the next one. A read is pending at
// all times, because an end that the peer made shows only there.

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "sinks/addresses.h"
#include "sinks/backoff.h"
#include "sinks/framing.h"
#include "sinks/link.h"
#include "sinks/registry.h"

namespace camwarden {
namespace {

using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr auto kConnectTimeout = std::chrono::seconds(5);
constexpr int kSilentPeerMs = 10'000;  // TCP_USER_TIMEOUT: unacknowledged or unread for so long
constexpr int kProbeAfterSeconds = 10, kProbeEverySeconds = 3, kProbes = 3;
constexpr auto kAcknowledgePoll = std::chrono::milliseconds(20);
constexpr std::size_t kBatchBytes = 64 * 1024;
// A connection that lived for less does not reset the back-off, or a peer that accepts and closes
// would be called without end.
constexpr Duration kLeastLife = std::chrono::milliseconds(100);

class TcpLink final : public Link {
 public:
  TcpLink(LinkContext& context, SinkOptions options)
      : Link(context, std::move(options)),
        addresses_(context.io, options_.host),
        socket_(context.io),
        timer_(context.io),
        settle_timer_(context.io) {}

  void start() override { connect(); }
  void pump() override {
    if (state_.connected && !writing_) write();
  }
  void finish() override {
    finishing_ = true;
    if (retrying_) connect();
    if (state_.connected) end_if_all_written();
  }

 private:
  void connect() {
    renew();
    retrying_ = false;
    addresses_.find([this](auto found) { try_addresses(std::move(found)); },
                    [this](std::string error) { retry(std::move(error)); });
  }

  void try_addresses(std::vector<asio::ip::address> addresses) {
    untried_ = std::move(addresses);
    std::reverse(untried_.begin(), untried_.end());
    try_next("");
  }

  void try_next(const std::string& why) {
    renew();
    if (untried_.empty()) return retry(where() + why);
    const tcp::endpoint peer(untried_.back(), options_.port);
    untried_.pop_back();
    reset_socket();
    timer_.expires_after(kConnectTimeout);
    timer_.async_wait(guarded([this](const ErrorCode& error) {
      if (!error) try_next("no answer within 5 s");
    }));
    socket_.async_connect(peer, guarded([this](const ErrorCode& error) {
                            if (error) return try_next(error.message());
                            connected();
                          }));
  }

  void connected() {
    timer_.cancel();
    set_options();
    connected_since_ = steady_now();
    written_bytes_ = 0;
    writing_ = ended_ = false;
    set_connected(true);
    read();
    pump();
    if (finishing_ && state_.connected) end_if_all_written();
  }

  void set_options() {
    ErrorCode ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.set_option(tcp::socket::keep_alive(true), ignored);
    set_option(TCP_USER_TIMEOUT, kSilentPeerMs);
    set_option(TCP_KEEPIDLE, kProbeAfterSeconds);
    set_option(TCP_KEEPINTVL, kProbeEverySeconds);
    set_option(TCP_KEEPCNT, kProbes);
  }

  void set_option(int name, int value) {
    setsockopt(socket_.native_handle(), IPPROTO_TCP, name, &value, sizeof value);
  }

  // Receivers of syslog say nothing; what they say is not for us.
  void read() {
    socket_.async_read_some(asio::buffer(heard_),
                            guarded([this](const ErrorCode& error, std::size_t) {
                              if (!error) return read();
                              lost(error);
                            }));
  }

  void write() {
    if (queue_.empty()) return;
    out_.clear();
    sizes_.clear();
    while (sizes_.size() < queue_.size() && out_.size() < kBatchBytes) {
      const auto frame = framed(queue_[sizes_.size()].text, options_.framing);
      sizes_.push_back(frame.size());
      out_ += frame;
    }
    writing_ = true;
    asio::async_write(socket_, asio::buffer(out_),
                      guarded([this](const ErrorCode& error, std::size_t) {
                        if (error) return lost(error);
                        written();
                      }));
  }

  void written() {
    writing_ = false;
    for (const auto size : sizes_) {
      written_bytes_ += size;
      move_to_unsettled(written_bytes_);
    }
    context_.changed();
    settle();
    pump();
    if (finishing_) end_if_all_written();
  }

  // Draining: our end says so, and a peer that has read everything closes its own.
  void end_if_all_written() {
    if (ended_ || writing_ || !queue_.empty()) return;
    ended_ = true;
    ErrorCode ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  // What the peer's kernel has acknowledged of all that we wrote. While a write is under way
  // SIOCOUTQ counts bytes that written_bytes_ does not: then this says less than is true.
  std::uint64_t acknowledged_bytes() {
    int waiting = 0;
    if (ioctl(socket_.native_handle(), SIOCOUTQ, &waiting) != 0 || waiting < 0) return 0;
    const auto unacknowledged = static_cast<std::uint64_t>(waiting);
    return written_bytes_ > unacknowledged ? written_bytes_ - unacknowledged : 0;
  }

  void mark_acknowledged(std::int64_t now) {
    const auto bytes = acknowledged_bytes();
    for (auto& sent : unsettled_) {
      if (sent.mark > bytes) break;
      if (sent.since < 0) sent.since = now;
    }
  }

  void settle() {
    const auto now = steady_now();
    mark_acknowledged(now);
    std::size_t count = 0;
    while (count < unsettled_.size() && unsettled_[count].since >= 0 &&
           now - unsettled_[count].since >= options_.settle.count()) {
      ++count;
    }
    settle_first(count);
    forgive_if_stable(now);
    if (!unsettled_.empty()) look_again(now);
  }

  void look_again(std::int64_t now) {
    const bool waits = unsettled_.back().since < 0;
    const Duration settled_in(
        std::max<std::int64_t>(0, unsettled_.front().since + options_.settle.count() - now));
    const bool first_acknowledged = unsettled_.front().since >= 0;
    Duration wait = kAcknowledgePoll;
    if (first_acknowledged) wait = waits ? std::min<Duration>(wait, settled_in) : settled_in;
    settle_timer_.expires_after(wait);
    settle_timer_.async_wait(guarded([this](const ErrorCode& error) {
      if (!error) settle();
    }));
  }

  void forgive_if_stable(std::int64_t now) {
    if (Duration(now - connected_since_) >= std::max(options_.settle, kLeastLife)) backoff_.reset();
  }

  void lost(const ErrorCode& error) {
    const bool said_goodbye = ended_ && error == asio::error::eof;
    if (said_goodbye && acknowledged_all()) settle_first(unsettled_.size());
    forgive_if_stable(steady_now());
    retry(where() +
          (error == asio::error::eof ? "the receiver closed the connection" : error.message()));
  }

  bool acknowledged_all() {
    return unsettled_.empty() || acknowledged_bytes() >= unsettled_.back().mark;
  }

  void retry(std::string error) {
    renew();
    reset_socket();
    timer_.cancel();
    settle_timer_.cancel();
    writing_ = false;
    requeue_unsettled();
    set_connected(false);
    set_error(std::move(error));
    retrying_ = true;
    timer_.expires_after(backoff_.next());
    timer_.async_wait(guarded([this](const ErrorCode& cancelled) {
      if (!cancelled) connect();
    }));
  }

  void reset_socket() {
    ErrorCode ignored;
    socket_.close(ignored);
  }

  std::string where() const {
    return options_.host + " port " + std::to_string(options_.port) + ": ";
  }

  Addresses addresses_;
  tcp::socket socket_;
  asio::steady_timer timer_;  // a connection's time-out, or the back-off
  asio::steady_timer settle_timer_;
  Backoff backoff_;
  std::vector<asio::ip::address> untried_;  // the next one last
  std::array<char, 1024> heard_{};
  std::string out_;                  // under way
  std::vector<std::size_t> sizes_;   // of the frames in out_
  std::uint64_t written_bytes_ = 0;  // on this connection
  std::int64_t connected_since_ = 0;
  bool writing_ = false, retrying_ = false, finishing_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<Link> open_tcp(LinkContext& context, SinkOptions options) {
  return std::make_unique<TcpLink>(context, std::move(options));
}

}  // namespace camwarden
