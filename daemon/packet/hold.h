#pragma once
// Hold: what is kept of one direction of a TCP flow: bytes that are in order and not yet consumed,
// and pieces that came before their turn. Where copies of the same octets differ, the first to come
// wins, so that a later one cannot rewrite what was seen.
//
// A million connections of which a few octets wait are nothing unusual, so a Hold without a gap is
// small: up to 15 octets it is one piece of memory.
//
// Limits: kMaxPieces pieces; their octets, and those in order, are limited by the caller.
// Thread: its worker.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace camwarden {

class Hold {
 public:
  static constexpr std::size_t kMaxPieces = 32;

  Bytes bytes() const { return as_bytes(bytes_).subspan(consumed_); }
  void append(Bytes more);
  void consume(std::size_t count);

  bool waiting() const { return gap_ && !gap_->pieces.empty(); }  // pieces are kept, behind a gap
  std::uint32_t first_piece() const { return gap_->pieces.front().seq; }
  // Keeps what no piece covers yet. False when there is no place for all of it.
  bool add_piece(std::uint32_t seq, Bytes bytes);
  // Appends the pieces that follow each other from `next` on; at most `room` octets are kept, and
  // how many were moved, kept or not, is returned.
  std::size_t drain(std::uint32_t next, std::size_t room);

  // Octets, with its own and those that the allocator adds to it.
  std::size_t memory() const {
    constexpr std::size_t kAllocation = 16;
    const std::size_t whole = sizeof(Hold) + kAllocation + bytes_.capacity();
    if (!gap_) return whole;
    return whole + sizeof(Gap) + gap_->pieces.capacity() * sizeof(Piece) + gap_->later.capacity() +
           3 * kAllocation;
  }
  void reset();  // empty, with its memory kept for another direction

  // `payload` octets came behind the gap at this time, kept or not.
  void note_behind(Time now, std::size_t payload);
  std::uint64_t behind() const { return gap_ ? gap_->behind : 0; }  // octets since the gap opened
  Time gap_since() const { return gap_ ? gap_->since : Time{}; }    // when the first of them came
  void gap_begins_anew(Time now);                                   // behind the one just skipped
  void gap_closed();

  std::uint32_t shown = 0;  // size of bytes() when the reader last saw them

 private:
  struct Piece {
    std::uint32_t seq, at, size;  // `at`: where in Gap::later
  };
  struct Gap {
    Time since{};
    std::uint64_t behind = 0;
    std::vector<Piece> pieces;  // in order of seq, never overlapping
    std::vector<std::uint8_t> later;
  };
  Gap& gap();
  bool keep(std::size_t place, std::uint32_t seq, Bytes bytes);

  std::uint32_t consumed_ = 0;
  std::string bytes_;
  std::unique_ptr<Gap> gap_;  // stays once there was one
};
static_assert(sizeof(Hold) <= 48);

// RFC 9293 section 3.4: sequence numbers wrap; the sign of the difference orders them.
inline std::int32_t seq_distance(std::uint32_t from, std::uint32_t to) {
  return static_cast<std::int32_t>(to - from);
}

}  // namespace camwarden
