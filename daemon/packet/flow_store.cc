#include "packet/flow_store.h"

#include <utility>

namespace camwarden {

FlowStore::FlowStore(std::uint64_t seed)
    : seed_(seed), slots_(kFewestSlots), mask_(slots_.size() - 1) {}

std::uint32_t FlowStore::find(const FlowKey& key, std::uint32_t hash) const {
  for (std::size_t at = hash & mask_; slots_[at].index != kNone; at = (at + 1) & mask_) {
    if (slots_[at].hash == hash && this->at(slots_[at].index).key == key) return slots_[at].index;
  }
  return kNone;
}

std::uint32_t FlowStore::add(const FlowKey& key, std::uint32_t hash, Time now) {
  if (2 * (count_ + 1) > slots_.size()) resize(slots_.size() * 2);
  if (free_.empty()) {
    if (made_ % kChunk == 0) chunks_.push_back(std::make_unique<Flow[]>(kChunk));
    free_.push_back(made_++);
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  Flow& flow = at(index);
  flow.key = key;
  flow.active = second_of(now);
  place({hash, index});
  link(index, Queue::embryonic);
  ++count_;
  return index;
}

void FlowStore::remove(std::uint32_t index) {
  Flow& flow = at(index);
  std::size_t slot = hash(flow.key) & mask_;
  while (slots_[slot].index != index) slot = (slot + 1) & mask_;
  vacate(slot);
  unlink(index);
  flow = Flow{};
  free_.push_back(index);
  --count_;
  if (slots_.size() > kFewestSlots && count_ * 32 < slots_.size()) resize(slots_.size() / 4);
}

void FlowStore::resize(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.index != kNone) place(slot);
  }
}

void FlowStore::place(Slot slot) {
  std::size_t at = slot.hash & mask_;
  while (slots_[at].index != kNone) at = (at + 1) & mask_;
  slots_[at] = slot;
}

// Closes the hole by moving back every later slot of the run that may stand there, so that no mark
// of a removed slot is ever needed.
void FlowStore::vacate(std::size_t hole) {
  for (std::size_t at = (hole + 1) & mask_; slots_[at].index != kNone; at = (at + 1) & mask_) {
    const std::size_t home = slots_[at].hash & mask_;
    if (((at - home) & mask_) < ((at - hole) & mask_)) continue;
    slots_[hole] = slots_[at];
    hole = at;
  }
  slots_[hole] = Slot{};
}

void FlowStore::move(std::uint32_t index, Queue queue, Time now) {
  unlink(index);
  at(index).active = second_of(now);
  link(index, queue);
}

void FlowStore::link(std::uint32_t index, Queue queue) {
  Ends& ends = ends_[static_cast<int>(queue)];
  Flow& flow = at(index);
  flow.queue = queue;
  flow.older = ends.newest;
  flow.newer = kNone;
  (ends.newest == kNone ? ends.oldest : at(ends.newest).newer) = index;
  ends.newest = index;
  ++ends.count;
}

void FlowStore::unlink(std::uint32_t index) {
  Flow& flow = at(index);
  Ends& ends = ends_[static_cast<int>(flow.queue)];
  (flow.older == kNone ? ends.oldest : at(flow.older).newer) = flow.newer;
  (flow.newer == kNone ? ends.newest : at(flow.newer).older) = flow.older;
  --ends.count;
}

}  // namespace camwarden
