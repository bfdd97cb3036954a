#include "packet/inner.h"

#include "packet/link.h"

namespace camwarden {
namespace {

// RFC 1071: right when the sum of all words is all ones.
bool checksum_right(Bytes header) {
  std::uint32_t sum = 0;
  Cursor at(header);
  while (at.remaining() >= 2) sum += at.u16();
  sum = (sum & 0xffff) + (sum >> 16);
  return (sum & 0xffff) + (sum >> 16) == 0xffff;
}

bool looks_like_ipv4(Bytes bytes, bool cut) {
  Cursor at(bytes);
  const std::uint8_t first = at.u8();
  at.skip(1);
  const std::size_t length = at.u16();
  const std::size_t header = (first & 0x0f) * std::size_t{4};
  if (!at.ok() || header < 20 || length < header || bytes.size() < header) return false;
  if (!cut && length > bytes.size()) return false;
  // An octet with the lowest bit set is no beginning of a unicast MAC, and 0x45 is nearly always
  // what it looks like; some network cards leave the checksum of what they wrap for later.
  return first == 0x45 || checksum_right(bytes.first(header));
}

bool looks_like_ipv6(Bytes bytes, bool cut) {
  Cursor at(bytes);
  at.skip(4);
  const std::size_t length = at.u16();
  if (bytes.size() < 40 || (!cut && length > bytes.size() - 40)) return false;
  return !looks_like_ethernet(bytes);
}

}  // namespace

bool looks_like_ethernet(Bytes bytes) {
  Cursor at(bytes);
  at.skip(12);
  const std::uint16_t type = at.u16(), next = at.u16();
  if (!at.ok()) return false;
  switch (type) {
    case kEtherIpv4:
      return next >> 12 == 4 && (next >> 8 & 0x0f) >= 5;
    case kEtherIpv6:
      return next >> 12 == 6;
    case 0x0806:  // ARP, of Ethernet
      return next == 1;
    case 0x8100:
    case 0x88a8:
    case 0x8847:
    case 0x8863:
    case 0x8864:
    case 0x88cc:
    case 0x888e:
    case 0x8809:
      return true;
  }
  // IEEE 802.3 with LLC: spanning tree, or SNAP.
  return type >= 3 && type <= 1500 && (next == 0x4242 || next == 0xaaaa);
}

std::uint16_t looks_like_ip(Bytes bytes, bool cut) {
  if (bytes.empty()) return 0;
  if (bytes[0] >> 4 == 4 && looks_like_ipv4(bytes, cut)) return kEtherIpv4;
  if (bytes[0] >> 4 == 6 && looks_like_ipv6(bytes, cut)) return kEtherIpv6;
  return 0;
}

}  // namespace camwarden
