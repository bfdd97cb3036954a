#pragma once
// How the HTML report words things: times, places, devices in a line or two.

#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace camwarden {

std::string when(Time time);    // "2026-09-10 12:34 UTC", or "-"
std::string in_utc(Time time);  // without the zone, where the column's head has it
// What a device said of itself, cut to what a table takes.
std::string brief(std::string_view said);
std::string or_dash(std::string text);

std::vector<std::string> addresses_of(const Device& device);  // a line each, never none
std::string place_of(const ReportedDevice& each, bool segmented);
std::string name_of(const ReportedDevice& each);  // "Hikvision, sold as Annke C800 at 10.10.10.71"
std::string grade_of(const Device& device);
std::vector<std::string> pack_lines(const std::vector<LawQuote>& laws);  // each once, never none
std::string packs_of(const std::vector<LawQuote>& laws);                 // the same in one line
std::string grouped(std::uint64_t number);                               // "1,000,000"

}  // namespace camwarden
