// The sections that are tables.

#include <fmt/format.h>

#include <string_view>

#include "report/html_parts.h"
#include "report/html_words.h"
#include "report/listing.h"

namespace camwarden {
namespace {

constexpr std::size_t kMostEvents = 500;
constexpr std::size_t kMostCovered = 10;  // ids beside their exception

template <typename Wanted>
std::vector<const ReportedDevice*> those(const Report& report, Wanted wanted) {
  std::vector<const ReportedDevice*> out;
  for (const auto& each : report.devices) {
    if (wanted(each)) out.push_back(&each);
  }
  return out;
}

std::vector<std::string> stay_of(const Device& device) {
  std::vector<std::string> lines{in_utc(device.first_seen)};
  if (in_utc(device.last_seen) != lines.front()) lines.push_back(in_utc(device.last_seen));
  return lines;
}

HtmlTable::Row device_row(const ReportedDevice& each, bool segmented) {
  const auto& device = each.device;
  const std::string_view kind = each.violation()                    ? "bad"
                                : each.suspected || each.excepted() ? "doubt"
                                                                    : "";
  return {{addresses_of(device), place_of(each, segmented), std::string(to_string(device.kind)),
           brief(maker_behind_brand(device)), or_dash(brief(device.model)),
           or_dash(brief(device.firmware)), grade_of(device), pack_lines(each.laws),
           std::string(each.standing()), stay_of(device)},
          kind};
}

HtmlTable device_table(std::string caption, const std::vector<const ReportedDevice*>& devices,
                       bool segmented) {
  HtmlTable table{std::move(caption),
                  {"Addresses", "Segment", "Kind", "Maker", "Model", "Firmware", "Certainty",
                   "Named by", "Standing", "Seen, UTC"},
                  {}};
  for (const auto* each : devices) table.rows.push_back(device_row(*each, segmented));
  return table;
}

}  // namespace

void write_suspects(Html& html, const Report& report) {
  const auto suspects = those(report, [](const ReportedDevice& each) { return each.suspected; });
  if (suspects.empty()) return;
  html.element("h2", "What may be restricted, on weak evidence");
  html.element(
      "p",
      "A rule would forbid these, were their evidence as strong as the rule asks. Look at them.");
  write_table(html, device_table("Devices under suspicion", suspects, report.segmented));
}

void write_exceptions(Html& html, const Report& report) {
  html.element("h2", "Exceptions in force");
  if (report.exceptions.empty()) {
    html.element("p", "None.");
    return;
  }
  HtmlTable table{"Exceptions from rules",
                  {"For", "Rule", "Owner", "Reason", "Ticket", "Runs out", "Covers now"},
                  {}};
  for (const auto& exception : report.exceptions) {
    auto covered = exception.devices;
    if (covered.size() > kMostCovered) {
      const auto more = covered.size() - kMostCovered;
      covered.resize(kMostCovered);
      covered.push_back(fmt::format("and {} more", more));
    }
    if (covered.empty()) covered.emplace_back("nothing that was seen");
    table.rows.push_back({{or_dash(exception.whom), exception.rule.empty() ? "any" : exception.rule,
                           or_dash(exception.owner), or_dash(exception.reason),
                           or_dash(exception.ticket), when(exception.expires), covered}});
  }
  write_table(html, table);
  const auto excepted = those(report, [](const ReportedDevice& each) { return each.excepted(); });
  if (!excepted.empty())
    write_table(html, device_table("Devices under these exceptions", excepted, report.segmented));
}

void write_nameless(Html& html, const Report& report) {
  const auto nameless =
      those(report, [](const ReportedDevice& each) { return each.device.maker.empty(); });
  html.element("h2", "Video devices whose maker is not known");
  if (nameless.empty()) {
    html.element("p", "None.");
    return;
  }
  write_table(html, device_table("Video devices of unknown makers", nameless, report.segmented));
}

void write_changes(Html& html, const Report& report) {
  if (!report.changes) return;
  const auto& changes = *report.changes;
  html.element("h2", "What changed");
  html.element("p", "Against: " + changes.against + ".");
  if (changes.changes.empty() && changes.others.empty()) html.element("p", "Nothing.");
  HtmlTable table{"New, gone and changed video devices",
                  {"Device", "What", "Segment", "Standing", "Difference"},
                  {}};
  for (const auto& change : changes.changes) {
    std::vector<std::string> differences;
    for (const auto& text : change.differences) differences.push_back(brief(text));
    if (differences.empty()) differences.emplace_back("-");
    const bool bad = change.device.violation() && change.what != Change::What::gone;
    table.rows.push_back({{name_of(change.device), std::string(to_string(change.what)),
                           place_of(change.device, report.segmented),
                           std::string(change.device.standing()), differences},
                          bad ? std::string_view("bad") : std::string_view()});
  }
  if (!table.rows.empty()) write_table(html, table);
  if (changes.others.empty()) return;
  html.open("ul");
  for (const auto& other : changes.others) html.element("li", other);
  html.close();
}

void write_devices(Html& html, const Report& report) {
  html.element("h2", "All video devices");
  const auto all = those(report, [](const ReportedDevice&) { return true; });
  if (all.empty()) {
    html.element("p", "None was seen.");
    return;
  }
  write_table(html, device_table("Video devices: forbidden ones first, then by address", all,
                                 report.segmented));
}

void write_events(Html& html, const Report& report) {
  if (report.events.empty()) return;
  html.element("h2", "Alerts of the period");
  HtmlTable table{"Alerts, the newest first", {"Time, UTC", "What", "Why"}, {}};
  for (auto event = report.events.rbegin();
       event != report.events.rend() && table.rows.size() < kMostEvents; ++event) {
    table.rows.push_back({{in_utc(event->time), std::string(to_string(event->type)), event->why}});
  }
  write_table(html, table);
  if (report.events.size() > kMostEvents) {
    html.element("p", fmt::format("{} earlier ones are left out: camwarden alerts has them.",
                                  report.events.size() - kMostEvents));
  }
}

}  // namespace camwarden
