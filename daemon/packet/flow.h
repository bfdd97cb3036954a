#pragma once
// FlowTable: TCP connections by 5-tuple, VLANs and interface, and the first bytes of each
// direction, delivered in order to whoever reads them. Bounded everywhere: flows (finished ones go
// first, then those that never carried payload, then the least recently active), bytes kept of a
// direction, bytes kept in all. Sequence gaps (loss, one-sided SPAN) are skipped when the bytes
// behind them are all that is coming. Expiry is by packet time.
//
// A connection whose SYN was not seen is picked up where it is: the first payload seen of a
// direction is taken for its first, with `start` false. Of octets that come twice with different
// contents the first copy counts. A SYN with another sequence number than before starts anew.
//
// Thread: its worker.

#include <cstdint>
#include <memory>

#include "observation/observation.h"
#include "packet/packet.h"

namespace camwarden {

// What the table shows of one direction when it has news. Consumed bytes are not shown again.
struct Segment {
  Bytes bytes;  // contiguous, oldest unconsumed byte first
  // Nothing more will be shown of this direction: its limit, FIN or RST came, or memory ran out.
  // Said once, and only of a direction that had bytes; not when the reader chose kIgnored, and not
  // when a flow is evicted, expires or its ports are used again, for no packet belongs to that.
  // After a RST of the peer the packet shown has this direction's addresses and no payload.
  bool closed = false;
  // Seen from the SYN on and nothing lost before these bytes. Once false it stays so, and a reader
  // in the middle of a message must expect to be somewhere else: unconsumed bytes before the loss
  // are dropped, what it keeps in `scratch` is not.
  bool start = false;
  std::uint32_t* scratch;  // one word a direction, for the reader; starts as 0
  std::uint8_t* reader;    // index of the protocol that reads it; kUnread, kIgnored
};

class FlowTable {
 public:
  static constexpr std::uint8_t kUnread = 0xff;   // no protocol has claimed it yet
  static constexpr std::uint8_t kIgnored = 0xfe;  // read to the end, or nobody's: bytes are dropped

  struct Options {
    std::size_t max_flows = 100'000;
    std::size_t stream_bytes = 16 << 10;  // of each direction, counted from its first byte
    std::size_t buffer_bytes = 64 << 20;  // held in all flows together
    Duration idle_timeout = std::chrono::minutes(2);
    // Of one end, a server's port or a client: see packet/budget.h. 0: all.
    std::uint32_t read_per_minute = 16;
    bool operator==(const Options&) const = default;
  };
  struct Counters {
    std::uint64_t flows = 0, evicted = 0, expired = 0, gaps = 0, buffer_full = 0;
    std::uint64_t passed_over = 0;  // connections between two ends that had been read enough
    std::size_t active = 0;
  };

  // Called with what is new of the direction that `packet` belongs to; returns how many of the
  // bytes were consumed; the rest is shown again together with what comes. A direction whose bytes
  // stay unconsumed for long is shown only each time that they have grown by an eighth. Setting
  // *reader to kIgnored ends the direction.
  using Reader = std::size_t (*)(void* context, const Packet& packet, Segment& segment);

  FlowTable(const Options& options, Reader reader, void* context);
  ~FlowTable();

  // What the source should do with the rest of this packet's direction. shunt: leave it, for nobody
  // reads it, and so much came since that it is worth asking; said again now and then, for a source
  // that forgets. take_back: a new connection begins on ports of which that may have been said.
  enum class Want : std::uint8_t { nothing, shunt, take_back };
  Want tcp(const Packet& packet, FactSink& anomalies);
  const Counters& counters() const;

 private:
  class Table;
  std::unique_ptr<Table> table_;
};

}  // namespace camwarden
