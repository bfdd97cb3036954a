#include "inventory/profile.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "inventory/fusion.h"

namespace camwarden {
namespace {

struct Span {
  Time first = Time::max(), last = Time::min();
  bool empty() const { return first > last; }
  void cover(Time from, Time to) {
    first = std::min(first, from);
    last = std::max(last, to);
  }
};

// A fact wherever it was seen.
struct Merged {
  const KnownFact* fact = nullptr;  // an example: all have the same field, value and protocol
  Span span;
  std::uint64_t packet = 0;  // 0: the first sighting was another device's
  bool active = false;
};
using FactKey = std::tuple<std::string_view, std::string_view, std::string_view>;
using PlaceKey = std::tuple<IpAddress, std::uint16_t, std::uint16_t>;  // as in Presence

class Portrait {
 public:
  Portrait(const Anchor& root, const Neighbourhood& neighbourhood)
      : root_(root), neighbourhood_(neighbourhood) {}

  Device draw();

 private:
  Span share(const Anchor& anchor, const Sighting& sighting, const KnownFact& fact) const;
  void take(const Anchor& anchor);
  void take(const Anchor& anchor, const Sighting& sighting);
  void take_fronted(const Sighting& sighting);
  void merge(const KnownFact& fact, const Span& span);
  void stay(const Sighting& sighting, const Span& span);
  bool remote(const Sighting& sighting) const;

  void fold_remote();
  void fold_addressless();
  void write_places(Device& device) const;
  void write_evidence(Device& device) const;
  void write_hostname(Device& device) const;
  std::vector<Testimony> testimony() const;

