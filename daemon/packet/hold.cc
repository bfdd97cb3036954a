#include "packet/hold.h"

#include <algorithm>

namespace camwarden {

void Hold::append(Bytes more) {
  bytes_.erase(0, consumed_);
  consumed_ = 0;
  bytes_.append(as_text(more));
}

void Hold::consume(std::size_t count) {
  consumed_ += static_cast<std::uint32_t>(count);
  shown = static_cast<std::uint32_t>(bytes().size());
  if (consumed_ < bytes_.size()) return;
  bytes_.clear();
  consumed_ = 0;
}

Hold::Gap& Hold::gap() {
  if (!gap_) gap_ = std::make_unique<Gap>();
  return *gap_;
}

void Hold::note_behind(Time now, std::size_t payload) {
  if (gap().behind == 0) gap_->since = now;
  gap_->behind += payload;
}

void Hold::gap_begins_anew(Time now) {
  gap().since = now;
  gap_->behind = 0;
}

void Hold::gap_closed() {
  if (gap_) gap_->behind = 0;
}

bool Hold::keep(std::size_t place, std::uint32_t seq, Bytes bytes) {
  auto& [since, behind, pieces, later] = gap();
  if (pieces.size() == kMaxPieces) return false;
  const auto at = static_cast<std::uint32_t>(later.size());
  later.insert(later.end(), bytes.begin(), bytes.end());
  pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(place),
                Piece{seq, at, static_cast<std::uint32_t>(bytes.size())});
  return true;
}

bool Hold::add_piece(std::uint32_t seq, Bytes bytes) {
  const auto& pieces = gap().pieces;
  for (std::size_t place = 0; place < pieces.size() && !bytes.empty(); ++place) {
    const Piece piece = pieces[place];
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
  return bytes.empty() || keep(pieces.size(), seq, bytes);
}

std::size_t Hold::drain(std::uint32_t next, std::size_t room) {
  if (!gap_) return 0;
  auto& [since, behind, pieces, later] = *gap_;
  std::size_t moved = 0, taken = 0;
  for (; taken < pieces.size(); ++taken) {
    const Piece& piece = pieces[taken];
    if (piece.seq != next + static_cast<std::uint32_t>(moved)) break;
    const std::size_t kept = std::min<std::size_t>(piece.size, room - std::min(room, moved));
    append(Bytes(later).subspan(piece.at, kept));
    moved += piece.size;
  }
  pieces.erase(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(taken));
  if (pieces.empty()) {
    later.clear();
    behind = 0;
  }
  return moved;
}

void Hold::reset() {
  bytes_.clear();
  consumed_ = shown = 0;
  if (!gap_) return;
  gap_->pieces.clear();
  gap_->later.clear();
  gap_->behind = 0;
}

}  // namespace camwarden
