#include "packet/decode.h"

#include <algorithm>

#include "packet/fragments.h"
#include "packet/link.h"
#include "packet/network.h"

namespace camwarden {
namespace {

enum Protocol : std::uint8_t { kTcp = 6, kUdp = 17 };

bool cut(std::string_view anomaly, const Packet& packet, FactSink& anomalies) {
  if (!packet.truncated) anomalies.anomaly(anomaly);
  return false;
}

bool malformed(std::string_view anomaly, FactSink& anomalies) {
  anomalies.anomaly(anomaly);
  return false;
}

bool read_udp(Bytes bytes, Packet& packet, FactSink& anomalies) {  // RFC 768
  Cursor at(bytes);
  const std::uint16_t src_port = at.u16(), dst_port = at.u16();
  const std::size_t length = at.u16();
  at.skip(2);
  if (!at.ok()) return cut("udp.truncated", packet, anomalies);
  // RFC 2675 lets 0 stand for a longer length; no device on a camera's network sends such.
  if (length < 8) return malformed("udp.length", anomalies);
  if (length - 8 > at.remaining() && !packet.truncated) return malformed("udp.length", anomalies);
  packet.transport = Transport::udp;
  packet.src_port = src_port;
  packet.dst_port = dst_port;
  packet.payload = at.rest().first(std::min(length - 8, at.remaining()));
  return true;
}

bool read_tcp(Bytes bytes, Packet& packet, FactSink& anomalies) {  // RFC 9293 section 3.1
  Cursor at(bytes);
  const std::uint16_t src_port = at.u16(), dst_port = at.u16();
  const std::uint32_t seq = at.u32();
  at.skip(4);
  const std::size_t header = (at.u8() >> 4) * std::size_t{4};
  const std::uint8_t flags = at.u8();
  at.skip(6);
  if (!at.ok()) return cut("tcp.truncated", packet, anomalies);
  if (header < 20) return malformed("tcp.header_length", anomalies);
  at.skip(header - 20);  // past the end when the options were cut: the payload is then empty
  if (!at.ok() && !packet.truncated) return malformed("tcp.header_length", anomalies);
  packet.transport = Transport::tcp;
  packet.src_port = src_port;
  packet.dst_port = dst_port;
  packet.tcp_seq = seq;
  packet.fin = flags & 0x01;
  packet.syn = flags & 0x02;
  packet.rst = flags & 0x04;
  packet.ack = flags & 0x10;
  packet.payload = at.rest();
  return true;
}

bool read_transport(const IpPayload& payload, Packet& packet, FactSink& anomalies) {
  packet.ip_protocol = payload.protocol;
  switch (payload.protocol) {
    case kTcp:
      return read_tcp(payload.bytes, packet, anomalies);
    case kUdp:
      return read_udp(payload.bytes, packet, anomalies);
  }
  packet.transport = Transport::other;
  packet.payload = payload.bytes;
  return true;
}

bool read_ip(bool snapped, Packet& packet, IpPayload& payload, FactSink& anomalies) {
  return packet.ether_type == kEtherIpv4 ? read_ipv4(snapped, packet, payload, anomalies)
                                         : read_ipv6(snapped, packet, payload, anomalies);
}

// What follows the headers of the whole IPv6 datagram may itself begin with extension headers.
bool read_rest(const Packet& packet, IpPayload& payload, FactSink& anomalies) {
  if (packet.ether_type == kEtherIpv4) return true;
  if (!read_extensions(false, payload, anomalies)) return false;
  return !payload.fragment || malformed("fragment.nested", anomalies);
}

}  // namespace

Decoder::Decoder(const Options& options) : fragments_(std::make_unique<Fragments>(options)) {}
Decoder::~Decoder() = default;

bool Decoder::decode(const Frame& frame, Packet& packet, FactSink& anomalies) {
  packet = Packet{};
  packet.time = frame.time;
  packet.number = frame.number;
  packet.interface = frame.interface;
  if (!read_link(frame, packet, anomalies)) return false;
  if (packet.ether_type != kEtherIpv4 && packet.ether_type != kEtherIpv6) {
    packet.truncated = snapped(frame);
    return true;
  }
  IpPayload payload;
  if (!read_ip(snapped(frame), packet, payload, anomalies)) return false;
  if (payload.fragment &&
      !(fragments_->add(packet, payload, anomalies) && read_rest(packet, payload, anomalies))) {
    return false;
  }
  return read_transport(payload, packet, anomalies);
}

}  // namespace camwarden
