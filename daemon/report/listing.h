#pragma once
// Listings: devices and alerts for a person's terminal, a program's JSON lines or a spreadsheet's
// CSV. Every string that a device chose is made safe for the place it goes to: control and
// reordering characters are shown escaped, and a CSV cell never starts a formula.

#include <string>
#include <string_view>
#include <vector>

#include "inventory/device.h"
#include "policy/alert.h"
#include "report/table.h"

namespace camwarden {

struct ListedDevice {
  Device device;
  std::string segment;
  std::vector<LawQuote> laws;  // that name its maker
  // Who registered its MAC's first bits, as the IEEE has it; "" where nobody did, or no registry is
  // at hand. For people: it says nothing of who made the device.
  std::string registrant;
  bool violation = false;
};

// Restricted devices first, then by address. The table leaves out hosts that are no video devices
// and counts them in its last line, unless `everything`. `others`: hosts that are not in `devices`.
std::string list_devices(std::vector<ListedDevice> devices, std::size_t others, ListFormat format,
                         const TableStyle& style, bool everything);
std::string list_alerts(const std::vector<Alert>& alerts, ListFormat format, const TableStyle& style);

// "Hikvision", "Hikvision, sold as Annke", "unknown maker, sold as Swann".
std::string maker_behind_brand(const Device& device);

}  // namespace camwarden
