#pragma once
// A receiver on loopback for the courier's tests, on the test's own thread: every wait is for an
// event of a socket, with a deadline.

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sinks/courier.h"

namespace camwarden::testing {

inline constexpr int kPatienceMs = 20'000;  // of a test that is about to fail

inline bool wait_for(int descriptor, short events, int patience_ms = kPatienceMs) {
  pollfd entry{descriptor, events, 0};
  return poll(&entry, 1, patience_ms) == 1;
}

// Looks at a condition that no descriptor announces.
template <typename Condition>
bool until(Condition condition) {
  for (int i = 0; i < kPatienceMs && !condition(); ++i) poll(nullptr, 0, 1);
  return condition();
}

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  int number() const { return number_; }

 private:
  int number_;
};

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A bound socket: TCP (not listening yet) or UDP; port 0 for any that is free.
inline Descriptor bound(int type, std::uint16_t port) {
  Descriptor made(socket(AF_INET, type | SOCK_CLOEXEC, 0));
  const int yes = 1;
  setsockopt(made.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const auto address = loopback(port);
  EXPECT_EQ(bind(made.number(), std::bit_cast<const sockaddr*>(&address), sizeof address), 0)
      << std::strerror(errno);
  return made;
}

inline std::uint16_t port_of(const Descriptor& descriptor) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(descriptor.number(), std::bit_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

// One accepted connection, read as RFC 6587 octet counting.
class Connection {
 public:
  explicit Connection(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  // The next message; nothing when the connection ended or the patience did.
  std::optional<std::string> next(int patience_ms = kPatienceMs) {
    for (;;) {
      if (auto message = cut()) return message;
      if (!wait_for(descriptor_.number(), POLLIN, patience_ms)) return std::nullopt;
      std::array<char, 65536> piece{};
      const auto count = recv(descriptor_.number(), piece.data(), piece.size(), 0);
      if (count <= 0) return std::nullopt;
      bytes_.append(piece.data(), static_cast<std::size_t>(count));
    }
  }

  std::vector<std::string> read(std::size_t count) {
    std::vector<std::string> messages;
    while (messages.size() < count) {
      auto message = next();
      if (!message) break;
      messages.push_back(std::move(*message));
    }
    return messages;
  }

  // Something has arrived, and is left unread.
  bool heard() { return wait_for(descriptor_.number(), POLLIN); }
  void close() { descriptor_.close(); }
  void reset() {  // RST in place of FIN
    const linger at_once{1, 0};
    setsockopt(descriptor_.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
  }

 private:
  std::optional<std::string> cut() {
    const auto blank = bytes_.find(' ');
    if (blank == std::string::npos) return std::nullopt;
    std::size_t size = 0;
    std::from_chars(bytes_.data(), bytes_.data() + blank, size);
    if (bytes_.size() - blank - 1 < size) return std::nullopt;
    auto message = bytes_.substr(blank + 1, size);
    bytes_.erase(0, blank + 1 + size);
    return message;
  }

  Descriptor descriptor_;
  std::string bytes_;
};

class Listener {
 public:
  explicit Listener(std::uint16_t port = 0, int receive_buffer = 0)
      : socket_(bound(SOCK_STREAM, port)) {
    if (receive_buffer > 0) {
      setsockopt(socket_.number(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    EXPECT_EQ(listen(socket_.number(), 16), 0) << std::strerror(errno);
  }
  std::uint16_t port() const { return port_of(socket_); }
  Connection accept() {
    EXPECT_TRUE(wait_for(socket_.number(), POLLIN)) << "nobody connects";
    return Connection(Descriptor(accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC)));
  }
  void close() { socket_.close(); }

 private:
  Descriptor socket_;
};

// Rows that a courier reported, in order.
class Deliveries {
 public:
  auto callback() {
    return [this](std::vector<std::int64_t> rows) {
      const std::lock_guard lock(mutex_);
      rows_.insert(rows_.end(), rows.begin(), rows.end());
      changed_.notify_all();
    };
  }
  bool wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(kPatienceMs),
                             [&] { return rows_.size() >= count; });
  }
  std::vector<std::int64_t> rows() const {
    const std::lock_guard lock(mutex_);
    return rows_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::int64_t> rows_;
};

inline std::vector<Message> messages(const std::string& sink, std::int64_t first,
                                     std::int64_t last) {
  std::vector<Message> out;
  for (auto row = first; row <= last; ++row) out.push_back({row, sink, "m" + std::to_string(row)});
  return out;
}

inline std::vector<std::string> texts(std::int64_t first, std::int64_t last) {
  std::vector<std::string> out;
  for (const auto& message : messages("", first, last)) out.push_back(message.text);
  return out;
}

inline Courier::State state_of(const Courier& courier, const std::string& sink) {
  for (auto& state : courier.states()) {
    if (state.sink == sink) return state;
  }
  return {};
}

}  // namespace camwarden::testing
