#include "discovery/never_touch.h"

#include <algorithm>

namespace camwarden {

bool NeverTouch::covers(const IpAddress& ip) const {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const Prefix& prefix) { return prefix.contains(ip); });
}

bool NeverTouch::covers(const MacAddress& mac) const {
  if (mac.none()) return false;
  return std::find(macs.begin(), macs.end(), mac) != macs.end() ||
         std::any_of(ouis.begin(), ouis.end(), [&](const Oui& oui) { return oui.covers(mac); });
}

bool NeverTouch::covers(std::uint16_t port) const {
  return std::find(ports.begin(), ports.end(), port) != ports.end();
}

// Which MACs are on a segment nobody knows before it was asked.
bool NeverTouch::may_be_within(const Prefix& segment) const {
  return by_mac() || std::any_of(prefixes.begin(), prefixes.end(),
                                 [&](const Prefix& prefix) { return prefix.overlaps(segment); });
}

}  // namespace camwarden
