#pragma once
// Changes: what is new, gone or different against an earlier report, or since a time.
//
// A device is the same by its id, else by its MAC, else by maker and serial number: an id changes
// when a host that was known by its address shows its MAC.
//
// Pure functions.

#include <string>
#include <vector>

#include "base/result.h"
#include "report/report.h"

namespace camwarden {

// What is left of a report that was made before, as its JSON tells it.
struct EarlierReport {
  std::string name;  // the file
  Time made{}, end{};
  std::string knowledge;
  std::vector<std::pair<std::string, std::string>> packs;     // id, hash
  std::vector<std::pair<std::string, std::string>> verdicts;  // segment, verdict
  std::vector<ReportedDevice> devices;
};

// The error says what the text is instead.
Result<EarlierReport> read_report(std::string_view json, std::string name);

Changes compare(const EarlierReport& before, const Report& now);
// `known`: every video device, also those that were seen before `since` only. Gone is who was there
// at that time and has been unseen for gone_after at the end.
Changes changes_since(Time since, Time end, Duration gone_after,
                      const std::vector<ReportedDevice>& known);

}  // namespace camwarden
