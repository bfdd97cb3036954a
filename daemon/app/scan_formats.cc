#include "app/scan_formats.h"

#include <array>

#include "app/reporting.h"

namespace camwarden {
namespace {

std::string write_table(const ScanResult& result, const TableStyle& style, bool everything) {
  return list_devices(result.devices, result.others, ListFormat::table, style, everything) +
         coverage_text(result);
}

template <ListFormat format>
std::string write_list(const ScanResult& result, const TableStyle& style, bool) {
  return list_devices(result.devices, result.others, format, style, true);
}

std::string write_report(const ScanResult& result, const TableStyle&, bool) {
  return rendered(result.report, "html");
}

// THE LIST.
constexpr std::array kFormats{
    ScanFormat{"table", write_table, true},
    ScanFormat{"json", write_list<ListFormat::json>, false},
    ScanFormat{"csv", write_list<ListFormat::csv>, false},
    ScanFormat{"html", write_report, true},
};

}  // namespace

std::span<const ScanFormat> scan_formats() { return kFormats; }

const ScanFormat* scan_format(std::string_view name) {
  for (const auto& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace camwarden
