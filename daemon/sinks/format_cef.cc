// ArcSight Common Event Format, version 0: what most SIEMs take. dvc* is the sensor and src, smac
// the camera, the meaning that ArcSight and Sentinel give them. Header values escape '|' and '\';
// extension values escape '=' and '\' and write line ends as "\n" and "\r"; '|' stands as it is.
// There is a space after the seventh pipe, because liblognorm 2.0.6 was seen to eat the first
// letter of the first key without it.

#include <fmt/format.h>

#include <chrono>

#include "base/text.h"
#include "policy/sentence.h"
#include "sinks/fit.h"
#include "sinks/registry.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxMsg = 1023;  // of `msg`, by the CEF dictionary

std::string escaped(std::string_view text, char special) {
  std::string out;
  for (const char c : text) {
    if (c == special || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else
      out += c;
  }
  return out;
}

// printable(), but line ends stay for escaped() to write as CEF does.
std::string printable_lines(std::string_view text) {
  std::string out;
  for (;;) {
    const auto end = text.find_first_of("\r\n");
    out += printable(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += text[end];
    text.remove_prefix(end + 1);
  }
}

std::string extension(const NamedValue& value) {
  auto text = fmt::format(" {}={}", value.name, escaped(value.value, '='));
  if (!value.label.empty()) text += fmt::format(" {}Label={}", value.name, value.label);
  return text;
}

std::size_t written(const NamedValue& value) { return extension(value).size(); }

std::string header(const Alert& alert, const Origin& origin) {
  return fmt::format("CEF:0|Camwarden|Camwarden|{}|{}|{}|{}|",
                     escaped(to_utf8(printable(origin.version), 31), '|'), to_string(alert.type),
                     escaped(title(alert.type), '|'), cef_severity(alert.severity));
}

std::string epoch_milliseconds(Time time) {
  return fmt::format(
      "{}", std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

// `src` is an IPv4 address by the dictionary; an IPv6 address has c6a2.
NamedValue address(const Alert& alert) {
  const auto ip = device_ip(alert);
  if (ip.find(':') == std::string::npos) return {"src", ip, 92, true};
  return {"c6a2", ip, 92, true, "Source IPv6 Address"};
}

std::string category(AlertType type) {
  if (type == AlertType::sensor_sight) return "sensor";
  return type == AlertType::device_discovered ? "discovery" : "policy";
}

std::vector<NamedValue> values(const Alert& alert, const Origin& origin) {
  const auto& device = alert.device;
  const bool of_device = alert.type != AlertType::sensor_sight;
  return {
      {"rt", epoch_milliseconds(alert.time), 98, true},  // first: a harmless one
      {"cat", category(alert.type), 52},
      {"act", of_device ? "alert" : "report", 15},
      {"dvchost", origin.hostname, 50},
      {"deviceExternalId", alert.sensor, 28},
      address(alert),
      {"smac", device.mac ? device.mac.to_string() : "", 90, true},
      {"shost", device.hostname, 22},
      {"cs1", alert.rule, 95, false, "policyRule"},
      {"cs2", alert.segment, 85, false, "segment"},
      {"cs3", device.maker, 80, false, "cameraVendor"},
      {"cs4", device.model, 58, false, "cameraModel"},
      {"cs5", device.firmware, 25, false, "cameraFirmware"},
      {"cs6", evidence_protocols(alert), 20, false, "evidence"},
      {"cn1", vlan_id(alert), 65, true, "vlanId"},
      {"cn2", confidence_percent(alert), 30, true, "confidence"},
      {"externalId", alert.id, 100, true},
      {"camwardenCode", std::string(event_code(alert.type)), 60, true},
      {"camwardenDedupKey", alert.dedup_key, 75, true},
      {"camwardenDeviceId", device.id, 70, true},
      {"camwardenKind", std::string(of_device ? to_string(device.kind) : ""), 45},
      {"camwardenBrand", device.brand, 40},
      {"camwardenSerial", device.serial, 35},
      {"camwardenGrade", std::string(device.grade == Grade::none ? "" : to_string(device.grade)),
       57},
      {"camwardenLawPacks", law_packs(alert), 55},
      {"camwardenRuleName", alert.rule_name, 10},
      {"camwardenZone", alert.zone, 48},
      {"msg", alert.why.empty() ? std::string(title(alert.type)) : in_words(alert), 62},
  };
}

// A blank at a value's end cannot be told from the blank before the next key.
void make_sendable(std::vector<NamedValue>& all) {
  for (auto& value : all) value.value = to_utf8(trim(printable_lines(value.value)), kMaxMsg);
  std::erase_if(all, [](const NamedValue& value) { return value.value.empty(); });
}

}  // namespace

std::string cef_body(const Alert& alert, const Origin& origin, std::size_t limit) {
  auto text = header(alert, origin);
  auto all = values(alert, origin);
  make_sendable(all);
  fit(all, limit > text.size() ? limit - text.size() : 0, written);
  for (const auto& value : all) text += extension(value);
  return text;
}

}  // namespace camwarden
