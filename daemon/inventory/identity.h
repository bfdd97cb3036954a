#pragma once
// Identity: which sightings are one device. Every Owner (a MAC or an IP, see neighbourhood.h) that
// has facts is an Anchor; identifiers (serial numbers, UUIDs, MACs written in a payload) join an
// IP's anchor to a MAC's, or to another IP's. What is joined is one device, named by its root.
//
//   - An identifier that exactly one MAC anchor has joins the IP anchors that have it to that MAC.
//   - One that only IP anchors have joins them under the smallest.
//   - One that two MAC anchors have, or more than kMaxHolders anchors, joins nobody: thousands of
//     cheap cameras share one factory UUID. Two MACs never join.
//   - An IP anchor that identifiers lead to two MACs stays by itself. So does an anchor with more
//     than kMaxIdentifiers, and each of a chain of more than kMaxChain IP anchors: no device is so.
//
// A pure function of the set of sightings, kept up to date by looking only at what changed.
//
// Thread: core.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/neighbourhood.h"
#include "inventory/sighting.h"

namespace camwarden {

struct Anchor {
  Owner owner;
  Few<Sighting*> sightings;        // that have it among their owners
  std::vector<Sighting*> fronted;  // of others, seen through this router
  Few<std::uint64_t> identifiers;  // hashed, sorted
  std::size_t facts = 0;           // its own
  Anchor* root = nullptr;          // none: no facts, so no device. Itself: a device
  std::vector<Anchor*> joined;     // of a root: the others

  enum class Change : std::uint8_t { none, seen, news };
  Change change = Change::none;  // of a root, since take_changes()
  bool reported = false;         // the id was in take_changes()
  bool unsettled = false;
  bool leaving = false;  // lost sightings that its lists still name

  bool alive() const { return facts > 0 || !fronted.empty(); }
  bool is_device() const { return root == this; }
  // Of a root: some fingerprint knows something of the device.
  bool known() const;
};

class Identity {
 public:
  static constexpr std::size_t kMaxHolders = 8;
  static constexpr std::size_t kMaxIdentifiers = 32;
  static constexpr std::size_t kMaxChain = 64;

  explicit Identity(Neighbourhood& neighbourhood) : neighbourhood_(neighbourhood) {}

  // Derives everything anew that may have changed. The calls below tell the state as of the last.
  // Returns the anchors among the changed ones that have more than `crowd` sightings.
  std::vector<Anchor*> settle(std::size_t crowd);
  // Sightings that are about to be removed (`gone` set) are no one's any more.
  void remove(const std::vector<Sighting*>& sightings);

  const Anchor* find(const Owner& owner) const;
  std::size_t devices() const { return devices_; }
  const std::unordered_map<Owner, Anchor, OwnerHash>& anchors() const { return anchors_; }
  // The fact, seen at its first or its last time, is this anchor's.
  bool owns(const Anchor& anchor, const Sighting& sighting, const KnownFact& fact) const;

  void seen(const Sighting& sighting);  // nothing but a later time
  void all_changed();
  std::vector<Inventory::Change> take_changes();

 private:
  struct Holders {
    Few<Anchor*> anchors;
    std::size_t before = 0;  // how many there were at the last settle()
    bool changed = false;
  };
  using Anchors = std::set<Anchor*>;

  Anchor& anchor(const Owner& owner);
  void place(Sighting& sighting);
  void unsettle(Anchor& anchor);
  void drop_lost(Anchor& anchor);
  void describe(Anchor& anchor);
  void change_identifiers(Anchor& anchor, const std::vector<std::uint64_t>& identifiers);
  void hold(std::uint64_t identifier);
  void settle_holders(Anchors& affected);
  void regroup(Anchors affected);
  std::vector<Anchor*> chain(Anchor& from) const;
  std::vector<Anchor*> direct_macs(const Anchor& anchor) const;
  Anchor* root_of(Anchor& anchor, const std::vector<Anchor*>& chain) const;
  void set_root(Anchor& anchor, Anchor* root);
  void note(Anchor& root, Anchor::Change change);
  void end_device(Anchor& root);
  void erase_empty();

  Neighbourhood& neighbourhood_;
  std::unordered_map<Owner, Anchor, OwnerHash> anchors_;
  std::unordered_map<std::uint64_t, Holders> holders_;
  std::vector<Anchor*> unsettled_;
  std::vector<std::uint64_t> changed_holders_;
  std::vector<Anchor*> changed_;    // roots with a change; may hold ones that ceased to be
  std::set<std::string> vanished_;  // reported ids that are no device now
  std::size_t devices_ = 0;
};

// What identifies a device in a fact, hashed; for a MAC anchor also its own MAC.
std::vector<std::uint64_t> identifiers_in(const KnownFact& fact);
std::uint64_t mac_identifier(const MacAddress& mac);

}  // namespace camwarden
