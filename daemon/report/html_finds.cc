// Each thing that was found where a rule forbids it, with the law's entry and the evidence.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/html_parts.h"
#include "report/html_words.h"

namespace camwarden {
namespace {

constexpr std::size_t kMostFinds = 500;  // told with their evidence; the table has them all
constexpr std::size_t kMostEvidence = 12;

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
    html.element("p", "Its maker is named by " + packs_of(others) + " too.", {{"class", "soft"}});
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
  write_pair(html, "Segment", place_of(each, segmented));
  write_pair(html, "Rule", each.rule_name.empty() ? each.rule : each.rule_name);
  write_pair(html, "Kind", to_string(device.kind));
  write_pair(html, "Addresses", fmt::format("{}", fmt::join(addresses_of(device), ", ")));
  write_pair(html, "Firmware", brief(device.firmware));
  write_pair(html, "Serial number", brief(device.serial));
  write_pair(html, "Name", brief(device.hostname));
  write_pair(html, "Certainty", grade_of(device));
  write_pair(html, "Seen",
             fmt::format("{} to {}", when(device.first_seen), when(device.last_seen)));
  html.close();
  write_laws(html, each);
  write_conflicts(html, device);
  write_evidence(html, device);
  html.close();
}

}  // namespace

void write_finds(Html& html, const Report& report) {
  std::vector<const ReportedDevice*> finds;
  for (const auto& each : report.devices) {
    if (each.violation()) finds.push_back(&each);
  }
  html.element("h2", "What was found where rules forbid it");
  if (finds.empty()) html.element("p", "Nothing.");
  for (std::size_t i = 0; i < std::min(finds.size(), kMostFinds); ++i)
    write_find(html, *finds[i], report.segmented);
  if (finds.size() > kMostFinds) {
    html.element("p", fmt::format("{} more stand in the table of all video devices.",
                                  finds.size() - kMostFinds));
  }
}

}  // namespace camwarden
