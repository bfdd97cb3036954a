#pragma once
// Where an SSDP answer says that the device's description is (UPnP Device Architecture
// section 1.3.3): "LOCATION: http://10.0.0.7:49152/desc.xml". Only of a device that speaks of
// itself: nobody sends us elsewhere. Anybody can forge a datagram, so that what looks like an order
// to the device, a script or a query, is not followed either.
//
// Thread: any; pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.h"

namespace camwarden {

struct Location {
  std::uint16_t port = 0;  // 0: none
  std::string path;
};
Location location_in(std::string_view answer, const IpAddress& of);

}  // namespace camwarden
