#include "app/listening.h"

namespace camwarden {
namespace {

std::uint64_t step(std::uint64_t& before, std::uint64_t now) {
  const auto more = now < before ? now : now - before;
  before = now;
  return more;
}

}  // namespace

Listened Listening::since_last(const SightReport& all, Time now, Duration length) {
  Listened listened;
  listened.end = now;
  listened.length = length;
  listened.interface = interface_;
  listened.name = name_;
  for (std::size_t vlan = 0; vlan < vlans_.size(); ++vlan) {
    const auto more = step(vlans_[vlan], all.sight.vlans[vlan]);
    if (more > 0) listened.packets.emplace_back(static_cast<std::uint16_t>(vlan), more);
  }
  listened.lost.interface = step(lost_.interface, all.lost_interface);
  listened.lost.ring = step(lost_.ring, all.lost_ring);
  listened.lost.queue = step(lost_.queue, all.lost_queue);
  return listened;
}

}  // namespace camwarden
