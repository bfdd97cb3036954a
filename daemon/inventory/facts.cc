#include "inventory/facts.h"

#include <algorithm>
#include <utility>

namespace camwarden {
namespace {

// Names come from a list of constants; the limit is for a database that somebody else wrote.
constexpr std::size_t kMaxProtocols = 256;

Renown renown_of(const KnownFact& fact) {
  if (fact.matches.empty()) return Renown::none;
  return fact.is_mac() ? Renown::registrant : Renown::fingerprint;
}

Renown renown_of(const Sighting& sighting) {
  Renown best = Renown::none;
  for (const auto& fact : sighting.facts) best = std::max(best, renown_of(fact));
  return best;
}

}  // namespace

std::size_t bytes_of(const KnownFact& fact) {
  std::size_t bytes = sizeof fact + fact.value.capacity();
  for (const auto& match : fact.matches)
    bytes += sizeof match + match.claims.size() * sizeof(Claim);
  return bytes;
}

Inventory::Facts::Facts(const Options& options, Matcher matcher)
    : options_(options),
      matcher_(std::move(matcher)),
      neighbourhood_(options.router_fronts),
      identity_(neighbourhood_) {}

void Inventory::Facts::take(const Fact& fact, bool stored) {
  const auto& observation = fact.first;
  const auto who = sane(observation.who);
  if (!observation.field || (who.mac.none() && who.ip.none())) {
    ++counters_.facts_refused;
    return;
  }
  newest_ = std::max(newest_, fact.last_seen);
  // Before anything points into the tables: making room takes out of them.
  const bool room = bytes_ < options_.max_bytes || make_room(newest_);
  auto* sighting = sighting_of(who, newest_);
  if (!sighting) return;
  auto* known = find(*sighting, observation);
  if (known) return repeat(*sighting, *known, fact);
  if (!room || !add(*sighting, fact, stored)) ++counters_.facts_refused;
}

Sighting* Inventory::Facts::sighting_of(const Subject& who, Time now) {
  const auto found = sightings_.find(who);
  if (found != sightings_.end()) return &found->second;
  const bool stranger = !identity_.find({who.mac, {}}) && !identity_.find({{}, who.ip});
  if ((stranger && now < full_until_) || (full() && !make_room(now))) {
    ++counters_.devices_refused;
    return nullptr;
  }
  auto& sighting = sightings_[who];
  sighting.who = who;
  return &sighting;
}

KnownFact* Inventory::Facts::find(Sighting& sighting, const Observation& observation) const {
  for (auto& fact : sighting.facts) {
    if (fact.field->name == observation.field->name && fact.value == observation.value &&
        fact.protocol == observation.evidence.protocol) {
      return &fact;
    }
  }
  return nullptr;
}

// Seen before: the earliest sighting is the first, in whichever order they come.
void Inventory::Facts::repeat(Sighting& sighting, KnownFact& known, const Fact& fact) {
  const auto& evidence = fact.first.evidence;
  const auto age = std::tuple(evidence.time, evidence.packet, evidence.active);
  if (age < std::tuple(known.first_seen, known.packet, known.active)) {
    std::tie(known.first_seen, known.packet, known.active) = age;
  }
  known.last_seen = std::max(known.last_seen, fact.last_seen);
  known.count += fact.count;
  mark_dirty(sighting, known);
  sighting.first_seen = std::min(sighting.first_seen, known.first_seen);
  sighting.last_seen = std::max(sighting.last_seen, known.last_seen);
  neighbourhood_.seen_again(sighting);
  identity_.seen(sighting);
}

bool Inventory::Facts::add(Sighting& sighting, const Fact& fact, bool stored) {
  const auto& evidence = fact.first.evidence;
  KnownFact known{.field = fact.first.field,
                  .value = fact.first.value.substr(0, kMaxValueBytes),
                  .protocol = interned(evidence.protocol),
                  .first_seen = evidence.time,
                  .last_seen = std::max(fact.last_seen, evidence.time),
                  .packet = evidence.packet,
                  .count = std::max<std::uint64_t>(fact.count, 1),
                  .active = evidence.active,
                  .stored = stored,
                  .matches = {}};
  learn(known);
  const bool is_new = sighting.facts.empty();
  if (!is_new && !room_in(sighting, !known.matches.empty())) return false;
  sighting.first_seen = is_new ? known.first_seen : std::min(sighting.first_seen, known.first_seen);
  sighting.last_seen = is_new ? known.last_seen : std::max(sighting.last_seen, known.last_seen);
  sighting.renown = std::max(sighting.renown, renown_of(known));
  bytes_ += bytes_of(known) + (is_new ? sizeof(Sighting) : 0);
  ++counters_.facts;
  sighting.facts.push_back(std::move(known));
  if (!stored) mark_dirty(sighting, sighting.facts.back());
  if (is_new) {
    neighbourhood_.add(sighting);
  } else {
    neighbourhood_.unsettle(sighting);
    neighbourhood_.seen_again(sighting);
  }
  return true;
}

// In a full device a fact that a fingerprint knows takes the place of one that none does, so that
// nobody can bury a camera's own words under made-up ones.
bool Inventory::Facts::room_in(Sighting& sighting, bool known) {
  if (facts_of_device(sighting) < options_.max_facts_per_device) return true;
  if (!known) return false;
  auto& facts = sighting.facts;
  auto oldest = facts.end();
  for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
    if (fact->matches.empty() && (oldest == facts.end() || fact->last_seen < oldest->last_seen))
      oldest = fact;
  }
  if (oldest == facts.end()) return false;
  forget(sighting, *oldest);
  facts.erase(oldest);
  ++counters_.facts_refused;
  return true;
}

