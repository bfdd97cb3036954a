#pragma once
// A network told in a few words: who was seen saying what, and a small knowledge base.

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "inventory/device_json.h"
#include "inventory/inventory.h"

namespace camwarden::scene {

inline constexpr Field kServer{"http.server", FieldKind::text, FieldRole::attribute, ""};
inline constexpr Field kRealm{"rtsp.realm", FieldKind::text, FieldRole::attribute, ""};
inline constexpr Field kType{"sadp.type", FieldKind::text, FieldRole::attribute, ""};
inline constexpr Field kSerial{"sadp.serial", FieldKind::text, FieldRole::identifier, ""};
inline constexpr Field kUuid{"wsdd.endpoint", FieldKind::uuid, FieldRole::identifier, ""};
inline constexpr Field kUdn{"ssdp.udn", FieldKind::uuid, FieldRole::identifier, ""};
inline constexpr Field kNamedMac{"http.mac", FieldKind::mac, FieldRole::identifier, ""};
inline constexpr Field kHostname{"dhcp.hostname", FieldKind::text, FieldRole::locator, ""};
inline constexpr Field kHost{"http.host", FieldKind::text, FieldRole::locator, ""};
inline constexpr Field kAnnounce{"arp.announce", FieldKind::ip, FieldRole::locator, ""};

inline constexpr std::string_view kCamA = "44:19:b6:00:00:0a", kCamB = "44:19:b6:00:00:0b";
inline constexpr std::string_view kRouter = "00:1b:54:00:00:01";
inline constexpr std::string_view kLocal = "02:42:ac:00:00:05";
inline constexpr std::string_view kSomeUuid = "urn:uuid:4d454930-0000-1000-8000-4419b600000a";

inline Time at(int seconds) { return Time(std::chrono::seconds(1'700'000'000 + seconds)); }
inline MacAddress mac(std::string_view text) { return MacAddress::parse(text).value(); }
inline IpAddress ip(std::string_view text) { return IpAddress::parse(text).value_or(IpAddress()); }

inline Subject framed(std::string_view m, std::string_view address, std::uint16_t vlan = 0) {
  return {.mac = mac(m), .ip = ip(address), .mac_origin = MacOrigin::frame, .vlan = vlan};
}
inline Subject routed(std::string_view m, std::string_view address, std::uint16_t vlan = 0) {
  auto who = framed(m, address, vlan);
  who.routed = true;
  return who;
}
inline Subject named(std::string_view m, std::string_view address, std::uint16_t vlan = 0) {
  auto who = framed(m, address, vlan);
  who.mac_origin = MacOrigin::payload;
  who.bound = !who.ip.none();
  return who;
}

inline Observation says(const Subject& who, const Field& field, std::string_view value, int seconds,
                        std::string_view protocol = "") {
  static std::uint64_t packet = 0;
  if (protocol.empty()) protocol = field.name.substr(0, field.name.find('.'));
  return {who, &field, std::string(value), {at(seconds), ++packet, protocol, false}};
}
// The frame's own MAC, as it is noted of every sender.
inline Observation frame(const Subject& who, int seconds) {
  return says(who, kMacField, who.mac.to_string(), seconds, "ethernet");
}
inline Observation arp(std::string_view m, std::string_view address, int seconds,
                       std::uint16_t vlan = 0) {
  return says(named(m, address, vlan), kAnnounce, address, seconds);
}

class Knowledge {
 public:
  struct Rule {
    const Field* field;
    std::string value;  // is at the start of the observed value
    Fingerprint fingerprint;
    std::vector<Claim> claims;
  };

  Fingerprint& rule(const Field& field, std::string value, double certainty,
                    std::vector<Claim> claims) {
    const auto id = "rule." + std::to_string(rules_.size());
    rules_.push_back({&field, std::move(value), {}, std::move(claims)});
    auto& made = rules_.back().fingerprint;
    made.id = id;
    made.field = &field;
    made.certainty = certainty;
    made.because = "because of " + id;
    return made;
  }
  std::vector<Match> match(const Field& field, std::string_view value) const {
    std::vector<Match> matches;
    for (const auto& rule : rules_) {
      if (rule.field->name != field.name || !value.starts_with(rule.value)) continue;
      auto claims = rule.claims;
      for (auto& claim : claims) {
        if (claim.value == "$0") claim.value = value;
      }
      matches.push_back({&rule.fingerprint, std::move(claims)});
    }
    return matches;
  }
  Matcher matcher() const {
    return [this](const Field& field, std::string_view value) { return match(field, value); };
  }

 private:
  std::deque<Rule> rules_;
};

inline std::vector<Claim> maker(std::string name, std::string kind = "camera") {
  return {{Attribute::maker, std::move(name)}, {Attribute::kind, std::move(kind)}};
}

// Hikvision by OUI, HTTP and SADP.
inline const Knowledge& usual() {
  static const Knowledge knowledge = [] {
    Knowledge made;
    made.rule(kMacField, "44:19:b6", 0.65, maker("Hikvision", "video-other"));
    made.rule(kMacField, "00:1b:54", 0.3, {{Attribute::maker, "Cisco"}}).weak = true;
    made.rule(kServer, "App-webs", 0.9, maker("Hikvision"));
    made.rule(kType, "DS-", 0.95, maker("Hikvision")).proprietary = true;
    made.rule(kSerial, "", 0.9, {{Attribute::serial, "$0"}}).proprietary = true;
    return made;
  }();
  return knowledge;
}

class Network {
 public:
  explicit Network(Inventory::Options options = {}, const Knowledge& knowledge = usual())
      : inventory(options, knowledge.matcher()) {}

  Network& see(const Observation& observation) {
    inventory.observe(observation);
    return *this;
  }
  Network& see(const std::vector<Observation>& observations) {
    for (const auto& observation : observations) inventory.observe(observation);
    return *this;
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const auto& device : inventory.devices()) ids.push_back(device.id);
    return ids;
  }
  Device device(std::string_view id) const { return inventory.device(id).value_or(Device()); }
  std::vector<std::string> changes() {
    std::vector<std::string> ids;
    for (const auto& change : inventory.take_changes()) ids.push_back(change.id);
    return ids;
  }

  Inventory inventory;
};

// Four hosts behind the router.
inline std::vector<Observation> crowd(std::string_view router = kRouter) {
  std::vector<Observation> all;
  for (int i = 1; i <= 4; ++i) {
    all.push_back(says(framed(router, "10.9.0." + std::to_string(i)), kServer, "nginx", i));
  }
  return all;
}

// All that a device says of itself, presences too.
inline std::string text_of(const Device& device) {
  auto text = to_string(json::value(to_json(device, "")));
  for (const auto& presence : device.presences) {
    text += "\n " + presence.ip.to_string() + " " + std::to_string(presence.vlan) + " " +
            std::to_string(presence.interface) + " " + to_rfc3339(presence.first_seen) + " " +
            to_rfc3339(presence.last_seen);
  }
  return text;
}
inline std::string text_of(const Inventory& inventory) {
  std::string text;
  for (const auto& device : inventory.devices()) text += text_of(device) + "\n";
  return text;
}

}  // namespace camwarden::scene
