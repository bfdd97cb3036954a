#include "discovery/tls_dialogue.h"

#include <algorithm>

namespace camwarden {
namespace {

std::string number(std::size_t value, int octets) {
  std::string out;
  for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
  return out;
}

}  // namespace

std::string certificate_message(std::string_view der) {
  constexpr std::size_t kRecord = 16 << 10;
  const auto one = number(der.size(), 3) + std::string(der);
  const auto list = number(one.size(), 3) + one;
  const auto message = '\x0b' + number(list.size(), 3) + list;
  std::string out;
  for (std::size_t at = 0; at < message.size(); at += kRecord) {
    const auto piece = message.substr(at, kRecord);
    out += "\x16\x03\x03" + number(piece.size(), 2) + piece;
  }
  return out;
}

Dialogue::Turn TlsDialogue::connected() {
  session_.emplace();
  handshake_.clear();
  open_ = false;
  (void)session_->feed({});
  return {Turn::say, session_->take_wire()};
}

Dialogue::Turn TlsDialogue::heard(Bytes bytes, bool closed) {
  if (!open_) return shake(bytes, closed);
  const auto state = session_->feed(bytes);
  const auto text = session_->take_text();
  closed = closed || state == TlsSession::ended || state == TlsSession::broken;
  if (text.empty() && !closed) {
    auto wire = session_->take_wire();
    return wire.empty() ? Turn{Turn::wait} : Turn{Turn::say, std::move(wire), false};
  }
  return pass_on(inside_->heard(as_bytes(text), closed));
}

Dialogue::Turn TlsDialogue::shake(Bytes bytes, bool closed) {
  handshake_ += as_text(bytes).substr(0, kMaxAnswer - std::min(kMaxAnswer, handshake_.size()));
  const auto state = session_->feed(bytes);
  if (state == TlsSession::broken || (closed && state == TlsSession::shaking)) return give_up();
  if (state == TlsSession::shaking) {
    auto wire = session_->take_wire();
    return wire.empty() ? Turn{Turn::wait} : Turn{Turn::say, std::move(wire), false};
  }
  open_ = true;
  show_handshake();
  return pass_on(inside_->connected());
}

// Once: every connection of a server has the same.
void TlsDialogue::show_handshake() {
  if (shown_ || handshake_.empty()) return;
  shown_ = true;
  const auto der = session_->certificate();
  if (session_->hides_certificate() && !der.empty())
    return ear_(as_bytes(certificate_message(der)));
  ear_(as_bytes(handshake_));
}

Dialogue::Turn TlsDialogue::silence() {
  if (!open_) return give_up();
  return pass_on(inside_->silence());
}

Dialogue::Turn TlsDialogue::give_up() {
  broken_ = true;
  show_handshake();
  return {Turn::hang_up};
}

Dialogue::Turn TlsDialogue::pass_on(Turn turn) {
  if (turn.kind != Turn::say) return turn;
  session_->write(turn.text);
  turn.text = session_->take_wire();
  return turn;
}

}  // namespace camwarden
