#include "discovery/answers.h"

#include <algorithm>

namespace camwarden {
namespace {

// What hosts start from, and what one has left that came over a router: the readers' own way to
// tell.
constexpr std::uint8_t kFresh = 64, kForwarded = 63;

bool reads_port(const Protocol& protocol, std::uint16_t port) {
  return std::find(protocol.udp_ports.begin(), protocol.udp_ports.end(), port) !=
         protocol.udp_ports.end();
}

// Of one scan no fact is news twice.
Novelty::Options once() { return {.entries = 1 << 17, .repeat_after = std::chrono::hours(24)}; }

}  // namespace

Answers::Answers(Deliver deliver) : deliver_(std::move(deliver)), novelty_(once()) {}

Packet Answers::packet(const Ends& ends, Transport transport, Bytes payload, Time now) {
  Packet packet;
  packet.time = now;
  packet.number = ++number_;
  packet.interface = ends.interface;
  packet.src_mac = ends.device_mac;
  packet.dst_mac = ends.own_mac;
  packet.ether_type = ends.device.is_v6() ? 0x86dd : 0x0800;
  packet.src = ends.device;
  packet.dst = ends.own;
  packet.ttl = ends.on_link ? kFresh : kForwarded;
  packet.ip_protocol = transport == Transport::tcp ? 6 : 17;
  packet.transport = transport;
  packet.src_port = ends.device_port;
  packet.dst_port = ends.own_port;
  packet.payload = payload;
  return packet;
}

void Answers::seen(const Ends& ends, Time now) {
  const auto who = sender_of(packet(ends, Transport::tcp, {}, now));
  const bool by_mac = !who.mac.none();
  const Evidence evidence{now, number_, by_mac ? "ethernet" : "ip", true};
  if (by_mac) fact(who, kMacField, who.mac.to_string(), evidence);
  if (!who.ip.none() && !by_mac) fact(who, kIpField, who.ip.to_string(), evidence);
}

void Answers::neighbour(const Ends& ends, Time now) {
  const auto one = packet(ends, Transport::none, {}, now);
  const auto who = named_in_payload(one, ends.device_mac, ends.device);
  fact(who, kMacField, ends.device_mac.to_string(), {now, number_, "arp", true});
}

bool Answers::datagram(const Ends& ends, Bytes payload, std::string_view protocol, Time now) {
  const auto one = packet(ends, Transport::udp, payload, now);
  const auto* asked = protocol_named(protocol);
  if (asked != nullptr && asked->on_datagram != nullptr && show(*asked, one)) return true;
  bool said = false;
  for (const auto* other : protocols()) {
    if (other == asked || other->on_datagram == nullptr) continue;
    const bool theirs =
        reads_port(*other, one.src_port) || reads_port(*other, one.dst_port) ||
        (other->recognise_datagram != nullptr && other->recognise_datagram(payload));
    if (theirs) said = show(*other, one) || said;
  }
  return said;
}

bool Answers::show(const Protocol& protocol, const Packet& one) {
  const auto before = facts_;
  protocol.on_datagram(one, *this);
  return facts_ != before;
}

void Answers::frame(const Packet& packet) {
  for (const auto* protocol : protocols()) {
    const bool by_type = protocol->on_frame != nullptr &&
                         protocol->ether_type == packet.ether_type && packet.ether_type != 0;
    const bool by_number = protocol->on_ip != nullptr && packet.transport == Transport::other &&
                           protocol->ip_protocol == packet.ip_protocol;
    if (by_type) protocol->on_frame(packet, *this);
    if (by_number) protocol->on_ip(packet, *this);
  }
}

void Answers::fact(const Subject& who, const Field& field, std::string_view value,
                   const Evidence& evidence) {
  ++facts_;
  if (who.mac.none() && who.ip.none()) return;
  value = value.substr(0, kMaxValueBytes);
  const auto key = Novelty::key(who, field, value);
  if (!novelty_.is_news(key, evidence.time)) return;
  novelty_.said(key, evidence.time);
  auto ours = evidence;
  ours.active = true;
  deliver_({who, &field, std::string(value), ours});
}

const Protocol* protocol_named(std::string_view name) {
  for (const auto* protocol : protocols()) {
    if (protocol->name == name) return protocol;
  }
  return nullptr;
}

}  // namespace camwarden
