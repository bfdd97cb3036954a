#include "inventory/neighbourhood.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace camwarden {
namespace {

// An IPv4 address, or the /64 of an IPv6 address; none for what does not count.
IpAddress front_of(const IpAddress& ip) {
  if (ip.link_local()) return {};
  IpAddress front = ip;
  if (ip.is_v6()) std::fill(front.octets.begin() + 8, front.octets.end(), 0);
  return front;
}

// Something that held from first to last; `what` is a MAC or an IP.
template <typename What>
struct Interval {
  What what;
  Time first, last;
};

template <typename What>
void extend(std::vector<Interval<What>>& intervals, const What& what, const Sighting& sighting) {
  for (auto& held : intervals) {
    if (held.what != what) continue;
    held.first = std::min(held.first, sighting.first_seen);
    held.last = std::max(held.last, sighting.last_seen);
    return;
  }
  intervals.push_back({what, sighting.first_seen, sighting.last_seen});
}

// Those that overlap, one after the other, come to one lot; who held it in a lot of several is
// known only before the second began and since the last ended.
template <typename What>
struct Lot {
  const Interval<What>* opener = nullptr;
  const Interval<What>* closer = nullptr;
  Time contested_from = Time::max();
};

template <typename What>
std::vector<Lot<What>> lots_of(const std::vector<Interval<What>>& sorted) {
  std::vector<Lot<What>> lots;
  for (const auto& held : sorted) {
    if (lots.empty() || held.first >= lots.back().closer->last) {
      lots.push_back({&held, &held, Time::max()});
      continue;
    }
    auto& lot = lots.back();
    lot.contested_from = std::min(lot.contested_from, held.first);
    if (held.last > lot.closer->last) lot.closer = &held;
  }
  return lots;
}

// The most IPv4 addresses that were bound at one moment.
std::size_t most_at_once(const std::vector<Sighting*>& bindings) {
  std::vector<Interval<IpAddress>> intervals;
  for (const auto* binding : bindings) {
    if (binding->who.ip.is_v4() && !binding->gone) extend(intervals, binding->who.ip, *binding);
  }
  std::vector<std::pair<Time, int>> edges;  // an end sorts behind a beginning of the same time
  for (const auto& held : intervals) {
    edges.emplace_back(held.first, 0);
    edges.emplace_back(held.last, 1);
  }
  std::sort(edges.begin(), edges.end());
  std::size_t now = 0, most = 0;
  for (const auto& [time, ends] : edges) {
    now = ends ? now - 1 : now + 1;
    most = std::max(most, now);
  }
  return most;
}

void erase_gone(auto& sightings) {
  erase_where(sightings, [](const Sighting* sighting) { return sighting->gone; });
}

}  // namespace

template <typename What>
struct Neighbourhood::Held {
  std::optional<What> what;
  bool contested = false;

  // Who held it at a time: whoever began last by then, or else the one that began first.
  static Held at(std::vector<Interval<What>> intervals, Time when) {
    std::sort(intervals.begin(), intervals.end(), [](const auto& a, const auto& b) {
      return std::tie(a.first, a.what) < std::tie(b.first, b.what);
    });
    const auto lots = lots_of(intervals);
    if (lots.empty()) return {};
    auto lot = std::find_if(lots.rbegin(), lots.rend(),
                            [&](const Lot<What>& one) { return one.opener->first <= when; });
    if (lot == lots.rend()) return {lots.front().opener->what, false};
    if (when < lot->contested_from) return {lot->opener->what, false};
    if (when < lot->closer->last) return {std::nullopt, true};
    return {lot->closer->what, false};
  }
};

std::string Owner::id() const {
  if (!is_mac()) return "ip-" + ip.to_string();
  return fmt::format("mac-{:012x}", mac.number());
}

std::optional<Owner> Owner::parse(std::string_view id) {
  if (id.starts_with("mac-") && id.size() == 16) {
    if (const auto mac = MacAddress::parse(id.substr(4))) return Owner{*mac, {}};
  }
  if (id.starts_with("ip-")) {
    if (const auto ip = IpAddress::parse(id.substr(3))) return Owner{{}, *ip};
  }
  return std::nullopt;
}

void Neighbourhood::add(Sighting& sighting) {
  const auto& who = sighting.who;
  unsettle(sighting);
  if (!who.ip.none()) {
    auto& node = ips_[who.ip];
    node.sightings.push_back(&sighting);
    if (who.bound && who.mac.burned_in()) {
      node.bindings.push_back(&sighting);
      move(who.ip);
    }
  }
  if (who.mac.none()) return;
  auto& node = macs_[who.mac];
  node.sightings.push_back(&sighting);
  if (who.bound) {
    node.bindings.push_back(&sighting);
    if (!who.mac.burned_in()) move(who.mac, node);
  }
  count(node, who, 1);
  judge(who.mac, node);
}

