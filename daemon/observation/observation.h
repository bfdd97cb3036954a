#pragma once
// The waist: one fact that was seen on a wire. The left half (bytes) makes observations and the
// right half (devices) reads them; nothing else crosses. A value type; moved, never shared.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/time.h"
#include "observation/field.h"

namespace camwarden {

// How the subject's MAC is known. A MAC from the frame may be a router's; one that is written in
// the payload (ARP sha, DHCP chaddr, SADP <MAC>, DHIP "mac") is the device's own.
enum class MacOrigin : std::uint8_t { none, frame, payload };

// Who a fact is about; not always the sender of the packet.
struct Subject {
  MacAddress mac;
  IpAddress ip;                            // none when the host has no address yet
  MacOrigin mac_origin = MacOrigin::none;  // none exactly when mac is none
  // The packet was forwarded at least once: its TTL is no value that hosts start from. The frame's
  // MAC is then a router's.
  bool routed = false;
  // The message itself says that `ip` belongs to `mac` (ARP, DHCP, SADP, DHIP).
  bool bound = false;
  std::uint16_t vlan = 0;       // 802.1Q VLAN id 1-4094; 0: untagged
  std::uint16_t interface = 0;  // index into the sensor's interfaces, in order of configuration

  auto operator<=>(const Subject&) const = default;
};

struct Evidence {
  Time time{};              // the packet's
  std::uint64_t packet = 0; // number within its source, from 1
  std::string_view protocol;  // a protocol's constant name: "http"; the unit of independent witness
  bool active = false;      // an answer to a question that we asked
};

struct Observation {
  Subject who;
  const Field* field = nullptr;  // never null once made
  std::string value;             // as sent, at most kMaxValueBytes; may be any bytes
  Evidence evidence;
};

// Longer values are cut before they cross; the longest real one seen is a page title of 300 bytes.
inline constexpr std::size_t kMaxValueBytes = 1024;

// Where the left half puts facts. Implemented by the worker (novelty filter, queue) and by tests.
class FactSink {
 public:
  virtual ~FactSink() = default;
  // `value` is copied only if the fact is new.
  virtual void fact(const Subject& who, const Field& field, std::string_view value,
                    const Evidence& evidence) = 0;
  // Hostile or broken bytes. `name` is a string literal, "dhcp.truncated": counted, never logged.
  virtual void anomaly(std::string_view name) = 0;
};

}  // namespace camwarden
