#pragma once
// Roster: whom a scan has met: where each is, by which MAC, and how often it spoke. Knows nothing
// of asking.
//
// Thread: the reactor's. Bounded: kMostKnown addresses; of more nothing is remembered.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "discovery/answers.h"
#include "discovery/attached.h"

namespace camwarden {

class Roster {
 public:
  static constexpr std::size_t kMostKnown = 200'000;
  // A device answers each question a few times at most; one that answers a thousand times, each
  // time as another, is not heard out.
  static constexpr std::uint32_t kMostDatagrams = 100;

  // Both must outlive it. `interfaces`: the sensor's, by index.
  Roster(const std::vector<Attached>& attached, const std::vector<std::string>& interfaces)
      : attached_(attached), interfaces_(interfaces) {}

  bool own_address(const IpAddress& ip) const;  // of this host
  std::uint16_t interface_index(const std::string& name) const;

  // True when the MAC is news; the first that is learnt stays.
  bool learn(const IpAddress& ip, const MacAddress& mac);
  MacAddress mac_of(const IpAddress& ip) const;
  // A frame shows that a router forwards for that address, whose MAC is then the router's: it
  // answers ARP for others (RFC 1027). True when that is news.
  bool learn_routed(const IpAddress& ip);
  bool on_link(const IpAddress& ip) const { return subnet_of(attached_, ip) != nullptr; }
  Ends ends_of(const IpAddress& ip) const;
  // One more datagram came from there. False: no more are heard.
  bool hear(const IpAddress& ip);

 private:
  struct Known {
    MacAddress mac;
    std::uint32_t datagrams = 0;
    bool routed = false;
  };
  Known* known(const IpAddress& ip);  // null: no room

  const std::vector<Attached>& attached_;
  const std::vector<std::string>& interfaces_;
  std::unordered_map<IpAddress, Known> known_;
};

}  // namespace camwarden
