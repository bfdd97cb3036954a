#pragma once
// Where a device's answer says that more of it is: its description, of SSDP (UPnP Device
// Architecture section 1.3.3, "LOCATION: http://10.0.0.7:49152/desc.xml"), and its ONVIF service,
// of WS-Discovery (ONVIF Core section 7.3, "XAddrs"). Only of a device that speaks of itself:
// nobody sends us elsewhere. Anybody can forge a datagram, so that what looks like an order to the
// device, a script or a query, is not followed either.
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
  bool tls = false;
};
Location description_in(std::string_view answer, const IpAddress& of);
Location service_in(std::string_view answer, const IpAddress& of);  // the first of several

}  // namespace camwarden
