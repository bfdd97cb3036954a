#pragma once
// NeverTouch: what is never asked anything, whatever the targets say. It wins over all else: over
// targets, over answers that invite to ask on, and over --allow-huge.
//
// Printers print what is sent to their raw ports, so the ports of printing are on it from the
// start: those of servers for several printers too.
//
// Thread: any; a value.

#include <cstdint>
#include <vector>

#include "base/address.h"
#include "base/oui.h"

namespace camwarden {

struct NeverTouch {
  std::vector<Prefix> prefixes;
  std::vector<MacAddress> macs;
  std::vector<Oui> ouis;
  // LPD, IPP, raw printing
  std::vector<std::uint16_t> ports{515, 631, 9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107};

  bool covers(const IpAddress& ip) const;
  bool covers(const MacAddress& mac) const;
  bool covers(std::uint16_t port) const;
  bool by_mac() const { return !macs.empty() || !ouis.empty(); }
  // Something of it may hear what is said to a whole segment.
  bool may_be_within(const Prefix& segment) const;
  bool operator==(const NeverTouch&) const = default;
};

}  // namespace camwarden
