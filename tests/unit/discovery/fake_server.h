#pragma once
// A server on one loopback address that answers each request by a function, one connection at a
// time and each in a thread of its own; and remembers what it was asked. Stops when it goes.

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "discovery/descriptor.h"

namespace camwarden {

class FakeServer {
 public:
  // What to answer to a request's head; "" is nothing at all. `greeting` is said first.
  using Answer = std::function<std::string(const std::string& request)>;

  // How it ends a connection, untold: not at all, behind each answer, with a reset when it is asked
  // for a second one, or with a reset behind each answer.
  enum class Ends { never, behind_an_answer, by_reset, by_reset_behind_an_answer };

  FakeServer(const char* address, Answer answer, std::string greeting = "", Ends ends = Ends::never)
      : answer_(std::move(answer)),
        greeting_(std::move(greeting)),
        ends_(ends),
        listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in end{};
    end.sin_family = AF_INET;
    inet_pton(AF_INET, address, &end.sin_addr);
    socklen_t size = sizeof end;
    auto* any = static_cast<sockaddr*>(static_cast<void*>(&end));
    bind(listener_.fd(), any, size);
    listen(listener_.fd(), 64);
    getsockname(listener_.fd(), any, &size);
    port_ = ntohs(end.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~FakeServer() { stop(); }

  std::uint16_t port() const { return port_; }
  // After it, requests() and connections() stand still.
  void stop() {
    stop_ = true;
    if (acceptor_.joinable()) acceptor_.join();
    for (auto& one : threads_) one.join();
    threads_.clear();
  }
  const std::vector<std::string>& requests() const { return requests_; }
  int connections() const { return connections_; }
  int most_at_once() const { return most_; }

 private:
  bool readable(int fd) const {
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, 10) > 0;
  }

  static void end_by_reset(int fd) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }

  void accept_all() {
    while (!stop_) {
      if (!readable(listener_.fd())) continue;
      const int fd = accept(listener_.fd(), nullptr, nullptr);
      if (fd < 0) continue;
      ++connections_;
      most_ = std::max(most_.load(), ++open_);
      threads_.emplace_back([this, fd] { serve(Descriptor(fd)); });
    }
  }

  void serve(Descriptor connection) {
    if (!greeting_.empty()) send(connection.fd(), greeting_.data(), greeting_.size(), MSG_NOSIGNAL);
    std::string request;
    bool answered = false;
    while (!stop_) {
      if (!readable(connection.fd())) continue;
      char buffer[4096];
      const auto count = recv(connection.fd(), buffer, sizeof buffer, 0);
      if (count <= 0) break;
      request.append(buffer, static_cast<std::size_t>(count));
      if (request.find("\r\n\r\n") == std::string::npos) continue;
      if (answered && ends_ == Ends::by_reset) {
        end_by_reset(connection.fd());
        break;
      }
      const auto text = answer_(request);
      while (lock_.test_and_set()) std::this_thread::yield();
      requests_.push_back(request);
      lock_.clear();
      request.clear();
      send(connection.fd(), text.data(), text.size(), MSG_NOSIGNAL);
      answered = true;
      if (ends_ == Ends::behind_an_answer) break;
      if (ends_ == Ends::by_reset_behind_an_answer) {
        end_by_reset(connection.fd());
        break;
      }
    }
    --open_;
  }

  Answer answer_;
  std::string greeting_;
  Ends ends_;
  Descriptor listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stop_{false};
  std::atomic<int> connections_{0}, open_{0}, most_{0};
  std::atomic_flag lock_ = ATOMIC_FLAG_INIT;
  std::vector<std::string> requests_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace camwarden
