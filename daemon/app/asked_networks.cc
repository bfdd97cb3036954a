#include "app/asked_networks.h"

#include <algorithm>
#include <string>

namespace camwarden {
namespace {

bool touches(const SegmentRule& segment, const Prefix& prefix) {
  return std::any_of(segment.prefixes.begin(), segment.prefixes.end(),
                     [&](const Prefix& one) { return one.overlaps(prefix); });
}

// "" lies outside of all.
std::string segment_of(const Prefix& network, const std::vector<SegmentRule>& segments) {
  for (const auto& segment : segments) {
    for (const auto& prefix : segment.prefixes) {
      if (prefix.contains(network.address)) return segment.name;
    }
  }
  const auto found = std::find_if(segments.begin(), segments.end(),
                                  [&](const auto& one) { return touches(one, network); });
  return found == segments.end() ? "" : found->name;
}

void add_target(Asked& asked, const Prefix& prefix) {
  if (asked.targets.size() < kMaxSeen) asked.targets.insert(prefix);
}

}  // namespace

void AskedNetworks::note(const IpAddress& ip, bool answered) {
  const auto network = network_of(ip);
  if (networks_.size() >= kMaxNetworks && !networks_.contains(network)) return;
  auto& count = networks_[network];
  ++(answered ? count.answered : count.asked);
}

std::vector<Asked> AskedNetworks::by_segment(const Targets& targets,
                                             const std::vector<SegmentRule>& segments,
                                             const Asked& whole) const {
  std::map<std::string, Asked> found;
  const auto of = [&](const std::string& name) -> Asked& {
    auto [at, fresh] = found.try_emplace(name, whole);
    if (fresh) at->second.segment = name;
    return at->second;
  };
  for (const auto& [network, count] : networks_) {
    auto& asked = of(segment_of(network, segments));
    // Whoever answers a question to everybody was asked by it.
    asked.addresses += std::max(count.asked, count.answered);
    asked.answered += count.answered;
  }
  for (const auto& range : targets.listed()) {
    for (const auto& prefix : prefixes_of(range)) {
      bool anywhere = false;
      for (const auto& segment : segments) {
        if (!touches(segment, prefix)) continue;
        add_target(of(segment.name), prefix);
        anywhere = true;
      }
      if (!anywhere) add_target(of(""), prefix);
    }
  }
  std::vector<Asked> all;
  for (auto& [name, asked] : found) {
    if (found.size() > 1) asked.questions = asked.addresses;
    all.push_back(std::move(asked));
  }
  return all;
}

}  // namespace camwarden
