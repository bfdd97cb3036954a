#include "policy/alert.h"

namespace camwarden {

std::string_view to_string(AlertType type) {
  switch (type) {
    case AlertType::device_discovered:
      return "device.discovered";
    case AlertType::violation_opened:
      return "policy.violation";
    case AlertType::violation_upgraded:
      return "policy.upgraded";
    case AlertType::violation_resolved:
      return "policy.resolved";
    case AlertType::sensor_sight:
      return "sensor.sight";
  }
  return "";
}

std::string_view event_code(AlertType type) {
  switch (type) {
    case AlertType::device_discovered:
      return "CW1001";
    case AlertType::violation_opened:
      return "CW2001";
    case AlertType::violation_upgraded:
      return "CW2002";
    case AlertType::violation_resolved:
      return "CW2003";
    case AlertType::sensor_sight:
      return "CW3001";
  }
  return "";
}

std::string_view title(AlertType type) {
  switch (type) {
    case AlertType::device_discovered:
      return "Video device discovered";
    case AlertType::violation_opened:
      return "Video device breaks policy";
    case AlertType::violation_upgraded:
      return "Policy violation has new evidence";
    case AlertType::violation_resolved:
      return "Policy violation resolved";
    case AlertType::sensor_sight:
      return "What the sensor sees";
  }
  return "";
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::notice:
      return "notice";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

int syslog_severity(Severity severity) {
  switch (severity) {
    case Severity::info:
      return 6;
    case Severity::notice:
      return 5;
    case Severity::warning:
      return 4;
    case Severity::error:
      return 3;
  }
  return 6;
}

// CEF names its bands: 0-3 low, 4-6 medium, 7-8 high, 9-10 very high.
int cef_severity(Severity severity) {
  switch (severity) {
    case Severity::info:
      return 2;
    case Severity::notice:
      return 3;
    case Severity::warning:
      return 6;
    case Severity::error:
      return 8;
  }
  return 0;
}

}  // namespace camwarden
