#pragma once
// Policy: which devices may not be where. Segments (by VLAN, prefix, interface) carry a zone; rules
// deny makers, law packs or kinds in zones or segments; exceptions suspend a rule for a device until
// a date. Immutable once loaded: a reload builds another. judge() is a pure function.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/diagnostics.h"
#include "base/time.h"
#include "base/yaml.h"
#include "fingerprint/knowledge_base.h"
#include "inventory/device.h"
#include "policy/alert.h"

namespace camwarden {

// A law or order that restricts makers, as data: fingerprints/restricted/*.yml.
struct LawPack {
  struct Entity {
    std::string name;                  // as the law has it
    std::string since;                 // date named, or ""
    std::vector<std::string> makers;   // our mapping: makers whose equipment is this entity's
    std::string mapping;               // why, one sentence
  };
  std::string id, title, citation, authority, jurisdiction, in_force, scope, source, test;
  std::string certainty;               // "high", "medium", "low", and what is uncertain
  std::vector<Entity> entities;
};

// All packs of a directory. Maker names must be known to `knowledge`.
std::vector<LawPack> load_law_packs(const std::string& directory, const KnowledgeBase& knowledge,
                                    Diagnostics& diagnostics);

struct SegmentRule {  // a segment of the operator's network
  std::string name, zone;
  std::vector<std::uint16_t> vlans;
  std::vector<Prefix> prefixes;
  std::vector<std::string> interfaces;
};

struct DenyRule {
  std::string id, name;
  std::vector<std::string> law_packs, makers;  // any of them
  std::vector<Kind> kinds;                     // and, where given, of these kinds
  std::vector<std::string> zones, segments;    // where; both empty: everywhere
  Grade min_grade = Grade::probable;
  Severity severity = Severity::error;
};

struct Exception {
  std::string rule;                  // "" for any
  std::vector<MacAddress> macs;
  std::vector<Prefix> prefixes;
  std::vector<std::string> serials;
  std::string owner, reason, ticket;
  Time expires{};
};

struct PolicyOptions {
  std::vector<SegmentRule> segments;
  std::vector<DenyRule> rules;
  std::vector<Exception> exceptions;
  Duration gone_after = std::chrono::hours(24);  // a device unseen for so long has left its place
};

// Reads the keys `segments`, `rules`, `exceptions` and `gone_after` of `root`, which may have others.
PolicyOptions read_policy(const YamlNode& root, const std::vector<LawPack>& packs,
                          const KnowledgeBase& knowledge,
                          const std::vector<std::string>& interfaces, Diagnostics& diagnostics);

// A rule that a device breaks now.
struct Finding {
  const DenyRule* rule;
  std::string segment, zone;
  Presence presence;
  std::vector<LawQuote> laws;
  std::string why;
  const Exception* exception = nullptr;  // in force: the finding is recorded, not alerted
};

class Policy {
 public:
  Policy(PolicyOptions options, std::vector<LawPack> packs, const KnowledgeBase& knowledge,
         std::vector<std::string> interfaces);

  // The findings of a device at a time, at most one a rule (the newest presence), in rule order.
  std::vector<Finding> judge(const Device& device, Time now) const;
  // The segment of a presence; nullptr outside all.
  const SegmentRule* segment(const Presence& presence) const;
  // The entries of all packs (or those of `only`) that mean this maker.
  std::vector<LawQuote> laws_for(std::string_view maker, const std::vector<std::string>& only = {}) const;
  const PolicyOptions& options() const { return options_; }
  const std::vector<LawPack>& packs() const { return packs_; }

 private:
  PolicyOptions options_;
  std::vector<LawPack> packs_;
  const KnowledgeBase* knowledge_;
  std::vector<std::string> interfaces_;
};

}  // namespace camwarden
