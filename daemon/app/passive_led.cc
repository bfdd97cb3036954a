#include "app/passive_led.h"

#include <algorithm>

namespace camwarden {
namespace {

bool may_be_video(const Device& device) {
  return is_video(device.kind) || (device.kind == Kind::unknown && !device.maker.empty());
}

}  // namespace

Grade wanted_grade(const PolicyOptions& policy) {
  auto wanted = Grade::probable;
  for (const auto& rule : policy.rules) wanted = std::max(wanted, rule.min_grade);
  return wanted;
}

std::vector<IpAddress> PassiveLed::choose(const std::vector<Device>& devices,
                                          const PolicyOptions& policy, const ActiveOptions& active,
                                          std::size_t room) {
  std::vector<IpAddress> chosen;
  const auto wanted = wanted_grade(policy);
  for (const auto& device : devices) {
    if (chosen.size() >= room) break;
    if (!may_be_video(device) || device.grade >= wanted || device.ips.empty()) continue;
    if (active.never_touch.covers(device.mac) || !active.may_ask(device.ips.front())) continue;
    if (asked_.size() >= kMostRemembered) asked_.clear();
    if (asked_.insert(device.id).second) chosen.push_back(device.ips.front());
  }
  return chosen;
}

}  // namespace camwarden
