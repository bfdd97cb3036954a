#include "packet/shim.h"

#include <algorithm>

#include "packet/link.h"

namespace camwarden {
namespace {

enum EtherType : std::uint16_t {
  kTrill = 0x22f3,
  kMpls = 0x8847,
  kMplsMulticast = 0x8848,  // RFC 5332: upstream-assigned labels
  kPppoeSession = 0x8864,
  kMacsec = 0x88e5,
  kPbb = 0x88e7,
  kFabricPath = 0x8903,
  kCiscoMetadata = 0x8909,
  kVnTag = 0x8926,
  kEtag = 0x893f,
  kNsh = 0x894f,
};

bool truncated(bool cut, std::string_view anomaly, FactSink& anomalies) {
  if (!cut) anomalies.anomaly(anomaly);
  return false;
}

// A tag of a known length with the type of what follows at its end.
bool read_tag(Encapsulation kind, std::size_t length, bool cut, Bytes bytes, Inner& inner,
              FactSink& anomalies) {
  Cursor at(bytes);
  at.skip(length);
  const std::uint16_t type = at.u16();
  if (!at.ok()) return truncated(cut, "tag.truncated", anomalies);
  inner.holds(kind, Inner::Form::same_link, type, at.rest());
  return true;
}

// Version, and a length in words of four octets of the options behind it: one, a group tag.
bool read_cisco_metadata(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {
  Cursor at(bytes);
  at.skip(1);
  const std::size_t options = at.u8();
  return read_tag(Encapsulation::cisco_metadata, 2 + options * 4, cut, bytes, inner, anomalies);
}

// IEEE 802.1AE section 9.3: TCI and AN, short length, packet number, and with SC an identifier of
// eight octets. With E and C clear the user's octets are as they were, and an ICV follows them.
bool read_macsec(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {
  if (bytes.empty()) return truncated(cut, "macsec.truncated", anomalies);
  const std::uint8_t control = bytes[0];
  if ((control & 0x8c) != 0) {  // another version, encrypted, or changed
    inner.kind = Encapsulation::macsec;
    return true;
  }
  const std::size_t tag = (control & 0x20) != 0 ? 14 : 6;
  return read_tag(Encapsulation::macsec_clear, tag, cut, bytes, inner, anomalies);
}

bool read_pppoe(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {  // RFC 2516 section 4
  Cursor at(bytes);
  const std::uint8_t version = at.u8(), code = at.u8();
  at.skip(2);
  const std::size_t length = at.u16();
  if (!at.ok()) return truncated(cut, "pppoe.truncated", anomalies);
  if (version != 0x11 || code != 0) {
    anomalies.anomaly("pppoe.header");
    return false;
  }
  if (length > at.remaining() && !cut) anomalies.anomaly("pppoe.length");
  inner.truncated = length > at.remaining();
  return read_ppp(Encapsulation::pppoe, Inner::Form::same_link, cut,
                  at.rest().first(std::min(length, at.remaining())), inner, anomalies);
}

// Nothing in a label stack says what is behind it. IP by its first four bits (RFC 4928 section 3);
// a control word (RFC 4385) has zeros there, and so have many MACs.
void read_label_payload(bool cut, Bytes bytes, Inner& inner) {
  if (const std::uint16_t type = looks_like_ip(bytes, cut); type != 0) {
    return inner.holds(Encapsulation::mpls, Inner::Form::packet, type, bytes);
  }
  inner.kind = Encapsulation::mpls_other;
  if (bytes.size() > 4 && bytes[0] >> 4 == 0 && looks_like_ethernet(bytes.subspan(4))) {
    inner.holds(Encapsulation::mpls_ethernet, Inner::Form::frame, 0, bytes.subspan(4));
  } else if (looks_like_ethernet(bytes)) {
    inner.holds(Encapsulation::mpls_ethernet, Inner::Form::frame, 0, bytes);
  }
}

bool read_mpls(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {  // RFC 3032 section 2.1
  Cursor at(bytes);
  for (int count = 0; count < kMaxLabels; ++count) {
    const std::uint32_t entry = at.u32();
    if (!at.ok()) return truncated(cut, "mpls.truncated", anomalies);
    if ((entry & 0x100) == 0) continue;  // not the bottom of the stack
    inner.vni = entry >> 12;
    read_label_payload(cut, at.rest(), inner);
    return true;
  }
  anomalies.anomaly("mpls.label_limit");
  return false;
}

// The header, then an Ethernet frame. FabricPath: tree and hops. PBB: I-TAG with the service's
// number (IEEE 802.1Q section 9.7).
bool read_frame_behind(Encapsulation kind, std::size_t length, bool cut, Bytes bytes, Inner& inner,
                       FactSink& anomalies) {
  Cursor at(bytes);
  at.skip(length);
  if (!at.ok()) return truncated(cut, "tag.truncated", anomalies);
  inner.holds(kind, Inner::Form::frame, 0, at.rest());
  return true;
}

bool read_pbb(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {
  Cursor at(bytes);
  inner.vni = at.u32() & 0xffffff;
  return read_frame_behind(Encapsulation::pbb, 4, cut, bytes, inner, anomalies);
}

// RFC 6325 section 3.2: version, flags, length of the options in words, hops; two nicknames.
bool read_trill(bool cut, Bytes bytes, Inner& inner, FactSink& anomalies) {
  Cursor at(bytes);
  const std::size_t options = (at.u16() >> 6 & 0x1f) * std::size_t{4};
  return read_frame_behind(Encapsulation::trill, 6 + options, cut, bytes, inner, anomalies);
}

}  // namespace

bool is_shim(std::uint16_t ether_type) {
  switch (ether_type) {
    case kTrill:
    case kMpls:
    case kMplsMulticast:
    case kPppoeSession:
    case kMacsec:
    case kPbb:
    case kFabricPath:
    case kCiscoMetadata:
    case kVnTag:
    case kEtag:
    case kNsh:
      return true;
  }
  return false;
}

bool read_ppp(Encapsulation kind, Inner::Form form, bool cut, Bytes bytes, Inner& inner,
              FactSink& anomalies) {
  Cursor at(bytes);
  std::uint16_t protocol = at.u8();
  if (protocol == 0xff) {  // RFC 1662 section 3.1: address and control, where not left out
    at.skip(1);
    protocol = at.u8();
  }
  if ((protocol & 1) == 0) protocol = static_cast<std::uint16_t>(protocol << 8 | at.u8());
  if (!at.ok()) return truncated(cut, "ppp.truncated", anomalies);
  if (protocol == 0x0021) {
    inner.holds(kind, form, kEtherIpv4, at.rest());
  } else if (protocol == 0x0057) {
    inner.holds(kind, form, kEtherIpv6, at.rest());
  } else if (protocol < 0x8000) {  // from there on are link and network control
    inner.kind = Encapsulation::ppp_other;
  }
  return true;
}

bool read_shim(bool cut, const Packet& packet, Inner& inner, FactSink& anomalies) {
  const Bytes bytes = packet.link_payload;
  switch (packet.ether_type) {
    case kTrill:
      return read_trill(cut, bytes, inner, anomalies);
    case kMpls:
    case kMplsMulticast:
      return read_mpls(cut, bytes, inner, anomalies);
    case kPppoeSession:
      return read_pppoe(cut, bytes, inner, anomalies);
    case kMacsec:
      return read_macsec(cut, bytes, inner, anomalies);
    case kPbb:
      return read_pbb(cut, bytes, inner, anomalies);
    case kFabricPath:
      return read_frame_behind(Encapsulation::fabricpath, 2, cut, bytes, inner, anomalies);
    case kCiscoMetadata:
      return read_cisco_metadata(cut, bytes, inner, anomalies);
    case kVnTag:
      return read_tag(Encapsulation::vn_tag, 4, cut, bytes, inner, anomalies);
    case kEtag:  // IEEE 802.1BR section 7.5
      return read_tag(Encapsulation::e_tag, 6, cut, bytes, inner, anomalies);
    case kNsh:
      inner.kind = Encapsulation::nsh;
      return true;
  }
  return true;
}

}  // namespace camwarden
