#pragma once
// How what a scan found is written. THE LIST is in scan_formats.cc: a format is one function, and
// one line there.
//
// Thread: main.

#include <span>
#include <string>
#include <string_view>

#include "app/scan.h"

namespace camwarden {

struct ScanFormat {
  std::string_view name;
  // With its summary, where the format has room for words; others say it on the standard error.
  std::string (*write)(const ScanResult&, const TableStyle&, bool everything);
  bool has_summary;
};

std::span<const ScanFormat> scan_formats();
const ScanFormat* scan_format(std::string_view name);  // null when there is none

}  // namespace camwarden
