#include "packet/reassembly.h"

#include <algorithm>
#include <utility>

namespace camwarden {

void Reassembly::segment(Direction& direction, const Packet& packet) {
  const std::uint32_t seq = packet.tcp_seq + (packet.syn ? 1 : 0);
  if (!direction.started) {
    direction.next = seq;
    direction.started = true;
  }
  direction.ttl = packet.ttl;
  if (packet.truncated) direction.sliced = true;
  const std::int32_t ahead = seq_distance(direction.next, seq);
  if (ahead > 0) return too_early(direction, packet, seq);
  const std::int64_t old = -static_cast<std::int64_t>(ahead);  // sent again, or a keep-alive
  if (old > static_cast<std::int64_t>(packet.payload.size())) return;
  const Bytes bytes = packet.payload.subspan(static_cast<std::size_t>(old));
  if (!bytes.empty() || packet.fin) in_turn(direction, packet, bytes);
}

void Reassembly::in_turn(Direction& direction, const Packet& packet, Bytes bytes) {
  if (direction.waits()) {
    fill(direction, bytes);
    if (packet.fin || out_of_memory()) return finish(direction, packet);
    return show(direction, packet, room(direction) == 0);
  }
  const Bytes taken = bytes.first(std::min(bytes.size(), room(direction)));
  direction.next += static_cast<std::uint32_t>(bytes.size());
  direction.seen += static_cast<std::uint32_t>(taken.size());
  const bool last = packet.fin || room(direction) == 0;
  if (last && direction.seen == 0) return end(direction);
  const std::size_t consumed = ask(direction, packet, taken, last);
  if (direction.over || consumed == taken.size()) return;
  keep(direction, taken.subspan(consumed));
  if (out_of_memory()) finish(direction, packet);
}

// Of bytes that are counted already, and that the reader saw.
void Reassembly::keep(Direction& direction, Bytes bytes) {
  if (bytes.size() <= Direction::kFew) {
    direction.few_size = static_cast<std::uint8_t>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), direction.few);
    return;
  }
  Hold& hold = hold_of(direction);
  held_ -= hold.memory();
  hold.append(bytes);
  hold.consume(0);  // shown
  held_ += hold.memory();
}

// Appends bytes from `next` on, and the pieces between them. Where both hold the same octets the
// pieces came first.
void Reassembly::fill(Direction& direction, Bytes bytes) {
  Hold& hold = hold_of(direction);
  if (!hold.waiting()) hold.gap_closed();
  while (!bytes.empty()) {
    const std::size_t gap = hold.waiting() ? hold.first_piece() - direction.next : bytes.size();
    const std::uint32_t before = direction.next;
    take(direction, bytes.first(std::min(gap, bytes.size())));
    drain(direction);
    bytes = bytes.subspan(std::min<std::size_t>(bytes.size(), direction.next - before));
  }
}

void Reassembly::take(Direction& direction, Bytes bytes) {
  Hold& hold = hold_of(direction);
  const Bytes kept = bytes.first(std::min(bytes.size(), room(direction)));
  held_ -= hold.memory();
  hold.append(kept);
  held_ += hold.memory();
  direction.next += static_cast<std::uint32_t>(bytes.size());
  direction.seen += static_cast<std::uint32_t>(kept.size());
}

void Reassembly::drain(Direction& direction) {
  Hold& hold = *direction.hold;
  const std::size_t before = hold.bytes().size();
  held_ -= hold.memory();
  direction.next += static_cast<std::uint32_t>(hold.drain(direction.next, room(direction)));
  held_ += hold.memory();
  direction.seen += static_cast<std::uint32_t>(hold.bytes().size() - before);
}

void Reassembly::too_early(Direction& direction, const Packet& packet, std::uint32_t seq) {
  Hold& hold = hold_of(direction);
  const std::size_t ahead = seq - direction.next;
  const std::size_t window = room(direction) - std::min(room(direction), ahead);
  held_ -= hold.memory();
  hold.note_behind(packet.time, packet.payload.size());
  const Bytes kept = packet.payload.first(std::min(packet.payload.size(), window));
  const bool placed = kept.empty() || hold.add_piece(seq, kept);
  held_ += hold.memory();
  if (packet.fin || out_of_memory()) return finish(direction, packet);
  if (!placed || gap_is_lost(direction, packet)) skip_gap(direction, packet);
}

