#pragma once
// Sighting: everything that was said of one Subject (the same MAC, origin, IP, VLAN, interface).
// The atom of the inventory: sightings only ever gain facts, and which device one belongs to is
// derived from the set of all of them, never from the order in which they came.
//
// A Subject is kept in its sane form: what cannot be one host's address is taken out.
//
// Thread: core. Sightings live in nodes of a map, so that pointers to them stay good.

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fingerprint/claim.h"
#include "inventory/inventory.h"
#include "observation/observation.h"

namespace camwarden {

struct Anchor;

// What most hosts have one of: the first takes no memory beside the list.
template <typename T>
using Few = boost::container::small_vector<T, 1>;

void erase_where(auto& list, auto is_gone) {
  list.erase(std::remove_if(list.begin(), list.end(), is_gone), list.end());
}

// How well the knowledge base knows a sighting; what is not known is forgotten first.
enum class Renown : std::uint8_t { none, registrant, fingerprint };

struct KnownFact {
  const Field* field = nullptr;
  std::string value;
  std::string_view protocol;  // interned: lives as long as the inventory
  Time first_seen{}, last_seen{};
  std::uint64_t packet = 0;  // of the first
  std::uint64_t count = 0;
  bool active = false;  // the first
  bool dirty = false;   // changed since it was last given to the store
  bool stored = false;  // was given to the store
  std::vector<Match> matches;

  bool is_mac() const { return field->name == kMacField.name; }
};

struct Sighting {
  Subject who;
  Time first_seen{}, last_seen{};
  std::vector<KnownFact> facts;
  // Derived: whose these facts are. More than one where the IP moved from one device to another
  // between two facts. `front` is the router whose MAC the frames carried, if it was a router.
  Few<Anchor*> owners;
  Anchor* front = nullptr;
  Renown renown = Renown::none;
  bool unsettled = false;  // waits for its owners to be derived anew
  bool dirty = false;      // has a dirty fact
  bool gone = false;       // is about to be removed
};

// A MAC or an IP that is no one host's is none; what follows from them follows suit.
inline Subject sane(Subject who) {
  if (who.mac.none() || who.mac.multicast()) who.mac = MacAddress();
  if (!who.ip.host()) who.ip = IpAddress();
  if (who.mac.none()) who.mac_origin = MacOrigin::none;
  if (who.mac_origin == MacOrigin::none) who.mac = MacAddress();
  if (who.mac_origin != MacOrigin::payload || who.ip.none()) who.bound = false;
  return who;
}

struct SubjectHash {
  std::size_t operator()(const Subject& who) const {
    const std::uint64_t rest = std::uint64_t{who.vlan} << 32 | std::uint64_t{who.interface} << 8 |
                               static_cast<std::uint64_t>(who.mac_origin) << 2 | who.routed << 1 |
                               who.bound;
    return std::hash<IpAddress>()(who.ip) * 31 + keyed_hash(&rest, sizeof rest, who.mac.number());
  }
};

}  // namespace camwarden
