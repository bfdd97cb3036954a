#include "report/html_report.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "report/chart.h"
#include "report/html.h"
#include "report/html_parts.h"
#include "report/html_words.h"

namespace camwarden {
namespace {

std::string spoken(Duration duration) {
  const double seconds = std::chrono::duration<double>(duration).count();
  if (seconds < 120) return fmt::format("{:.0f} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.{}f} h", seconds / 3600, seconds < 360'000 ? 1 : 0);
}

std::string percent(double share) { return fmt::format("{:.2f} %", 100 * share); }

std::string title_of(const Report& report) {
  const auto date =
      report.end == Time{} ? std::string() : " of " + to_rfc3339(report.end).substr(0, 10);
  return "Camera report" + date +
         (report.provenance.sensor.empty() ? "" : ", " + report.provenance.sensor);
}

void write_head(Html& html, const Report& report) {
  const auto policy =
      fmt::format("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                  sha256_base64(report_style()));
  html.open("head");
  html.lone("meta", {{"charset", "utf-8"}});
  html.lone("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.lone("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.lone("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.element("title", title_of(report));
  html.style(report_style());
  html.close();
}

std::string_view in_a_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::not_judged:
      return "Not judged";
    case Verdict::none_found:
      return "None found";
    case Verdict::excepted:
      return "Under exceptions";
    case Verdict::cannot_say:
      return "Cannot be said";
    case Verdict::found:
      return "Found";
  }
  return "";
}

// What the headline does not say of a segment: its own sentence, and what a claim of absence rests
// on.
std::string told_beside(const SegmentReport& segment, const std::string& headline) {
  auto words = segment.sentence == headline ? std::string() : segment.sentence;
  const bool claims =
      segment.verdict == Verdict::none_found || segment.verdict == Verdict::excepted;
  if (!claims || segment.supports.empty()) return words;
  return fmt::format("{}{}This rests on: {}.", words, words.empty() ? "" : " ",
                     fmt::join(segment.supports, "; "));
}

void write_verdict(Html& html, const Report& report) {
  html.open("header").element("h1", title_of(report));
  html.open("div", {{"class", "verdict " + std::string(to_string(report.verdict))}});
  html.element("p", report.sentence);
  std::vector<std::string> beside;
  for (const auto& segment : report.segments) {
    auto words = told_beside(segment, report.sentence);
    if (!words.empty()) beside.push_back(std::move(words));
  }
  if (!beside.empty()) html.open("ul");
  for (const auto& words : beside) html.element("li", words);
  if (!beside.empty()) html.close();
  html.close().close();
}

void write_pair(Html& html, std::string_view name, std::string_view value) {
  html.element("dt", name).element("dd", value);
}

void write_provenance(Html& html, const Report& report) {
  const auto& from = report.provenance;
  html.open("dl");
  write_pair(html, "Period", fmt::format("{} to {}", when(report.begin), when(report.end)));
  write_pair(html, "Sensor", from.sensor.empty() ? "-" : from.sensor);
  write_pair(html, "Method", from.method.empty() ? "-" : from.method);
  write_pair(html, "Made", fmt::format("{} by camwarden {}", when(report.made), from.program));
  write_pair(html, "Knowledge base",
             fmt::format("version {}, {} fingerprints, {} makers", from.knowledge,
                         from.fingerprints, from.makers));
  html.close();
}

std::vector<std::string> traffic_of(const Heard& heard, Duration period) {
  std::vector<std::string> lines;
  if (heard.listened.count() == 0) return {"not listened to"};
  lines.push_back(fmt::format("{} of {}", spoken(heard.listened), spoken(period)));
  lines.push_back(fmt::format("packets in {} of it", spoken(heard.alive)));
  lines.push_back(
      fmt::format("{} packets, {} lost", grouped(heard.packets), percent(heard.loss())));
  const auto& lost = heard.lost;
  if (lost.total() > 0) {
    lines.push_back(fmt::format("lost: {} interface, {} ring, {} queue", lost.interface, lost.ring,
                                lost.queue));
  }
  return lines;
}

std::vector<std::string> asked_of(const Asked& asked) {
  if (!asked.any()) return {"not asked"};
  std::vector<std::string> lines{
      fmt::format("{} asked, {} answered", grouped(asked.addresses), grouped(asked.answered)),
      fmt::format("{} questions", grouped(asked.questions))};
  if (!asked.complete) lines.emplace_back("not completed");
  lines.insert(lines.end(), asked.limits.begin(), asked.limits.end());
  lines.push_back(fmt::format("{} to {}", when(asked.begin), when(asked.end)));
  return lines;
}

std::vector<std::string> seen_of(const Heard& heard) {
  std::vector<std::string> vlans, prefixes;
  for (const auto vlan : heard.vlans)
    vlans.push_back(vlan == 0 ? "untagged" : std::to_string(vlan));
  for (const auto& prefix : heard.prefixes) prefixes.push_back(prefix.to_string());
  std::vector<std::string> lines;
  if (!vlans.empty()) lines.push_back(fmt::format("VLANs {}", fmt::join(vlans, ", ")));
  if (!prefixes.empty()) lines.push_back(fmt::format("{}", fmt::join(prefixes, ", ")));
  if (heard.prefixes_untold > 0) lines.push_back(fmt::format("and {} more", heard.prefixes_untold));
  if (lines.empty()) lines.emplace_back("-");
  return lines;
}

std::string shown_name(const SegmentReport& segment, bool segmented) {
  if (!segment.name.empty()) return segment.name;
  return segmented ? "Outside every segment" : "The network";
}

std::string_view row_kind(Verdict verdict) {
  if (verdict == Verdict::found) return "bad";
  return verdict == Verdict::cannot_say || verdict == Verdict::excepted ? "doubt" : "";
}

void write_segments(Html& html, const Report& report) {
  html.element("h2", "On what this rests");
  HtmlTable table{"Coverage of each segment in the period",
                  {"Segment", "Verdict", "Hosts seen", "Listened", "Asked", "Seen on"},
                  {}};
  for (const auto& segment : report.segments) {
    const auto& heard = segment.coverage.heard;
    std::vector<std::string> name{shown_name(segment, report.segmented)};
    if (!segment.zone.empty() && segment.zone != segment.name)
      name.push_back("zone " + segment.zone);
    if (!segment.extent.empty()) name.push_back(segment.extent);
    table.rows.push_back(
        {{name, std::string(in_a_word(segment.verdict)),
          std::vector<std::string>{grouped(heard.hosts),
                                   fmt::format("{} told apart", grouped(heard.named)),
                                   fmt::format("{} not", grouped(heard.unnamed()))},
          traffic_of(heard, report.end - report.begin), asked_of(segment.coverage.asked),
          seen_of(heard)},
         row_kind(segment.verdict)});
  }
  write_table(html, table);
  html.element("p",
               "A host is told apart where it is known what it is or who made it. Loss counts what "
               "the segment's "
               "interfaces could not deliver, of whatever segment it was.",
               {{"class", "soft"}});
}

void write_packs(Html& html, const Report& report) {
  html.element("h2", "By which law");
  HtmlTable table{
      "Law packs, and the SHA-256 of their files",
      {"Law pack", "Title", "Citation", "In force", "Source", "How sure is our reading", "SHA-256"},
      {}};
  for (const auto& pack : report.packs) {
    table.rows.push_back({{pack.id, pack.title, pack.citation, pack.in_force, pack.source,
                           pack.certainty, pack.sha256}});
  }
  if (table.rows.empty()) html.element("p", "No law pack was loaded.");
  if (!table.rows.empty()) write_table(html, table);
  html.open("ul");
  for (const auto& segment : report.segments) {
    if (segment.rules.empty()) continue;
    html.element("li", fmt::format("{}: {}", shown_name(segment, report.segmented),
                                   fmt::join(segment.rules, "; ")));
  }
  html.close();
  html.element("p",
               "What a law pack says of makers beyond the law's own words is our reading. This is "
               "no legal advice.",
               {{"class", "soft"}});
}

void write_charts(Html& html, const Report& report) {
  if (report.devices.empty() && report.rows.empty()) return;
  html.element("h2", "At a glance");
  draw_makers(html, report);
  draw_finds(html, report);
  draw_listening(html, report);
}

void write_signature(Html& html) {
  html.open("div", {{"class", "sign"}});
  for (const auto* line : {"Name", "Date", "Signature"}) html.element("div", line);
  html.close();
}

}  // namespace

std::string html_report(const Report& report) {
  Html html;
  html.doctype().open("html", {{"lang", "en"}});
  write_head(html, report);
  html.open("body");
  write_verdict(html, report);
  html.open("main");
  write_provenance(html, report);
  write_segments(html, report);
  write_finds(html, report);
  write_suspects(html, report);
  write_exceptions(html, report);
  write_nameless(html, report);
  write_changes(html, report);
  write_charts(html, report);
  write_devices(html, report);
  write_events(html, report);
  write_packs(html, report);
  html.close();
  write_signature(html);
  html.close().close();
  return html.take();
}

}  // namespace camwarden
