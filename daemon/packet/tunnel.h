#pragma once
// Tunnels: what IP packets carry for others. IP in IP, EtherIP, GRE (NVGRE, PPTP, ERSPAN I to III)
// by protocol number; VXLAN, VXLAN-GPE, Geneve, GTP-U, TZSP and MPLS by UDP port.
//
// A port is a hint and proves nothing: a datagram to one of them that does not begin like its
// tunnel stays a datagram. What only has a name (IPsec, L2TP, CAPWAP) is named and stays what it
// is.
//
// Limits: kMaxGtpExtensions headers, kMaxTzspTags tags.
// Thread: any; no state.

#include <span>

#include "observation/observation.h"
#include "packet/inner.h"
#include "packet/packet.h"

namespace camwarden {

inline constexpr int kMaxGtpExtensions = 8;
inline constexpr int kMaxTzspTags = 32;

inline bool is_tunnel_port(std::uint16_t dst_port) {
  switch (dst_port) {
    case 1701:   // L2TP
    case 2152:   // GTP-U
    case 4789:   // VXLAN
    case 4790:   // VXLAN-GPE
    case 5247:   // CAPWAP data
    case 6081:   // Geneve
    case 6635:   // MPLS in UDP, RFC 7510
    case 8472:   // VXLAN as Linux has it without a port; OTV looks the same
    case 37008:  // TZSP
      return true;
  }
  return false;
}
bool is_tunnel_protocol(std::uint8_t ip_protocol);
// All of them, for a filter that must let them through.
std::span<const std::uint8_t> tunnel_protocols();

// Reads packet.payload, of a transport and port or protocol that the above say may be a tunnel's.
// False when it is malformed (counted).
bool read_tunnel(bool cut, const Packet& packet, Inner& inner, FactSink& anomalies);

// GRE, with ERSPAN: gre.cc.
bool read_gre(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies);

}  // namespace camwarden
