#include "packet/hold.h"

#include <algorithm>

namespace camwarden {

void Hold::append(Bytes more) {
  if (consumed_ > 0) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(consumed_));
    consumed_ = 0;
  }
  bytes_.insert(bytes_.end(), more.begin(), more.end());
}

void Hold::consume(std::size_t count) {
  consumed_ += count;
  shown = bytes().size();
  if (consumed_ < bytes_.size()) return;
  bytes_.clear();
  consumed_ = 0;
}

bool Hold::keep(std::size_t place, std::uint32_t seq, Bytes bytes) {
  if (pieces_.size() == kMaxPieces) return false;
  const auto at = static_cast<std::uint32_t>(later_.size());
  later_.insert(later_.end(), bytes.begin(), bytes.end());
  pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(place),
                 Piece{seq, at, static_cast<std::uint32_t>(bytes.size())});
  return true;
}

bool Hold::add_piece(std::uint32_t seq, Bytes bytes) {
  for (std::size_t place = 0; place < pieces_.size() && !bytes.empty(); ++place) {
    const Piece piece = pieces_[place];
    const std::int32_t before = seq_distance(seq, piece.seq);  // octets of ours ahead of the piece
    if (before >= static_cast<std::int64_t>(bytes.size())) return keep(place, seq, bytes);
    if (before > 0) {
      if (!keep(place++, seq, bytes.first(static_cast<std::size_t>(before)))) return false;
    }
    const std::int64_t covered = static_cast<std::int64_t>(before) + piece.size;
    if (covered <= 0) continue;
    const std::size_t skip = std::min(bytes.size(), static_cast<std::size_t>(covered));
    bytes = bytes.subspan(skip);
    seq += static_cast<std::uint32_t>(skip);
  }
  return bytes.empty() || keep(pieces_.size(), seq, bytes);
}

std::size_t Hold::drain(std::uint32_t next, std::size_t room) {
  std::size_t moved = 0, taken = 0;
  for (; taken < pieces_.size(); ++taken) {
    const Piece& piece = pieces_[taken];
    if (piece.seq != next + static_cast<std::uint32_t>(moved)) break;
    const std::size_t kept = std::min<std::size_t>(piece.size, room - std::min(room, moved));
    append(Bytes(later_).subspan(piece.at, kept));
    moved += piece.size;
  }
  pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(taken));
  if (pieces_.empty()) {
    later_.clear();
    behind = 0;
  }
  return moved;
}

void Hold::reset() {
  bytes_.clear();
  pieces_.clear();
  later_.clear();
  consumed_ = shown = 0;
  behind = 0;
}

}  // namespace camwarden
