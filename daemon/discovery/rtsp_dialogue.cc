#include "discovery/rtsp_dialogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/text_message.h"

namespace camwarden {
namespace {

constexpr int kQuestions = 2;

// A message with its body; a description without a length ends with the connection, or by silence.
bool whole(std::string_view bytes, bool closed) {
  TextHead head;
  if (head.read(bytes, closed) == TextHead::partial) return closed;
  const auto length = content_length(head);
  return closed || !length.valid || bytes.size() - head.size() >= length.octets;
}

}  // namespace

Dialogue::Turn RtspDialogue::connected() {
  buffer_.clear();
  if (++connections_ > kQuestions) return give_up();
  return ask();
}

Dialogue::Turn RtspDialogue::ask() const {
  const bool first = asked_ == 0;
  return {Turn::say,
          fmt::format("{} rtsp://{}/ RTSP/1.0\r\nCSeq: {}\r\nUser-Agent: camwarden\r\n{}\r\n",
                      first ? "OPTIONS" : "DESCRIBE", host_, asked_ + 1,
                      first ? "" : "Accept: application/sdp\r\n")};
}

Dialogue::Turn RtspDialogue::heard(Bytes bytes, bool closed) {
  buffer_ += as_text(bytes).substr(0, kMaxAnswer - std::min(kMaxAnswer, buffer_.size()));
  closed = closed || buffer_.size() >= kMaxAnswer;
  if (buffer_.empty()) return closed ? give_up() : Turn{Turn::wait};
  return whole(buffer_, closed) ? answered(closed) : Turn{Turn::wait};
}

Dialogue::Turn RtspDialogue::silence() {
  if (!buffer_.empty()) ear_(as_bytes(buffer_));
  return give_up();
}

Dialogue::Turn RtspDialogue::answered(bool closed) {
  ear_(as_bytes(buffer_));
  const bool rtsp = buffer_.starts_with("RTSP/");
  buffer_.clear();
  ++asked_;
  if (!rtsp || asked_ >= kQuestions) return give_up();
  return closed ? Turn{Turn::hang_up} : ask();
}

Dialogue::Turn RtspDialogue::give_up() {
  finished_ = true;
  return {Turn::hang_up};
}

Dialogue::Turn GreetingDialogue::connected() {
  if (speaking_) return then_->connected();
  return {Turn::wait};
}

Dialogue::Turn GreetingDialogue::heard(Bytes bytes, bool closed) {
  if (speaking_) return then_->heard(bytes, closed);
  buffer_ += as_text(bytes).substr(0, kMaxAnswer - std::min(kMaxAnswer, buffer_.size()));
  if (!closed && !bytes.empty()) return {Turn::wait};  // the rest of it, or silence
  return silence();
}

Dialogue::Turn GreetingDialogue::silence() {
  if (speaking_) return then_->silence();
  if (!buffer_.empty()) ear_(as_bytes(buffer_));
  if (!buffer_.empty() || !then_) return {Turn::hang_up};
  speaking_ = true;
  return then_->connected();
}

Duration GreetingDialogue::patience() const {
  return speaking_ ? then_->patience() : std::chrono::milliseconds(300);
}

}  // namespace camwarden
