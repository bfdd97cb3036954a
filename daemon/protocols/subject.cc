#include "protocols/protocol.h"

namespace camwarden {
namespace {

Subject subject(const Packet& packet, const MacAddress& mac, const IpAddress& ip, bool routed) {
  Subject who;
  if (!mac.none() && !mac.multicast()) {
    who.mac = mac;
    who.mac_origin = MacOrigin::frame;
  }
  if (ip.host()) who.ip = ip;
  who.routed = routed;
  who.vlan = packet.vlan;
  who.interface = packet.interface;
  return who;
}

}  // namespace

Subject sender_of(const Packet& packet) {
  return subject(packet, packet.src_mac, packet.src, packet.routed());
}

Subject receiver_of(const Packet& packet) {
  // Towards the receiver the TTL says nothing about what lies ahead: whether the MAC is a router's
  // is decided by how many addresses it fronts.
  return subject(packet, packet.dst_mac, packet.dst, false);
}

Subject named_in_payload(const Packet& packet, const MacAddress& mac, const IpAddress& ip) {
  // Of a forwarded message the VLAN is the routers', whoever it names.
  Subject who = subject(packet, mac, ip, packet.routed());
  if (who.mac_origin != MacOrigin::none) {
    who.mac_origin = MacOrigin::payload;
    who.bound = !who.ip.none();
  }
  return who;
}

}  // namespace camwarden
