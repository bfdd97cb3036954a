#pragma once
// Reporting: what commands have at hand, as the input of a report; and a report in the format that
// was asked for.
//
// Thread: main.

#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/result.h"
#include "report/report.h"

namespace camwarden {

// With the policy and where the knowledge came from; devices, coverage and period are the caller's.
// `policy` must outlive the report's making.
ReportInput report_input(const Setup& setup, const Policy& policy, std::string method);

// All that were seen before `end`. Of thousands of hosts that are no video devices only what counts
// them stays.
std::vector<Device> devices_for_report(const Inventory& inventory, const Policy& policy, Time end);

// "html", "json" or "csv".
std::string rendered(const Report& report, std::string_view format);

// What a daemon wrote into its database, for the time between; Time{}: from the beginning.
Result<Report> report_of_database(const std::shared_ptr<const Setup>& setup, Time begin, Time end,
                                  const Vocabulary& vocabulary);

}  // namespace camwarden
