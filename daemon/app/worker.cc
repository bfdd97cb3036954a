#include "app/worker.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "packet/tunnel.h"

namespace camwarden {
namespace {

std::uint64_t sighting_key(const Packet& packet) {
  std::array<std::uint64_t, 3> words{packet.src_mac.number() << 16 | packet.vlan};
  std::memcpy(&words[1], packet.src.octets.data(), packet.src.octets.size());
  return keyed_hash(words.data(), sizeof words, packet.routed() ? 1 : 0);
}

// What a datagram says, and of whom: all that a reader is shown but the port that a question came
// from, which its asker chose at random. `turns`: an address that changed hands makes all be read
// again.
std::uint64_t saying_key(const Packet& packet, bool known_src_port, std::uint64_t turns) {
  const std::uint64_t src_port = known_src_port ? packet.src_port : 0;
  const std::array<std::uint64_t, 5> words{
      packet.src_mac.number() << 16 | packet.vlan,
      packet.dst_mac.number() << 16 | packet.inner_vlan,
      src_port << 48 | std::uint64_t{packet.dst_port} << 32 | packet.vni,
      std::uint64_t{packet.interface} << 32 | std::uint64_t{packet.ttl} << 16 |
          std::uint64_t{packet.truncated} << 8 | static_cast<std::uint64_t>(packet.tunnel),
      turns << 8 | static_cast<std::uint64_t>(packet.src.family)};
  auto key = keyed_hash(words.data(), sizeof words);
  key = keyed_hash(packet.src.octets.data(), packet.src.octets.size(), key);
  key = keyed_hash(packet.dst.octets.data(), packet.dst.octets.size(), key);
  return keyed_hash(packet.payload.data(), packet.payload.size(), key);
}

// A fact that repeats is told once in `repeat_after`, so what repeats it is read oftener than that.
constexpr int kReadsInRepeat = 4;

constexpr std::size_t kLargeDatagram = 256;
constexpr std::uint32_t kUnreadSample = 32;

// Asked for now and then only: the source may forget, and its ring still holds what came before.
constexpr std::uint64_t kSampledAgainAfter = 64;

std::vector<Prefix> home_of(const Config& config) {
  auto home = config.home;
  for (const auto& segment : config.policy.segments) {
    home.insert(home.end(), segment.prefixes.begin(), segment.prefixes.end());
  }
  return home;
}

}  // namespace

Worker::Worker(Source source, const Config& config, Deliver deliver)
    : source_(std::move(source)),
      decoder_(config.decode),
      flows_(
          config.flows,
          [](void* self, const Packet& packet, Segment& segment) {
            return static_cast<Worker*>(self)->read_stream(packet, segment);
          },
          this),
      novelty_(config.novelty),
      deliver_(std::move(deliver)),
      home_(home_of(config)),
      sightings_(config.novelty.repeat_after),
      sayings_(config.novelty.repeat_after / kReadsInRepeat) {}

Source::Next Worker::step() {
  Frame frame;
  const auto next = source_.next(frame);
  heartbeat_.store(heartbeat_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  if (next == Source::Next::frame) look_at(frame);
  return next;
}

void Worker::look_at(const Frame& frame) {
  ++packets_;
  newest_ = std::max(newest_, frame.time);
  const bool whole = decoder_.decode(frame, packet_, *this);
  if (!packet_.hidden) note_sender();
  if (!whole) return;
  switch (packet_.transport) {
    case Transport::tcp:
      if (packet_.syn && !copies_.seen(packet_)) handshakes_.note(packet_);
      follow_stream();
      break;
    case Transport::udp:
      read_datagram();
      break;
    case Transport::none:
      if (!copies_.seen(packet_)) read_frame();
      break;
    case Transport::other:
      if (!copies_.seen(packet_)) read_ip();
      break;
  }
}

void Worker::follow_stream() {
  switch (flows_.tcp(packet_, *this)) {
    case FlowTable::Want::nothing:
      break;
    case FlowTable::Want::shunt:
      shunt();
      break;
    case FlowTable::Want::take_back:
      source_.take_back(packet_);
      break;
  }
}

// The kernel looks for a conversation where the frame's own headers are, not inside of a tunnel or
// of a second tag. What goes to a tunnel's port may be one the next time, whatever this one was.
void Worker::shunt() {
  const bool plain = packet_.tunnel == Encapsulation::none && packet_.inner_vlan == 0;
  const bool tunnel = packet_.transport == Transport::udp && is_tunnel_port(packet_.dst_port);
  if (plain && !tunnel) source_.shunt(packet_);
}

// That a host sends from an address is a fact like any other, but one that every packet repeats:
// a small table in front of the novelty filter makes it cost a few nanoseconds.
void Worker::note_sender() {
  if (packet_.src_mac.none() && packet_.src.none()) return;
  const auto sighting = sighting_key(packet_);
  if (sightings_.recent(sighting, packet_.time)) return;
  const auto dropped = dropped_queue_;
  tell_sender();
  if (dropped_queue_ == dropped) sightings_.note(sighting, packet_.time);
}

void Worker::tell_sender() {
  const auto who = sender_of(packet_);
  if (who.mac.none() && who.ip.none()) return;
  const auto& field = who.mac.none() ? kIpField : kMacField;
  // The subject holds the value; it is spelt out only when it is news.
  const auto fact_key = Novelty::key(who, field, "");
  if (!novelty_.is_news(fact_key, packet_.time)) return;
  tell(fact_key, who, field, who.mac.none() ? who.ip.to_string() : who.mac.to_string(),
       evidence_of(packet_, who.mac.none() ? "ip" : "ethernet"));
}

void Worker::read_frame() {
  for (const auto* protocol : protocols()) {
    if (protocol->on_frame == nullptr) continue;
    const bool by_type = packet_.ether_type != 0 && protocol->ether_type == packet_.ether_type;
    const bool by_snap = packet_.snap != 0 && protocol->snap == packet_.snap;
    if (by_type || by_snap) protocol->on_frame(packet_, *this);
  }
}

void Worker::read_ip() {
  for (const auto* protocol : protocols()) {
    if (protocol->on_ip != nullptr && protocol->ip_protocol == packet_.ip_protocol) {
      protocol->on_ip(packet_, *this);
    }
  }
}

void Worker::read_datagram() {
  const auto by_src = udp_ports_.at(packet_.src_port), by_dst = udp_ports_.at(packet_.dst_port);
  const bool known = !by_src.empty() || !by_dst.empty();
  if (copies_.seen(packet_, known)) return;
  const auto heard = heard_;
  if (known && !read_saying(by_src, by_dst)) return;
  // Media may use any port, also one that some maker's discovery has.
  if (heard == heard_ && (!known || packet_.payload.size() >= kLargeDatagram))
    read_unknown_datagram();
}

// False for what was read a moment ago. Remembered is only what was understood and got through, so
// that everything else is counted, and comes again.
bool Worker::read_saying(std::span<const Protocol* const> by_src,
                         std::span<const Protocol* const> by_dst) {
  const auto saying = saying_key(packet_, !by_src.empty(), novelty_.turns());
  if (sayings_.recent(saying, packet_.time)) {
    ++repeated_;
    return false;
  }
  const auto facts = facts_, lost = heard_ - facts_ + dropped_queue_;
  show_datagram(by_src, by_dst);
  const bool well = facts_ != facts && heard_ - facts_ + dropped_queue_ == lost;
  if (well) sayings_.note(saying, packet_.time);
  return true;
}

void Worker::show_datagram(std::span<const Protocol* const> by_src,
                           std::span<const Protocol* const> by_dst) {
  for (const auto* protocol : by_src) protocol->on_datagram(packet_, *this);
  if (by_dst.data() == by_src.data()) return;
  for (const auto* protocol : by_dst) {
    if (std::find(by_src.begin(), by_src.end(), protocol) == by_src.end()) {
      protocol->on_datagram(packet_, *this);
    }
  }
}

void Worker::read_unknown_datagram() {
  for (const auto* protocol : udp_ports_.recognisers()) {
    if (!protocol->recognise_datagram(packet_.payload)) continue;
    if (protocol->on_datagram_flow == nullptr) {
      const auto heard = heard_;
      protocol->on_datagram(packet_, *this);
      if (heard_ != heard) return;
      continue;
    }
    const auto flow = datagram_flows_.note(packet_);
    const bool sample_will_do = protocol->on_datagram_flow(flow, *this);
    if (sample_will_do && flow.packets % kSampledAgainAfter == 0) shunt();
    return;
  }
  // Nobody's, and large: one in so many stands for the conversation that it belongs to.
  if (packet_.payload.size() >= kLargeDatagram && ++unread_datagrams_ % kUnreadSample == 0) shunt();
}

// Probe, then parse: until a protocol recognises the first bytes of a direction all are asked;
// from then on only that one reads it.
std::size_t Worker::read_stream(const Packet& packet, Segment& segment) {
  const auto all = protocols();
  if (*segment.reader == FlowTable::kUnread) {
    bool maybe = false;
    for (std::size_t i = 0; i < all.size() && *segment.reader == FlowTable::kUnread; ++i) {
      if (all[i]->recognise == nullptr || (all[i]->from_start && !segment.start)) continue;
      const auto guess = all[i]->recognise(segment.bytes);
      if (guess == Guess::yes) *segment.reader = static_cast<std::uint8_t>(i);
      maybe |= guess == Guess::maybe;
    }
    if (*segment.reader == FlowTable::kUnread) {
      if (!maybe || segment.closed) *segment.reader = FlowTable::kIgnored;
      return 0;
    }
  }
  const Stream stream{packet, segment.bytes, segment.closed, segment.scratch};
  const auto progress = all[*segment.reader]->on_stream(stream, *this);
  if (progress.verdict != Progress::more) *segment.reader = FlowTable::kIgnored;
  return std::min(progress.consumed, segment.bytes.size());
}

bool Worker::ours(const Subject& who) const {
  if (who.ip.none() || who.mac_origin == MacOrigin::payload) return true;
  const auto at_home = [&](const Prefix& prefix) { return prefix.contains(who.ip); };
  if (std::any_of(home_.begin(), home_.end(), at_home)) return true;
  // A foreign address is still a neighbour's if its packet was never forwarded. Of a receiver the
  // TTL says nothing, so it must be at home.
  return !who.routed && who.ip == packet_.src && who.mac.burned_in();
}

void Worker::fact(const Subject& who, const Field& field, std::string_view value,
                  const Evidence& evidence) {
  ++facts_;
  ++heard_;
  value = value.substr(0, kMaxValueBytes);
  const auto key = Novelty::key(who, field, value);
  const bool turn = novelty_.changed_hands(who);
  if (turn || novelty_.is_news(key, evidence.time))
    tell(key, who, field, std::string(value), evidence);
}

void Worker::tell(std::uint64_t key, const Subject& who, const Field& field, std::string value,
                  const Evidence& evidence) {
  if (!ours(who)) {
    ++not_home_;
    return;
  }
  if (!deliver_({who, &field, std::move(value), evidence})) {
    ++dropped_queue_;
    return;
  }
  ++said_;
  novelty_.said(key, evidence.time);
}

void Worker::anomaly(std::string_view name) {
  ++heard_;
  ++anomalies_[name];
}

Sight Worker::sight() const {
  Sight sight = decoder_.sight();
  sight.connections = handshakes_.counters();
  sight.copies = copies_.counters();
  return sight;
}

Worker::Counters Worker::counters() const {
  return {source_.counters(), flows_.counters(), packets_, facts_, said_,
          dropped_queue_,     not_home_,         repeated_};
}

}  // namespace camwarden
