#pragma once
// Field: something about a device that can be observed, e.g. `rtsp.server`. A protocol declares the
// fields that it emits, as constants that live for ever; an Observation points at one. The union of
// all declared fields is the Vocabulary, the only names that a fingerprint may use.

#include <string>
#include <string_view>
#include <vector>

namespace camwarden {

enum class FieldKind { text, mac, ip, uuid, number };

// attribute: describes the device. identifier: names it for good (a serial number, a UUID, a MAC
// written in a payload). locator: where it is for now (an address, a host name).
enum class FieldRole { attribute, identifier, locator };

struct Field {
  std::string_view name;  // "protocol.what", lower case, snake_case
  FieldKind kind = FieldKind::text;
  FieldRole role = FieldRole::attribute;
  std::string_view help;  // one line for `camwarden fields`
  // Said of the device by another host that wants something from it: a scanner asks every address
  // for a camera's paths. It may support what the device says of itself, and names nobody alone.
  bool hearsay = false;
};

std::string_view to_string(FieldKind kind);
std::string_view to_string(FieldRole role);

// Not of any protocol: the frame's and the datagram's own addresses.
inline constexpr Field kMacField{"mac", FieldKind::mac, FieldRole::identifier,
                                 "MAC address that a host sends from, or that a message names"};
inline constexpr Field kIpField{"ip", FieldKind::ip, FieldRole::locator,
                                "IP address that a host sends from, or that a message names"};

// An immutable set of fields, sorted by name.
class Vocabulary {
 public:
  explicit Vocabulary(std::vector<const Field*> fields);  // names must be unique: CHECK
  const Field* find(std::string_view name) const;         // nullptr when unknown
  std::string_view nearest(std::string_view name) const;  // a likely spelling, or ""
  const std::vector<const Field*>& fields() const { return fields_; }

 private:
  std::vector<const Field*> fields_;
};

}  // namespace camwarden
