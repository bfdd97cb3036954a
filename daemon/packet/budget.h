#pragma once
// ConversationBudget: which TCP connections are worth reading. A server that was read sixteen times
// within a minute has said what it says, and so has a client: a connection between two such
// is passed over, but for every kSample-th, so that what is said seldom is heard too. A host that
// speaks little is always read, however busy its peer: a camera that calls a cloud which everybody
// calls, a client's one question to a busy camera.
//
// The server is taken to be the end with the lower port, which needs no SYN. Which connections are
// the sample depends on the connection alone, so that all of its packets agree.
//
// A table of kEnds ends, two places for each hash: where a third comes the count of the one that was
// read less starts anew, and more is read than need be, never less. Thread: its worker.

#include <cstdint>
#include <vector>

#include "packet/packet.h"

namespace camwarden {

class ConversationBudget {
 public:
  static constexpr std::size_t kEnds = 16'384;
  static constexpr std::uint32_t kSample = 16;

  // Connections of one end that are read in a minute of packet time; 0: all.
  explicit ConversationBudget(std::uint32_t per_minute);

  bool allows(const Packet& packet) const;
  void note(const Packet& packet);  // one is being read

 private:
  struct End {
    std::uint32_t tag = 0;
    std::uint16_t minute = 0, count = 0;  // of that minute (modulo 65,536)
  };
  struct Ends {
    std::uint64_t server, client;
  };
  static Ends ends_of(const Packet& packet);
  std::uint32_t count(std::uint64_t end, std::uint16_t minute) const;
  void add(std::uint64_t end, std::uint16_t minute);

  std::uint32_t per_minute_;
  std::vector<End> ends_;
};

}  // namespace camwarden
