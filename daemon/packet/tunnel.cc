#include "packet/tunnel.h"

#include "packet/link.h"
#include "packet/shim.h"

namespace camwarden {
namespace {

enum Protocol : std::uint8_t {
  kIpv4 = 4,
  kIpv6 = 41,
  kGre = 47,
  kEsp = 50,
  kAh = 51,
  kEtherIp = 97,
  kL2tp3 = 115,
  kMplsInIp = 137,  // RFC 4023
};

bool truncated(bool cut, std::string_view anomaly, FactSink& anomalies) {
  if (!cut) anomalies.anomaly(anomaly);
  return false;
}

bool read_ether_ip(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {  // RFC 3378
  Cursor at(bytes);
  const std::uint16_t version = at.u16();
  if (!at.ok()) return truncated(cut, "etherip.truncated", anomalies);
  if (version >> 12 == 3) inner.holds(Encapsulation::ether_ip, Inner::Form::frame, 0, at.rest());
  return true;
}

// RFC 7348 section 5: the flag that says that there is a network identifier, and zeros; the group
// policy extension puts a flag and a tag into them.
void read_vxlan(Bytes bytes, Inner& inner) {
  Cursor at(bytes);
  const std::uint32_t flags = at.u32(), last = at.u32();
  const bool group_policy = (flags & 0x80000000) != 0;
  const std::uint32_t expected = group_policy ? flags & 0x8848ffff : 0x08000000;
  if (at.remaining() < 14 || flags != expected || (flags & 0x08000000) == 0 || (last & 0xff) != 0) {
    return;
  }
  inner.vni = last >> 8;
  inner.holds(Encapsulation::vxlan, Inner::Form::frame, 0, at.rest());
}

void read_vxlan_gpe(Bytes bytes, Inner& inner) {
  Cursor at(bytes);
  const std::uint32_t flags = at.u32(), last = at.u32();
  if (!at.ok() || (flags & 0xfcffff00) != 0x0c000000 || (last & 0xff) != 0) return;
  inner.vni = last >> 8;
  switch (flags & 0xff) {
    case 1:
      return inner.holds(Encapsulation::vxlan_gpe, Inner::Form::packet, kEtherIpv4, at.rest());
    case 2:
      return inner.holds(Encapsulation::vxlan_gpe, Inner::Form::packet, kEtherIpv6, at.rest());
    case 3:
      return inner.holds(Encapsulation::vxlan_gpe, Inner::Form::frame, 0, at.rest());
    case 4:
      inner.kind = Encapsulation::nsh;
  }
}

void read_geneve(Bytes bytes, Inner& inner) {  // RFC 8926 section 3.4
  Cursor at(bytes);
  const std::uint8_t first = at.u8(), flags = at.u8();
  const std::uint16_t type = at.u16();
  const std::uint32_t last = at.u32();
  at.skip((first & 0x3f) * std::size_t{4});
  const bool known =
      type == 0x6558 || type == kEtherIpv4 || type == kEtherIpv6 || type == kEtherMpls;
  if (!at.ok() || first >> 6 != 0 || (flags & 0x3f) != 0 || (last & 0xff) != 0 || !known) return;
  inner.vni = last >> 8;
  const auto form = type == 0x6558 ? Inner::Form::frame : Inner::Form::packet;
  inner.holds(Encapsulation::geneve, form, type, at.rest());
}

// 3GPP TS 29.281 section 5.1: an extension header's length counts words of four octets and
// includes itself; the type of the next is its last octet.
void skip_gtp_extensions(Cursor& at, std::uint8_t next) {
  for (int count = 0; next != 0 && count < kMaxGtpExtensions; ++count) {
    const std::size_t words = at.u8();
    at.skip(words == 0 ? at.remaining() + 1 : words * 4 - 2);
    next = at.u8();
  }
  if (next != 0) at.skip(at.remaining() + 1);
}

void read_gtp(bool cut, Bytes bytes, Inner& inner) {
  Cursor at(bytes);
  const std::uint8_t flags = at.u8(), message = at.u8();
  const std::size_t length = at.u16();
  const std::uint32_t tunnel = at.u32();
  // Version 1, GTP and not GTP', a packet of a user's.
  if (!at.ok() || (flags & 0xf8) != 0x30 || message != 255) return;
  if (length > at.remaining() && !cut) return;
  if ((flags & 0x07) != 0) {
    at.skip(3);
    skip_gtp_extensions(at, at.u8());
  }
  if (!at.ok()) return;
  inner.vni = tunnel;
  inner.kind = Encapsulation::gtp_other;
  if (const auto type = looks_like_ip(at.rest(), cut); type != 0) {
    inner.holds(Encapsulation::gtp_u, Inner::Form::packet, type, at.rest());
  } else if (looks_like_ethernet(at.rest())) {
    inner.holds(Encapsulation::gtp_u, Inner::Form::frame, 0, at.rest());
  }
}

// Version 1, a received or transmitted packet, of Ethernet; then tags up to the end's (1). Padding
// (0) has no length.
void read_tzsp(Bytes bytes, Inner& inner) {
  Cursor at(bytes);
  const std::uint8_t version = at.u8(), type = at.u8();
  if (version != 1 || type > 1 || at.u16() != 1) return;
  for (int count = 0; count < kMaxTzspTags; ++count) {
    const std::uint8_t tag = at.u8();
    if (!at.ok()) return;
    if (tag == 1) return inner.holds(Encapsulation::tzsp, Inner::Form::frame, 0, at.rest());
    if (tag != 0) at.skip(at.u8());
  }
}

// RFC 2661 section 3.1: bit 0 tells control messages from users' packets; version 2 or 3.
void name_l2tp(Bytes bytes, Inner& inner) {
  Cursor at(bytes);
  const std::uint16_t flags = at.u16(), version = flags & 0x0f;
  if (at.remaining() < 6 || (flags & 0xb4f0) != 0 || version < 2 || version > 3) return;
  inner.kind = Encapsulation::l2tp;
}

// RFC 5415 section 4.3: version 0 and a header, or (1) DTLS.
void name_capwap(Bytes bytes, Inner& inner) {
  if (bytes.size() >= 8 && bytes[0] <= 1) inner.kind = Encapsulation::capwap;
}

// A label stack that ends, and an IP packet behind it.
void read_mpls_in_udp(bool cut, Bytes bytes, Inner& inner) {
  Cursor at(bytes);
  for (int count = 0; count < kMaxLabels; ++count) {
    const bool bottom = (at.u32() & 0x100) != 0;
    if (!at.ok()) return;
    if (!bottom) continue;
    if (looks_like_ip(at.rest(), cut) == 0) return;
    return inner.holds(Encapsulation::mpls_in_ip, Inner::Form::packet, kEtherMpls, bytes);
  }
}

void read_udp_tunnel(bool cut, const Packet& packet, Inner& inner) {
  const Bytes bytes = packet.payload;
  switch (packet.dst_port) {
    case 1701:
      return name_l2tp(bytes, inner);
    case 2152:
      return read_gtp(cut, bytes, inner);
    case 4789:
    case 8472:
      return read_vxlan(bytes, inner);
    case 4790:
      return read_vxlan_gpe(bytes, inner);
    case 5247:
      return name_capwap(bytes, inner);
    case 6081:
      return read_geneve(bytes, inner);
    case 6635:
      return read_mpls_in_udp(cut, bytes, inner);
    case 37008:
      return read_tzsp(bytes, inner);
  }
}

bool name(Encapsulation kind, Inner& inner) {
  inner.kind = kind;
  return true;
}

bool holds_packet(Encapsulation kind, std::uint16_t type, Bytes bytes, Inner& inner) {
  inner.holds(kind, Inner::Form::packet, type, bytes);
  return true;
}

}  // namespace

bool is_tunnel_protocol(std::uint8_t ip_protocol) {
  switch (ip_protocol) {
    case kIpv4:
    case kIpv6:
    case kGre:
    case kEsp:
    case kAh:
    case kEtherIp:
    case kL2tp3:
    case kMplsInIp:
      return true;
  }
  return false;
}

std::span<const std::uint8_t> tunnel_protocols() {
  static constexpr std::uint8_t kAll[] = {kIpv4, kIpv6,    kGre,   kEsp,
                                          kAh,   kEtherIp, kL2tp3, kMplsInIp};
  return kAll;
}

bool read_tunnel(bool cut, const Packet& packet, Inner& inner, FactSink& anomalies) {
  const Bytes bytes = packet.payload;
  if (packet.transport == Transport::udp) {
    read_udp_tunnel(cut, packet, inner);
    return true;
  }
  switch (packet.ip_protocol) {
    case kIpv4:
      return holds_packet(Encapsulation::ip_in_ip, kEtherIpv4, bytes, inner);
    case kIpv6:
      return holds_packet(Encapsulation::ip_in_ip, kEtherIpv6, bytes, inner);
    case kMplsInIp:
      return holds_packet(Encapsulation::mpls_in_ip, kEtherMpls, bytes, inner);
    case kGre:
      return read_gre(cut, bytes, inner, anomalies);
    case kEtherIp:
      return read_ether_ip(cut, bytes, inner, anomalies);
    case kEsp:
      return name(Encapsulation::ipsec_esp, inner);
    case kAh:
      return name(Encapsulation::ipsec_ah, inner);
    case kL2tp3:
      return name(Encapsulation::l2tp, inner);
  }
  return true;
}

}  // namespace camwarden
