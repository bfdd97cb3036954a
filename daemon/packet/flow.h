#pragma once
// FlowTable: TCP connections by 5-tuple and VLAN, and the first bytes of each direction, delivered
// in order to whoever reads them. Bounded everywhere: flows (the least recently active goes first),
// bytes kept of a direction, bytes kept in all. Sequence gaps (loss, one-sided SPAN) are skipped
// when the bytes behind them are all that is coming. Expiry is by packet time.
//
// Thread: its worker.

#include <cstdint>
#include <memory>

#include "observation/observation.h"
#include "packet/packet.h"

namespace camwarden {

// What the table shows of one direction when it has news. Consumed bytes are not shown again.
struct Segment {
  Bytes bytes;                 // contiguous, oldest unconsumed byte first
  bool closed = false;         // nothing more will be shown of this direction
  bool start = false;          // bytes begin at the direction's first byte (no loss before them)
  std::uint32_t* scratch;      // one word a direction, for the reader
  std::uint8_t* reader;        // index of the protocol that reads it; kUnread, kIgnored
};

class FlowTable {
 public:
  static constexpr std::uint8_t kUnread = 0xff;   // no protocol has claimed it yet
  static constexpr std::uint8_t kIgnored = 0xfe;  // read to the end, or nobody's: bytes are dropped

  struct Options {
    std::size_t max_flows = 100'000;
    std::size_t stream_bytes = 16 << 10;             // of each direction, counted from its first byte
    std::size_t buffer_bytes = 64 << 20;             // held in all flows together
    Duration idle_timeout = std::chrono::minutes(2);
  };
  struct Counters {
    std::uint64_t flows = 0, evicted = 0, expired = 0, gaps = 0, buffer_full = 0;
    std::size_t active = 0;
  };

  // Called with what is new of the direction that `packet` belongs to; returns how many of the
  // bytes were consumed. Setting *reader to kIgnored ends the direction.
  using Reader = std::size_t (*)(void* context, const Packet& packet, Segment& segment);

  FlowTable(const Options& options, Reader reader, void* context);
  ~FlowTable();

  void tcp(const Packet& packet, FactSink& anomalies);
  const Counters& counters() const;

 private:
  class Table;
  std::unique_ptr<Table> table_;
};

}  // namespace camwarden
