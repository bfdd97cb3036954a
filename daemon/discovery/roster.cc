#include "discovery/roster.h"

#include <algorithm>
#include <utility>

namespace camwarden {

bool Roster::own_address(const IpAddress& ip) const {
  return std::any_of(attached_.begin(), attached_.end(),
                     [&](const Attached& one) { return one.address == ip && !one.loopback; });
}

std::uint16_t Roster::interface_index(const std::string& name) const {
  const auto found = std::find(interfaces_.begin(), interfaces_.end(), name);
  return found == interfaces_.end() ? 0 : static_cast<std::uint16_t>(found - interfaces_.begin());
}

Roster::Known* Roster::known(const IpAddress& ip) {
  const auto found = known_.find(ip);
  if (found != known_.end()) return &found->second;
  return known_.size() < kMostKnown ? &known_[ip] : nullptr;
}

bool Roster::learn(const IpAddress& ip, const MacAddress& mac) {
  auto* one = known(ip);
  if (one == nullptr || !one->mac.none() || mac.none()) return false;
  one->mac = mac;
  return true;
}

MacAddress Roster::mac_of(const IpAddress& ip) const {
  const auto found = known_.find(ip);
  return found == known_.end() ? MacAddress() : found->second.mac;
}

bool Roster::learn_routed(const IpAddress& ip) {
  auto* one = known(ip);
  return one != nullptr && !std::exchange(one->routed, true);
}

Ends Roster::ends_of(const IpAddress& ip) const {
  Ends ends;
  ends.device = ip;
  ends.device_mac = mac_of(ip);
  if (const auto* subnet = subnet_of(attached_, ip)) {
    const auto found = known_.find(ip);
    ends.on_link = found == known_.end() || !found->second.routed;
    ends.own = subnet->address;
    ends.own_mac = subnet->mac;
    ends.interface = interface_index(subnet->interface);
  }
  return ends;
}

bool Roster::hear(const IpAddress& ip) {
  auto* one = known(ip);
  return one != nullptr && ++one->datagrams <= kMostDatagrams;
}

}  // namespace camwarden
