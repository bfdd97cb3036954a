#include "report/report_json.h"

#include <algorithm>

#include "inventory/device_json.h"
#include "policy/alert_json.h"
#include "report/changes.h"
#include "report/coverage_json.h"

namespace camwarden {
namespace {

template <typename Items, typename Render>
json::array array_of(const Items& items, Render render) {
  json::array out;
  for (const auto& item : items) out.push_back(render(item));
  return out;
}

json::array texts_json(const std::vector<std::string>& texts) {
  return array_of(texts, [](const std::string& text) { return json::value(json_text(text)); });
}

json::value time_json(Time time) {
  return time == Time{} ? json::value(nullptr) : json::value(to_rfc3339(time));
}

json::object segment_json(const SegmentReport& segment) {
  return {{"name", json_text(segment.name)},        {"zone", json_text(segment.zone)},
          {"extent", json_text(segment.extent)},    {"rules", texts_json(segment.rules)},
          {"verdict", to_string(segment.verdict)},  {"sentence", json_text(segment.sentence)},
          {"because", texts_json(segment.because)}, {"supports", texts_json(segment.supports)},
          {"coverage", to_json(segment.coverage)}};
}

json::object device_json(const ReportedDevice& each) {
  auto out = to_json(each.device, each.segment);
  out["laws"] = array_of(each.laws, [](const LawQuote& law) { return json::value(to_json(law)); });
  out["rule"] = json_text(each.rule);
  out["rule_name"] = json_text(each.rule_name);
  out["why"] = json_text(each.why);
  out["exception"] = json_text(each.exception);
  out["violation"] = each.violation();
  out["suspected"] = each.suspected;
  out["gone"] = each.gone;
  return out;
}

json::object exception_json(const ReportedException& exception) {
  return {{"rule", json_text(exception.rule)},       {"whom", json_text(exception.whom)},
          {"owner", json_text(exception.owner)},     {"reason", json_text(exception.reason)},
          {"ticket", json_text(exception.ticket)},   {"expires", to_rfc3339(exception.expires)},
          {"devices", texts_json(exception.devices)}};
}

json::object pack_json(const LawPack& pack) {
  return {{"id", json_text(pack.id)},
          {"title", json_text(pack.title)},
          {"citation", json_text(pack.citation)},
          {"authority", json_text(pack.authority)},
          {"in_force", json_text(pack.in_force)},
          {"source", json_text(pack.source)},
          {"certainty", json_text(pack.certainty)},
          {"sha256", pack.sha256}};
}

json::object change_json(const Change& change) {
  return {{"what", to_string(change.what)},
          {"id", json_text(change.device.device.id)},
          {"maker", json_text(change.device.device.maker)},
          {"model", json_text(change.device.device.model)},
          {"segment", json_text(change.device.segment)},
          {"violation", change.device.violation()},
          {"differences", texts_json(change.differences)}};
}

json::value changes_json(const std::optional<Changes>& changes) {
  if (!changes) return nullptr;
  return json::object{{"against", json_text(changes->against)},
                      {"devices", array_of(changes->changes, change_json)},
                      {"others", texts_json(changes->others)}};
}

json::object provenance_json(const Provenance& from) {
  return {{"program", json_text(from.program)},
          {"sensor", json_text(from.sensor)},
          {"method", json_text(from.method)},
          {"knowledge", json::object{{"version", json_text(from.knowledge)},
                                     {"fingerprints", from.fingerprints},
                                     {"makers", from.makers}}}};
}

std::string text_of(const json::object& object, std::string_view key) {
  return std::string(text_member(object, key));
}

const json::object& object_at(const json::object& object, std::string_view key) {
  static const json::object kNone;
  const auto* value = object.if_contains(key);
  const auto* found = value ? value->if_object() : nullptr;
  return found ? *found : kNone;
}

bool flag(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}

template <typename Each>
void each_object(const json::object& object, std::string_view key, Each each) {
  const auto* value = object.if_contains(key);
  const auto* list = value ? value->if_array() : nullptr;
  if (!list) return;
  for (const auto& item : *list) {
    if (const auto* found = item.if_object()) each(*found);
  }
}

ReportedDevice reported_from(const json::object& object, Device device) {
  ReportedDevice each;
  each.device = std::move(device);
  each.segment = text_of(object, "segment");
  each.rule = text_of(object, "rule");
  each.exception = text_of(object, "exception");
  each.suspected = flag(object, "suspected");
  each.gone = flag(object, "gone");
  return each;
}

}  // namespace

json::object to_json(const Report& report) {
  json::object out;
  out["object"] = "report";
  out["version"] = kReportVersion;
  out["made"] = time_json(report.made);
  out["begin"] = time_json(report.begin);
  out["end"] = time_json(report.end);
  out["verdict"] = to_string(report.verdict);
  out["sentence"] = json_text(report.sentence);
  out["provenance"] = provenance_json(report.provenance);
  out["segmented"] = report.segmented;
  out["law_packs"] = array_of(report.packs, pack_json);
  out["segments"] = array_of(report.segments, segment_json);
  out["devices"] = array_of(report.devices, device_json);
  out["exceptions"] = array_of(report.exceptions, exception_json);
  out["events"] =
      array_of(report.events, [](const Alert& alert) { return json::value(to_json(alert)); });
  out["changes"] = changes_json(report.changes);
  return out;
}

std::string json_report(const Report& report) {
  return to_string(json::value(to_json(report))) + "\n";
}

Result<EarlierReport> read_report(std::string_view text, std::string name) {
  const auto value = parse_json(text);
  const auto* object = value ? value->if_object() : nullptr;
  if (!object || text_member(*object, "object") != "report") {
    return Error{name + ": is no report that `camwarden report --format json` wrote"};
  }
  const auto* version = object->if_contains("version");
  if (!version || !version->is_int64() || version->get_int64() != kReportVersion) {
    return Error{name +
                 ": is a report of another version of camwarden, which this one cannot compare"};
  }
  EarlierReport report;
  report.name = std::move(name);
  report.made = parse_rfc3339(text_member(*object, "made")).value_or(Time{});
  report.end = parse_rfc3339(text_member(*object, "end")).value_or(Time{});
  report.knowledge = text_of(object_at(object_at(*object, "provenance"), "knowledge"), "version");
  const bool segmented = flag(*object, "segmented");
  each_object(*object, "law_packs", [&](const json::object& pack) {
    report.packs.emplace_back(text_of(pack, "id"), text_of(pack, "sha256").substr(0, 12));
  });
  each_object(*object, "segments", [&](const json::object& segment) {
    report.verdicts.emplace_back(on_segment(text_member(segment, "name"), segmented),
                                 text_of(segment, "verdict"));
  });
  std::size_t unreadable = 0;
  each_object(*object, "devices", [&](const json::object& each) {
    auto device = device_from_json(each);
    if (device) report.devices.push_back(reported_from(each, std::move(*device)));
    unreadable += !device;
  });
  if (unreadable > 0) return Error{report.name + ": holds devices that this version cannot read"};
  return report;
}

}  // namespace camwarden