  const Anchor& root_;
  const Neighbourhood& neighbourhood_;
  std::map<FactKey, Merged> facts_;
  std::map<PlaceKey, Span> places_, remote_places_;
  std::map<MacAddress, Span> local_macs_;  // locally administered, on the device's own link
  Span span_;
};

// The part of a fact's life in which it was this anchor's.
Span Portrait::share(const Anchor& anchor, const Sighting& sighting, const KnownFact& fact) const {
  if (sighting.owners.size() == 1) return {fact.first_seen, fact.last_seen};
  Span span;
  const auto owners = neighbourhood_.owners(sighting, fact);
  if (owners.first == anchor.owner) span.cover(fact.first_seen, fact.first_seen);
  if (owners.last == anchor.owner) span.cover(fact.last_seen, fact.last_seen);
  return span;
}

void Portrait::merge(const KnownFact& fact, const Span& span) {
  auto& merged = facts_[{fact.field->name, fact.value, fact.protocol}];
  const auto packet = span.first == fact.first_seen ? fact.packet : 0;
  const auto age = [](const Span& s, std::uint64_t number, bool active) {
    return std::tuple(s.first, number, active);
  };
  if (!merged.fact ||
      age(span, packet, fact.active) < age(merged.span, merged.packet, merged.active)) {
    merged.packet = packet;
    merged.active = fact.active;
  }
  merged.fact = &fact;
  merged.span.cover(span.first, span.last);
  span_.cover(span.first, span.last);
}

bool Portrait::remote(const Sighting& sighting) const {
  const auto& who = sighting.who;
  if (who.mac_origin == MacOrigin::none) return false;
  if (who.mac_origin == MacOrigin::payload) {
    return who.routed || neighbourhood_.placed(sighting) == Neighbourhood::Placed::elsewhere;
  }
  if (who.routed || neighbourhood_.router(who.mac)) return true;
  return who.mac.burned_in() && !neighbourhood_.names_itself(sighting);
}

void Portrait::stay(const Sighting& sighting, const Span& span) {
  if (span.empty()) return;
  const auto& who = sighting.who;
  span_.cover(span.first, span.last);
  if (remote(sighting)) {
    if (!who.ip.none()) remote_places_[{who.ip, 0, who.interface}].cover(span.first, span.last);
    return;
  }
  places_[{who.ip, who.vlan, who.interface}].cover(span.first, span.last);
  if (who.mac.locally_administered()) local_macs_[who.mac].cover(span.first, span.last);
}

void Portrait::take(const Anchor& anchor, const Sighting& sighting) {
  Span stayed;
  for (const auto& fact : sighting.facts) {
    const auto span = share(anchor, sighting, fact);
    if (span.empty()) continue;
    // The MAC in a router's frames is the router's; that a packet came through it is still a sign
    // of life of the host behind.
    if (!sighting.front || !fact.is_mac()) merge(fact, span);
    stayed.cover(span.first, span.last);
  }
  stay(sighting, stayed);
}

void Portrait::take_fronted(const Sighting& sighting) {
  for (const auto& fact : sighting.facts) {
    if (fact.is_mac()) merge(fact, {fact.first_seen, fact.last_seen});
  }
}

void Portrait::take(const Anchor& anchor) {
  for (const auto* sighting : anchor.sightings) take(anchor, *sighting);
  for (const auto* sighting : anchor.fronted) take_fronted(*sighting);
}

// Of several stays the one seen last, and of those the first in order.
template <typename Fits>
Span* latest(std::map<PlaceKey, Span>& places, Fits fits) {
  Span* best = nullptr;
  for (auto& [place, span] : places) {
    if (fits(place) && (!best || span.last > best->last)) best = &span;
  }
  return best;
}

void Portrait::fold_remote() {
  std::map<PlaceKey, Span> apart;
  for (const auto& [place, span] : remote_places_) {
    const auto same_ip = [&ip = std::get<0>(place)](const PlaceKey& other) {
      return std::get<0>(other) == ip;
    };
    if (auto* near = latest(places_, same_ip)) {
      near->cover(span.first, span.last);
    } else {
      apart[place].cover(span.first, span.last);
    }
  }
  remote_places_ = std::move(apart);
}

// Frames without an IP (ARP, LLDP) of a host that has one on the same link.
void Portrait::fold_addressless() {
  for (auto at = places_.begin(); at != places_.end();) {
    const auto& [ip, vlan, interface] = at->first;
    const auto same_link = [vlan = vlan, interface = interface](const PlaceKey& other) {
      return !std::get<0>(other).none() && std::get<1>(other) == vlan &&
             std::get<2>(other) == interface;
    };
    auto* with_ip = ip.none() ? latest(places_, same_link) : nullptr;
    // Not backwards: what it said before it had the address does not date the address.
    if (with_ip) with_ip->last = std::max(with_ip->last, at->second.last);
    at = with_ip ? places_.erase(at) : std::next(at);
  }
}

template <typename T>
void add_once(std::vector<T>& items, const T& item) {
  if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
}

void Portrait::write_places(Device& device) const {
  std::vector<Presence> all;
  const auto add = [&all](const std::map<PlaceKey, Span>& places) {
    for (const auto& [place, span] : places) {
      all.push_back(
          {std::get<0>(place), std::get<1>(place), std::get<2>(place), span.first, span.last});
    }
  };
  add(places_);
  const auto near = all.size();
  add(remote_places_);
  const auto newer = [](const Presence& a, const Presence& b) {
    return std::tuple(b.last_seen, a.ip, a.vlan, a.interface) <
           std::tuple(a.last_seen, b.ip, b.vlan, b.interface);
  };
  std::sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(near), newer);
  for (std::size_t i = 0; i < near && device.vlans.size() < kMaxPlaces; ++i)
    add_once(device.vlans, all[i].vlan);
  std::sort(all.begin(), all.end(), newer);
  if (all.size() > kMaxPlaces) all.resize(kMaxPlaces);
  for (const auto& presence : all) {
    if (!presence.ip.none()) add_once(device.ips, presence.ip);
  }
  // An address that others can reach says more than one that every interface has.
  std::stable_partition(device.ips.begin(), device.ips.end(),
                        [](const IpAddress& ip) { return !ip.link_local(); });
  device.presences = std::move(all);
}

std::vector<Testimony> Portrait::testimony() const {
  std::vector<Testimony> all;
  for (const auto& [key, merged] : facts_) {
    for (const auto& match : merged.fact->matches) {
      all.push_back({merged.fact->field, merged.fact->protocol, &match, merged.span.last});
    }
  }
  return all;
}

EvidenceItem item_of(const Merged& merged, const Match* match) {
  EvidenceItem item;
  item.field = merged.fact->field->name;
  item.value = merged.fact->value;
  item.protocol = merged.fact->protocol;
  item.active = merged.active;
  item.first_seen = merged.span.first;
  item.last_seen = merged.span.last;
  item.packet = merged.packet;
  if (!match) return item;
  item.fingerprint = match->fingerprint->id;
  item.because = match->fingerprint->because;
  item.certainty = match->fingerprint->certainty;
  item.claims = match->claims;
  return item;
}

// What a fingerprint knows first, the strongest first, then the oldest.
void Portrait::write_evidence(Device& device) const {
  using Entry = std::pair<const Merged*, const Match*>;
  std::vector<Entry> entries;
  for (const auto& [key, merged] : facts_) {
    for (const auto& match : merged.fact->matches) entries.emplace_back(&merged, &match);
    if (merged.fact->matches.empty()) entries.emplace_back(&merged, nullptr);
  }
  const auto rank = [](const Entry& entry) {
    const auto& [merged, match] = entry;
    return std::tuple(
        match ? -match->fingerprint->certainty : 1.0, merged->span.first, merged->packet,
        FactKey(merged->fact->field->name, merged->fact->value, merged->fact->protocol),
        match ? std::string_view(match->fingerprint->id) : std::string_view());
  };
  std::sort(entries.begin(), entries.end(),
            [&](const Entry& a, const Entry& b) { return rank(a) < rank(b); });
  if (entries.size() > kMaxEvidence) entries.resize(kMaxEvidence);
  for (const auto& [merged, match] : entries) device.evidence.push_back(item_of(*merged, match));
}

// A Host header and its like may hold an address, which is no name: "192.0.2.7:80",
// "[2001:db8::7]".
bool is_address(std::string_view name) {
  if (name.starts_with('[')) return true;
  return IpAddress::parse(name) || IpAddress::parse(name.substr(0, name.find(':')));
}

// The name that it was last called by.
void Portrait::write_hostname(Device& device) const {
  Time newest = Time::min();
  for (const auto& [key, merged] : facts_) {
    const auto& field = *merged.fact->field;
    if (field.role != FieldRole::locator || field.kind != FieldKind::text || field.hearsay)
      continue;
    if (is_address(merged.fact->value)) continue;
    if (!device.hostname.empty() && merged.span.last <= newest) continue;
    device.hostname = merged.fact->value;
    newest = merged.span.last;
  }
}

Device Portrait::draw() {
  take(root_);
  for (const auto* joined : root_.joined) take(*joined);
  fold_remote();
  fold_addressless();
  Device device;
  device.id = root_.owner.id();
  device.mac = root_.owner.mac;
  if (device.mac.none() && local_macs_.size() == 1) device.mac = local_macs_.begin()->first;
  device.first_seen = span_.first;
  device.last_seen = span_.last;
  write_places(device);
  write_hostname(device);
  write_evidence(device);
  fuse(testimony(), root_.owner.is_mac() && neighbourhood_.router(root_.owner.mac), device);
  return device;
}

}  // namespace

Device profile(const Anchor& root, const Neighbourhood& neighbourhood) {
  return Portrait(root, neighbourhood).draw();
}

}  // namespace camwarden
