#include "report/report_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "report/listing.h"

namespace camwarden {
namespace {

using Cells = std::vector<std::string>;

const Cells kSegmentHead{
    "segment",           "zone",       "extent",     "verdict",       "verdict_words",
    "hours_listened",    "loss_share", "hosts_seen", "hosts_unnamed", "addresses_asked",
    "addresses_answered"};
const Cells kDeviceHead{"device",       "mac",       "ips",      "kind",   "maker",
                        "brand",        "model",     "firmware", "serial", "grade",
                        "first_seen",   "last_seen", "standing", "rule",   "law_packs",
                        "law_entities", "exception", "evidence"};

std::string line(const Cells& segment, const Cells& device) {
  std::string out;
  for (const auto* cells : {&segment, &device}) {
    for (const auto& cell : *cells) out += (out.empty() ? "" : ",") + csv_cell(cell);
  }
  return out + "\r\n";
}

Cells cells_of(const SegmentReport& segment) {
  const auto& [heard, asked] = std::tie(segment.coverage.heard, segment.coverage.asked);
  const double hours = std::chrono::duration<double, std::ratio<3600>>(heard.listened).count();
  return {segment.name,
          segment.zone,
          segment.extent,
          std::string(to_string(segment.verdict)),
          segment.sentence,
          fmt::format("{:.2f}", hours),
          fmt::format("{:.5f}", heard.loss()),
          std::to_string(heard.hosts),
          std::to_string(heard.unnamed()),
          std::to_string(asked.addresses),
          std::to_string(asked.answered)};
}

// Each word once.
template <typename Items, typename Word>
std::string joined(const Items& items, std::string_view separator, Word word) {
  Cells words;
  for (const auto& item : items) {
    const std::string text = word(item);
    const bool known = std::find(words.begin(), words.end(), text) != words.end();
    if (!text.empty() && !known) words.push_back(text);
  }
  return fmt::format("{}", fmt::join(words, separator));
}

Cells cells_of(const ReportedDevice& each) {
  const auto& device = each.device;
  return {device.id,
          device.mac.none() ? "" : device.mac.to_string(),
          joined(device.ips, " ", [](const IpAddress& ip) { return ip.to_string(); }),
          std::string(to_string(device.kind)),
          device.maker,
          device.brand,
          device.model,
          device.firmware,
          device.serial,
          std::string(to_string(device.grade)),
          to_rfc3339(device.first_seen),
          to_rfc3339(device.last_seen),
          std::string(each.standing()),
          each.rule,
          joined(each.laws, " ", [](const LawQuote& law) { return law.pack; }),
          joined(each.laws, "; ", [](const LawQuote& law) { return law.entity; }),
          each.exception,
          joined(device.evidence, "; ", [](const EvidenceItem& item) { return item.because; })};
}

}  // namespace

std::string csv_report(const Report& report) {
  std::string out = line(kSegmentHead, kDeviceHead);
  for (const auto& segment : report.segments) {
    const auto place = cells_of(segment);
    bool any = false;
    for (const auto& each : report.devices) {
      if (each.segment != segment.name) continue;
      out += line(place, cells_of(each));
      any = true;
    }
    if (!any) out += line(place, Cells(kDeviceHead.size()));
  }
  return out;
}

}  // namespace camwarden
