#include "protocols/facts.h"

#include "base/text.h"

namespace camwarden {

void Facts::say(const Subject& who, const Field& field, std::string_view value) const {
  value = trim(trim(value).substr(0, kMaxValueBytes));
  if (!value.empty()) sink_.fact(who, field, value, evidence_);
}

Described described_in(const Packet& packet, std::string_view mac_text, std::string_view ip_text) {
  const auto mac = MacAddress::parse(trim(mac_text)).value_or(MacAddress());
  if (mac.none() || mac.multicast()) return {sender_of(packet), false};
  // The source address is bound to the written MAC only when a second thing agrees: the address in
  // the payload, or the MAC of the frame. An answer forged for someone else's MAC has neither, and
  // a factory address or that of another interface never becomes a locator.
  const auto ip = IpAddress::parse(trim(ip_text)).value_or(IpAddress());
  const bool same = (ip.host() && ip == packet.src) || mac == packet.src_mac;
  return {named_in_payload(packet, mac, same ? packet.src : IpAddress()), !same};
}

}  // namespace camwarden
