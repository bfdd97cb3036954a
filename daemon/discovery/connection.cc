#include "discovery/connection.h"

#include <array>
#include <cerrno>

namespace camwarden {
namespace {

constexpr std::size_t kAcknowledgedAtOnce =
    2 * 1448;  // octets: every second full segment (RFC 5681)
constexpr Duration kDelayedAcknowledgement = std::chrono::milliseconds(35);  // Linux: 40 at least

Connection::End end_of(int error) {
  switch (error) {
    case ECONNREFUSED:
    case ECONNRESET:
      return Connection::End::refused;
    case ETIMEDOUT:
      return Connection::End::timed_out;
    case EMFILE:
    case ENFILE:
      return Connection::End::starved;
    default:
      return Connection::End::unreachable;
  }
}

}  // namespace

Connection::Connection(Reactor& reactor, Dialogue& dialogue, const Deadlines& deadlines,
                       Owner owner)
    : reactor_(reactor), dialogue_(dialogue), deadlines_(deadlines), owner_(std::move(owner)) {}

Connection::~Connection() {
  reactor_.cancel(timer_);
  if (socket_) reactor_.forget(socket_.fd());
}

void Connection::open(const Endpoint& to) {
  began_ = reactor_.refresh();
  auto attempt = dial(to);
  if (attempt.error != 0) return finish(end_of(attempt.error));
  socket_ = std::move(attempt.socket);
  reactor_.watch(socket_.fd(), Reactor::kWrite, [this](unsigned) {
    if (connected_) {
      on_readable();
    } else {
      on_outcome();
    }
  });
  timer_ = reactor_.at(began_ + deadlines_.connect, [this] { finish(End::timed_out); });
}

void Connection::on_outcome() {
  const int error = dial_outcome(socket_.fd());
  const auto round_trip = reactor_.now() - began_;
  const auto end = end_of(error);
  if (error == 0 || end == End::refused) owner_.met(round_trip);
  if (error != 0) return finish(end);
  on_connected();
}

void Connection::on_connected() {
  connected_ = true;
  local_ = local_end(socket_.fd());
  reactor_.change(socket_.fd(), Reactor::kRead);
  wait_until_silence();
  auto turn = dialogue_.connected();
  note_acknowledgement(turn);
  act(std::move(turn));
}

void Connection::act(Dialogue::Turn turn) {
  switch (turn.kind) {
    case Dialogue::Turn::wait:
      // What is to be said next is said all the same.
      if (!permit_pending_) wait_until_silence();
      return;
    case Dialogue::Turn::hang_up:
      return finish(End::spoken);
    case Dialogue::Turn::say:
      break;
  }
  // While it waits for its turn nobody is silent.
  reactor_.cancel(timer_);
  permit_pending_ = true;
  owner_.permit(1, turn.question, [this, at = ++turn_, text = std::move(turn.text)]() mutable {
    if (!done_ && at == turn_) say(std::move(text));
  });
}

void Connection::say(std::string text) {
  // While this waited for its turn.
  const auto left = peek_byte(socket_.fd());
  if (left.error == 0 && left.count == 0) return on_readable();
  if (left.error != 0 && left.error != EAGAIN && left.error != EINTR) return break_off();
  permit_pending_ = false;
  served_ |= heard_;
  heard_ = false;
  asked_ = reactor_.refresh();
  // The kernel did not wait so long with its acknowledgement.
  if (owes_since_ && asked_ - *owes_since_ > kDelayedAcknowledgement) owner_.note(1);
  owes_since_.reset();
  const auto sent = send_bytes(socket_.fd(), as_bytes(text));
  // Questions are short, and a fresh socket's buffer is not.
  if (sent.error != 0 || sent.count != text.size()) return finish(End::reset);
  wait_until_silence();
}

void Connection::on_readable() {
  std::array<std::uint8_t, 16 << 10> buffer;
  const auto got = receive_bytes(socket_.fd(), buffer);
  if (got.error == EAGAIN || got.error == EINTR) return;
  if (got.error != 0) return break_off();
  if (!heard_ && got.count > 0) {
    heard_ = true;
    owner_.answered(reactor_.now() - asked_);
  }
  const bool closed = got.count == 0;
  owner_.note(got.count / kAcknowledgedAtOnce);
  auto turn = dialogue_.heard(Bytes(buffer.data(), got.count), closed);
  if (closed) return finish(End::spoken);
  note_acknowledgement(turn);
  if (reactor_.now() - began_ > deadlines_.whole) return finish(End::silent);
  act(std::move(turn));
}

// By a reset. Between an answer and the next question it says that the connection is kept no
// longer.
void Connection::break_off() {
  (void)dialogue_.heard({}, true);  // what came before it may be an answer
  const bool between = permit_pending_ ? served_ || heard_ : served_ && !heard_;
  finish(between ? End::spoken : End::reset);
}

// Where nothing is said it goes alone.
void Connection::note_acknowledgement(const Dialogue::Turn& turn) {
  if (turn.kind == Dialogue::Turn::wait) owner_.note(1);
  if (turn.kind == Dialogue::Turn::say) owes_since_ = reactor_.now();
}

void Connection::wait_until_silence() {
  const auto patience = dialogue_.patience();
  const auto until = reactor_.now() + (patience > Duration::zero() ? patience : deadlines_.read);
  reactor_.cancel(timer_);
  timer_ = reactor_.at(until, [this] { expire(); });
}

void Connection::expire() {
  timer_ = {};
  auto turn = dialogue_.silence();
  if (turn.kind == Dialogue::Turn::say) return act(std::move(turn));
  finish(heard_ || dialogue_.patience() > Duration::zero() ? End::spoken : End::silent);
}

void Connection::finish(End end) {
  if (done_) return;
  done_ = true;
  reactor_.cancel(timer_);
  if (socket_) reactor_.forget(socket_.fd());
  if (connected_) owner_.note(2);  // the end, and the acknowledgement of the other's
  socket_ = Descriptor();
  owner_.done(end);
}

}  // namespace camwarden
