#pragma once
// Connection: one TCP connection with one Dialogue on it: made, spoken on, ended, each step within
// its time. What may be sent, and when, is for its owner to permit.
//
// Ends by calling `done` exactly once, its last act; the owner then lets it go, but not within the
// call.
//
// Thread: the reactor's.

#include <functional>
#include <optional>
#include <string>

#include "discovery/dialogue.h"
#include "discovery/reactor.h"
#include "discovery/socket.h"

namespace camwarden {

class Connection {
 public:
  enum class End : std::uint8_t {
    refused,      // the host is there, the port is not
    unreachable,  // nobody is there, or the way is barred
    timed_out,    // no answer to the attempt
    spoken,       // the dialogue ended it, or the server did
    reset,        // before an answer, or in the middle of one
    silent,       // connected, and then no answer in time
    starved,      // not tried: this process or host has no descriptor left
  };
  struct Deadlines {
    Duration connect = std::chrono::milliseconds(700);
    Duration read = std::chrono::milliseconds(1500);
    Duration whole = std::chrono::seconds(5);  // of one connection: endless answers end
  };
  struct Owner {
    // So many packets are about to go out; calls `go` when they may. `question`: counts as one of
    // the device's requests. Never calls it when the budget is spent.
    std::function<void(std::size_t packets, bool question, std::function<void()> go)> permit;
    std::function<void(std::size_t packets)> note;  // went out without asking
    std::function<void(Duration round_trip)> met;   // connected, or refused
    std::function<void(Duration took)> answered;    // first octets of an answer
    std::function<void(End)> done;
  };

  Connection(Reactor& reactor, Dialogue& dialogue, const Deadlines& deadlines, Owner owner);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void open(const Endpoint& to);
  void give_up() { finish(End::spoken); }  // the budget is spent
  const Endpoint& local() const { return local_; }

 private:
  void on_outcome();
  void on_connected();
  void on_readable();
  void act(Dialogue::Turn turn);
  void note_acknowledgement(const Dialogue::Turn& turn);
  void say(std::string text);
  void wait_until_silence();
  void expire();
  void break_off();
  void finish(End end);

  Reactor& reactor_;
  Dialogue& dialogue_;
  Deadlines deadlines_;
  Owner owner_;
  Descriptor socket_;
  Endpoint local_;
  Reactor::Timer timer_;
  Time began_{}, asked_{};
  std::optional<Time> owes_since_;  // an acknowledgement, to go with what is said next
  bool connected_ = false, permit_pending_ = false, done_ = false;
  bool heard_ = false;      // something of the answer to what was said last
  bool served_ = false;     // an answer to what was said before that
  std::uint64_t turn_ = 0;  // permits of earlier turns are void
};

}  // namespace camwarden
