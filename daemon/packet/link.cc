#include "packet/link.h"

#include <algorithm>
#include <cstring>

namespace camwarden {
namespace {

// Values of https://www.tcpdump.org/linktypes.html as pcap_datalink() gives them on Linux. DLT_RAW
// is 12 there; 101 (LINKTYPE_RAW) and 14 are what other systems and files call it.
enum LinkType : int {
  kNull = 0,
  kEthernet = 1,
  kRawLinux = 12,
  kRawOpenBsd = 14,
  kRaw = 101,
  kLoop = 108,
  kCooked = 113,
  kIpv4 = 228,
  kIpv6 = 229,
  kCooked2 = 276,
};

bool is_tag(std::uint16_t ether_type) {
  return ether_type == 0x8100 || ether_type == 0x88a8 || ether_type == 0x9100;
}

void set_mac(MacAddress& mac, std::span<const std::uint8_t, 6> octets) {
  std::memcpy(mac.octets.data(), octets.data(), octets.size());
}

bool truncated(bool cut, FactSink& anomalies) {
  if (!cut) anomalies.anomaly("link.truncated");
  return false;
}

bool truncated(const Frame& frame, FactSink& anomalies) {
  return truncated(snapped(frame), anomalies);
}

void note_vlan(Packet& packet, std::uint16_t id) {
  if (packet.vlan == 0) {  // a priority tag (id 0) names no VLAN; the next tag may
    packet.vlan = id;
  } else if (packet.inner_vlan == 0) {
    packet.inner_vlan = id;
  }
}

// IEEE 802 section 9.5: LLC with both SAPs 0xaa and control 3, then five octets that say what
// follows. With OUI 0 that is an ether type (RFC 1042), and the frame like any other.
void note_snap(Packet& packet) {
  Cursor at(packet.link_payload);
  if (at.u16() != 0xaaaa || at.u8() != 0x03) return;
  const std::uint64_t oui = std::uint64_t{at.u8()} << 16 | at.u16();
  const std::uint16_t protocol = at.u16();
  if (!at.ok()) return;
  if (oui != 0) {
    packet.snap = oui << 16 | protocol;
  } else if (protocol >= 0x0600) {
    packet.ether_type = protocol;
  } else {
    return;
  }
  packet.link_payload = at.rest();
}

// IEEE 802.3 section 3.2.6: up to 1500 is the length of what follows, and 1536 on is a type.
void note_payload(Packet& packet, std::uint16_t type, Bytes payload) {
  if (type < 0x0600) {
    packet.link_payload = payload.first(std::min<std::size_t>(payload.size(), type));
    note_snap(packet);
    return;
  }
  packet.ether_type = type;
  packet.link_payload = payload;
}

bool read_tags(Cursor& at, std::uint16_t type, bool cut, Packet& packet, FactSink& anomalies) {
  for (int depth = 0; is_tag(type); ++depth) {
    if (depth == kMaxTags) {
      anomalies.anomaly("link.vlan_depth");
      return false;
    }
    note_vlan(packet, at.u16() & 0x0fff);
    type = at.u16();
    if (!at.ok()) return truncated(cut, anomalies);
  }
  note_payload(packet, type, at.rest());
  return true;
}

// The protocol field is an ether type for the ARPHRD_ types of ordinary interfaces only; netlink
// (824), GRE (778), and the wireless ones (801-803) put other numbers there.
bool is_ether_type(std::uint16_t arphrd) {
  return arphrd != 824 && arphrd != 778 && (arphrd < 801 || arphrd > 803);
}

// Below 0x0600 are Linux's own numbers (ETH_P_802_2 = 4, ...): no length, no type.
bool read_cooked_payload(const Frame& frame, Cursor& at, std::uint16_t arphrd, std::uint16_t type,
                         Packet& packet, FactSink& anomalies) {
  if (type < 0x0600 || !is_ether_type(arphrd)) {
    packet.link_payload = at.rest();
    return true;
  }
  return read_tags(at, type, snapped(frame), packet, anomalies);
}

bool read_cooked(const Frame& frame, Packet& packet, FactSink& anomalies) {
  Cursor at(frame.bytes);
  at.skip(2);  // packet type
  const std::uint16_t arphrd = at.u16();
  const std::uint16_t address_length = at.u16();
  const Bytes address = at.take(8);
  const std::uint16_t type = at.u16();
  if (!at.ok()) return truncated(frame, anomalies);
  if (address_length == 6) set_mac(packet.src_mac, address.first<6>());
  return read_cooked_payload(frame, at, arphrd, type, packet, anomalies);
}

bool read_cooked2(const Frame& frame, Packet& packet, FactSink& anomalies) {
  Cursor at(frame.bytes);
  const std::uint16_t type = at.u16();
  at.skip(6);  // reserved, interface index
  const std::uint16_t arphrd = at.u16();
  at.skip(1);  // packet type
  const std::uint8_t address_length = at.u8();
  const Bytes address = at.take(8);
  if (!at.ok()) return truncated(frame, anomalies);
  if (address_length == 6) set_mac(packet.src_mac, address.first<6>());
  return read_cooked_payload(frame, at, arphrd, type, packet, anomalies);
}

bool read_raw(const Frame& frame, Bytes payload, Packet& packet, FactSink& anomalies) {
  if (payload.empty()) return truncated(frame, anomalies);
  const int version = payload[0] >> 4;
  if (version == 4) packet.ether_type = kEtherIpv4;
  if (version == 6) packet.ether_type = kEtherIpv6;
  packet.link_payload = payload;
  return true;
}

// The family is in the byte order of the host that captured (null) or the network's (loop), and
// IPv6 has a number of each system's own (24, 28, 30): the IP version tells better.
bool read_null(const Frame& frame, Packet& packet, FactSink& anomalies) {
  Cursor at(frame.bytes);
  at.skip(4);
  if (!at.ok()) return truncated(frame, anomalies);
  return read_raw(frame, at.rest(), packet, anomalies);
}

}  // namespace

bool known_link_type(int link_type) {
  switch (link_type) {
    case kNull:
    case kEthernet:
    case kRawLinux:
    case kRawOpenBsd:
    case kRaw:
    case kLoop:
    case kCooked:
    case kIpv4:
    case kIpv6:
    case kCooked2:
      return true;
  }
  return false;
}

bool read_ethernet(Bytes bytes, bool cut, Packet& packet, FactSink& anomalies) {
  Cursor at(bytes);
  const Bytes dst = at.take(6), src = at.take(6);
  const std::uint16_t type = at.u16();
  if (!at.ok()) return truncated(cut, anomalies);
  set_mac(packet.dst_mac, dst.first<6>());
  set_mac(packet.src_mac, src.first<6>());
  return read_tags(at, type, cut, packet, anomalies);
}

bool read_typed(std::uint16_t type, Bytes bytes, bool cut, Packet& packet, FactSink& anomalies) {
  Cursor at(bytes);
  return read_tags(at, type, cut, packet, anomalies);
}

bool read_link(const Frame& frame, Packet& packet, FactSink& anomalies) {
  switch (frame.link_type) {
    case kEthernet:
      return read_ethernet(frame.bytes, snapped(frame), packet, anomalies);
    case kCooked:
      return read_cooked(frame, packet, anomalies);
    case kCooked2:
      return read_cooked2(frame, packet, anomalies);
    case kNull:
    case kLoop:
      return read_null(frame, packet, anomalies);
    case kRawLinux:
    case kRawOpenBsd:
    case kRaw:
    case kIpv4:
    case kIpv6:
      return read_raw(frame, frame.bytes, packet, anomalies);
  }
  anomalies.anomaly("link.unknown_type");
  return false;
}

}  // namespace camwarden
