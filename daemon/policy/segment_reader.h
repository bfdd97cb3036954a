#pragma once
// Reads the `segments` of a site's configuration and refuses those that claim the same place twice:
// a device must be in one segment, whoever reads the policy. Every overlap is reported, at the
// later of the two, naming the earlier.

#include <string>
#include <vector>

#include "base/yaml.h"
#include "policy/policy.h"

namespace camwarden {

// `interfaces` are the names that may be used; when there are none, any may.
std::vector<SegmentRule> read_segments(const YamlNode& root,
                                       const std::vector<std::string>& interfaces);

}  // namespace camwarden
