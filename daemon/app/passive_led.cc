#include "app/passive_led.h"

#include <algorithm>

namespace camwarden {
namespace {

bool may_be_video(const Device& device) {
  return is_video(device.kind) || (device.kind == Kind::unknown && !device.maker.empty());
}

Suspects suspects_of(const Device& device) {
  Suspects suspects;
  const auto add = [&](const std::string& maker) {
    const bool known = std::find(suspects.begin(), suspects.end(), maker) != suspects.end();
    if (!maker.empty() && !known) suspects.push_back(maker);
  };
  add(device.maker);
  for (const auto& item : device.evidence) {
    for (const auto& claim : item.claims) {
      if (claim.attribute == Attribute::maker) add(claim.value);
    }
  }
  return suspects;
}

// A device may have an address of each IP version, and one of them may be allowed. Older addresses
// of the same version may be another device's by now.
std::optional<IpAddress> askable(const Device& device, const ActiveOptions& active) {
  for (const bool v6 : {device.ips.front().is_v6(), !device.ips.front().is_v6()}) {
    const auto newest = std::find_if(device.ips.begin(), device.ips.end(),
                                     [&](const IpAddress& ip) { return ip.is_v6() == v6; });
    if (newest != device.ips.end() && active.may_ask(*newest)) return *newest;
  }
  return std::nullopt;
}

}  // namespace

Grade wanted_grade(const PolicyOptions& policy) {
  auto wanted = Grade::probable;
  for (const auto& rule : policy.rules) wanted = std::max(wanted, rule.min_grade);
  return wanted;
}

std::vector<Doubt> PassiveLed::choose(const std::vector<Device>& devices,
                                      const PolicyOptions& policy, const ActiveOptions& active,
                                      std::size_t room) {
  std::vector<Doubt> chosen;
  const auto wanted = wanted_grade(policy);
  for (const auto& device : devices) {
    if (chosen.size() >= room) break;
    if (!may_be_video(device) || device.grade >= wanted || device.ips.empty()) continue;
    const auto ip = askable(device, active);
    if (!ip || active.never_touch.covers(device.mac)) continue;
    if (asked_.size() >= kMostRemembered) asked_.clear();
    if (!asked_.insert(device.id).second) continue;
    chosen.push_back({device.id, *ip, suspects_of(device)});
  }
  return chosen;
}

}  // namespace camwarden
