#include "sinks/rfc5424.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "sinks/fit.h"

namespace camwarden {
namespace {

// RFC 5424 section 6: HOSTNAME and the like are PRINTUSASCII (33 to 126) of a limited length.
std::string header_word(std::string_view word, std::size_t most) {
  std::string out(word.substr(0, most));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c < 33 || c > 126; }, '_');
  return out.empty() ? "-" : out;
}

// RFC 5424 section 6.3.3: these three, and no other character.
std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '"' || c == '\\' || c == ']') out += '\\';
    out += c;
  }
  return out;
}

std::string parameter(const NamedValue& value) {
  return fmt::format(" {}=\"{}\"", value.name, escaped(value.value));
}

std::size_t written(const NamedValue& value) { return parameter(value).size(); }

std::string element(std::string_view id, const std::vector<NamedValue>& values) {
  std::string out = fmt::format("[{}", id);
  for (const auto& value : values) out += parameter(value);
  return out + "]";
}

// In the order of the wire. The identifiers that receivers correlate on matter most; what the body
// says too matters least.
std::vector<NamedValue> event_values(const Alert& alert) {
  const auto& device = alert.device;
  const bool of_device = alert.type != AlertType::sensor_sight;
  return {
      {"event_id", alert.id, 100, true},
      {"code", std::string(event_code(alert.type)), 60, true},
      {"rule_id", alert.rule, 95},
      {"rule_name", alert.rule_name, 10},
      {"law_packs", law_packs(alert), 55},
      {"segment", alert.segment, 85},
      {"zone", alert.zone, 50},
      {"device_id", device.id, 70, true},
      {"device_mac", device.mac ? device.mac.to_string() : "", 90, true},
      {"device_ip", device_ip(alert), 92, true},
      {"vlan_id", vlan_id(alert), 65, true},
      {"device_kind", std::string(of_device ? to_string(device.kind) : ""), 45},
      {"manufacturer", device.maker, 80},
      {"brand", device.brand, 40},
      {"model", device.model, 58},
      {"firmware", device.firmware, 25},
      {"serial", device.serial, 35},
      {"grade", std::string(device.grade == Grade::none ? "" : to_string(device.grade)), 57},
      {"confidence", confidence_percent(alert), 30, true},
      {"evidence", evidence_protocols(alert), 20},
      {"sensor", alert.sensor, 28},
      {"dedup_key", alert.dedup_key, 75, true},
  };
}

// The reference events say what is known; an absent parameter is the nil of structured data.
void make_sendable(std::vector<NamedValue>& values) {
  for (auto& value : values) value.value = printable(value.value);
  std::erase_if(values, [](const NamedValue& value) { return value.value.empty(); });
}

// RFC 5424 section 7.3.1: from 1 to 2147483647, then 1 again.
std::string meta_element(std::uint64_t sequence) {
  if (sequence == 0) return "";
  return fmt::format("[meta sequenceId=\"{}\"]", (sequence - 1) % 2147483647 + 1);
}

// RFC 5424 section 7.2: software and swVersion have at most 48 and 32 characters.
std::string origin_element(const SinkOptions& options, const Origin& origin) {
  const auto version = escaped(to_utf8(printable(origin.version), 32));
  return fmt::format("[origin enterpriseId=\"{}\" software=\"camwarden\" swVersion=\"{}\"]",
                     options.enterprise_number, version);
}

}  // namespace

std::string rfc5424_header(const Alert& alert, const SinkOptions& options, const Origin& origin) {
  const int priority = options.facility * 8 + syslog_severity(alert.severity);
  const auto process = origin.process_id > 0 ? fmt::format("{}", origin.process_id) : "-";
  return fmt::format("<{}>1 {} {} camwarden {} {}", priority, to_rfc3339(alert.time),
                     header_word(origin.hostname, 255), process,
                     header_word(to_string(alert.type), 32));
}

std::string rfc5424_structured_data(const Alert& alert, const SinkOptions& options,
                                    const Origin& origin, std::size_t limit) {
  const auto id = fmt::format("event@{}", options.enterprise_number);
  const auto meta = meta_element(alert.sequence), sender = origin_element(options, origin);
  auto values = event_values(alert);
  make_sendable(values);
  const auto room = [&](std::size_t taken) {
    const std::size_t fixed = id.size() + 2 + taken;
    return limit > fixed ? limit - fixed : 0;
  };
  // Who sent it and its number give way before the facts do.
  auto rest = meta + sender;
  if (limit < 4 * rest.size()) rest.clear();
  fit(values, room(rest.size()), written);
  if (values.empty()) return "-";
  return element(id, values) + rest;
}

}  // namespace camwarden
