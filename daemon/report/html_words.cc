#include "report/html_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/listing.h"

namespace camwarden {

std::string when(Time time) {
  if (time == Time{}) return "-";
  const auto text = to_rfc3339(time);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

std::string in_utc(Time time) {
  const auto text = when(time);
  return text.substr(0, text.find(" UTC"));
}

std::string or_dash(std::string text) { return text.empty() ? "-" : text; }

std::string brief(std::string_view said) {
  constexpr std::size_t kMost = 120;
  if (said.size() <= kMost) return std::string(said);
  // Not to_utf8(): what is no UTF-8 is to be seen as it came.
  std::size_t end = kMost;
  while (end > kMost - 4 && (static_cast<unsigned char>(said[end]) & 0xc0) == 0x80) --end;
  return std::string(said.substr(0, end)) + "…";
}

std::vector<std::string> addresses_of(const Device& device) {
  constexpr std::size_t kMost = 4;
  std::vector<std::string> lines;
  for (const auto& ip : device.ips) {
    if (lines.size() < kMost) lines.push_back(ip.to_string());
  }
  if (device.ips.size() > kMost)
    lines.push_back(fmt::format("and {} more", device.ips.size() - kMost));
  if (device.mac) lines.push_back(device.mac.to_string());
  if (lines.empty()) lines.push_back("-");
  return lines;
}

std::string place_of(const ReportedDevice& each, bool segmented) {
  if (!each.segment.empty()) return each.segment;
  return segmented ? "outside" : "-";
}

std::string name_of(const ReportedDevice& each) {
  const auto& device = each.device;
  std::string name = brief(maker_behind_brand(device));
  if (!device.model.empty()) name += " " + brief(device.model);
  return fmt::format("{} at {}", name, addresses_of(device).front());
}

std::string grade_of(const Device& device) {
  return device.grade == Grade::none ? "-" : std::string(to_string(device.grade));
}

std::vector<std::string> pack_lines(const std::vector<LawQuote>& laws) {
  std::vector<std::string> names;
  for (const auto& law : laws) {
    if (std::find(names.begin(), names.end(), law.pack) == names.end()) names.push_back(law.pack);
  }
  if (names.empty()) names.emplace_back("-");
  return names;
}

std::string packs_of(const std::vector<LawQuote>& laws) {
  return fmt::format("{}", fmt::join(pack_lines(laws), ", "));
}

std::string grouped(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), ",");
  }
  return text;
}

}  // namespace camwarden