std::size_t Inventory::Facts::facts_of_device(const Sighting& sighting) const {
  std::size_t facts = sighting.facts.size();
  for (const auto* owner : sighting.owners) facts = std::max(facts, owner->facts);
  return facts;
}

void Inventory::Facts::learn(KnownFact& fact) { fact.matches = matcher_(*fact.field, fact.value); }

void Inventory::Facts::relearn(Matcher matcher) {
  const Matcher before = std::exchange(matcher_, std::move(matcher));  // owns what matches point at
  for (auto& [who, sighting] : sightings_) {
    for (auto& fact : sighting.facts) {
      bytes_ -= bytes_of(fact);
      learn(fact);
      bytes_ += bytes_of(fact);
    }
    sighting.renown = renown_of(sighting);
  }
  identity_.all_changed();
}

void Inventory::Facts::mark_dirty(Sighting& sighting, KnownFact& fact) {
  fact.dirty = true;
  if (!std::exchange(sighting.dirty, true)) dirty_.push_back(&sighting);
}

std::string_view Inventory::Facts::interned(std::string_view protocol) {
  const auto found = protocols_.find(protocol);
  if (found != protocols_.end()) return *found;
  if (protocols_.size() >= kMaxProtocols) return "other";
  return *protocols_.emplace(protocol).first;
}

std::vector<Inventory::Fact> Inventory::Facts::take_dirty() {
  // What is forgotten first: the same fact may have come anew since.
  auto facts = std::exchange(forgotten_, {});
  for (auto* sighting : std::exchange(dirty_, {})) {
    sighting->dirty = false;
    for (auto& fact : sighting->facts) {
      if (!std::exchange(fact.dirty, false)) continue;
      fact.stored = true;
      const Evidence evidence{fact.first_seen, fact.packet, fact.protocol, fact.active};
      facts.push_back(
          {{sighting->who, fact.field, fact.value, evidence}, fact.last_seen, fact.count});
    }
  }
  return facts;
}

void Inventory::Facts::settle() {
  for (;;) {
    const auto crowded = identity_.settle(options_.max_facts_per_device);
    if (!crowded.empty()) {
      trim(crowded);
    } else if (identity_.devices() > options_.max_devices) {
      const auto before = identity_.devices();
      evict(before - options_.max_devices + options_.max_devices / 16, 0, 0);
      identity_.settle(SIZE_MAX);
      if (identity_.devices() > options_.max_devices) turn_away_newest();
      identity_.settle(SIZE_MAX);
      if (identity_.devices() >= before) return;
    } else {
      return;
    }
  }
}

}  // namespace camwarden
