#pragma once
// Outbox: patience, once, for all sinks. Messages are rows in the database, written in the
// transaction of the alert that caused them, and leave it when their sink has delivered them: a dead
// server, a crash or kill -9 on either side loses none. At least once: receivers know a repeated
// message by its alert id.
//
// Thread: core owns the Outbox and the rows. Courier (courier.h) owns the sockets on the io thread;
// they exchange values through the two functions given here.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/database.h"
#include "base/result.h"
#include "policy/alert.h"
#include "sinks/sink.h"

namespace camwarden {

struct Message {
  std::int64_t row = 0;   // in the outbox; ascending
  std::string sink;
  std::string text;       // rendered, unframed
};

class Outbox {
 public:
  struct Options {
    std::size_t max_rows = 100'000;   // per sink; when full the oldest info and notice messages go first, counted
    std::size_t window = 256;         // messages of a sink that are with the courier at a time
  };
  static Result<Outbox> open(Database& database, std::vector<SinkOptions> sinks, Origin origin, Options options);

  // Inside the caller's transaction.
  Status write(const std::vector<Alert>& alerts);
  // After the commit: messages that may go now, oldest first, at most `window` a sink outstanding.
  std::vector<Message> take_due();
  // The courier delivered these rows. Inside the caller's transaction.
  Status delivered(const std::vector<std::int64_t>& rows);
  // A reload: other sinks. Rows of sinks that are gone are dropped and counted.
  Status reconfigure(std::vector<SinkOptions> sinks);
  std::size_t waiting() const;
  std::uint64_t dropped() const;

 private:
  Database* database_;
  // ...
};

}  // namespace camwarden
