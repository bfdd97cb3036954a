#pragma once
// Hold: what is kept of one direction of a TCP flow: bytes that are in order and not yet consumed,
// and pieces that came before their turn. Where copies of the same octets differ, the first to come
// wins, so that a later one cannot rewrite what was seen.
//
// Limits: kMaxPieces pieces; their octets, and those in order, are limited by the caller.
// Thread: its worker.

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace camwarden {

class Hold {
 public:
  static constexpr std::size_t kMaxPieces = 32;

  Bytes bytes() const { return Bytes(bytes_).subspan(consumed_); }
  void append(Bytes more);
  void consume(std::size_t count);

  bool waiting() const { return !pieces_.empty(); }  // pieces are kept, behind a gap
  std::uint32_t first_piece() const { return pieces_.front().seq; }
  // Keeps what no piece covers yet. False when there is no place for all of it.
  bool add_piece(std::uint32_t seq, Bytes bytes);
  // Appends the pieces that follow each other from `next` on; at most `room` octets are kept, and
  // how many were moved, kept or not, is returned.
  std::size_t drain(std::uint32_t next, std::size_t room);

  std::size_t memory() const { return bytes_.capacity() + later_.capacity(); }
  void reset();  // empty, with its memory kept for another direction

  Time gap_since{};          // when the first piece came
  std::uint64_t behind = 0;  // octets seen behind the gap, kept or not
  std::size_t shown = 0;     // size of bytes() when the reader last saw them

 private:
  struct Piece {
    std::uint32_t seq, at, size;  // `at`: where in later_
  };
  bool keep(std::size_t place, std::uint32_t seq, Bytes bytes);

  std::vector<std::uint8_t> bytes_;
  std::size_t consumed_ = 0;
  std::vector<Piece> pieces_;  // in order of seq, never overlapping
  std::vector<std::uint8_t> later_;
};

// RFC 9293 section 3.4: sequence numbers wrap; the sign of the difference orders them.
inline std::int32_t seq_distance(std::uint32_t from, std::uint32_t to) {
  return static_cast<std::int32_t>(to - from);
}

}  // namespace camwarden
