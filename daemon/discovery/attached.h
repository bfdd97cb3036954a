#pragma once
// The subnets that this host is attached to, and what its kernel knows of the neighbours there.
//
// Thread: any; values.

#include <string>
#include <unordered_map>
#include <vector>

#include "base/address.h"

namespace camwarden {

// One address of one interface that is up.
struct Attached {
  std::string interface;
  unsigned index = 0;  // the kernel's
  MacAddress mac;      // none where the link has none
  IpAddress address;   // this host's own
  Prefix prefix;       // host bits zero
  bool broadcast = false, multicast = false, loopback = false;
  // Neighbours are found by ARP or ND: a link like Ethernet.
  bool sweepable() const { return !mac.none() && broadcast && !loopback; }
  bool operator==(const Attached&) const = default;
};

std::vector<Attached> attached_subnets();

// The most specific subnet that holds the address, or null: then a router is between.
const Attached* subnet_of(const std::vector<Attached>& attached, const IpAddress& ip);

// Complete entries of the kernel's ARP table (proc(5), /proc/self/net/arp).
std::unordered_map<IpAddress, MacAddress> kernel_neighbours();
// The same of its text, for tests.
std::unordered_map<IpAddress, MacAddress> read_arp_table(std::string_view text);

}  // namespace camwarden