bool Reassembly::gap_is_lost(const Direction& direction, const Packet& packet) const {
  const Hold& hold = *direction.hold;
  return direction.sliced || hold.behind() >= options_.stream_bytes ||
         packet.time - hold.gap_since() >= kGapWait;
}

void Reassembly::skip_gap(Direction& direction, const Packet& packet) {
  Hold& hold = *direction.hold;
  ++counters_.gaps;
  direction.lossless = direction.sliced = false;
  hold.consume(hold.bytes().size());
  hold.gap_begins_anew(packet.time);
  if (hold.waiting()) {
    direction.next = hold.first_piece();
    drain(direction);
  } else {  // all of it lay too far ahead to be kept
    direction.next = packet.tcp_seq;
    fill(direction, packet.payload);
  }
  show(direction, packet, room(direction) == 0);
}

void Reassembly::finish(Direction& direction, const Packet& packet) {
  while (!direction.over && direction.hold && direction.hold->waiting()) {
    skip_gap(direction, packet);
  }
  if (direction.over) return;
  if (direction.seen == 0) return end(direction);
  const Bytes few(direction.few, direction.few_size);
  ask(direction, packet, direction.hold ? direction.hold->bytes() : few, true);
}

// Shows all that is held in order.
void Reassembly::show(Direction& direction, const Packet& packet, bool last) {
  if (!last && !worth_showing(direction)) return;
  Hold& hold = *direction.hold;
  const std::size_t consumed = ask(direction, packet, hold.bytes(), last);
  if (direction.over) return;
  hold.consume(consumed);
  if (hold.bytes().empty() && !hold.waiting()) release(direction);
}

std::size_t Reassembly::ask(Direction& direction, const Packet& packet, Bytes bytes, bool last) {
  Segment segment{bytes, last, direction.lossless, &direction.scratch, &direction.reader};
  if (direction.shows < 255) ++direction.shows;
  const std::size_t consumed = std::min(reader_(context_, packet, segment), bytes.size());
  if (last || direction.reader == FlowTable::kIgnored) end(direction);
  return consumed;
}

// A reader that waits for more sees all its bytes again with every segment. A sender of one-octet
// segments could make that cost the square of the limit, so after kEagerShows a direction is shown
// again only once its bytes have grown by an eighth.
bool Reassembly::worth_showing(const Direction& direction) const {
  const std::size_t size = direction.hold->bytes().size(), shown = direction.hold->shown;
  if (size == shown) return false;
  return direction.shows < kEagerShows || size - shown >= shown / 8;
}

bool Reassembly::out_of_memory() {
  if (held_ <= options_.buffer_bytes) return false;
  ++counters_.buffer_full;
  return true;
}

Hold& Reassembly::hold_of(Direction& direction) {
  if (direction.hold) return *direction.hold;
  if (spare_.empty()) {
    direction.hold = std::make_unique<Hold>();
  } else {
    direction.hold = std::move(spare_.back());
    spare_.pop_back();
  }
  Hold& hold = *direction.hold;
  if (direction.few_size > 0) {
    hold.append(Bytes(direction.few, direction.few_size));
    hold.consume(0);
    direction.few_size = 0;
  }
  held_ += hold.memory();
  return hold;
}

void Reassembly::release(Direction& direction) {
  direction.few_size = 0;
  if (!direction.hold) return;
  held_ -= direction.hold->memory();
  direction.hold->reset();
  if (spare_.size() < kSpareHolds) spare_.push_back(std::move(direction.hold));
  direction.hold.reset();
}

void Reassembly::end(Direction& direction) {
  direction.over = true;
  direction.reader = FlowTable::kIgnored;
  release(direction);
}

}  // namespace camwarden
