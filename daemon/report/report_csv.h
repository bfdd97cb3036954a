#pragma once
// A report as CSV (RFC 4180), for a spreadsheet: one row for each video device, with the verdict
// and the coverage of its segment beside it; a segment without any has one row of its own.

#include <string>

#include "report/report.h"

namespace camwarden {

std::string csv_report(const Report& report);

}  // namespace camwarden
