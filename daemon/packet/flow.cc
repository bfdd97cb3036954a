#include "packet/flow.h"

#include <algorithm>
#include <utility>

#include "base/random.h"
#include "packet/budget.h"
#include "packet/flow_store.h"

namespace camwarden {
namespace {

// Finished flows stay for copies and late ACKs, which come soon or not at all; more of them would
// only push the living ones out of the cache.
constexpr Duration kFinishedLinger = std::chrono::seconds(10);
constexpr std::size_t kFinishedKept = 1024;
constexpr std::int32_t kResetWindow = 1 << 16;
constexpr std::uint8_t kShuntAfter = 16;     // packets of a direction that is over
constexpr std::size_t kLargePayload = 1000;  // a full segment of what passes Ethernet

// The newest packet as the other side would have sent it, to name the owner of bytes that a reset
// by its peer brings to their end.
Packet mirrored(const Packet& packet, std::uint8_t ttl) {
  Packet other = packet;
  std::swap(other.src, other.dst);
  std::swap(other.src_mac, other.dst_mac);
  std::swap(other.src_port, other.dst_port);
  other.ttl = ttl;
  other.payload = {};
  return other;
}

}  // namespace

class FlowTable::Table {
 public:
  Table(const Options& options, Reader reader, void* context)
      : options_(options),
        reassembly_(options, reader, context, counters_),
        store_(random_seed()),
        budget_(options.read_per_minute) {}

  Want tcp(const Packet& packet, FactSink& anomalies);
  const Counters& counters() const { return counters_; }

 private:
  std::uint32_t flow_for(const Packet& packet, int& side);
  static bool passed_over_is_large(const Packet& packet);
  Want follow(std::uint32_t index, int side, const Packet& packet);
  void begin_reading(std::uint32_t index, const Packet& packet);
  void make_room();
  void expire(Time now);
  void expire(Queue queue, Time before, std::uint64_t& counter);
  void remove(std::uint32_t index);

  void on_syn(std::uint32_t index, int side, const Packet& packet);
  void on_reset(std::uint32_t index, int side, const Packet& packet);
  void note_end(std::uint32_t index, int side, Time now);
  void restart(Direction& direction);

