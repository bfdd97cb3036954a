#pragma once
// Packet: one frame, decoded. Views into the frame's bytes, valid until the source is asked for the
// next frame (or, for a reassembled datagram, until the next packet is decoded).

#include <cstdint>

#include "base/address.h"
#include "base/bytes.h"
#include "base/time.h"
#include "packet/encapsulation.h"

namespace camwarden {

// A frame as the source delivers it.
struct Frame {
  Bytes bytes;                 // what was captured, possibly less than was sent
  std::uint32_t wire_len = 0;  // octets on the wire
  Time time{};
  std::uint64_t number = 0;     // within the source, from 1
  std::uint16_t interface = 0;  // the sensor's interface index
  int link_type = 0;            // a libpcap DLT_ value
};

enum class Transport : std::uint8_t { none, tcp, udp, other };

struct Packet {
  Time time{};
  std::uint64_t number = 0;
  std::uint16_t interface = 0;

  MacAddress src_mac, dst_mac;   // none where the link type carries none
  std::uint16_t ether_type = 0;  // of the payload behind all VLAN tags (IEEE 802.3 lengths: 0)
  // IEEE 802.3 with SNAP: OUI and protocol, 40 bits; link_payload is then what follows them. 0:
  // none
  std::uint64_t snap = 0;
  std::uint16_t vlan = 0;        // outermost 802.1Q or 802.1ad VLAN id; 0: untagged or priority tag
  std::uint16_t inner_vlan = 0;  // the second tag's (QinQ), or 0
  Bytes link_payload;            // behind the link header and tags

  // The tunnel that this came out of, the innermost, and the network or session that its header
  // names (VXLAN network, GRE key, ERSPAN session, ...); vlan and MACs are then the inner frame's,
  // none where the tunnel carries bare IP. Shims of one link (VN-Tag, PPPoE, ...) are no tunnel.
  Encapsulation tunnel = Encapsulation::none;
  std::uint32_t vni = 0;

  // A fragment that waits for others and may be a tunnel's: whose packet it is is not known yet.
  bool hidden = false;

  IpAddress src, dst;
  std::uint16_t ip_id = 0;       // IPv4
  std::uint8_t ttl = 0;          // IPv4 TTL or IPv6 hop limit
  std::uint8_t ip_protocol = 0;  // behind IPv6 extension headers
  Transport transport = Transport::none;
  std::uint16_t src_port = 0, dst_port = 0;
  std::uint16_t udp_checksum = 0;  // as sent, not verified
  // Of UDP or TCP, or (Transport::other: ICMP, ...) all that follows the IP headers; trimmed to the
  // IP length, so no Ethernet padding.
  Bytes payload;
  // The capture cut the payload (snap length, or a mirror port that slices): a message that ends
  // here is not the sender's fault.
  bool truncated = false;

  // TCP (RFC 9293 section 3.1)
  std::uint32_t tcp_seq = 0;
  bool syn = false, ack = false, fin = false, rst = false;

  // The sender is not on this link: its unicast packet carries a TTL that no host starts from
  // (hosts start from 30, 32, 60, 64, 128, 200 or 255; link-local and multicast say nothing).
  bool routed() const;
};

}  // namespace camwarden
