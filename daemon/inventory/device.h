#pragma once
// Device: what is known of one thing on the network, as an immutable view that was derived from all
// observations of it. The same observations in any order give the same Device.

#include <cstdint>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/time.h"
#include "fingerprint/claim.h"

namespace camwarden {

// How well the maker is established. Ordered.
//   possible: one weak sign (an OUI of a registrant that makes other things too, a generic banner).
//   probable: combined confidence of at least 0.6 for "a video device made by that maker".
//   proven:   two independent protocols that agree with a combined confidence of at least 0.9, or
//             one proprietary protocol that answered with its own serial number.
enum class Grade { none, possible, probable, proven };
std::string_view to_string(Grade grade);

// A stay of the device at one place. Ended when last_seen is old; policy decides how old.
struct Presence {
  IpAddress ip;  // none while the host has no address
  std::uint16_t vlan = 0;
  std::uint16_t interface = 0;
  Time first_seen{}, last_seen{};
  auto operator<=>(const Presence&) const = default;
};

// One fact with what it claims.
struct EvidenceItem {
  std::string field, value, protocol;
  bool active = false;
  Time first_seen{}, last_seen{};
  std::uint64_t packet = 0;  // of the first sighting
  std::string fingerprint;   // id; empty for a fact that no fingerprint knows
  std::string because;
  double certainty = 0;
  std::vector<Claim> claims;
};

// Claims of one attribute that contradict the verdict; kept and shown.
struct Conflict {
  Attribute attribute;
  std::string verdict, other;
  std::vector<std::string> fingerprints;  // ids behind `other`
};

struct Device {
  std::string id;  // "mac-4419b60a0b0c", or "ip-192.0.2.50" where no MAC is its own; stable
  MacAddress mac;  // its own; none when only routers' MACs were seen in front of it
  std::vector<IpAddress> ips;        // newest first, link-local ones last
  std::vector<std::uint16_t> vlans;  // newest first; 0 is untagged
  std::vector<Presence> presences;   // newest first

  Kind kind = Kind::unknown;
  std::string maker, brand, model, firmware, serial, component;  // "" when unknown
  std::string hostname;
  Grade grade = Grade::none;
  double confidence = 0;  // of the maker, 0 to 1

  Time first_seen{}, last_seen{};
  std::vector<EvidenceItem> evidence;  // strongest first, bounded
  std::vector<Conflict> conflicts;
};

}  // namespace camwarden
