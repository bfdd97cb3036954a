#pragma once
// Shims: what an ether type announces between the link layer and a host's packet: VN-Tag, IEEE
// 802.1BR, Cisco metadata, MACsec without encryption, PPPoE sessions, MPLS around IP or a
// pseudowire's Ethernet, MAC-in-MAC (PBB), TRILL and FabricPath.
//
// Limits: kMaxLabels labels of an MPLS stack.
// Thread: any; no state.

#include "observation/observation.h"
#include "packet/inner.h"
#include "packet/packet.h"

namespace camwarden {

inline constexpr int kMaxLabels = 16;
inline constexpr std::uint16_t kEtherMpls = 0x8847;

bool is_shim(std::uint16_t ether_type);

// Reads packet.link_payload, whose type is_shim(). `cut`: the capture holds less than was sent.
// False when it is malformed (counted).
bool read_shim(bool cut, const Packet& packet, Inner& inner, FactSink& anomalies);

// RFC 1661 section 2, where a tunnel brings PPP.
bool read_ppp(Encapsulation kind, Inner::Form form, bool cut, Bytes bytes, Inner& inner,
              FactSink& anomalies);

}  // namespace camwarden
