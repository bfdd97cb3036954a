#include "discovery/attached.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <netpacket/packet.h>

#include <charconv>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "base/text.h"

namespace camwarden {
namespace {

IpAddress ip_of(const sockaddr* address) {
  if (address == nullptr) return {};
  if (address->sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    return IpAddress::v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address->sa_family != AF_INET6) return {};
  sockaddr_in6 v6{};
  std::memcpy(&v6, address, sizeof v6);
  return IpAddress::v6({v6.sin6_addr.s6_addr, 16});
}

Prefix prefix_of(const IpAddress& ip, const IpAddress& mask) {
  Prefix prefix{ip, 0};
  for (int bit = 0; bit < ip.bits(); ++bit) {
    const bool set = mask.octets[bit / 8] >> (7 - bit % 8) & 1;
    if (set) ++prefix.length;
  }
  for (std::size_t i = 0; i < prefix.address.octets.size(); ++i) {
    prefix.address.octets[i] &= mask.octets[i];
  }
  return prefix;
}

MacAddress mac_of(const sockaddr* address) {
  sockaddr_ll link{};
  std::memcpy(&link, address, sizeof link);
  if (link.sll_hatype != ARPHRD_ETHER || link.sll_halen != 6) return {};
  return MacAddress::from({link.sll_addr, 6});
}

struct FreeAddresses {
  void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

Attached attached_of(const ifaddrs& entry, const MacAddress& mac) {
  Attached attached;
  attached.interface = entry.ifa_name;
  attached.index = if_nametoindex(entry.ifa_name);
  attached.mac = mac;
  attached.address = ip_of(entry.ifa_addr);
  attached.prefix = prefix_of(attached.address, ip_of(entry.ifa_netmask));
  attached.broadcast = (entry.ifa_flags & IFF_BROADCAST) != 0;
  attached.multicast = (entry.ifa_flags & IFF_MULTICAST) != 0;
  attached.loopback = (entry.ifa_flags & IFF_LOOPBACK) != 0;
  return attached;
}

}  // namespace

std::vector<Attached> attached_subnets() {
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, FreeAddresses> list(first);
  std::map<std::string_view, MacAddress> macs;
  for (const auto* entry = first; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr != nullptr && entry->ifa_addr->sa_family == AF_PACKET) {
      macs[entry->ifa_name] = mac_of(entry->ifa_addr);
    }
  }
  std::vector<Attached> all;
  for (const auto* entry = first; entry != nullptr; entry = entry->ifa_next) {
    if (ip_of(entry->ifa_addr).none() || (entry->ifa_flags & IFF_UP) == 0) continue;
    all.push_back(attached_of(*entry, macs[entry->ifa_name]));
  }
  return all;
}

const Attached* subnet_of(const std::vector<Attached>& attached, const IpAddress& ip) {
  const Attached* best = nullptr;
  for (const auto& one : attached) {
    if (!one.prefix.contains(ip)) continue;
    if (best == nullptr || one.prefix.length > best->prefix.length) best = &one;
  }
  return best;
}

// "10.0.0.1  0x1  0x2  00:11:22:33:44:55  *  eth0" below a heading; flag 0x2: complete.
std::unordered_map<IpAddress, MacAddress> read_arp_table(std::string_view text) {
  constexpr unsigned kComplete = 2;
  std::unordered_map<IpAddress, MacAddress> neighbours;
  for (const auto line : split(text, '\n')) {
    std::istringstream words{std::string(line)};
    std::string address, type, flags, mac_text;
    if (!(words >> address >> type >> flags >> mac_text) || !flags.starts_with("0x")) continue;
    unsigned bits = 0;
    std::from_chars(flags.data() + 2, flags.data() + flags.size(), bits, 16);
    const auto ip = IpAddress::parse(address);
    const auto mac = MacAddress::parse(mac_text);
    if (ip && mac && !mac->none() && (bits & kComplete) != 0) neighbours[*ip] = *mac;
  }
  return neighbours;
}

std::unordered_map<IpAddress, MacAddress> kernel_neighbours() {
  // Not /proc/net: that is hidden where only processes are shown (systemd's ProcSubset=pid).
  std::ifstream file("/proc/self/net/arp");
  std::ostringstream text;
  text << file.rdbuf();
  return read_arp_table(text.str());
}

}  // namespace camwarden
