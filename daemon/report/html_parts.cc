#include "report/html_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "report/listing.h"

namespace camwarden {
namespace {

constexpr std::size_t kMostFinds = 500;  // told with their evidence; the table has them all
constexpr std::size_t kMostEvidence = 12;
constexpr std::size_t kMostEvents = 500;
constexpr std::size_t kMostBrief = 120;

// Where the column says that it is.
std::string in_utc(Time time) {
  const auto text = when(time);
  return text.substr(0, text.find(" UTC"));
}

std::string or_dash(std::string text) { return text.empty() ? "-" : text; }

std::vector<std::string> addresses(const Device& device) {
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

std::string place(const ReportedDevice& each, bool segmented) {
  if (!each.segment.empty()) return each.segment;
  return segmented ? "outside" : "-";
}

std::string name_of(const ReportedDevice& each) {
  const auto& device = each.device;
  std::string name = brief(maker_behind_brand(device));
  if (!device.model.empty()) name += " " + brief(device.model);
  return fmt::format("{} at {}", name, addresses(device).front());
}

std::string graded(const Device& device) {
  return device.grade == Grade::none ? "-" : std::string(to_string(device.grade));
}

std::string packs(const std::vector<LawQuote>& laws) {
  std::vector<std::string> names;
  for (const auto& law : laws) {
    if (std::find(names.begin(), names.end(), law.pack) == names.end()) names.push_back(law.pack);
  }
  return or_dash(fmt::format("{}", fmt::join(names, ", ")));
}

void write_pair(Html& html, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  html.element("dt", name).element("dd", value);
}

void write_laws(Html& html, const ReportedDevice& each) {
  std::vector<LawQuote> others;
  for (const auto& law : each.laws) {
    const bool quoted = std::any_of(each.broken.begin(), each.broken.end(),
                                    [&](const LawQuote& other) { return other.pack == law.pack; });
    if (!quoted) others.push_back(law);
  }
  for (const auto& law : each.broken) {
    html.open("blockquote").open("p");
    html.element("strong", law.entity);
    html.text(
        fmt::format(" is named by {}, {}, since {}.", law.title, law.citation, or_dash(law.date)));
    html.close();
    html.element(
        "p", fmt::format("{}; law pack {}. Our reading: {}", law.authority, law.pack, law.mapping),
        {{"class", "soft"}});
    html.close();
  }
  if (!others.empty())
    html.element("p", "Its maker is named by " + packs(others) + " too.", {{"class", "soft"}});
}

std::string claims_of(const EvidenceItem& item) {
  std::vector<std::string> words;
  for (const auto& claim : item.claims) {
    words.push_back(fmt::format("{} {}", to_string(claim.attribute), brief(claim.value)));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

// The same sign in two protocols is one line.
void write_evidence(Html& html, const Device& device) {
  HtmlTable table{"Evidence, the strongest first",
                  {"What was observed", "Value", "So it is", "Because", "How", "First seen, UTC"},
                  {}};
  std::set<std::pair<std::string_view, std::string_view>> told;
  for (const auto& item : device.evidence) {
    if (item.fingerprint.empty() || table.rows.size() == kMostEvidence) continue;
    if (!told.emplace(item.fingerprint, item.value).second) continue;
    table.rows.push_back(
        {{item.field, brief(item.value), or_dash(claims_of(item)), or_dash(item.because),
          item.active ? "asked" : "heard", in_utc(item.first_seen)}});
  }
  if (!table.rows.empty()) write_table(html, table);
}

void write_conflicts(Html& html, const Device& device) {
  for (const auto& conflict : device.conflicts) {
    html.element("p", fmt::format("Against it: other evidence says the {} is {}, not {}.",
                                  to_string(conflict.attribute), brief(conflict.other),
                                  brief(conflict.verdict)));
  }
}

void write_find(Html& html, const ReportedDevice& each, bool segmented) {
  const auto& device = each.device;
  html.open("article").element("h3", name_of(each));
  html.element("p", each.why);
  if (each.gone) html.element("p", "Not seen since " + when(device.last_seen) + ".");
  html.open("dl");
  write_pair(html, "Segment", place(each, segmented));
  write_pair(html, "Rule", each.rule_name.empty() ? each.rule : each.rule_name);
  write_pair(html, "Kind", to_string(device.kind));
  write_pair(html, "Addresses", fmt::format("{}", fmt::join(addresses(device), ", ")));
  write_pair(html, "Firmware", brief(device.firmware));
  write_pair(html, "Serial number", brief(device.serial));
  write_pair(html, "Name", brief(device.hostname));
  write_pair(html, "Certainty", graded(device));
  write_pair(html, "Seen",
             fmt::format("{} to {}", when(device.first_seen), when(device.last_seen)));
  html.close();
  write_laws(html, each);
  write_conflicts(html, device);
  write_evidence(html, device);
  html.close();
}

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
  return {{addresses(device), place(each, segmented), std::string(to_string(device.kind)),
           brief(maker_behind_brand(device)), or_dash(brief(device.model)),
           or_dash(brief(device.firmware)), graded(device), packs(each.laws),
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

std::string when(Time time) {
  if (time == Time{}) return "-";
  const auto text = to_rfc3339(time);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

std::string brief(std::string_view said) {
  if (said.size() <= kMostBrief) return std::string(said);
  // Not to_utf8(): what is no UTF-8 is to be seen as it came.
  std::size_t end = kMostBrief;
  while (end > kMostBrief - 4 && (static_cast<unsigned char>(said[end]) & 0xc0) == 0x80) --end;
  return std::string(said.substr(0, end)) + "…";
}

void write_finds(Html& html, const Report& report) {
  const auto finds = those(report, [](const ReportedDevice& each) { return each.violation(); });
  html.element("h2", "What was found where rules forbid it");
  if (finds.empty()) html.element("p", "Nothing.");
  for (std::size_t i = 0; i < std::min(finds.size(), kMostFinds); ++i)
    write_find(html, *finds[i], report.segmented);
  if (finds.size() > kMostFinds) {
    html.element("p", fmt::format("{} more stand in the table of all video devices.",
                                  finds.size() - kMostFinds));
  }
}

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
                           place(change.device, report.segmented),
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
