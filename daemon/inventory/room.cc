// The room that facts may take, and who goes when there is none left: first what no fingerprint
// knows, longest unseen first; then what only a MAC's registrant makes known, when unseen for an
// hour; then anything unseen for a week. A device that is here and known is never evicted.

#include <algorithm>
#include <tuple>
#include <utility>

#include "inventory/facts.h"

namespace camwarden {
namespace {

constexpr auto kRegistrantStays = std::chrono::hours(1);
constexpr auto kKnownStays = std::chrono::hours(24 * 7);
constexpr auto kTryAgainAfter = std::chrono::seconds(10);
// A host shows a handful: frames and messages, both IP families, a VLAN.
constexpr std::size_t kSightingsPerDevice = 8;

template <typename Visit>
void each_anchor(const Anchor& anchor, Visit visit) {
  visit(anchor);
  for (const auto* joined : anchor.joined) visit(*joined);
}

}  // namespace

struct Inventory::Facts::Candidate {
  Renown renown = Renown::none;
  Time first_seen = Time::max(), last_seen = Time::min();
  std::vector<Sighting*> sightings;  // that nobody else owns a part of
  bool device = false;
  std::size_t bytes = 0;
  Owner owner;

  bool evictable(Time now) const {
    switch (renown) {
      case Renown::none:
        return true;
      case Renown::registrant:
        return now - last_seen > kRegistrantStays;
      case Renown::fingerprint:
        return now - last_seen > kKnownStays;
    }
    return false;
  }
};

bool Inventory::Facts::full() const {
  return sightings_.size() >= options_.max_devices * kSightingsPerDevice ||
         bytes_ >= options_.max_bytes;
}

bool Inventory::Facts::make_room(Time now) {
  if (now < full_until_) return false;
  settle();
  const auto most = options_.max_devices * kSightingsPerDevice;
  const auto sightings = sightings_.size() + most / 16 + 1;
  const auto bytes = bytes_ + options_.max_bytes / 16;
  evict(0, sightings > most ? sightings - most : 0,
        bytes > options_.max_bytes ? bytes - options_.max_bytes : 0);
  identity_.settle(SIZE_MAX);
  if (!full()) return true;
  full_until_ = now + kTryAgainAfter;
  return false;
}

std::vector<Inventory::Facts::Candidate> Inventory::Facts::candidates() const {
  std::vector<Candidate> all;
  for (const auto& [owner, anchor] : identity_.anchors()) {
    if (anchor.root && !anchor.is_device()) continue;  // goes with its root
    Candidate candidate;
    candidate.owner = owner;
    candidate.device = anchor.is_device() && anchor.fronted.empty();
    each_anchor(anchor, [&](const Anchor& part) {
      for (auto* sighting : part.sightings) {
        candidate.renown = std::max(candidate.renown, sighting->renown);
        candidate.first_seen = std::min(candidate.first_seen, sighting->first_seen);
        candidate.last_seen = std::max(candidate.last_seen, sighting->last_seen);
        if (sighting->owners.size() != 1) continue;
        candidate.sightings.push_back(sighting);
        for (const auto& fact : sighting->facts) candidate.bytes += bytes_of(fact);
      }
    });
    // The router's name in the frames of a host says nothing of the host.
    if (!anchor.root) candidate.renown = Renown::none;
    if (!candidate.sightings.empty()) all.push_back(std::move(candidate));
  }
  return all;
}

void Inventory::Facts::evict(std::size_t devices, std::size_t sightings, std::size_t bytes) {
  auto all = candidates();
  std::erase_if(all, [this](const Candidate& candidate) { return !candidate.evictable(newest_); });
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.renown, a.last_seen, a.owner) < std::tie(b.renown, b.last_seen, b.owner);
  });
  const auto reduce = [](std::size_t& left, std::size_t by) { left -= std::min(left, by); };
  std::vector<Sighting*> going;
  for (const auto& candidate : all) {
    if (devices == 0 && sightings == 0 && bytes == 0) break;
    going.insert(going.end(), candidate.sightings.begin(), candidate.sightings.end());
    reduce(devices, candidate.device);
    reduce(sightings, candidate.sightings.size());
    reduce(bytes, candidate.bytes);
    counters_.devices_evicted += candidate.device;
  }
  remove(going);
}

// All that is left is known and here: whoever came last finds no room, and nor do more strangers
// for a while, so that a flood of them costs no search each.
void Inventory::Facts::turn_away_newest() {
  auto all = candidates();
  std::erase_if(all, [](const Candidate& candidate) { return !candidate.device; });
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(b.first_seen, b.owner) < std::tie(a.first_seen, a.owner);
  });
  const auto over = identity_.devices() - options_.max_devices;
  if (all.size() > over) all.resize(over);
  std::vector<Sighting*> going;
  for (const auto& candidate : all) {
    going.insert(going.end(), candidate.sightings.begin(), candidate.sightings.end());
  }
  counters_.devices_refused += all.size();
  full_until_ = newest_ + kTryAgainAfter;
  remove(going);
}

// A device that was seen in too many places loses the oldest.
void Inventory::Facts::trim(const std::vector<Anchor*>& crowded) {
  std::vector<Sighting*> going;
  for (const auto* anchor : crowded) {
    auto all = anchor->sightings;
    std::sort(all.begin(), all.end(), [](const Sighting* a, const Sighting* b) {
      return std::tie(a->last_seen, a->who) < std::tie(b->last_seen, b->who);
    });
    all.resize(all.size() - options_.max_facts_per_device * 3 / 4);
    for (auto* sighting : all) {
      if (std::exchange(sighting->gone, true)) continue;
      counters_.facts_refused += sighting->facts.size();
      going.push_back(sighting);
    }
  }
  remove(going);
}

void Inventory::Facts::remove(const std::vector<Sighting*>& sightings) {
  for (auto* sighting : sightings) {
    sighting->gone = true;
    for (auto& fact : sighting->facts) forget(*sighting, fact);
    bytes_ -= sizeof(Sighting);
  }
  std::erase_if(dirty_, [](const Sighting* sighting) { return sighting->gone; });
  identity_.remove(sightings);
  neighbourhood_.remove(sightings);
  for (const auto* sighting : sightings) sightings_.erase(Subject(sighting->who));
}

void Inventory::Facts::forget(const Sighting& sighting, KnownFact& fact) {
  bytes_ -= bytes_of(fact);
  --counters_.facts;
  if (!fact.stored) return;
  const Evidence evidence{fact.first_seen, fact.packet, fact.protocol, fact.active};
  forgotten_.push_back(
      {{sighting.who, fact.field, std::move(fact.value), evidence}, fact.last_seen, 0});
}

}  // namespace camwarden
