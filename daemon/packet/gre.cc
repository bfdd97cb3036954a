// GRE: RFC 2784 with the key and sequence number of RFC 2890, NVGRE (RFC 7637), PPTP's version 1
// (RFC 2637), and ERSPAN (draft-foschiano-erspan-03), by which switches mirror across a network.

#include "packet/link.h"
#include "packet/shim.h"
#include "packet/tunnel.h"

namespace camwarden {
namespace {

enum Flag : std::uint16_t {
  kChecksum = 0x8000,
  kRouting = 0x4000,  // RFC 1701: source routes, which nobody sends
  kKey = 0x2000,
  kSequence = 0x1000,
  kAcknowledgement = 0x0080,  // PPTP
  kVersion = 0x0007,
};

enum Carried : std::uint16_t {
  kBridged = 0x6558,  // an Ethernet frame
  kPpp = 0x880b,
  kErspan = 0x88be,  // type I, or II where the sequence number is there
  kErspan3 = 0x22eb,
  kNsh = 0x894f,
};

bool truncated(bool cut, std::string_view anomaly, FactSink& anomalies) {
  if (!cut) anomalies.anomaly(anomaly);
  return false;
}

// Type II: session, then the index of the port. Type III: time stamp, then fourteen bits of which
// the frame type (0: Ethernet) and the last one matter: a subheader of the platform's.
void read_erspan_rest(std::uint8_t version, Cursor& at, Inner& inner) {
  if (version == 1) {
    at.skip(4);
    return inner.holds(Encapsulation::erspan2, Inner::Form::frame, 0, at.rest());
  }
  at.skip(6);  // time stamp, security group tag
  const std::uint16_t last = at.u16();
  if ((last & 1) != 0) at.skip(8);
  const int frame_type = last >> 10 & 0x1f;
  inner.kind = Encapsulation::erspan_other;
  if (frame_type == 0) {
    inner.holds(Encapsulation::erspan3, Inner::Form::frame, 0, at.rest());
  } else if (frame_type == 2) {  // an IP packet
    const std::uint16_t type = looks_like_ip(at.rest(), true);
    if (type != 0) inner.holds(Encapsulation::erspan3, Inner::Form::packet, type, at.rest());
  }
}

// The VLAN is the mirrored frame's, which comes without its tag unless it says so itself.
bool read_erspan(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {
  Cursor at(bytes);
  const std::uint16_t first = at.u16(), second = at.u16();
  const auto version = static_cast<std::uint8_t>(first >> 12);
  if (at.ok() && version != 1 && version != 2) {
    inner.kind = Encapsulation::erspan_other;
    return true;
  }
  inner.vlan = first & 0x0fff;
  inner.vni = second & 0x03ff;               // session
  inner.truncated = (second & 0x0400) != 0;  // the switch cut the copy
  read_erspan_rest(version, at, inner);
  return at.ok() || truncated(cut, "erspan.truncated", anomalies);
}

struct Header {
  std::uint16_t flags = 0, carried = 0;
  std::uint32_t key = 0;
};

Header read_header(Cursor& at) {
  Header header;
  header.flags = at.u16();
  header.carried = at.u16();
  if ((header.flags & (kChecksum | kRouting)) != 0) at.skip(4);
  if ((header.flags & kKey) != 0) header.key = at.u32();
  if ((header.flags & kSequence) != 0) at.skip(4);
  if ((header.flags & kVersion) == 1 && (header.flags & kAcknowledgement) != 0) at.skip(4);
  return header;
}

// RFC 7637 section 3.2: a key of 24 bits of subnet and 8 of flow, and no sequence number.
void read_bridged(const Header& header, Bytes bytes, Inner& inner) {
  const bool nvgre = (header.flags & (kKey | kSequence | kChecksum)) == kKey;
  inner.vni = nvgre ? header.key >> 8 : header.key;
  inner.holds(nvgre ? Encapsulation::nvgre : Encapsulation::gre, Inner::Form::frame, 0, bytes);
}

bool read_carried(const Header& header, bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {
  switch (header.carried) {
    case kBridged:
      read_bridged(header, bytes, inner);
      return true;
    case kErspan:
      if ((header.flags & kSequence) != 0) return read_erspan(cut, bytes, inner, anomalies);
      inner.holds(Encapsulation::erspan1, Inner::Form::frame, 0, bytes);
      return true;
    case kErspan3:
      return read_erspan(cut, bytes, inner, anomalies);
    case kPpp:
      return bytes.empty() ||  // an acknowledgement alone
             read_ppp(Encapsulation::pptp, Inner::Form::packet, cut, bytes, inner, anomalies);
    case kNsh:
      inner.kind = Encapsulation::nsh;
      return true;
    case 0:  // a keepalive
      return true;
  }
  if (header.carried < 0x0600) {
    inner.kind = Encapsulation::gre_other;
    return true;
  }
  inner.vni = header.key;
  inner.holds(Encapsulation::gre, Inner::Form::packet, header.carried, bytes);
  return true;
}

}  // namespace

bool read_gre(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {
  Cursor at(bytes);
  const Header header = read_header(at);
  const int version = header.flags & kVersion;
  const bool known = (header.flags & kRouting) == 0 &&
                     (version == 0 || (version == 1 && header.carried == kPpp));
  if (!at.ok() && known) return truncated(cut, "gre.truncated", anomalies);
  if (!known) {
    inner.kind = Encapsulation::gre_other;
    return true;
  }
  return read_carried(header, cut, at.rest(), inner, anomalies);
}

}  // namespace camwarden
