#pragma once
// Named values that must fit into a number of bytes: the structured data of RFC 5424 and the
// extension of CEF. Long values are shortened first, then the least important leave; what stays is
// whole, so a receiver's parser never meets half a value.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policy/alert.h"

namespace camwarden {

struct NamedValue {
  std::string_view name;
  std::string value;            // valid UTF-8; not yet escaped
  int importance = 0;           // the smallest leaves first
  bool indivisible = false;     // an identifier: whole or not at all
  std::string_view label = {};  // CEF: what a custom string is called
};

// `written` is the size of one value as it will be sent, with its name and all escapes.
void fit(std::vector<NamedValue>& values, std::size_t limit,
         std::size_t (*written)(const NamedValue&));

// Facts of an alert that both syntaxes name, as text: "" for what is not known.
std::string device_ip(const Alert& alert);  // where it was seen last
std::string vlan_id(const Alert& alert);    // "" when untagged
std::string confidence_percent(const Alert& alert);
std::string evidence_protocols(const Alert& alert);  // "sadp,http", strongest first
std::string law_packs(const Alert& alert);           // "us-ndaa-889,..."

}  // namespace camwarden
