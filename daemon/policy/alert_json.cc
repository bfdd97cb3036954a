#include "policy/alert_json.h"

#include <array>

#include "inventory/device_json.h"

namespace camwarden {
namespace {

constexpr std::array kTypes{AlertType::device_discovered, AlertType::violation_opened,
                            AlertType::violation_upgraded, AlertType::violation_resolved};
constexpr std::array kSeverities{Severity::info, Severity::notice, Severity::warning,
                                 Severity::error};

template <typename Enum, std::size_t N>
std::optional<Enum> named(const std::array<Enum, N>& all, std::string_view name) {
  for (const auto value : all) {
    if (to_string(value) == name) return value;
  }
  return std::nullopt;
}

std::string text_of(const json::object& object, std::string_view key) {
  return std::string(text_member(object, key));
}

std::uint64_t number_of(const json::object& object, std::string_view key) {
  const auto* member = object.if_contains(key);
  if (!member) return 0;
  if (const auto* value = member->if_uint64()) return *value;
  const auto* value = member->if_int64();
  return value && *value > 0 ? static_cast<std::uint64_t>(*value) : 0;
}

LawQuote quote_from_json(const json::object& object) {
  return {.pack = text_of(object, "pack"),
          .title = text_of(object, "title"),
          .citation = text_of(object, "citation"),
          .authority = text_of(object, "authority"),
          .entity = text_of(object, "entity"),
          .date = text_of(object, "date"),
          .mapping = text_of(object, "mapping")};
}

std::vector<LawQuote> laws_from_json(const json::object& object) {
  std::vector<LawQuote> laws;
  const auto* member = object.if_contains("law_pack");
  const auto* list = member ? member->if_array() : nullptr;
  if (!list) return laws;
  for (const auto& item : *list) {
    if (const auto* quote = item.if_object()) laws.push_back(quote_from_json(*quote));
  }
  return laws;
}

std::optional<Device> device_of(const json::object& object) {
  const auto* member = object.if_contains("device");
  const auto* device = member ? member->if_object() : nullptr;
  return device ? device_from_json(*device) : std::nullopt;
}

}  // namespace

json::object to_json(const LawQuote& quote) {
  json::object out;
  out["pack"] = json_text(quote.pack);
  out["title"] = json_text(quote.title);
  out["citation"] = json_text(quote.citation);
  out["authority"] = json_text(quote.authority);
  out["entity"] = json_text(quote.entity);
  out["date"] = json_text(quote.date);
  out["mapping"] = json_text(quote.mapping);
  return out;
}

static void write_finding(const Alert& alert, json::object& out) {
  json::array laws;
  for (const auto& law : alert.laws) laws.push_back(to_json(law));
  out["rule"] = json_text(alert.rule);
  out["rule_name"] = json_text(alert.rule_name);
  out["dedup_key"] = json_text(alert.dedup_key);
  out["law_pack"] = std::move(laws);
  out["segment"] = json_text(alert.segment);
  out["zone"] = json_text(alert.zone);
}

json::object to_json(const Alert& alert) {
  const bool of_device = alert.type != AlertType::sensor_sight;
  json::object out;
  out["id"] = json_text(alert.id);
  out["type"] = to_string(alert.type);
  out["code"] = event_code(alert.type);
  out["time"] = to_rfc3339(alert.time);
  out["sequence"] = alert.sequence;
  out["severity"] = to_string(alert.severity);
  out["title"] = title(alert.type);
  if (of_device) write_finding(alert, out);
  out["sensor"] = json_text(alert.sensor);
  out["why"] = json_text(alert.why);
  if (of_device) {
    out["to_raise"] = json_text(alert.to_raise);
    out["device"] = to_json(alert.device, alert.segment);
  } else if (auto sight = parse_json(alert.sight)) {
    out["sight"] = std::move(*sight);
  }
  return out;
}

std::optional<Alert> alert_from_json(const json::object& object) {
  const auto type = named(kTypes, text_member(object, "type"));
  const auto severity = named(kSeverities, text_member(object, "severity"));
  const auto time = parse_rfc3339(text_member(object, "time"));
  auto device = device_of(object);
  if (!type || !severity || !time || !device || text_member(object, "id").empty()) {
    return std::nullopt;
  }
  return Alert{.id = text_of(object, "id"),
               .sequence = number_of(object, "sequence"),
               .type = *type,
               .time = *time,
               .severity = *severity,
               .rule = text_of(object, "rule"),
               .rule_name = text_of(object, "rule_name"),
               .dedup_key = text_of(object, "dedup_key"),
               .laws = laws_from_json(object),
               .segment = text_of(object, "segment"),
               .zone = text_of(object, "zone"),
               .device = std::move(*device),
               .why = text_of(object, "why"),
               .to_raise = text_of(object, "to_raise"),
               .sensor = text_of(object, "sensor"),
               .sight = {}};  // is not kept
}

}  // namespace camwarden
