#pragma once
// A report as JSON: for programs, and for the next report to be compared with (report/changes.h
// reads it back). One object. Its members only ever gain others; `version` counts changes that
// break a reader.

#include "base/json.h"
#include "report/report.h"

namespace camwarden {

inline constexpr int kReportVersion = 1;

json::object to_json(const Report& report);
// One line, with a line's end.
std::string json_report(const Report& report);

}  // namespace camwarden
