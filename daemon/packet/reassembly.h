#pragma once
// Reassembly: the bytes of one direction of a TCP flow, in order, to the reader. What the reader
// takes from a segment that came in its turn is never copied; only what it leaves, and what came
// before its turn, is held.
//
// A gap is waited for until as many octets as the limit came behind it, more than
// Hold::kMaxPieces pieces wait, kGapWait of packet time went by, the direction ends, or slicing
// explains it; then it is skipped, and what was unconsumed before it is dropped: joined to what
// follows, it would read as something that nobody sent.
//
// Limits: Options::stream_bytes in order of each direction, as many out of order, and
// Options::buffer_bytes of memory in all; a direction that finds no memory is ended.
// Thread: its worker.

#include <algorithm>
#include <memory>
#include <vector>

#include "packet/flow.h"
#include "packet/hold.h"

namespace camwarden {

struct Direction {
  static constexpr std::size_t kFew = 3;

  std::uint32_t next = 0;     // sequence number of the next octet in order
  std::uint32_t first = 0;    // the SYN's, when syn_seen
  std::uint32_t seen = 0;     // octets that came in order, up to the limit
  std::uint32_t scratch = 0;  // the reader's
  std::uint8_t reader = FlowTable::kUnread;
  std::uint8_t ttl = 0;      // of the newest packet with payload
  std::uint8_t shows = 0;    // how often the reader saw bytes, up to 255
  bool started : 1 = false;  // `next` is known
  bool syn_seen : 1 = false;
  bool lossless : 1 = false;  // from the first octet on
  bool sliced : 1 = false;    // the capture cut octets off: the next gap is no wait
  bool over : 1 = false;      // nothing more will be shown
  bool ended : 1 = false;     // FIN or RST was seen
  // What waits, where it is so little; else in `hold`. A million connections of one octet each are
  // a cheap flood, and take no more than a million others.
  std::uint8_t few_size = 0;
  std::uint8_t few[kFew] = {};
  std::unique_ptr<Hold> hold;

  bool waits() const { return hold || few_size > 0; }
};
static_assert(sizeof(Direction) == 32);

class Reassembly {
 public:
  static constexpr Duration kGapWait = std::chrono::seconds(3);  // beyond usual retransmissions
  static constexpr std::uint8_t kEagerShows = 64;
  static constexpr std::size_t kSpareHolds = 32;

  Reassembly(const FlowTable::Options& options, FlowTable::Reader reader, void* context,
             FlowTable::Counters& counters)
      : options_(options), reader_(reader), context_(context), counters_(counters) {}

  // A packet with payload or FIN, of a direction that is not over.
  void segment(Direction& direction, const Packet& packet);
  // Nothing more is coming: shows what waits behind gaps, then the end.
  void finish(Direction& direction, const Packet& packet);
  // Ends without a word to the reader.
  void end(Direction& direction);
  void release(Direction& direction);

 private:
  void in_turn(Direction& direction, const Packet& packet, Bytes bytes);
  void too_early(Direction& direction, const Packet& packet, std::uint32_t seq);
  void fill(Direction& direction, Bytes bytes);
  void take(Direction& direction, Bytes bytes);
  void drain(Direction& direction);
  void keep(Direction& direction, Bytes bytes);
  bool gap_is_lost(const Direction& direction, const Packet& packet) const;
  void skip_gap(Direction& direction, const Packet& packet);
  void show(Direction& direction, const Packet& packet, bool last);
  std::size_t ask(Direction& direction, const Packet& packet, Bytes bytes, bool last);
  bool worth_showing(const Direction& direction) const;
  bool out_of_memory();
  Hold& hold_of(Direction& direction);
  std::size_t room(const Direction& direction) const {
    return options_.stream_bytes - std::min<std::size_t>(options_.stream_bytes, direction.seen);
  }

  FlowTable::Options options_;
  FlowTable::Reader reader_;
  void* context_;
  FlowTable::Counters& counters_;
  std::size_t held_ = 0;  // memory of all holds in use
  std::vector<std::unique_ptr<Hold>> spare_;
};

}  // namespace camwarden
