#pragma once
// Inventory: observations in, devices out. Keeps every fact once (who, field, value: first seen,
// last seen) and derives devices from the set of facts, so the order of arrival does not matter and
// a restart that reads the facts back stands where it stood.
//
// Identity (docs/ARCHITECTURE.md, "whose fact is it?"): a fact belongs to the MAC that a payload
// names; else to the frame's MAC if that is burned in and not a router's; else to the IP, and so to
// whatever device that IP is bound to. Serial numbers and UUIDs join a router-fronted IP to its
// device, never two burned-in MACs.
//
// Thread: core. Bounded: devices, facts per device, bytes; what is turned away is counted. At a
// limit the order of arrival does matter: devices that no fingerprint knows go first, longest
// unseen first, so that a flood of made-up hosts cannot keep a camera out.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fingerprint/claim.h"
#include "inventory/device.h"
#include "observation/observation.h"

namespace camwarden {

// What a value claims: KnowledgeBase::match, or a test's own. The fingerprints that it names must
// live until it is replaced.
using Matcher = std::function<std::vector<Match>(const Field&, std::string_view)>;

class Inventory {
 public:
  struct Options {
    std::size_t max_devices = 100'000;
    std::size_t max_facts_per_device = 128;
    // A frame MAC that fronts at least this many IPs that are not bound to it is a router's.
    std::size_t router_fronts = 4;
    std::size_t max_bytes = std::size_t{512} << 20;  // of all facts, estimated
    bool operator==(const Options&) const = default;
  };
  struct Counters {
    std::uint64_t facts = 0;            // kept
    std::uint64_t facts_refused = 0;    // a full device, or a subject that is nobody
    std::uint64_t devices_refused = 0;  // all room is taken by devices that a fingerprint knows
    std::uint64_t devices_evicted = 0;  // unknown to every fingerprint, gone to make room
  };

  Inventory(const Options& options, Matcher matcher);
  ~Inventory();

  void observe(const Observation& observation);
  // The knowledge base was reloaded: every fact is matched anew.
  void relearn(Matcher matcher);

  // Ids of devices whose view may have changed since the last call, including ids that no longer
  // exist because their facts turned out to be another device's. `news` tells a mere later
  // last_seen (false) from anything else (true).
  struct Change {
    std::string id;
    bool news;
    // Some fingerprint knows something of it. What nothing is known of is no video device.
    bool known;
  };
  std::vector<Change> take_changes();

  std::optional<Device> device(std::string_view id) const;
  // The device that now owns the facts of an id that no longer exists (the smallest id where they
  // were split); "" when nobody does.
  std::string successor(std::string_view id) const;
  // Sorted by id. `known`: only those that some fingerprint knows something of; on most networks
  // few of all.
  enum class Which { all, known };
  std::vector<Device> devices(Which which = Which::all) const;
  // Of all devices, in no order: for who cannot hold them all at once.
  std::vector<std::string> ids() const;
  std::size_t size() const;
  const Counters& counters() const;

  // What persists. A fact as it is stored; the observation that first brought it, and its last
  // time. A count of 0 says that the fact was stored before and is to be forgotten.
  struct Fact {
    Observation first;
    Time last_seen{};
    std::uint64_t count = 0;
  };
  // Facts that are new or seen again since the last call.
  std::vector<Fact> take_dirty_facts();
  // What was stored. Its device shows up in take_changes() like any other.
  void restore(const Fact& fact);

 private:
  class Facts;
  std::unique_ptr<Facts> facts_;
};

}  // namespace camwarden
