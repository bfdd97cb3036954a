#include "sinks/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kCaps[] = {512, 255, 128, 64, 32};

std::size_t size_of(const std::vector<NamedValue>& values,
                    std::size_t (*written)(const NamedValue&)) {
  return std::accumulate(values.begin(), values.end(), std::size_t{0},
                         [&](std::size_t sum, const auto& value) { return sum + written(value); });
}

void shorten(std::vector<NamedValue>& values, std::size_t cap) {
  for (auto& value : values) {
    if (!value.indivisible && value.value.size() > cap) value.value = to_utf8(value.value, cap);
  }
}

std::string join_unique(const std::vector<std::string_view>& words) {
  std::vector<std::string_view> seen;
  for (const auto word : words) {
    if (!word.empty() && std::find(seen.begin(), seen.end(), word) == seen.end())
      seen.push_back(word);
  }
  return fmt::format("{}", fmt::join(seen, ","));
}

}  // namespace

void fit(std::vector<NamedValue>& values, std::size_t limit,
         std::size_t (*written)(const NamedValue&)) {
  for (const auto cap : kCaps) {
    if (size_of(values, written) <= limit) return;
    shorten(values, cap);
  }
  while (!values.empty() && size_of(values, written) > limit) {
    values.erase(std::min_element(values.begin(), values.end(), [](const auto& a, const auto& b) {
      return a.importance < b.importance;
    }));
  }
}

std::string device_ip(const Alert& alert) {
  const auto& device = alert.device;
  if (!device.presences.empty() && device.presences.front().ip) {
    return device.presences.front().ip.to_string();
  }
  return device.ips.empty() || device.ips.front().none() ? "" : device.ips.front().to_string();
}

std::string vlan_id(const Alert& alert) {
  const auto& device = alert.device;
  const int vlan = !device.presences.empty() ? device.presences.front().vlan
                   : !device.vlans.empty()   ? device.vlans.front()
                                             : 0;
  return vlan == 0 ? "" : fmt::format("{}", vlan);
}

std::string confidence_percent(const Alert& alert) {
  if (alert.device.grade == Grade::none) return "";
  return fmt::format("{}", std::lround(std::clamp(alert.device.confidence, 0.0, 1.0) * 100));
}

std::string evidence_protocols(const Alert& alert) {
  std::vector<std::string_view> protocols;
  for (const auto& item : alert.device.evidence) protocols.push_back(item.protocol);
  return join_unique(protocols);
}

std::string law_packs(const Alert& alert) {
  std::vector<std::string_view> packs;
  for (const auto& law : alert.laws) packs.push_back(law.pack);
  return join_unique(packs);
}

}  // namespace camwarden
