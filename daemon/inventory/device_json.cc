#include "inventory/device_json.h"

#include <array>
#include <cmath>

namespace camwarden {
namespace {

constexpr std::array kGrades{Grade::none, Grade::possible, Grade::probable, Grade::proven};
constexpr std::array kKinds{Kind::unknown,     Kind::host,     Kind::router,
                            Kind::video_other, Kind::recorder, Kind::camera};
constexpr std::array kAttributes{Attribute::maker,    Attribute::brand,  Attribute::model,
                                 Attribute::firmware, Attribute::serial, Attribute::kind,
                                 Attribute::component};
// Attributes that are plain strings of a Device, under their JSON names.
struct Text {
  std::string_view key;
  std::string Device::*member;
};
constexpr std::array kTexts{
    Text{"maker", &Device::maker},         Text{"brand", &Device::brand},
    Text{"model", &Device::model},         Text{"firmware", &Device::firmware},
    Text{"serial", &Device::serial},       Text{"hostname", &Device::hostname},
    Text{"component", &Device::component},
};

template <typename Enum, std::size_t N>
std::optional<Enum> named(const std::array<Enum, N>& all, std::string_view name) {
  for (const auto value : all) {
    if (to_string(value) == name) return value;
  }
  return std::nullopt;
}

json::object claims_json(const std::vector<Claim>& claims) {
  json::object out;
  for (const auto& claim : claims) out[to_string(claim.attribute)] = json_text(claim.value);
  return out;
}

json::object evidence_json(const EvidenceItem& item) {
  json::object out;
  out["field"] = json_text(item.field);
  out["value"] = json_text(item.value);
  out["protocol"] = json_text(item.protocol);
  out["mode"] = item.active ? "active" : "passive";
  out["time"] = to_rfc3339(item.first_seen);
  out["last_seen"] = to_rfc3339(item.last_seen);
  out["packet"] = item.packet;
  out["fingerprint"] = json_text(item.fingerprint);
  out["claims"] = claims_json(item.claims);
  out["because"] = json_text(item.because);
  return out;
}

json::object conflict_json(const Conflict& conflict) {
  json::array fingerprints;
  for (const auto& id : conflict.fingerprints) fingerprints.push_back(json_text(id));
  json::object out;
  out["attribute"] = to_string(conflict.attribute);
  out["verdict"] = json_text(conflict.verdict);
  out["other"] = json_text(conflict.other);
  out["fingerprints"] = std::move(fingerprints);
  return out;
}

template <typename Items, typename Render>
json::array array_of(const Items& items, Render render) {
  json::array out;
  for (const auto& item : items) out.push_back(render(item));
  return out;
}

std::string text_of(const json::object& object, std::string_view key) {
  return std::string(text_member(object, key));
}

const json::array& list(const json::object& object, std::string_view key) {
  static const json::array kEmpty;
  const auto* member = object.if_contains(key);
  const auto* array = member ? member->if_array() : nullptr;
  return array ? *array : kEmpty;
}

double real(const json::object& object, std::string_view key) {
  const auto* member = object.if_contains(key);
  if (!member || !member->is_number()) return 0;
  boost::system::error_code error;
  const auto value = member->to_number<double>(error);
  return error ? 0 : value;
}

std::uint64_t whole(const json::value& value) {
  boost::system::error_code error;
  const auto number = value.to_number<std::uint64_t>(error);
  return error ? 0 : number;
}

bool read_time(const json::object& object, std::string_view key, Time& time) {
  const auto parsed = parse_rfc3339(text_member(object, key));
  if (parsed) time = *parsed;
  return parsed.has_value();
}

std::vector<Claim> claims_from(const json::object& object) {
  std::vector<Claim> claims;
  const auto* member = object.if_contains("claims");
  const auto* map = member ? member->if_object() : nullptr;
  if (!map) return claims;
  for (const auto attribute : kAttributes) {
    if (map->contains(to_string(attribute)))
      claims.push_back({attribute, text_of(*map, to_string(attribute))});
  }
  return claims;
}

std::optional<EvidenceItem> evidence_from(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  EvidenceItem item;
  item.field = text_of(*object, "field");
  item.value = text_of(*object, "value");
  item.protocol = text_of(*object, "protocol");
  item.active = text_member(*object, "mode") == "active";
  if (!read_time(*object, "time", item.first_seen)) return std::nullopt;
  if (!read_time(*object, "last_seen", item.last_seen)) return std::nullopt;
  if (const auto* packet = object->if_contains("packet")) item.packet = whole(*packet);
  item.fingerprint = text_of(*object, "fingerprint");
  item.because = text_of(*object, "because");
  item.claims = claims_from(*object);
  return item;
}

std::optional<Conflict> conflict_from(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  const auto attribute = named(kAttributes, text_member(*object, "attribute"));
  if (!attribute) return std::nullopt;
  Conflict conflict{*attribute, text_of(*object, "verdict"), text_of(*object, "other"), {}};
  for (const auto& id : list(*object, "fingerprints")) {
    if (const auto* text = id.if_string()) conflict.fingerprints.emplace_back(*text);
  }
  return conflict;
}

// Each item of a list, or false when one has the wrong form.
template <typename Item, typename Read>
bool read_list(const json::object& object, std::string_view key, std::vector<Item>& items,
               Read read) {
  for (const auto& value : list(object, key)) {
    auto item = read(value);
    if (!item) return false;
    items.push_back(std::move(*item));
  }
  return true;
}

std::optional<IpAddress> ip_from(const json::value& value) {
  const auto* text = value.if_string();
  return text ? IpAddress::parse(*text) : std::nullopt;
}

std::optional<std::uint16_t> vlan_from(const json::value& value) {
  const auto number = whole(value);
  if (!value.is_number() || number > 4095) return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

bool read_verdicts(const json::object& object, Device& device) {
  const auto kind = named(kKinds, text_member(object, "kind"));
  const auto grade = named(kGrades, text_member(object, "grade"));
  if (!kind || !grade) return false;
  device.kind = *kind;
  device.grade = *grade;
  device.confidence = real(object, "confidence");
  for (const auto& text : kTexts) device.*text.member = text_of(object, text.key);
  return true;
}

bool read_lists(const json::object& object, Device& device) {
  return read_list(object, "ips", device.ips, ip_from) &&
         read_list(object, "vlans", device.vlans, vlan_from) &&
         read_list(object, "evidence", device.evidence, evidence_from) &&
         read_list(object, "conflicts", device.conflicts, conflict_from);
}

}  // namespace

json::object to_json(const Device& device, std::string_view segment) {
  json::object out;
  out["id"] = json_text(device.id);
  out["mac"] = device.mac.none() ? json::value(nullptr) : json::value(device.mac.to_string());
  out["ips"] =
      array_of(device.ips, [](const IpAddress& ip) { return json::value(ip.to_string()); });
  out["vlans"] = array_of(device.vlans, [](std::uint16_t vlan) { return json::value(vlan); });
  out["segment"] = json_text(segment);
  out["kind"] = to_string(device.kind);
  for (const auto& text : kTexts) out[text.key] = json_text(device.*text.member);
  out["grade"] = to_string(device.grade);
  out["confidence"] = std::round(device.confidence * 100) / 100;
  out["first_seen"] = to_rfc3339(device.first_seen);
  out["last_seen"] = to_rfc3339(device.last_seen);
  out["evidence"] = array_of(device.evidence, evidence_json);
  out["conflicts"] = array_of(device.conflicts, conflict_json);
  return out;
}

std::optional<Device> device_from_json(const json::object& object) {
  Device device;
  device.id = text_of(object, "id");
  if (device.id.empty() || !read_verdicts(object, device) || !read_lists(object, device))
    return std::nullopt;
  if (const auto mac = text_member(object, "mac"); !mac.empty()) {
    const auto parsed = MacAddress::parse(mac);
    if (!parsed) return std::nullopt;
    device.mac = *parsed;
  }
  if (!read_time(object, "first_seen", device.first_seen)) return std::nullopt;
  if (!read_time(object, "last_seen", device.last_seen)) return std::nullopt;
  return device;
}

}  // namespace camwarden
