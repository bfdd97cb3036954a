#pragma once
// Listings: devices and alerts for a person's terminal, a program's JSON lines or a spreadsheet's
// CSV. Every string that a device chose is made safe for the place it goes to: control and
// reordering characters are shown escaped, and a CSV cell never starts a formula.

#include <string>
#include <string_view>
#include <vector>

#include "inventory/device.h"
#include "policy/alert.h"

namespace camwarden {

enum class ListFormat { table, json, csv };

struct ListedDevice {
  Device device;
  std::string segment;
  std::vector<LawQuote> laws;  // that name its maker
  bool violation = false;
};

struct TableStyle {
  std::size_t width = 0;  // columns of the terminal; 0: as wide as it needs
  bool colour = false;
};

// Restricted devices first, then by address. The table leaves out hosts that are no video devices
// and counts them in its last line, unless `everything`. `others`: hosts that are not in `devices`.
std::string list_devices(std::vector<ListedDevice> devices, std::size_t others, ListFormat format,
                         const TableStyle& style, bool everything);
std::string list_alerts(const std::vector<Alert>& alerts, ListFormat format, const TableStyle& style);

// One CSV cell (RFC 4180), quoted; a value that a spreadsheet would compute (= + - @ tab CR first)
// gets a leading apostrophe, as OWASP advises for CSV injection.
std::string csv_cell(std::string_view value);

// "Hikvision", "Hikvision, sold as Annke", "unknown maker, sold as Swann".
std::string maker_behind_brand(const Device& device);

}  // namespace camwarden
