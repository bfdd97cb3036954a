#include "packet/handshakes.h"

namespace camwarden {
namespace {

std::uint64_t end_of(const IpAddress& ip, std::uint16_t port) {
  return keyed_hash(ip.octets.data(), ip.octets.size(), port);
}

}  // namespace

void Handshakes::note(const Packet& packet) {
  // A sum, which both sides agree on. 0 marks an empty place.
  const std::uint64_t key =
      (end_of(packet.src, packet.src_port) + end_of(packet.dst, packet.dst_port)) | 1;
  Place& place = places_[key >> 20 & (kPlaces - 1)];
  if (place.key != key) place = {key, State::none};
  const State now = packet.ack ? State::answered : State::opened;
  if (place.state == State::none) {
    place.state = now;
    ++(packet.ack ? counters_.answered : counters_.opened);
  } else if (place.state != now && place.state != State::both) {
    --(packet.ack ? counters_.opened : counters_.answered);
    ++counters_.both;
    place.state = State::both;
  }
}

}  // namespace camwarden
