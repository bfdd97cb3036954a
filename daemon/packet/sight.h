#pragma once
// Sight: what a sensor sees, and what it cannot see into: counts of frames, VLANs, encapsulations,
// ether types and directions. A value of a fixed size; workers fill one each, and the core adds
// them up.
//
// Every frame is counted once in `frames` and in `vlans`; what was malformed, cut or waits for its
// other fragments once in `unread`; what hides something behind an encapsulation or an ether type
// that we do not know once in `opaque`.
//
// Thread: its worker; a value.

#include <array>
#include <cstdint>

#include "packet/encapsulation.h"
#include "packet/ether_types.h"

namespace camwarden {

struct Sight {
  static constexpr std::size_t kVlans = 4096, kLinkTypes = 4;

  struct Connections {       // by their handshakes
    std::uint64_t both = 0;  // question and answer were seen
    std::uint64_t opened =
        0;  // SYN and no answer: refused in silence, or the other side is not mirrored
    std::uint64_t answered = 0;  // SYN-ACK without SYN: the other side is not mirrored, or was lost
  };
  struct Copies {
    std::uint64_t compared = 0;   // packets that were looked up: datagrams, frames, SYNs
    std::uint64_t same = 0;       // seen before with the same VLAN and MACs
    std::uint64_t elsewhere = 0;  // seen before, on another link of its way
  };

  std::uint64_t frames = 0, unread = 0, opaque = 0;
  std::uint64_t fragments = 0;               // that waited for others
  std::uint64_t reassembled = 0;             // datagrams put together
  std::array<int, kLinkTypes> link_types{};  // of libpcap; the first link_type_count
  std::size_t link_type_count = 0;
  std::array<std::uint64_t, kVlans> vlans{};  // frames by outermost id; [0]: untagged
  std::array<std::uint64_t, kEncapsulations> encapsulations{};
  EtherTypes ether_types;
  Connections connections;
  Copies copies;

  void note_link_type(int link_type);
  void add(const Sight& other);

  // Frames that were understood to the packet of a host, or known for a protocol by name.
  std::uint64_t understood() const { return frames - unread - opaque + fragments; }
  std::uint64_t tagged() const { return frames - vlans[0]; }
};

}  // namespace camwarden
