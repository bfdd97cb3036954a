#include "inventory/identity.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace camwarden {
namespace {

bool contains(const auto& items, const auto& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

template <typename T>
void add_once(std::vector<T>& items, const T& item) {
  if (!contains(items, item)) items.push_back(item);
}

// Whose the facts of a sighting are, and through whose frames they came.
struct Owners {
  std::vector<Owner> owners;
  std::optional<Owner> front;
};

Owners owners_of(const Neighbourhood& neighbourhood, const Sighting& sighting) {
  Owners found;
  if (neighbourhood.names_itself(sighting)) return {{{sighting.who.mac, {}}}, std::nullopt};
  const bool framed = sighting.who.mac_origin == MacOrigin::frame && !sighting.who.ip.none();
  for (const auto& fact : sighting.facts) {
    const auto owners = neighbourhood.owners(sighting, fact);
    add_once(found.owners, owners.first);
    add_once(found.owners, owners.last);
    if (!framed || !fact.is_mac()) continue;
    const auto front = neighbourhood.frame_mac_owner(sighting, fact.first_seen);
    if (front.mac == sighting.who.mac) found.front = front;
  }
  return found;
}

}  // namespace

bool Anchor::known() const {
  const auto has_known = [](const Anchor* anchor) {
    return std::any_of(anchor->sightings.begin(), anchor->sightings.end(),
                       [](const Sighting* sighting) { return sighting->renown != Renown::none; });
  };
  return has_known(this) || std::any_of(joined.begin(), joined.end(), has_known);
}

Anchor& Identity::anchor(const Owner& owner) {
  auto& anchor = anchors_[owner];
  anchor.owner = owner;
  return anchor;
}

const Anchor* Identity::find(const Owner& owner) const {
  const auto found = anchors_.find(owner);
  return found == anchors_.end() ? nullptr : &found->second;
}

bool Identity::owns(const Anchor& anchor, const Sighting& sighting, const KnownFact& fact) const {
  if (sighting.front && fact.is_mac()) return false;
  if (sighting.owners.size() == 1) return true;
  const auto owners = neighbourhood_.owners(sighting, fact);
  return owners.first == anchor.owner || owners.last == anchor.owner;
}

std::vector<Anchor*> Identity::settle(std::size_t crowd) {
  for (auto* sighting : neighbourhood_.take_moved()) place(*sighting);
  Anchors affected;
  for (auto* anchor : unsettled_) {
    if (anchor->leaving) drop_lost(*anchor);
    describe(*anchor);
    affected.insert(anchor);
  }
  settle_holders(affected);
  regroup(std::move(affected));
  for (auto* anchor : unsettled_) {
    if (anchor->root) note(*anchor->root, Anchor::Change::news);
  }
  std::vector<Anchor*> crowded;
  std::copy_if(unsettled_.begin(), unsettled_.end(), std::back_inserter(crowded),
               [crowd](const Anchor* anchor) { return anchor->sightings.size() > crowd; });
  erase_empty();
  return crowded;
}

void Identity::place(Sighting& sighting) {
  const auto wanted = owners_of(neighbourhood_, sighting);
  Few<Anchor*> owners;
  for (const auto& owner : wanted.owners) owners.push_back(&anchor(owner));
  auto* front = wanted.front ? &anchor(*wanted.front) : nullptr;
  for (auto* lost : sighting.owners) {
    if (contains(owners, lost)) continue;
    lost->leaving = true;
    unsettle(*lost);
  }
  for (auto* gained : owners) {
    if (!contains(sighting.owners, gained)) gained->sightings.push_back(&sighting);
    unsettle(*gained);
  }
  if (sighting.front != front) {
    if (sighting.front) {
      sighting.front->leaving = true;
      unsettle(*sighting.front);
    }
    if (front) {
      front->fronted.push_back(&sighting);
      // One more host behind a router is no news of the router.
      if (front->fronted.size() == 1 || !front->root) {
        unsettle(*front);
      } else {
        note(*front->root, Anchor::Change::seen);
      }
    }
  }
  sighting.owners = std::move(owners);
  sighting.front = front;
}

void Identity::remove(const std::vector<Sighting*>& sightings) {
  for (auto* sighting : sightings) {
    for (auto* owner : std::exchange(sighting->owners, {})) {
      owner->leaving = true;
      unsettle(*owner);
    }
    if (auto* front = std::exchange(sighting->front, nullptr)) {
      front->leaving = true;
      unsettle(*front);
    }
  }
  for (auto* anchor : unsettled_) {
    if (anchor->leaving) drop_lost(*anchor);
  }
}

void Identity::unsettle(Anchor& anchor) {
  if (!std::exchange(anchor.unsettled, true)) unsettled_.push_back(&anchor);
}

// The sightings' own word on whose they are is the truth.
void Identity::drop_lost(Anchor& anchor) {
  erase_where(anchor.sightings, [&](const Sighting* s) { return !contains(s->owners, &anchor); });
  std::erase_if(anchor.fronted, [&](const Sighting* s) { return s->front != &anchor; });
  anchor.leaving = false;
}

// Counts the anchor's facts and collects its identifiers.
void Identity::describe(Anchor& anchor) {
  std::vector<std::uint64_t> identifiers;
  anchor.facts = 0;
  for (const auto* sighting : anchor.sightings) {
    for (const auto& fact : sighting->facts) {
      if (!owns(anchor, *sighting, fact)) continue;
      ++anchor.facts;
      for (const auto identifier : identifiers_in(fact)) identifiers.push_back(identifier);
    }
  }
  std::sort(identifiers.begin(), identifiers.end());
  identifiers.erase(std::unique(identifiers.begin(), identifiers.end()), identifiers.end());
  if (identifiers.size() > kMaxIdentifiers) identifiers.clear();
  if (anchor.alive() && anchor.owner.mac.burned_in()) {
    const auto own = mac_identifier(anchor.owner.mac);
    const auto at = std::lower_bound(identifiers.begin(), identifiers.end(), own);
    if (at == identifiers.end() || *at != own) identifiers.insert(at, own);
  }
  change_identifiers(anchor, identifiers);
}

void Identity::change_identifiers(Anchor& anchor, const std::vector<std::uint64_t>& identifiers) {
  if (std::equal(identifiers.begin(), identifiers.end(), anchor.identifiers.begin(),
                 anchor.identifiers.end())) {
    return;
  }
  std::vector<std::uint64_t> lost, gained;
  std::set_difference(anchor.identifiers.begin(), anchor.identifiers.end(), identifiers.begin(),
                      identifiers.end(), std::back_inserter(lost));
  std::set_difference(identifiers.begin(), identifiers.end(), anchor.identifiers.begin(),
                      anchor.identifiers.end(), std::back_inserter(gained));
  anchor.identifiers.assign(identifiers.begin(), identifiers.end());
  for (const auto identifier : lost) hold(identifier);
  for (const auto identifier : gained) {
    hold(identifier);
    holders_[identifier].anchors.push_back(&anchor);
  }
}

// The holders of an identifier are about to change.
void Identity::hold(std::uint64_t identifier) {
  auto& holders = holders_[identifier];
  if (std::exchange(holders.changed, true)) return;
  holders.before = holders.anchors.size();
  changed_holders_.push_back(identifier);
}

void Identity::settle_holders(Anchors& affected) {
  for (const auto identifier : changed_holders_) {
    auto& holders = holders_[identifier];
    holders.changed = false;
    erase_where(holders.anchors, [&](const Anchor* anchor) {
      return !std::binary_search(anchor->identifiers.begin(), anchor->identifiers.end(),
                                 identifier);
    });
    // One that joined nobody before and joins nobody now changes nothing.
    if (std::min(holders.before, holders.anchors.size()) <= kMaxHolders) {
      affected.insert(holders.anchors.begin(), holders.anchors.end());
    }
    if (holders.anchors.empty()) holders_.erase(identifier);
  }
  changed_holders_.clear();
}

// Whoever was in a group with an affected anchor, or is in its chain now, is affected too.
void Identity::regroup(Anchors affected) {
  std::vector<Anchor*> waiting(affected.begin(), affected.end());
  const auto affect = [&](Anchor* anchor) {
    if (affected.insert(anchor).second) waiting.push_back(anchor);
  };
  std::vector<std::pair<Anchor*, Anchor*>> roots;
  while (!waiting.empty()) {
    auto* anchor = waiting.back();
    waiting.pop_back();
    if (anchor->root) {
      affect(anchor->root);
      for (auto* other : anchor->root->joined) affect(other);
    }
    const auto linked = chain(*anchor);
    if (linked.size() <= kMaxChain) std::for_each(linked.begin(), linked.end(), affect);
    roots.emplace_back(anchor, root_of(*anchor, linked));
  }
  for (const auto& [anchor, root] : roots) set_root(*anchor, root);
}

// The IP anchors that are linked to this one through identifiers that no MAC has, itself first; a
// few more than kMaxChain when there are too many.
std::vector<Anchor*> Identity::chain(Anchor& from) const {
  std::vector<Anchor*> linked{&from};
  if (from.owner.is_mac() || !from.alive()) return linked;
  std::set<const Anchor*> seen{&from};
  for (std::size_t i = 0; i < linked.size() && linked.size() <= kMaxChain; ++i) {
    for (const auto identifier : linked[i]->identifiers) {
      const auto found = holders_.find(identifier);
      if (found == holders_.end() || found->second.anchors.size() > kMaxHolders) continue;
      const auto& anchors = found->second.anchors;
      const auto is_mac = [](const Anchor* anchor) { return anchor->owner.is_mac(); };
      if (std::any_of(anchors.begin(), anchors.end(), is_mac)) continue;
      for (auto* anchor : anchors) {
        if (seen.insert(anchor).second) linked.push_back(anchor);
      }
    }
  }
  return linked;
}

// The MAC anchors that an identifier of this IP anchor leads to.
std::vector<Anchor*> Identity::direct_macs(const Anchor& anchor) const {
  std::vector<Anchor*> macs;
  for (const auto identifier : anchor.identifiers) {
    const auto found = holders_.find(identifier);
    if (found == holders_.end() || found->second.anchors.size() > kMaxHolders) continue;
    std::vector<Anchor*> holding;
    for (auto* other : found->second.anchors) {
      if (other->owner.is_mac()) holding.push_back(other);
    }
    if (holding.size() == 1) add_once(macs, holding.front());
  }
  return macs;
}

Anchor* Identity::root_of(Anchor& anchor, const std::vector<Anchor*>& chain) const {
  if (!anchor.alive()) return nullptr;
  if (anchor.owner.is_mac() || chain.size() > kMaxChain) return &anchor;
  std::vector<Anchor*> macs;
  for (const auto* linked : chain) {
    for (auto* mac : direct_macs(*linked)) add_once(macs, mac);
  }
  if (macs.size() == 1) return macs.front();
  if (macs.size() > 1) {
    const auto own = direct_macs(anchor);
    return own.size() == 1 ? own.front() : &anchor;
  }
  return *std::min_element(chain.begin(), chain.end(),
                           [](const Anchor* a, const Anchor* b) { return a->owner < b->owner; });
}

void Identity::set_root(Anchor& anchor, Anchor* root) {
  auto* before = anchor.root;
  if (before == root) return;
  if (before == &anchor) {
    end_device(anchor);
  } else if (before) {
    std::erase(before->joined, &anchor);
    note(*before, Anchor::Change::news);
  }
  anchor.root = root;
  if (root == &anchor) {
    ++devices_;
    vanished_.erase(anchor.owner.id());
  } else if (root) {
    root->joined.push_back(&anchor);
  }
  if (root) note(*root, Anchor::Change::news);
}

void Identity::end_device(Anchor& root) {
  --devices_;
  root.root = nullptr;
  if (root.reported) vanished_.insert(root.owner.id());
  root.reported = false;
}

void Identity::note(Anchor& root, Anchor::Change change) {
  if (root.change == Anchor::Change::none) changed_.push_back(&root);
  root.change = std::max(root.change, change);
}

void Identity::seen(const Sighting& sighting) {
  for (const auto* owner : sighting.owners) {
    if (owner->root) note(*owner->root, Anchor::Change::seen);
  }
  if (sighting.front && sighting.front->root) note(*sighting.front->root, Anchor::Change::seen);
}

void Identity::all_changed() {
  for (auto& [owner, anchor] : anchors_) unsettle(anchor);
}

// An anchor that nothing names any more is no longer in anyone's list: its identifiers are gone,
// and it is nobody's root.
// Whoever lost a sighting is unsettled. Where nobody asks for changes these are many, and every
// look at a device comes by here.
void Identity::erase_empty() {
  if (unsettled_.empty()) return;
  const auto empty = [](const Anchor* anchor) {
    return anchor->sightings.empty() && anchor->fronted.empty();
  };
  std::erase_if(changed_, empty);
  for (auto* anchor : std::exchange(unsettled_, {})) {
    anchor->unsettled = false;
    if (empty(anchor)) anchors_.erase(Owner(anchor->owner));
  }
}

std::vector<Inventory::Change> Identity::take_changes() {
  std::vector<Inventory::Change> changes;
  for (auto* anchor : std::exchange(changed_, {})) {
    const bool news = std::exchange(anchor->change, Anchor::Change::none) == Anchor::Change::news;
    if (!anchor->is_device()) continue;
    anchor->reported = true;
    changes.push_back({anchor->owner.id(), news, anchor->known()});
  }
  for (const auto& id : std::exchange(vanished_, {})) changes.push_back({id, true, true});
  std::sort(changes.begin(), changes.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return changes;
}

}  // namespace camwarden
