#pragma once
// What the configuration's `active:` section allows: whether the daemon may ask devices, which,
// when and how fast. Off unless it is switched on, and then only within the prefixes that it names.
//
// Thread: any; a value.

#include <string_view>
#include <vector>

#include "base/yaml.h"
#include "discovery/never_touch.h"
#include "discovery/pace.h"

namespace camwarden {

// Of every day, in UTC; one that ends before it begins goes over midnight.
struct TimeWindow {
  int from = 0, until = 0;  // minutes
  bool contains(Time now) const;
  bool operator==(const TimeWindow&) const = default;
};
std::optional<TimeWindow> parse_window(std::string_view text);  // "22:00-05:30"

struct ActiveOptions {
  bool enabled = false;
  std::vector<Prefix> allowed;
  NeverTouch never_touch;
  PaceLimits pace{.packets = 200};
  // A device that listening leaves below the rules' grade is asked, once.
  bool passive_led = true;
  Duration every{};                 // all that is allowed is asked so often; 0: never
  std::vector<TimeWindow> windows;  // in which; none: always

  bool may_now(Time now) const;
  bool may_ask(const IpAddress& ip) const;
  bool operator==(const ActiveOptions&) const = default;
};

// Reads the key `active` of `root`.
ActiveOptions read_active(const YamlNode& root);
const std::vector<std::string_view>& active_keys();
// One entry of a never-touch list: a prefix, address, MAC, OUI or port. False: none of these.
bool add_never(std::string_view word, NeverTouch& never);

}  // namespace camwarden
