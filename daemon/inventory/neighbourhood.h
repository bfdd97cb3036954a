#pragma once
// Neighbourhood: which MAC is a router's, which IP is bound to which MAC when, and so whose a fact
// is (its Owner: a MAC, or else an IP). A pure function of the set of sightings:
//
//   1. a burned-in MAC that the payload names                     -> that MAC
//   2. a burned-in frame MAC, unless a router's or routed through -> that MAC
//   3. an IP that was bound to a burned-in MAC at the time        -> that MAC, but see below
//   4. any other IP                                               -> that IP
//   5. no IP: the IP that the (locally administered) MAC was bound to at the time, else that MAC
//
// A frame MAC is a router's when it is a virtual router's (VRRP, HSRP), fronts router_fronts IPv4
// addresses or IPv6 /64s that are not bound to it, or two with a routed packet among them, or
// carries routed packets from two IPv4 addresses, bound or not.
// Link-local addresses do not count: a host has one of each family beside its global ones. A MAC
// that claims kProxyBinds IPv4 addresses at the same time answers ARP for others (RFC 1027, and ARP
// spoofing): its bindings bind nobody, and a router's bind no address that another MAC binds too.
// An IP that more than kMaxBindings sightings bind is nobody's: that is a flood.
//
// A forwarded packet from an IP that is bound to the very MAC that carries it comes from somebody
// behind: the MAC translates addresses (NAT), or answers ARP for one. What it says is the IP's, if
// the MAC also sends packets of its own from there, or is known to be a router.
//
// Of a binding the first and the last time are known, not those between. Where two MACs' bindings
// of one IP overlap (a lease that came back, two devices with one address) nobody can tell who had
// it from the second's first to the last's last: what is said then and only then is the IP's.
//
// Thread: core. Bounded by the sightings it is given.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "inventory/sighting.h"

namespace camwarden {

// A MAC or an IP, exactly one of them.
struct Owner {
  MacAddress mac;
  IpAddress ip;
  bool is_mac() const { return !mac.none(); }
  auto operator<=>(const Owner&) const = default;

  std::string id() const;  // "mac-4419b60a0b0c", "ip-192.0.2.50"
  static std::optional<Owner> parse(std::string_view id);
};

struct OwnerHash {
  std::size_t operator()(const Owner& owner) const {
    return std::hash<IpAddress>()(owner.ip) * 31 + std::hash<MacAddress>()(owner.mac);
  }
};

class Neighbourhood {
 public:
  static constexpr std::size_t kProxyBinds = 16;
  static constexpr std::size_t kMaxBindings = 64;

  explicit Neighbourhood(std::size_t router_fronts) : router_fronts_(router_fronts) {}

  void add(Sighting& sighting);
  void seen_again(Sighting& sighting);  // first_seen or last_seen changed
  // All of them have `gone` set.
  void remove(const std::vector<Sighting*>& sightings);

  bool router(const MacAddress& mac) const;
  // The MAC in the sighting is the device's own (rules 1 and 2).
  bool names_itself(const Sighting& sighting) const;
  // Whose a fact is, at its first and at its last time. A time at which nobody can tell goes to
  // whose it was at the other.
  struct Owners {
    Owner first, last;
  };
  Owners owners(const Sighting& sighting, const KnownFact& fact) const;
  // Whose the fact that frames carried this MAC is: the MAC's own, whoever's the rest is.
  Owner frame_mac_owner(const Sighting& sighting, Time when) const;
  // The frames of this MAC were seen on this VLAN and interface (not only messages that name it).
  enum class Placed { nowhere, here, elsewhere };
  Placed placed(const Sighting& sighting) const;
  // Who has the IP by the latest that is known.
  Owner latest_owner(const Owner& gone) const;

  // Its owners must be derived anew: it has a new fact.
  void unsettle(Sighting& sighting);
  // Sightings whose owners may have changed since the last call, each once.
  std::vector<Sighting*> take_moved();

 private:
  // What a MAC was seen in front of: an IPv4 address, or an IPv6 /64. Counts of sightings.
  struct Front {
    std::uint32_t framed = 0, routed = 0, bound = 0;
    bool relayed() const { return routed > 0 && bound > 0 && framed > routed; }
  };
  struct MacNode {
    Few<Sighting*> sightings;         // with this MAC
    std::vector<Sighting*> bindings;  // those of them that bind an IP
    std::map<IpAddress, Front> fronts;
    std::uint32_t v4_fronts = 0, v6_fronts = 0;  // with framed and not bound
    std::uint32_t v4_bound = 0, v4_routed = 0;
    std::uint32_t routed = 0;
    bool proxy = false;
    bool router = false;
    // Was a router when some of its sightings were evicted. It stays one, or what is left behind it
    // would fall to its MAC.
    bool sticky = false;
    bool moved = false;
  };
  struct IpNode {
    Few<Sighting*> sightings;         // with this IP
    std::vector<Sighting*> bindings;  // those of them that bind it to a burned-in MAC
    bool moved = false;
  };

  void count(MacNode& node, const Subject& who, int step);
  void judge(const MacAddress& mac, MacNode& node);
  bool behind(const MacNode& node, const IpAddress& ip) const;
  bool relays(const Subject& who) const;
  struct Claimed {
    Owner owner;
    bool contested = false;
  };
  Claimed owner(const Sighting& sighting, Time when) const;
  template <typename What>
  struct Held;
  Held<MacAddress> bound_mac(const IpAddress& ip, Time when) const;
  Held<IpAddress> bound_ip(const MacAddress& mac, Time when) const;
  bool binds(const Sighting& binding, bool beside_hosts) const;
  void move(const MacAddress& mac, MacNode& node);
  void move(const IpAddress& ip);
  void forget(const MacAddress& mac);
  void forget(const IpAddress& ip);

  std::size_t router_fronts_;
  std::unordered_map<MacAddress, MacNode> macs_;
  std::unordered_map<IpAddress, IpNode> ips_;
  std::vector<MacAddress> moved_macs_;
  std::vector<IpAddress> moved_ips_;
  std::vector<Sighting*> moved_;
};

}  // namespace camwarden