  Options options_;
  Counters counters_;
  Reassembly reassembly_;
  FlowStore store_;
  ConversationBudget budget_;
  Time expired_at_{};
};

FlowTable::Want FlowTable::Table::tcp(const Packet& packet, FactSink& anomalies) {
  if (packet.syn && (packet.fin || packet.rst)) {
    anomalies.anomaly("tcp.flags");
    return Want::nothing;
  }
  // A bare acknowledgement carries no octet, and begins and ends nothing.
  const bool bare = packet.payload.empty() && !packet.syn && !packet.fin && !packet.rst;
  if (bare) return Want::nothing;
  if (packet.time - expired_at_ >= FlowStore::kQuantum || packet.time < expired_at_) {
    expire(packet.time);
  }
  int side = 0;
  const std::uint32_t index = flow_for(packet, side);
  if (index == FlowStore::kNone) {
    return passed_over_is_large(packet) ? Want::shunt : Want::nothing;
  }
  return follow(index, side, packet);
}

FlowTable::Want FlowTable::Table::follow(std::uint32_t index, int side, const Packet& packet) {
  Flow& flow = store_.at(index);
  std::uint8_t& over = flow.over[side];
  if (over != 0 && !packet.syn && !packet.fin && !packet.rst) {
    over = over == 255 ? 1 : over + 1;
    return over == kShuntAfter ? Want::shunt : Want::nothing;
  }
  const bool again = packet.syn && over != 0;
  if (packet.syn) on_syn(index, side, packet);
  if (packet.rst) {
    on_reset(index, side, packet);
    return Want::nothing;
  }
  Direction& direction = flow.direction[side];
  if (!direction.over && (!packet.payload.empty() || packet.fin)) {
    if (flow.queue == Queue::embryonic) begin_reading(index, packet);
    reassembly_.segment(direction, packet);
  }
  if (packet.fin) note_end(index, side, packet.time);
  over = direction.over ? 1 : 0;
  return again ? Want::take_back : Want::nothing;
}

// Only what carries octets is charged to the budget: SYNs that nobody answers use none of it up.
void FlowTable::Table::begin_reading(std::uint32_t index, const Packet& packet) {
  store_.move(index, Queue::open, packet.time);
  if (!packet.payload.empty()) budget_.note(packet);
}

// Nothing is kept of a connection that is passed over, so its packets are not counted: one in
// sixteen of the large ones, by chance of its sequence number, stands for them.
bool FlowTable::Table::passed_over_is_large(const Packet& packet) {
  return packet.payload.size() >= kLargePayload && packet.tcp_seq * 0x9e3779b1u >> 28 == 0;
}

std::uint32_t FlowTable::Table::flow_for(const Packet& packet, int& side) {
  const FlowKey key = flow_key(packet, side);
  const std::uint32_t hash = store_.hash(key);
  const std::uint32_t known = store_.find(key, hash);
  if (known != FlowStore::kNone) {
    store_.touch(known, packet.time);
    return known;
  }
  if (packet.rst || (packet.payload.empty() && !packet.syn)) return FlowStore::kNone;
  if (!budget_.allows(packet)) {
    counters_.passed_over += packet.syn && !packet.ack ? 1 : 0;
    return FlowStore::kNone;
  }
  if (store_.size() >= options_.max_flows) make_room();
  const std::uint32_t index = store_.add(key, hash, packet.time);
  ++counters_.flows;
  counters_.active = store_.size();
  return index;
}

void FlowTable::Table::on_syn(std::uint32_t index, int side, const Packet& packet) {
  Flow& flow = store_.at(index);
  Direction& direction = flow.direction[side];
  // Sent again; but after a refusal some stacks try the same number once more, and may succeed.
  if (direction.syn_seen && direction.first == packet.tcp_seq && !direction.ended) return;
  // Ports that served before serve a new connection. A peer that only sent its SYN may be opening
  // at the same time (RFC 9293 section 3.5), which is no new connection.
  const bool reused = direction.started || flow.direction[1 - side].seen > 0;
  if (reused && !packet.ack) {
    restart(flow.direction[1 - side]);
    flow.over[1 - side] = 0;
    store_.move(index, Queue::embryonic, packet.time);
  }
  if (direction.started) restart(direction);
  direction.first = packet.tcp_seq;
  direction.next = packet.tcp_seq + 1;
  direction.started = direction.syn_seen = direction.lossless = true;
}

void FlowTable::Table::restart(Direction& direction) {
  reassembly_.release(direction);
  direction = Direction{};
}

// RFC 5961 section 3: a reset far from the expected number is a forgery or a leftover. Before the
// sender's own SYN was seen (a closed port's answer) there is no number to compare.
void FlowTable::Table::on_reset(std::uint32_t index, int side, const Packet& packet) {
  Flow& flow = store_.at(index);
  Direction& own = flow.direction[side];
  Direction& peer = flow.direction[1 - side];
  const std::int32_t off = seq_distance(own.next, packet.tcp_seq);
  // Once over, `next` is no longer kept up to date.
  if (own.started && !own.over && (off > kResetWindow || off < -kResetWindow)) return;
  if (!own.over) reassembly_.finish(own, packet);
  if (!peer.over) reassembly_.finish(peer, mirrored(packet, peer.ttl));
  note_end(index, 0, packet.time);
  note_end(index, 1, packet.time);
}

void FlowTable::Table::note_end(std::uint32_t index, int side, Time now) {
  Flow& flow = store_.at(index);
  flow.direction[side].ended = true;
  if (!flow.direction[1 - side].ended || flow.queue == Queue::finished) return;
  store_.move(index, Queue::finished, now);
  if (store_.count(Queue::finished) > kFinishedKept) remove(store_.oldest(Queue::finished));
}

void FlowTable::Table::make_room() {
  for (const Queue queue : {Queue::finished, Queue::embryonic, Queue::open}) {
    if (store_.oldest(queue) == FlowStore::kNone) continue;
    if (queue != Queue::finished) ++counters_.evicted;
    return remove(store_.oldest(queue));
  }
}

void FlowTable::Table::expire(Time now) {
  expired_at_ = now;
  std::uint64_t finished = 0;
  expire(Queue::finished, now - std::min(kFinishedLinger, options_.idle_timeout), finished);
  expire(Queue::embryonic, now - options_.idle_timeout, counters_.expired);
  expire(Queue::open, now - options_.idle_timeout, counters_.expired);
}

void FlowTable::Table::expire(Queue queue, Time before, std::uint64_t& counter) {
  for (std::uint32_t oldest = store_.oldest(queue); oldest != FlowStore::kNone;
       oldest = store_.oldest(queue)) {
    if (store_.at(oldest).active >= FlowStore::second_of(before)) return;
    ++counter;
    remove(oldest);
  }
}

void FlowTable::Table::remove(std::uint32_t index) {
  for (Direction& direction : store_.at(index).direction) reassembly_.release(direction);
  store_.remove(index);
  counters_.active = store_.size();
}

FlowTable::FlowTable(const Options& options, Reader reader, void* context)
    : table_(std::make_unique<Table>(options, reader, context)) {}
FlowTable::~FlowTable() = default;
FlowTable::Want FlowTable::tcp(const Packet& packet, FactSink& anomalies) {
  return table_->tcp(packet, anomalies);
}
const FlowTable::Counters& FlowTable::counters() const { return table_->counters(); }

}  // namespace camwarden
