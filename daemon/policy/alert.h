#pragma once
// Alert: something that the SIEM should hear. A finding is a level (a device breaks a rule now); an
// alert is its edge. An Alert is complete by itself: a sink needs nothing else to render it, and a
// copy stored before a crash says the same after it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "inventory/device.h"

namespace camwarden {

enum class AlertType {
  device_discovered,   // "device.discovered": a video device was seen for the first time
  violation_opened,    // "policy.violation"
  violation_upgraded,  // "policy.upgraded": evidence now has a higher grade, or names another maker
  violation_resolved,  // "policy.resolved": the device is gone, moved, or excepted
  sensor_sight,        // "sensor.sight": what the sensor sees and lost; of no device
};
std::string_view to_string(AlertType type);   // as quoted above
std::string_view event_code(AlertType type);  // "CW1001"...: stable, never reused
std::string_view title(AlertType type);       // static text that receivers group on

enum class Severity { info, notice, warning, error };
std::string_view to_string(Severity severity);
int syslog_severity(Severity severity);  // RFC 5424 table 2
int cef_severity(Severity severity);     // 0-10

// An entry of a law pack, as quoted in an alert.
struct LawQuote {
  std::string pack;      // "us-ndaa-889"
  std::string title;     // legal title
  std::string citation;  // "Pub. L. 115-232, section 889(f)(3)(B)"
  std::string authority;
  std::string entity;   // the name as the law has it, or the law's own test where it names nobody
  std::string date;     // in force or named since, "2018-08-13"
  std::string mapping;  // our reading: why this maker is that entity
};

struct Alert {
  std::string id;  // stable over retries and restarts; receivers drop duplicates by it
  std::uint64_t sequence = 0;
  AlertType type = AlertType::device_discovered;
  Time time{};  // of the packet that caused it
  Severity severity = Severity::info;
  std::string rule;  // id of the policy rule; "" for device.discovered
  std::string rule_name;
  // Rule id + device id when it opened: the same for opened, upgraded and resolved, also when the
  // device is known by another id in between.
  std::string dedup_key;
  std::vector<LawQuote> laws;
  std::string segment, zone;  // where; "" outside every segment
  Device device;
  std::string why;     // one English sentence
  std::string to_raise;  // what would raise the grade (raise.h): "would be proven by ..."; or ""
  std::string sensor;  // name of this sensor
  std::string sight;   // of sensor.sight alone: a JSON object; there is then no rule and no device
};

}  // namespace camwarden
