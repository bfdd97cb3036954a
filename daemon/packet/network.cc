#include "packet/network.h"

#include <cstring>

namespace camwarden {
namespace {

enum Extension : std::uint8_t {  // RFC 8200 section 4.1, RFC 4302
  kHopByHop = 0,
  kRouting = 43,
  kFragment = 44,
  kAuthentication = 51,
  kDestination = 60,
};

// In place: an address that is made elsewhere and copied costs as much as all of the rest.
template <std::size_t kOctets>
void set_address(IpAddress& address, IpAddress::Family family,
                 std::span<const std::uint8_t, kOctets> octets) {
  address.family = family;
  std::memcpy(address.octets.data(), octets.data(), kOctets);
}

bool refuse(bool excused, std::string_view anomaly, FactSink& anomalies) {
  if (!excused) anomalies.anomaly(anomaly);
  return false;
}

// What IP says is its payload, as far as it was captured.
Bytes trim_to(Bytes rest, std::size_t length, bool snapped, std::string_view anomaly,
              Packet& packet, FactSink& anomalies) {
  if (length <= rest.size()) return rest.first(length);
  packet.truncated = true;
  if (!snapped) anomalies.anomaly(anomaly);
  return rest;
}

void read_fragment_header(Cursor& at, IpPayload& payload) {
  payload.protocol = at.u8();
  at.skip(1);
  const std::uint16_t place = at.u16();
  payload.id = at.u32();
  payload.offset = place & 0xfff8;
  payload.more = place & 1;
  // RFC 6946: offset 0 and no more to come is a whole datagram and waits for nobody.
  payload.fragment = payload.more || payload.offset != 0;
}

void skip_extension(Cursor& at, IpPayload& payload) {
  const std::uint8_t next = at.u8();
  const std::size_t length = at.u8();
  // RFC 4302 section 2.2: AH counts 32-bit words less two; the others 64-bit words less one.
  at.skip(payload.protocol == kAuthentication ? (length + 2) * 4 - 2 : length * 8 + 6);
  payload.protocol = next;
}

bool is_extension(std::uint8_t protocol) {
  return protocol == kHopByHop || protocol == kRouting || protocol == kFragment ||
         protocol == kAuthentication || protocol == kDestination;
}

}  // namespace

bool read_ipv4(bool snapped, Packet& packet, IpPayload& payload, FactSink& anomalies) {
  Cursor at(packet.link_payload);
  const std::uint8_t first = at.u8();
  at.skip(1);
  const std::size_t total = at.u16();
  const std::uint16_t id = at.u16();
  const std::uint16_t place = at.u16();
  const std::uint8_t ttl = at.u8();
  const std::uint8_t protocol = at.u8();
  at.skip(2);
  const Bytes src = at.take(4), dst = at.take(4);
  if (!at.ok()) return refuse(snapped, "ipv4.truncated", anomalies);
  if (first >> 4 != 4) return refuse(false, "ipv4.version", anomalies);
  const std::size_t header = (first & 0x0f) * std::size_t{4};
  if (header < 20) return refuse(false, "ipv4.header_length", anomalies);
  set_address(packet.src, IpAddress::Family::v4, src.first<4>());
  set_address(packet.dst, IpAddress::Family::v4, dst.first<4>());
  packet.ip_id = id;
  packet.ttl = ttl;
  packet.ip_protocol = payload.protocol = protocol;
  at.skip(header - 20);
  if (!at.ok()) return refuse(snapped, "ipv4.truncated", anomalies);
  // A sender's own capture shows 0 for what its network card will cut into packets.
  const std::size_t length = total == 0 ? header + at.remaining() : total;
  if (length < header) return refuse(false, "ipv4.total_length", anomalies);
  payload.bytes = trim_to(at.rest(), length - header, snapped, "ipv4.length", packet, anomalies);
  payload.id = id;
  payload.offset = (place & 0x1fff) * 8u;
  payload.more = place & 0x2000;
  payload.fragment = payload.more || payload.offset != 0;
  return true;
}

bool read_extensions(bool snapped, IpPayload& payload, FactSink& anomalies) {
  Cursor at(payload.bytes);
  for (int count = 0; is_extension(payload.protocol) && !payload.fragment; ++count) {
    if (count == kMaxExtensions) return refuse(false, "ipv6.extension_limit", anomalies);
    if (payload.protocol == kFragment) {
      read_fragment_header(at, payload);
    } else {
      skip_extension(at, payload);
    }
    if (!at.ok()) return refuse(snapped, "ipv6.truncated", anomalies);
  }
  payload.bytes = at.rest();
  return true;
}

bool read_ipv6(bool snapped, Packet& packet, IpPayload& payload, FactSink& anomalies) {
  Cursor at(packet.link_payload);
  const std::uint32_t first = at.u32();
  std::size_t length = at.u16();
  payload.protocol = at.u8();
  const std::uint8_t hop_limit = at.u8();
  const Bytes src = at.take(16), dst = at.take(16);
  if (!at.ok()) return refuse(snapped, "ipv6.truncated", anomalies);
  if (first >> 28 != 6) return refuse(false, "ipv6.version", anomalies);
  set_address(packet.src, IpAddress::Family::v6, src.first<16>());
  set_address(packet.dst, IpAddress::Family::v6, dst.first<16>());
  packet.ttl = hop_limit;
  packet.ip_protocol = payload.protocol;
  // RFC 2675: 0 before hop-by-hop options means that they hold the length; Linux shows its
  // coalesced TCP segments like that.
  if (length == 0 && payload.protocol == kHopByHop) length = at.remaining();
  payload.bytes = trim_to(at.rest(), length, snapped, "ipv6.length", packet, anomalies);
  const bool read = read_extensions(packet.truncated, payload, anomalies);
  packet.ip_protocol = payload.protocol;
  return read;
}

}  // namespace camwarden
