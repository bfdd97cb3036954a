#pragma once
// Dialogue: what is said on a connection to one port, and what to say next to what was heard. Knows
// no sockets: bytes in, bytes out, so that every way it can go is a test without a network.
//
// A dialogue outlives its connections: where a server closes after each answer, the next question
// goes on the next one.
//
// Whole answers are shown to the protocol readers by Ear; a dialogue judges only what to ask next.
//
// Thread: its owner's. Bounded: kMaxAnswer octets of one answer; the rest is not read.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"

namespace camwarden {

// Takes a server's bytes from the start of a connection or of an answer, whole.
using Ear = std::function<void(Bytes answer)>;
// What only whoever asks can know of a web server.
struct WebFindings {
  // It does with this path other than with one that cannot exist.
  std::function<void(std::string_view path, int status)> knows;
  std::function<void(std::string_view icon)> icon;
};

class Dialogue {
 public:
  static constexpr std::size_t kMaxAnswer = 64 << 10;

  struct Turn {
    enum Kind : std::uint8_t {
      wait,    // for more of the answer
      say,     // `text` next
      hang_up  // and come back if unfinished()
    };
    Kind kind = wait;
    std::string text = {};
    bool question = true;  // one of the device's budget of requests; else part of one
  };

  virtual ~Dialogue() = default;
  // A connection is there. `wait`: the server speaks first.
  virtual Turn connected() = 0;
  // More bytes; empty with `closed` when no more will come.
  virtual Turn heard(Bytes bytes, bool closed) = 0;
  // Nothing came in time.
  virtual Turn silence() = 0;
  // How long to wait for what comes next; zero: as for any server.
  virtual Duration patience() const { return {}; }
  // Has more to ask, on another connection.
  virtual bool unfinished() const { return false; }
};

}  // namespace camwarden
