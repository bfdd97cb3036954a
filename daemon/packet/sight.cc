#include "packet/sight.h"

#include <algorithm>

namespace camwarden {

void Sight::note_link_type(int link_type) {
  const auto end = link_types.begin() + static_cast<std::ptrdiff_t>(link_type_count);
  if (std::find(link_types.begin(), end, link_type) != end || link_type_count == kLinkTypes) return;
  link_types[link_type_count++] = link_type;
}

void Sight::add(const Sight& other) {
  frames += other.frames;
  unread += other.unread;
  opaque += other.opaque;
  fragments += other.fragments;
  reassembled += other.reassembled;
  for (std::size_t i = 0; i < other.link_type_count; ++i) note_link_type(other.link_types[i]);
  for (std::size_t i = 0; i < kVlans; ++i) vlans[i] += other.vlans[i];
  for (std::size_t i = 0; i < kEncapsulations; ++i) encapsulations[i] += other.encapsulations[i];
  ether_types.add(other.ether_types);
  connections.both += other.connections.both;
  connections.opened += other.connections.opened;
  connections.answered += other.connections.answered;
  copies.compared += other.copies.compared;
  copies.same += other.copies.same;
  copies.elsewhere += other.copies.elsewhere;
}

}  // namespace camwarden