void Neighbourhood::seen_again(Sighting& sighting) {
  const auto& who = sighting.who;
  if (!who.ip.none()) {
    // Times matter only where there is a choice.
    const auto& node = ips_[who.ip];
    if (node.bindings.size() > 1) {
      if (who.bound) {
        move(who.ip);
      } else {
        unsettle(sighting);
      }
    }
  }
  if (who.mac.none()) return;
  auto& node = macs_[who.mac];
  if (node.bindings.size() < 2) return;
  if (who.bound && !who.mac.burned_in()) {
    move(who.mac, node);
  } else if (who.ip.none()) {
    unsettle(sighting);
  }
  if (who.bound && node.v4_bound >= kProxyBinds) judge(who.mac, node);
}

void Neighbourhood::remove(const std::vector<Sighting*>& sightings) {
  std::set<MacAddress> macs;
  std::set<IpAddress> ips;
  for (const auto* sighting : sightings) {
    if (!sighting->who.ip.none()) ips.insert(sighting->who.ip);
    if (sighting->who.mac.none()) continue;
    macs.insert(sighting->who.mac);
    auto& node = macs_[sighting->who.mac];
    node.sticky = node.sticky || node.router;
    count(node, sighting->who, -1);
  }
  for (const auto& ip : ips) forget(ip);
  for (const auto& mac : macs) forget(mac);
  erase_gone(moved_);
}

void Neighbourhood::forget(const IpAddress& ip) {
  auto& node = ips_[ip];
  erase_gone(node.sightings);
  erase_gone(node.bindings);
  move(ip);
  if (node.sightings.empty()) ips_.erase(ip);
}

void Neighbourhood::forget(const MacAddress& mac) {
  auto& node = macs_[mac];
  erase_gone(node.sightings);
  erase_gone(node.bindings);
  judge(mac, node);
  if (!mac.burned_in()) move(mac, node);
  if (node.sightings.empty()) macs_.erase(mac);
}

// Keeps the counts of a MAC while a sighting comes (1) or goes (-1).
void Neighbourhood::count(MacNode& node, const Subject& who, int step) {
  const auto key = front_of(who.ip);
  if (key.none()) return;
  auto& front = node.fronts[key];
  const Front before = front;
  const auto open = [](const Front& f) { return f.framed > 0 && f.bound == 0; };
  const bool framed = who.mac_origin == MacOrigin::frame;
  front.framed += framed ? step : 0;
  front.routed += framed && who.routed ? step : 0;
  front.bound += who.bound ? step : 0;
  node.routed += framed && who.routed ? step : 0;
  auto& fronts = key.is_v4() ? node.v4_fronts : node.v6_fronts;
  fronts += open(front) - open(before);
  if (key.is_v4()) {
    node.v4_bound += (front.bound > 0) - (before.bound > 0);
    node.v4_routed += (front.routed > 0) - (before.routed > 0);
    if (before.relayed() != front.relayed()) move(who.mac, node);
  }
  // A host that was taken for a neighbour turns out to be behind this MAC, or the other way round.
  const auto behind = [&](const Front& f) { return f.routed > 0 && f.bound == 0; };
  if (before.framed > 0 && behind(before) != behind(front)) move(who.mac, node);
  if (front.framed == 0 && front.bound == 0) node.fronts.erase(key);
}

void Neighbourhood::judge(const MacAddress& mac, MacNode& node) {
  const bool proxy = node.v4_bound >= kProxyBinds && (node.bindings.size() > 4 * kMaxBindings ||
                                                      most_at_once(node.bindings) >= kProxyBinds);
  const auto fronts = std::max(node.v4_fronts, node.v6_fronts);
  const bool router = mac.virtual_router() || proxy || node.sticky || fronts >= router_fronts_ ||
                      (node.routed > 0 && fronts >= 2) || node.v4_routed >= 2;
  if (proxy != node.proxy || router != node.router) {
    for (const auto* binding : node.bindings) move(binding->who.ip);
  }
  if (router != node.router) move(mac, node);
  node.proxy = proxy;
  node.router = router;
}

void Neighbourhood::move(const MacAddress& mac, MacNode& node) {
  if (std::exchange(node.moved, true)) return;
  moved_macs_.push_back(mac);
}

void Neighbourhood::move(const IpAddress& ip) {
  auto& node = ips_[ip];
  if (std::exchange(node.moved, true)) return;
  moved_ips_.push_back(ip);
}

void Neighbourhood::unsettle(Sighting& sighting) {
  if (!std::exchange(sighting.unsettled, true)) moved_.push_back(&sighting);
}

std::vector<Sighting*> Neighbourhood::take_moved() {
  const auto take = [this](auto& nodes, auto& keys) {
    for (const auto& key : keys) {
      const auto found = nodes.find(key);
      if (found == nodes.end()) continue;
      found->second.moved = false;
      for (auto* sighting : found->second.sightings) unsettle(*sighting);
    }
    keys.clear();
  };
  take(macs_, moved_macs_);
  take(ips_, moved_ips_);
  for (auto* sighting : moved_) sighting->unsettled = false;
  return std::exchange(moved_, {});
}

bool Neighbourhood::router(const MacAddress& mac) const {
  const auto found = macs_.find(mac);
  return found != macs_.end() && found->second.router;
}

