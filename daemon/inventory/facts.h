#pragma once
// Inventory::Facts: all sightings with their facts, what of them the store has not seen yet, and
// the room they may take. Identity is derived lazily, when somebody asks: a thousand observations
// in a row cost one derivation.
//
// Thread: core.

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/identity.h"
#include "inventory/inventory.h"
#include "inventory/neighbourhood.h"
#include "inventory/sighting.h"

namespace camwarden {

class Inventory::Facts {
 public:
  Facts(const Options& options, Matcher matcher);

  void take(const Fact& fact, bool stored);
  void relearn(Matcher matcher);
  void settle();

  const Identity& identity() const { return identity_; }
  Identity& identity() { return identity_; }
  const Neighbourhood& neighbourhood() const { return neighbourhood_; }
  const Counters& counters() const { return counters_; }
  std::vector<Fact> take_dirty();

 private:
  struct Candidate;  // for eviction

  Sighting* sighting_of(const Subject& who, Time now);
  KnownFact* find(Sighting& sighting, const Observation& observation) const;
  void repeat(Sighting& sighting, KnownFact& known, const Fact& fact);
  bool add(Sighting& sighting, const Fact& fact, bool stored);
  bool room_in(Sighting& sighting, bool known);
  void learn(KnownFact& fact);
  void mark_dirty(Sighting& sighting, KnownFact& fact);
  std::string_view interned(std::string_view protocol);
  std::size_t facts_of_device(const Sighting& sighting) const;

  bool full() const;
  bool make_room(Time now);
  void evict(std::size_t devices, std::size_t sightings, std::size_t bytes);
  std::vector<Candidate> candidates() const;
  void turn_away_newest();
  void trim(const std::vector<Anchor*>& crowded);
  void remove(const std::vector<Sighting*>& sightings);
  void forget(const Sighting& sighting, KnownFact& fact);

  Options options_;
  Matcher matcher_;
  Neighbourhood neighbourhood_;
  Identity identity_;
  std::unordered_map<Subject, Sighting, SubjectHash> sightings_;
  std::vector<Sighting*> dirty_;
  std::vector<Fact> forgotten_;  // of what was stored, so no more than that
  std::set<std::string, std::less<>> protocols_;
  std::size_t bytes_ = 0;
  Time newest_ = Time::min();
  Time full_until_ = Time::min();  // nothing could be evicted: no strangers before
  Counters counters_;
};

std::size_t bytes_of(const KnownFact& fact);  // an estimate of what it takes in memory

}  // namespace camwarden
