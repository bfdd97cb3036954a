#pragma once
// Policy: which devices may not be where. Segments (by VLAN, prefix, interface) carry a zone; rules
// deny makers, law packs or kinds in zones or segments; exceptions suspend a rule for a device
// until a date. Immutable once loaded: a reload builds another. judge() is a pure function of the
// device and the time; it may be called from any thread.
//
// Where a device is: every presence that policy still counts. A presence counts until it has not
// been seen for gone_after, or until the device has moved: it was first seen elsewhere (another
// VLAN, interface or address of the same family) after it was last seen here. So a host with IPv4
// and IPv6, or with two VLANs, is in all its places at once, and a host that was replugged is only
// in the new.

#include <optional>
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
    std::string name;                 // as the law has it
    std::string since;                // date named, or ""
    std::vector<std::string> makers;  // our mapping: makers whose equipment is this entity's
    std::string mapping;              // why, one sentence
    std::string citation = {};        // of this entry, where it differs from the pack's; or ""
    std::vector<std::string> left_out = {};  // makers of the countries meant that are not meant
  };
  // A later addition, order or judgement, and what it changed.
  struct Change {
    std::string date, what;
  };
  std::string id, title, citation, authority, jurisdiction, in_force, scope, source, test;
  std::string certainty;        // "high", "medium", "low", and what is uncertain
  std::vector<Change> changes;  // in order of date
  std::vector<Entity> entities;
  std::string sha256;  // of its file, so that a report can say by which text it judged
};

// All packs of a directory. Maker names must be known to `knowledge`.
std::vector<LawPack> load_law_packs(const std::string& directory, const KnowledgeBase& knowledge,
                                    Diagnostics& diagnostics);

// A segment of the operator's network. A presence is in it when its VLAN or its address is listed;
// `interfaces` narrows both to what those interfaces of the sensor see, and alone it takes all that
// they see. Between segments the VLAN decides before the longest prefix, and that before
// interfaces.
struct SegmentRule {
  std::string name, zone;
  std::vector<std::uint16_t> vlans;  // 0 is untagged
  std::vector<Prefix> prefixes;
  std::vector<std::string> interfaces;
  bool operator==(const SegmentRule&) const = default;
};

struct DenyRule {
  std::string id, name;
  std::vector<std::string> law_packs, makers;  // any of them
  std::vector<Kind> kinds;                     // and of these kinds; none given: video devices
  std::vector<std::string> zones, segments;    // in any of these; both empty: everywhere
  // Of the maker; where the rule denies kinds alone, of the kind.
  Grade min_grade = Grade::probable;
  Severity severity = Severity::error;
  bool operator==(const DenyRule&) const = default;
};

// Suspends a rule for the devices that any of its lists names, before the instant `expires`.
struct Exception {
  std::string rule;  // "" for any
  std::vector<MacAddress> macs;
  std::vector<Prefix> prefixes;
  std::vector<std::string> serials;
  std::string owner, reason, ticket;
  Time expires{};
  bool operator==(const Exception&) const = default;
};

struct PolicyOptions {
  // The packs that count where no rule names any: shown beside a device, and in what is said of one
  // that was discovered. Rules may name the others too. Empty: all of them.
  std::vector<std::string> law_packs{"us-ndaa-889", "uk-2022-11-24"};
  std::vector<SegmentRule> segments;
  std::vector<DenyRule> rules;
  std::vector<Exception> exceptions;
  Duration gone_after = std::chrono::hours(24);  // a device unseen for so long has left its place
  bool operator==(const PolicyOptions&) const = default;
};

// Reads the keys `law_packs`, `segments`, `rules`, `exceptions` and `gone_after` of `root`, which
// may have others.
PolicyOptions read_policy(const YamlNode& root, const std::vector<LawPack>& packs,
                          const KnowledgeBase& knowledge,
                          const std::vector<std::string>& interfaces, Diagnostics& diagnostics);

// A rule that a device breaks now. Points into the Policy that found it.
struct Finding {
  const DenyRule* rule;
  std::string segment, zone;
  Presence presence;
  std::vector<LawQuote> laws;  // of the rule's law packs
  std::string why;
  std::string to_raise;
  const Exception* exception = nullptr;  // in force: the finding is recorded, not alerted
};

// How well a device's kind is established, by its evidence: the strongest claim of each protocol
// for the kind (or for some video device) counts, combined as independent witnesses. At least the
// grade of its maker.
Grade kind_grade(const Device& device);

class Policy {
 public:
  // `interfaces` are the names that Presence::interface indexes. `knowledge` must outlive it.
  Policy(PolicyOptions options, std::vector<LawPack> packs, const KnowledgeBase& knowledge,
         std::vector<std::string> interfaces);

  // The findings of a device at a time, at most one a rule (the newest presence), in rule order.
  std::vector<Finding> judge(const Device& device, Time now) const;
  // Whether the device breaks one rule of this policy, with evidence of `at_least` that grade. Of
  // several places where it does, one without exception is named first, then one in `prefer`, then
  // the newest.
  std::optional<Finding> breaks(const DenyRule& rule, const Device& device, Time now,
                                Grade at_least,
                                std::optional<std::string_view> prefer = std::nullopt) const;
  // In plain words, what would raise the grade of the device's maker; "" where nothing is to raise.
  std::string to_raise(const Device& device) const;
  // How well established is what the rule denies: the maker, or the kind where it denies kinds
  // alone.
  Grade grade(const DenyRule& rule, const Device& device) const;
  // The rule is about this kind of device; about this maker. Both regardless of place and grade.
  bool denies_kind(const DenyRule& rule, Kind kind) const;
  bool denies_maker(const DenyRule& rule, std::string_view maker) const;
  bool applies_in(const DenyRule& rule, const SegmentRule* segment) const;
  const DenyRule* rule(std::string_view id) const;

  // The presences that count at a time, newest first.
  std::vector<Presence> places(const Device& device, Time now) const;
  // The segment of a presence; nullptr outside all.
  const SegmentRule* segment(const Presence& presence) const;
  // The entries of the packs that count (or those of `only`) that mean this maker.
  std::vector<LawQuote> laws_for(std::string_view maker,
                                 const std::vector<std::string>& only = {}) const;
  // For the operator to read at start: exceptions that have run out and so do nothing.
  std::vector<std::string> notices(Time now) const;

  const PolicyOptions& options() const { return options_; }
  const std::vector<LawPack>& packs() const { return packs_; }

 private:
  bool on_interface(const SegmentRule& segment, const Presence& presence) const;
  const Exception* exception(const DenyRule& rule, const Device& device, const Presence& presence,
                             Time now) const;
  bool is_of(std::string_view maker, const std::vector<std::string>& makers) const;
  Finding finding(const DenyRule& rule, const Device& device, const Presence& presence,
                  const Exception* exception) const;

  PolicyOptions options_;
  std::vector<LawPack> packs_;
  const KnowledgeBase* knowledge_;
  std::vector<std::string> interfaces_;
};

}  // namespace camwarden
