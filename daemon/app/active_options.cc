#include "app/active_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "discovery/ports.h"

namespace camwarden {
namespace {

constexpr int kDay = 24 * 60;

std::optional<int> number(std::string_view text, int most) {
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || value < 0 || value > most)
    return std::nullopt;
  return value;
}

std::optional<int> minutes(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.size() - colon != 3) return std::nullopt;
  const auto hour = number(text.substr(0, colon), 24), minute = number(text.substr(colon + 1), 59);
  if (!hour || !minute || *hour * 60 + *minute > kDay) return std::nullopt;
  return *hour * 60 + *minute;
}

void set_count(const YamlNode& map, std::string_view key, std::int64_t most,
               std::uint32_t& target) {
  const auto node = map.get(key);
  if (!node) return;
  if (const auto value = node->integer(1, most)) target = static_cast<std::uint32_t>(*value);
}

void read_never(const YamlNode& map, NeverTouch& never) {
  const auto list = map.get("never_touch");
  if (!list) return;
  for (const auto& node : list->list()) {
    const auto word = node.text();
    if (!word || add_never(*word, never)) continue;
    node.error(fmt::format("\"{}\" is no prefix, address, MAC, OUI or port", printable(*word)));
  }
}

void read_windows(const YamlNode& map, ActiveOptions& active) {
  const auto list = map.get("windows");
  if (!list) return;
  for (const auto& node : list->list()) {
    const auto window = parse_window(node.text().value_or(""));
    if (window) active.windows.push_back(*window);
    if (!window) node.error("expected a time of the day in UTC, like 22:00-05:30");
  }
}

// More than anybody's own: whoever allows it has the internet's devices asked. (10.0.0.0/8 of RFC
// 1918 and fc00::/7 of RFC 4193 are the widest that are private.)
bool too_wide(const Prefix& prefix) { return prefix.length < (prefix.address.is_v4() ? 8 : 7); }

void read_allowed_prefix(const YamlNode& node, ActiveOptions& active) {
  const auto prefix = node.prefix();
  if (!prefix) return;
  active.allowed.push_back(*prefix);
  if (!too_wide(*prefix)) return;
  node.error(fmt::format(
      "\"{}\" holds other people's networks; name your own: /8 or longer, of IPv6 /7 or longer",
      prefix->to_string()));
}

void read_allowed(const YamlNode& map, ActiveOptions& active) {
  bool named = false;
  if (const auto list = map.get("allowed")) {
    for (const auto& node : list->list()) {
      read_allowed_prefix(node, active);
      named = true;
    }
  }
  if (active.enabled && !named) {
    map.error("active.enabled needs active.allowed: the prefixes in which devices may be asked");
  }
}

}  // namespace

bool TimeWindow::contains(Time now) const {
  const auto minute = static_cast<int>(now.time_since_epoch() / std::chrono::minutes(1) % kDay);
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

std::optional<TimeWindow> parse_window(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = minutes(text.substr(0, dash)), until = minutes(text.substr(dash + 1));
  if (!from || !until || *from == *until) return std::nullopt;
  return TimeWindow{*from, *until};
}

bool ActiveOptions::may_now(Time now) const {
  return windows.empty() ||
         std::any_of(windows.begin(), windows.end(),
                     [&](const TimeWindow& window) { return window.contains(now); });
}

bool ActiveOptions::may_ask(const IpAddress& ip) const {
  return !never_touch.covers(ip) &&
         std::any_of(allowed.begin(), allowed.end(),
                     [&](const Prefix& prefix) { return prefix.contains(ip); });
}

bool add_never(std::string_view word, NeverTouch& never) {
  if (const auto prefix = Prefix::parse(word)) return never.prefixes.push_back(*prefix), true;
  if (const auto mac = MacAddress::parse(word)) return never.macs.push_back(*mac), true;
  if (word.find(':') != std::string_view::npos) {
    const auto oui = Oui::parse(word);
    return oui ? (never.ouis.push_back(*oui), true) : false;
  }
  const auto port = number(word, 65535);
  if (!port || *port == 0) return false;
  never.ports.push_back(static_cast<std::uint16_t>(*port));
  return true;
}

const std::vector<std::string_view>& active_keys() {
  static const std::vector<std::string_view> keys{"enabled",         "allowed",
                                                  "never_touch",     "rate",
                                                  "device_packets",  "device_connections",
                                                  "device_requests", "passive_led",
                                                  "every",           "windows"};
  return keys;
}

ActiveOptions read_active(const YamlNode& root) {
  ActiveOptions active;
  const auto map = root.get("active");
  if (!map || !map->expect_keys(active_keys())) return active;
  const auto set_flag = [&](std::string_view key, bool& target) {
    if (const auto node = map->get(key)) target = node->boolean().value_or(target);
  };
  set_flag("enabled", active.enabled);
  set_flag("passive_led", active.passive_led);
  set_count(*map, "rate", 100'000, active.pace.packets);
  set_count(*map, "device_packets", 1000, active.pace.device_packets);
  set_count(*map, "device_connections", 64, active.pace.device_connections);
  set_count(*map, "device_requests", 1000, active.pace.device_requests);
  if (const auto node = map->get("every")) active.every = node->duration().value_or(active.every);
  read_never(*map, active.never_touch);
  read_windows(*map, active);
  read_allowed(*map, active);
  return active;
}

}  // namespace camwarden
