#include "inventory/inventory.h"

#include <algorithm>
#include <utility>

#include "inventory/facts.h"
#include "inventory/profile.h"

namespace camwarden {

Inventory::Inventory(const Options& options, Matcher matcher)
    : facts_(std::make_unique<Facts>(options, std::move(matcher))) {}

Inventory::~Inventory() = default;

void Inventory::observe(const Observation& observation) {
  facts_->take({observation, observation.evidence.time, 1}, false);
}

void Inventory::restore(const Fact& fact) { facts_->take(fact, true); }

void Inventory::relearn(Matcher matcher) { facts_->relearn(std::move(matcher)); }

std::vector<Inventory::Change> Inventory::take_changes() {
  facts_->settle();
  return facts_->identity().take_changes();
}

std::optional<Device> Inventory::device(std::string_view id) const {
  facts_->settle();
  const auto owner = Owner::parse(id);
  const auto* anchor = owner ? facts_->identity().find(*owner) : nullptr;
  if (!anchor || !anchor->is_device()) return std::nullopt;
  return profile(*anchor, facts_->neighbourhood());
}

std::string Inventory::successor(std::string_view id) const {
  facts_->settle();
  const auto owner = Owner::parse(id);
  if (!owner) return "";
  const auto* anchor = facts_->identity().find(*owner);
  // Joined to another, or its facts went to whoever has its address now.
  if (!anchor || !anchor->root)
    anchor = facts_->identity().find(facts_->neighbourhood().latest_owner(*owner));
  if (!anchor || !anchor->root || anchor->root->owner == *owner) return "";
  return anchor->root->owner.id();
}

std::vector<Device> Inventory::devices(Which which) const {
  facts_->settle();
  std::vector<Device> all;
  all.reserve(facts_->identity().devices());
  for (const auto& [owner, anchor] : facts_->identity().anchors()) {
    if (anchor.is_device() && (which == Which::all || anchor.known()))
      all.push_back(profile(anchor, facts_->neighbourhood()));
  }
  std::sort(all.begin(), all.end(), [](const Device& a, const Device& b) { return a.id < b.id; });
  return all;
}

std::vector<std::string> Inventory::ids() const {
  facts_->settle();
  std::vector<std::string> ids;
  ids.reserve(facts_->identity().devices());
  for (const auto& [owner, anchor] : facts_->identity().anchors()) {
    if (anchor.is_device()) ids.push_back(owner.id());
  }
  return ids;
}

std::size_t Inventory::size() const {
  facts_->settle();
  return facts_->identity().devices();
}

const Inventory::Counters& Inventory::counters() const { return facts_->counters(); }

std::vector<Inventory::Fact> Inventory::take_dirty_facts() { return facts_->take_dirty(); }

}  // namespace camwarden
