#pragma once
// The link layer of a frame: Ethernet II and IEEE 802.3, 802.1Q / 802.1ad / 0x9100 tags, Linux
// cooked captures v1 and v2, raw IP and the BSD null/loop header. Fills the packet's MACs, VLANs,
// ether_type and link_payload, and nothing else.
//
// Limits: kMaxTags tags; one more is an anomaly. Frames cut by the snap length are no anomaly.
// Thread: any; no state.

#include "observation/observation.h"
#include "packet/packet.h"

namespace camwarden {

inline constexpr std::uint16_t kEtherIpv4 = 0x0800;
inline constexpr std::uint16_t kEtherIpv6 = 0x86dd;
inline constexpr int kMaxTags = 4;

// The capture holds less than was on the wire.
inline bool snapped(const Frame& frame) { return frame.bytes.size() < frame.wire_len; }

// False when there is no payload to look at.
bool read_link(const Frame& frame, Packet& packet, FactSink& anomalies);

// The same of a frame inside another, and of what follows an ether type: more tags, or a payload.
// `cut`: the capture holds less than was sent.
bool read_ethernet(Bytes bytes, bool cut, Packet& packet, FactSink& anomalies);
bool read_typed(std::uint16_t type, Bytes bytes, bool cut, Packet& packet, FactSink& anomalies);

// A libpcap DLT_ value that read_link understands.
bool known_link_type(int link_type);

}  // namespace camwarden
