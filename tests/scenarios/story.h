#pragma once
// A story: what happens on a network, step by step, and which alerts the security officer must get
// for it. Read strictly from stories/*.yml; README.md tells how to write one. A story speaks of
// devices, or of what is heard on the wire; the latter says what devices must come of it too.

#include <optional>
#include <string>
#include <vector>

#include "base/yaml.h"
#include "observation/observation.h"
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

// Words on the wire: who is heard, and what it says, as a protocol reader would hand it on.
struct Remark {
  Subject who;
  std::vector<std::pair<std::string, std::string>> says;  // field, value
  bool arp = false;
};

// Of a device that the inventory must have; members that are not given may be anything.
struct Resident {
  std::string id;
  std::optional<std::string> maker, sold_as, model, serial;
  std::optional<Kind> kind;
  std::optional<Grade> grade;
  std::optional<std::vector<std::string>> ips;
  std::optional<std::uint16_t> vlan;
};

struct Step {
  enum class What {
    appears,
    shows,
    seen,
    moves,
    turns_out_to_be,
    hears,
    policy,
    restart,
    time_passes
  };
  What what = What::time_passes;
  Time at{};
  std::string device, other;  // `other`: what it turned out to be
  Looks looks;
  Whereabouts where;
  std::optional<YamlNode> policy;
  std::vector<Remark> hears;
  std::vector<Expected> expect;
  // Every video device that there is, and those others that are worth a word.
  std::optional<std::vector<Resident>> residents;
  Place place;
};

struct Story {
  std::string title;
  std::optional<YamlNode> policy;  // instead of site.yml
  std::vector<Step> steps;
  bool of_the_wire() const;  // something is heard in it
};

// Nothing sensible when diagnostics has gained an error.
Story read_story(const YamlNode& root);

}  // namespace camwarden
