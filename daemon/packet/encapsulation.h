#pragma once
// Encapsulation: the names of what may lie between a link layer and the packet of a host. Those
// that are taken off, and those that are only known by name: they are counted, so that a sensor can
// say what it cannot see into.
//
// Thread: any; constants.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace camwarden {

enum class Encapsulation : std::uint8_t {
  none,
  // Taken off.
  stacked_vlan,    // IEEE 802.1ad, or 802.1Q in 802.1Q
  vn_tag,          // Cisco VN-Tag
  e_tag,           // IEEE 802.1BR
  cisco_metadata,  // security group tags
  macsec_clear,    // IEEE 802.1AE with integrity alone
  pppoe,           // RFC 2516, session stage
  mpls,            // RFC 3032 around IP
  mpls_ethernet,   // RFC 4448: a pseudowire's Ethernet, with or without control word
  mpls_in_ip,      // RFC 4023, RFC 7510: then labels
  pbb,             // IEEE 802.1ah
  trill,           // RFC 6325
  fabricpath,      // Cisco FabricPath
  ip_in_ip,        // RFC 2003, RFC 4213, RFC 2473
  ether_ip,        // RFC 3378
  gre,             // RFC 2784, RFC 2890
  nvgre,           // RFC 7637
  pptp,            // RFC 2637
  erspan1,         // draft-foschiano-erspan
  erspan2,
  erspan3,
  vxlan,      // RFC 7348
  vxlan_gpe,  // draft-ietf-nvo3-vxlan-gpe
  geneve,     // RFC 8926
  gtp_u,      // 3GPP TS 29.281
  tzsp,       // TaZmen Sniffer Protocol, as MikroTik's mirrors send it
  // Known by name alone.
  macsec,      // encrypted
  mpls_other,  // neither IP nor Ethernet that can be told behind the labels
  ppp_other,   // compressed or encrypted, or no IP
  gre_other,   // source routes, versions to come
  erspan_other,
  gtp_other,  // no IP inside
  nsh,        // RFC 8300
  ipsec_esp,  // RFC 4303
  ipsec_ah,   // RFC 4302, in IPv4
  l2tp,       // RFC 2661, RFC 3931
  capwap,     // RFC 5415, data channel
  count,
};

inline constexpr std::size_t kEncapsulations = static_cast<std::size_t>(Encapsulation::count);
inline constexpr std::size_t index_of(Encapsulation kind) { return static_cast<std::size_t>(kind); }
inline constexpr bool opaque(Encapsulation kind) { return kind >= Encapsulation::macsec; }

// "vxlan", "erspan-2", "macsec".
std::string_view to_string(Encapsulation kind);

}  // namespace camwarden