// Routed packets from it were seen with this MAC, so packets to it go the same way back.
bool Neighbourhood::behind(const MacNode& node, const IpAddress& ip) const {
  const auto front = node.fronts.find(front_of(ip));
  return front != node.fronts.end() && front->second.routed > 0 && front->second.bound == 0;
}

bool Neighbourhood::names_itself(const Sighting& sighting) const {
  const auto& who = sighting.who;
  if (!who.mac.burned_in()) return false;
  if (who.mac_origin == MacOrigin::payload) return true;
  if (who.routed) return false;
  const auto node = macs_.find(who.mac);
  return node == macs_.end() || (!node->second.router && !behind(node->second, who.ip));
}

// A packet that the MAC did not send but forwarded, from an address that is bound to it.
bool Neighbourhood::relays(const Subject& who) const {
  const auto node = macs_.find(who.mac);
  if (!who.routed || node == macs_.end()) return false;
  const auto front = node->second.fronts.find(front_of(who.ip));
  if (front == node->second.fronts.end()) return false;
  return node->second.router || (who.ip.is_v4() && front->second.relayed());
}

bool Neighbourhood::binds(const Sighting& binding, bool beside_hosts) const {
  const auto node = macs_.find(binding.who.mac);
  return node == macs_.end() || !(node->second.proxy || (beside_hosts && node->second.router));
}

Neighbourhood::Held<MacAddress> Neighbourhood::bound_mac(const IpAddress& ip, Time when) const {
  const auto found = ips_.find(ip);
  if (found == ips_.end() || found->second.bindings.size() > kMaxBindings) return {};
  const auto& bindings = found->second.bindings;
  const bool hosts = std::any_of(bindings.begin(), bindings.end(),
                                 [&](const auto* one) { return binds(*one, true); });
  std::vector<Interval<MacAddress>> intervals;
  for (const auto* binding : bindings) {
    if (binds(*binding, hosts)) extend(intervals, binding->who.mac, *binding);
  }
  return Held<MacAddress>::at(std::move(intervals), when);
}

Neighbourhood::Held<IpAddress> Neighbourhood::bound_ip(const MacAddress& mac, Time when) const {
  const auto found = macs_.find(mac);
  if (found == macs_.end() || found->second.bindings.size() > kMaxBindings || found->second.proxy)
    return {};
  std::vector<Interval<IpAddress>> intervals;
  for (const auto family : {IpAddress::Family::v4, IpAddress::Family::v6}) {
    for (const auto* binding : found->second.bindings) {
      if (binding->who.ip.family == family) extend(intervals, binding->who.ip, *binding);
    }
    if (!intervals.empty()) break;
  }
  return Held<IpAddress>::at(std::move(intervals), when);
}

Neighbourhood::Claimed Neighbourhood::owner(const Sighting& sighting, Time when) const {
  const auto& who = sighting.who;
  if (names_itself(sighting)) return {{who.mac, {}}, false};
  if (!who.ip.none()) {
    const auto mac = bound_mac(who.ip, when);
    if (mac.what == who.mac && relays(who)) return {{{}, who.ip}, mac.contested};
    return {mac.what ? Owner{*mac.what, {}} : Owner{{}, who.ip}, mac.contested};
  }
  if (who.mac.burned_in()) return {{who.mac, {}}, false};
  const auto ip = bound_ip(who.mac, when);
  return {ip.what ? Owner{{}, *ip.what} : Owner{who.mac, {}}, ip.contested};
}

Neighbourhood::Owners Neighbourhood::owners(const Sighting& sighting, const KnownFact& fact) const {
  auto first = owner(sighting, fact.first_seen);
  auto last = fact.last_seen == fact.first_seen ? first : owner(sighting, fact.last_seen);
  if (first.contested && !last.contested) first = last;
  if (last.contested && !first.contested) last = first;
  return {first.owner, last.owner};
}

Owner Neighbourhood::frame_mac_owner(const Sighting& sighting, Time when) const {
  const auto& mac = sighting.who.mac;
  if (mac.burned_in() || router(mac)) return {mac, {}};
  return owner(sighting, when).owner;
}

Neighbourhood::Placed Neighbourhood::placed(const Sighting& sighting) const {
  const auto& who = sighting.who;
  const auto node = macs_.find(who.mac);
  if (node == macs_.end()) return Placed::nowhere;
  bool framed = false;
  for (const auto* other : node->second.sightings) {
    if (other->who.mac_origin != MacOrigin::frame) continue;
    framed = true;
    if (other->who.vlan == who.vlan && other->who.interface == who.interface) return Placed::here;
  }
  return framed ? Placed::elsewhere : Placed::nowhere;
}

Owner Neighbourhood::latest_owner(const Owner& gone) const {
  const Time now = Time::max();
  if (gone.is_mac()) {
    const auto ip = bound_ip(gone.mac, now).what;
    return ip ? Owner{{}, *ip} : gone;
  }
  const auto mac = bound_mac(gone.ip, now).what;
  return mac ? Owner{*mac, {}} : gone;
}

}  // namespace camwarden
