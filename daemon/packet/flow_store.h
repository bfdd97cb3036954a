#pragma once
// FlowStore: flows by key, and in the order in which they were last active. A hash table of indexes
// with linear probing over one array of flows, so that finding a flow touches two places in memory,
// and adding one in steady state allocates nothing.
//
// A flow is in one of three queues: `embryonic` (no octet of payload seen), `open`, and `finished`
// (both directions over; kept a while so that late copies do not start a new flow). Within a queue
// the order is exact to kQuantum: a flow moves to the end when it is active again after that long,
// and not with every packet.
//
// Memory grows with the flows there are, up to the caller's limit. The hash table
// shrinks again, for one that is mostly empty costs a cache miss at each question. Iteration order
// never depends on the hash seed, so two replays behave alike. Thread: its worker.

#include <cstdint>
#include <memory>
#include <vector>

#include "base/time.h"
#include "packet/flow_key.h"
#include "packet/reassembly.h"

namespace camwarden {

enum class Queue : std::uint8_t { finished, embryonic, open };  // in the order of eviction
inline constexpr std::size_t kQueues = 3;

// What it takes to know that nobody reads a packet's direction any more lies in one cache line, and
// all of a flow in two: a million of them are 128 MB.
struct alignas(64) Flow {
  FlowKey key;
  std::int32_t active = 0;  // second of packet time, within kQuantum
  std::uint32_t newer = 0, older = 0;
  Queue queue = Queue::embryonic;
  // 0: as in `direction`, not over; else 1 and the packets since, modulo 255.
  std::uint8_t over[2] = {};
  Direction direction[2];
};
static_assert(sizeof(Flow) == 128);

class FlowStore {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;
  static constexpr Duration kQuantum = std::chrono::seconds(1);

  explicit FlowStore(std::uint64_t seed);

  std::uint32_t hash(const FlowKey& key) const { return key.hash(seed_); }
  std::uint32_t find(const FlowKey& key, std::uint32_t hash) const;
  std::uint32_t add(const FlowKey& key, std::uint32_t hash, Time now);
  void remove(std::uint32_t index);
  Flow& at(std::uint32_t index) { return chunks_[index / kChunk][index % kChunk]; }
  const Flow& at(std::uint32_t index) const { return chunks_[index / kChunk][index % kChunk]; }
  std::size_t size() const { return count_; }

  static std::int32_t second_of(Time now) {
    return static_cast<std::int32_t>(to_unix_ns(now) / kQuantum.count());
  }
  void touch(std::uint32_t index, Time now) {
    if (second_of(now) > at(index).active) move(index, at(index).queue, now);
  }
  void move(std::uint32_t index, Queue queue, Time now);  // to the end of a queue
  std::uint32_t oldest(Queue queue) const { return ends_[static_cast<int>(queue)].oldest; }
  std::size_t count(Queue queue) const { return ends_[static_cast<int>(queue)].count; }

 private:
  struct Slot {
    std::uint32_t hash = 0, index = kNone;
  };
  struct Ends {
    std::uint32_t oldest = kNone, newest = kNone;
    std::size_t count = 0;
  };
  void resize(std::size_t slots);
  void place(Slot slot);
  void vacate(std::size_t slot);
  void link(std::uint32_t index, Queue queue);
  void unlink(std::uint32_t index);

  std::uint64_t seed_;
  static constexpr std::size_t kFewestSlots = 1024;
  std::vector<Slot> slots_;  // a power of two, at most half full, above kFewestSlots at least 1/32
  std::size_t mask_;
  // In pieces, so that growing copies nothing and never holds twice what is needed.
  static constexpr std::uint32_t kChunk = 4096;
  std::vector<std::unique_ptr<Flow[]>> chunks_;
  std::uint32_t made_ = 0;  // flows in them
  std::vector<std::uint32_t> free_;
  std::size_t count_ = 0;
  Ends ends_[kQueues];
};

}  // namespace camwarden
