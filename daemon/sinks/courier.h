#pragma once
// Courier: carries messages to sinks. Owns sockets, files, retries and back-off; Asio stays in
// courier.cc. A TCP message counts as delivered when the peer's kernel has acknowledged it and the
// connection has then lived for `settle`; a connection that dies earlier has its unsettled messages
// sent again. UDP, files and standard output count when written.
//
// Thread: any may call post() and stop(); everything else happens on the io thread that it starts.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sinks/outbox.h"

namespace camwarden {

class Courier {
 public:
  struct State {  // of one sink, for health
    std::string sink;
    bool connected = false;
    std::uint64_t sent = 0, delivered = 0, retries = 0;
    std::string last_error;
  };
  // `delivered` is called on the io thread with rows that are safe to forget.
  Courier(std::vector<SinkOptions> sinks, std::function<void(std::vector<std::int64_t>)> delivered);
  ~Courier();  // stops

  void post(std::vector<Message> messages);
  void reconfigure(std::vector<SinkOptions> sinks);
  std::vector<State> states() const;
  // Tries for at most `patience` to deliver what is posted, then stops the thread.
  void drain(Duration patience);

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace camwarden
