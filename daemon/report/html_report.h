#pragma once
// A report as one HTML file: no script, nothing from outside, and a content security policy that
// lets nothing else in. Reads and prints without either, in light and dark.

#include <string>

#include "report/report.h"

namespace camwarden {

std::string html_report(const Report& report);

}  // namespace camwarden
