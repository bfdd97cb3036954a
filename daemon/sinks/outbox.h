#pragma once
// Outbox: patience, once, for all sinks. Messages are rows in the database, written in the
// transaction of the alert that caused them, and leave it when their sink has delivered them: a
// dead server, a crash or kill -9 on either side loses none. At least once: receivers know a
// repeated message by its alert id.
//
// Thread: core owns the Outbox and the rows. Courier (courier.h) owns the sockets on the io thread;
// they exchange values through the two functions given here.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/database.h"
#include "base/result.h"
#include "policy/alert.h"
#include "sinks/sink.h"

namespace camwarden {

struct Message {
  std::int64_t row = 0;  // in the outbox; ascending
  std::string sink;
  std::string text;  // rendered, unframed
};

class Outbox {
 public:
  struct Options {
    std::size_t max_rows =
        100'000;               // per sink; when full the oldest info and notice go first, counted
    std::size_t window = 256;  // messages of a sink that are with the courier at a time
    bool operator==(const Options&) const = default;
  };
  static Result<Outbox> open(Database& database, std::vector<SinkOptions> sinks, Origin origin,
                             Options options);

  // Inside the caller's transaction.
  Status write(const std::vector<Alert>& alerts);
  // After the commit: messages that may go now, oldest first, at most `window` a sink outstanding.
  std::vector<Message> take_due();
  // The courier delivered these rows. Inside the caller's transaction.
  Status delivered(const std::vector<std::int64_t>& rows);
  // After a transaction that was rolled back: what is in the database counts, not what was meant.
  Status recount();
  // A reload: other sinks. Rows of sinks that are gone are dropped and counted.
  Status reconfigure(std::vector<SinkOptions> sinks);
  std::size_t waiting() const;
  std::uint64_t dropped() const;

 private:
  struct Sink {
    SinkOptions options;
    std::size_t rows = 0;                // in the database
    std::int64_t taken = 0;              // the last row that the courier was given
    std::set<std::int64_t> outstanding;  // with the courier
    bool more = true;                    // the database may have rows after `taken`
  };
  Outbox(Database& database, Origin origin, Options options);

  Status load(std::vector<SinkOptions> sinks);
  Status drop_strangers();
  Status count_rows(Sink& sink);
  Status write(const Alert& alert, Sink& sink);
  Result<bool> make_room(Sink& sink, Severity severity);
  Result<bool> drop_oldest(Sink& sink, Severity up_to);
  void take(Sink& sink, std::vector<Message>& messages);
  std::size_t window() const;

  Database* database_;
  Origin origin_;
  Options options_;
  std::map<std::string, Sink, std::less<>> sinks_;
  std::uint64_t dropped_ = 0;
};

}  // namespace camwarden
