#include "policy/segment_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "policy/reading.h"

namespace camwarden {
namespace {

constexpr std::uint16_t kMaxVlan = 4094;  // IEEE 802.1Q: 4095 is reserved
constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMaxPrefixes = 4096;  // of all segments; the overlap test is quadratic

struct Placed {
  SegmentRule segment;
  YamlNode node;
};

std::optional<std::uint16_t> vlan_number(std::string_view word) {
  std::uint16_t value = 0;
  const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (code != std::errc() || end != word.data() + word.size() || value > kMaxVlan) return {};
  return value;
}

// "10" or "20-29".
void read_vlan(const YamlNode& item, std::vector<std::uint16_t>& vlans) {
  const auto word = item.text();
  if (!word) return;
  const auto dash = word->find('-');
  const auto first = vlan_number(word->substr(0, dash));
  const auto last = dash == std::string::npos ? first : vlan_number(word->substr(dash + 1));
  if (!first || !last || *first > *last) {
    item.error(
        fmt::format("expected a VLAN from 0 (untagged) to {}, or a range such as 20-29", kMaxVlan));
    return;
  }
  for (std::uint16_t vlan = *first; vlan <= *last; ++vlan) vlans.push_back(vlan);
}

std::string name_of(const YamlNode& node, std::string_view key) {
  auto name = needed_text(node, key);
  if (name.size() > kMaxName || printable(name) != name) {
    node.get(key)->error(
        fmt::format("\"{}\" must be printable and at most {} bytes", key, kMaxName));
  }
  return name;
}

SegmentRule read_segment(const YamlNode& node, const std::vector<std::string>& interfaces) {
  SegmentRule segment;
  if (!node.expect_keys({"name", "zone", "vlans", "prefixes", "interfaces"})) return segment;
  segment.name = name_of(node, "name");
  if (node.get("zone")) segment.zone = name_of(node, "zone");
  for (const auto& item : optional_list(node, "vlans")) read_vlan(item, segment.vlans);
  for (const auto& item : optional_list(node, "prefixes")) {
    if (const auto prefix = item.prefix()) segment.prefixes.push_back(*prefix);
  }
  for (const auto& item : optional_list(node, "interfaces")) {
    auto name = item.text();
    if (!name) continue;
    const bool known = std::find(interfaces.begin(), interfaces.end(), *name) != interfaces.end();
    if (!interfaces.empty() && !known) item.error(unknown_name("interface", *name, interfaces));
    segment.interfaces.push_back(std::move(*name));
  }
  if (!node.get("vlans") && !node.get("prefixes") && !node.get("interfaces")) {
    node.error(fmt::format("segment \"{}\" is nowhere; give it vlans, prefixes or interfaces",
                           printable(segment.name)));
  }
  return segment;
}

template <typename T, typename Same>
std::optional<T> shared(const std::vector<T>& a, const std::vector<T>& b, Same same) {
  for (const auto& item : a) {
    const auto twin =
        std::find_if(b.begin(), b.end(), [&](const T& other) { return same(item, other); });
    if (twin != b.end()) return item;
  }
  return std::nullopt;
}

template <typename T>
std::optional<T> shared(const std::vector<T>& a, const std::vector<T>& b) {
  return shared(a, b, std::equal_to<T>());
}

// Two segments that listen on different interfaces may use the same numbers.
bool apart(const SegmentRule& a, const SegmentRule& b) {
  return !a.interfaces.empty() && !b.interfaces.empty() && !shared(a.interfaces, b.interfaces);
}

bool only_interfaces(const SegmentRule& segment) {
  return segment.vlans.empty() && segment.prefixes.empty();
}

void report_overlap(const Placed& later, const SegmentRule& earlier) {
  const auto& segment = later.segment;
  const auto say = [&](std::string_view what, const std::string& which) {
    later.node.error(fmt::format("segments \"{}\" and \"{}\" overlap: both have {} {}",
                                 printable(earlier.name), printable(segment.name), what, which));
  };
  if (segment.name == earlier.name) {
    later.node.error(fmt::format("segment \"{}\" is defined twice", printable(segment.name)));
  }
  if (apart(segment, earlier)) return;
  if (const auto vlan = shared(segment.vlans, earlier.vlans)) say("VLAN", std::to_string(*vlan));
  const auto overlap = [](const Prefix& a, const Prefix& b) { return a.overlaps(b); };
  if (const auto prefix = shared(segment.prefixes, earlier.prefixes, overlap)) {
    say("addresses of", prefix->to_string());
  }
  if (!only_interfaces(segment) || !only_interfaces(earlier)) return;
  if (const auto name = shared(segment.interfaces, earlier.interfaces)) say("interface", *name);
}

void report_overlaps(const YamlNode& root, const std::vector<Placed>& placed) {
  std::size_t prefixes = 0;
  for (const auto& each : placed) prefixes += each.segment.prefixes.size();
  if (prefixes > kMaxPrefixes) {
    root.error(fmt::format("the segments have {} prefixes; at most {} are allowed", prefixes,
                           kMaxPrefixes));
    return;
  }
  for (std::size_t later = 1; later < placed.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      report_overlap(placed[later], placed[earlier].segment);
    }
  }
}

}  // namespace

std::vector<SegmentRule> read_segments(const YamlNode& root,
                                       const std::vector<std::string>& interfaces) {
  std::vector<Placed> placed;
  const auto list = root.get("segments");
  if (!list) return {};
  for (const auto& node : list->list()) placed.push_back({read_segment(node, interfaces), node});
  report_overlaps(*list, placed);
  std::vector<SegmentRule> segments;
  for (auto& each : placed) segments.push_back(std::move(each.segment));
  return segments;
}

}  // namespace camwarden
