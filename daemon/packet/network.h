#pragma once
// IP headers: IPv4 with options, IPv6 with its extension headers. Reads addresses, TTL and protocol
// into the packet, and says where the payload is and whether it is a fragment.
//
// The payload is trimmed to the length that IP states, so Ethernet padding is gone. A length beyond
// the captured bytes sets packet.truncated; when no snap length explains it, it is counted too (a
// mirror port that slices frames looks like that, so the packet is still read).
// Limits: kMaxExtensions IPv6 extension headers.
// Thread: any; no state.

#include "observation/observation.h"
#include "packet/packet.h"

namespace camwarden {

inline constexpr int kMaxExtensions = 8;

struct IpPayload {
  Bytes bytes;
  std::uint8_t protocol = 0;
  bool fragment = false;     // a part of a datagram; the four below say which
  bool more = false;         // not the last part
  std::uint32_t offset = 0;  // octets
  std::uint32_t id = 0;
};

// False when the header is cut or malformed (counted unless `snapped` explains it).
bool read_ipv4(bool snapped, Packet& packet, IpPayload& payload, FactSink& anomalies);
bool read_ipv6(bool snapped, Packet& packet, IpPayload& payload, FactSink& anomalies);

// Walks extension headers from payload.protocol on, up to a fragment header or what is none.
bool read_extensions(bool snapped, IpPayload& payload, FactSink& anomalies);

}  // namespace camwarden
