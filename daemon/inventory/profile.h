#pragma once
// Profile: the Device that an anchor and those joined to it amount to. Facts that say the same from
// several places are one piece of evidence; of a fact that moved with its IP from one device to
// another, each has the end that it was seen at.
//
// Places: a VLAN is only told by frames on the device's own link. What came through a router, or is
// only named in messages on another VLAN (a relayed DHCP request), tells an IP, and its VLAN is 0
// like an untagged one. Such a sighting prolongs the stay at that IP where there is one.
//
// Thread: core. Bounded: kMaxEvidence, kMaxPlaces.

#include "inventory/device.h"
#include "inventory/identity.h"
#include "inventory/neighbourhood.h"

namespace camwarden {

inline constexpr std::size_t kMaxEvidence = 64;
inline constexpr std::size_t kMaxPlaces = 64;

// `root` is a device.
Device profile(const Anchor& root, const Neighbourhood& neighbourhood);

}  // namespace camwarden
