#pragma once
// A story: what happens on a network, step by step, and which alerts the security officer must get
// for it. Read strictly from stories/*.yml; README.md tells how to write one.

#include <optional>
#include <string>
#include <vector>

#include "base/yaml.h"
#include "policy/policy.h"

namespace camwarden {

// What is known of a device, as far as a step says it.
struct Looks {
  std::optional<std::string> maker, sold_as, model, serial, because;
  std::optional<Kind> kind;
  std::optional<Grade> grade;
};

struct Whereabouts {
  std::optional<IpAddress> ip;
  std::optional<MacAddress> mac;
  std::uint16_t vlan = 0;
};

// Members that are not given may be anything; `says` are pieces of the sentence.
struct Expected {
  std::string alert, device;
  std::optional<std::string> rule, segment, severity, law;
  std::vector<std::string> says;
};

struct Step {
  enum class What { appears, shows, seen, moves, turns_out_to_be, policy, restart, time_passes };
  What what = What::time_passes;
  Time at{};
  std::string device, other;  // `other`: what it turned out to be
  Looks looks;
  Whereabouts where;
  std::optional<YamlNode> policy;
  std::vector<Expected> expect;
  Place place;
};

struct Story {
  std::string title;
  std::optional<YamlNode> policy;  // instead of site.yml
  std::vector<Step> steps;
};

// Nothing sensible when diagnostics has gained an error.
Story read_story(const YamlNode& root);

}  // namespace camwarden
