#pragma once
// What all devices of one scan share while they are asked, and what is counted.
//
// Thread: the reactor's.

#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "discovery/answers.h"
#include "discovery/connection.h"
#include "discovery/pace.h"
#include "discovery/ports.h"
#include "discovery/probe_sockets.h"

namespace camwarden {

struct ScanCounters {
  std::uint64_t addresses = 0;  // to be asked
  std::uint64_t addresses_asked = 0;
  std::uint64_t hosts = 0;       // that answered anything
  std::uint64_t hosts_done = 0;  // of those, asked to the end
  std::uint64_t segment_questions = 0, datagrams = 0, connections = 0, requests = 0;
  std::uint64_t packets = 0;   // sent, of all kinds, by our account
  std::uint64_t answers = 0;   // datagrams and streams that a reader took
  std::uint64_t spared = 0;    // on the never-touch list
  std::uint64_t strained = 0;  // asked more slowly, or let alone, because they struggled
  std::uint64_t budgets_spent = 0;
  std::uint64_t let_alone = 0;  // of the strained, before all was asked
  std::uint64_t starved = 0;    // connections not tried for want of descriptors
  std::uint64_t ignored = 0;    // answers of senders that answered too often
};

// An address was asked its first question (`answered` false), or gave its first answer.
using NoteAddress = std::function<void(const IpAddress&, bool answered)>;

struct Asking {
  Reactor& reactor;
  Answers& answers;
  GlobalPace& pace;
  const AskingData& data;
  const NeverTouch& never;
  PaceLimits limits;
  Connection::Deadlines deadlines;
  ProbeSockets* datagrams4 = nullptr;  // for single devices
  ProbeSockets* datagrams6 = nullptr;
  std::size_t connections_left = 0;  // that may be opened now, in all
  std::uint64_t nonce = 0;
  NoteAddress note;
  ScanCounters counters;

  void note_asked(const IpAddress& ip) {
    ++counters.addresses_asked;
    if (note) note(ip, false);
  }
  void note_answered(const IpAddress& ip) {
    ++counters.hosts;
    if (note) note(ip, true);
  }
};

}  // namespace camwarden
