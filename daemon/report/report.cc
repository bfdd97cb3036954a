#include "report/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "policy/sentence.h"
#include "report/changes.h"
#include "report/ledger.h"
#include "report/verdict.h"

namespace camwarden {
namespace {

template <typename T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool about_makers(const DenyRule& rule) { return !rule.law_packs.empty() || !rule.makers.empty(); }

// "10, 100-119"
std::string ranges(std::vector<std::uint16_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  std::string text;
  for (std::size_t i = 0, last = 0; i < numbers.size(); i = last + 1) {
    for (last = i; last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1;) ++last;
    text += text.empty() ? "" : ", ";
    text +=
        last == i ? fmt::format("{}", numbers[i]) : fmt::format("{}-{}", numbers[i], numbers[last]);
  }
  return text;
}

std::string extent_of(const SegmentRule& segment) {
  std::vector<std::string> parts;
  if (!segment.vlans.empty()) {
    parts.push_back(
        fmt::format("VLAN{} {}", segment.vlans.size() == 1 ? "" : "s", ranges(segment.vlans)));
  }
  std::vector<std::string> prefixes;
  for (const auto& prefix : segment.prefixes) prefixes.push_back(prefix.to_string());
  if (!prefixes.empty()) parts.push_back(fmt::format("{}", fmt::join(prefixes, ", ")));
  if (!segment.interfaces.empty()) {
    parts.push_back(fmt::format("seen on {}", fmt::join(segment.interfaces, ", ")));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string whom(const Exception& exception) {
  std::vector<std::string> parts;
  for (const auto& mac : exception.macs) parts.push_back(mac.to_string());
  for (const auto& prefix : exception.prefixes) parts.push_back(prefix.to_string());
  for (const auto& serial : exception.serials) parts.push_back("serial " + serial);
  return fmt::format("{}", fmt::join(parts, ", "));
}

class Draft {
 public:
  explicit Draft(ReportInput input) : input_(std::move(input)), policy_(*input_.policy) {}
  Report make();

 private:
  void find_period();
  bool in_period(const Device& device) const { return device.last_seen >= report_.begin; }
  ReportedDevice reported(const Device& device) const;
  void accuse(const Finding& finding, ReportedDevice& entry) const;
  bool suspect(const Device& device, ReportedDevice& entry) const;
  void add_devices();
  void add_segments();
  void add_segment(const SegmentRule* rule, const std::map<std::string, Coverage>& sums);
  void count_hosts(std::map<std::string, Coverage>& sums) const;
  void add_exceptions();

  ReportInput input_;
  const Policy& policy_;
  Report report_;
};

void Draft::find_period() {
  Time first = Time::max(), last = Time::min();
  const auto cover = [&](Time from, Time to) {
    if (from != Time{}) first = std::min(first, from);
    if (to != Time{}) last = std::max(last, to);
  };
  for (const auto& device : input_.devices) cover(device.first_seen, device.last_seen);
  for (const auto& row : input_.coverage) {
    cover(row.asked.begin, row.asked.end);
    cover(row.heard.first, row.heard.last);
  }
  if (first > last) first = last = Time{};
  report_.begin = input_.begin == Time{} ? first : input_.begin;
  report_.end = input_.end == Time{} ? last : input_.end;
  report_.made = input_.made == Time{} ? report_.end : input_.made;
}

void Draft::accuse(const Finding& finding, ReportedDevice& entry) const {
  entry.segment = finding.segment;
  entry.rule = finding.rule->id;
  entry.rule_name = finding.rule->name;
  entry.by_maker = about_makers(*finding.rule);
  entry.why = finding.why;
  entry.broken = finding.laws;
  const auto* exception = finding.exception;
  entry.exception = exception && report_.end < exception->expires ? described(*exception) : "";
}

// Denied, if only the evidence were as good as the rule wants it.
bool Draft::suspect(const Device& device, ReportedDevice& entry) const {
  for (const auto& rule : policy_.options().rules) {
    if (!about_makers(rule) || policy_.grade(rule, device) >= rule.min_grade) continue;
    const auto finding = policy_.breaks(rule, device, device.last_seen, Grade::possible);
    if (!finding || finding->exception) continue;
    accuse(*finding, entry);
    return true;
  }
  return false;
}

// What no exception covers comes first, and a maker's ban before a ban of all cameras.
ReportedDevice Draft::reported(const Device& device) const {
  ReportedDevice entry;
  if (!device.presences.empty()) {
    if (const auto* segment = policy_.segment(device.presences.front()))
      entry.segment = segment->name;
  }
  if (is_video(device.kind)) entry.laws = policy_.laws_for(device.maker);
  entry.gone = report_.end - device.last_seen >= policy_.options().gone_after;
  auto findings = policy_.judge(device, device.last_seen);
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    const auto rank = [](const Finding& f) {
      return std::tuple(f.exception != nullptr, !about_makers(*f.rule));
    };
    return rank(a) < rank(b);
  });
  if (!findings.empty()) {
    accuse(findings.front(), entry);
  } else {
    entry.suspected = suspect(device, entry);
  }
  entry.device = device;
  return entry;
}

void Draft::add_devices() {
  for (const auto& device : input_.devices) {
    if (!in_period(device)) continue;
    auto entry = reported(device);
    if (is_video(device.kind) || !entry.rule.empty()) report_.devices.push_back(std::move(entry));
  }
  const auto rank = [](const ReportedDevice& entry) {
    const auto ip = entry.device.ips.empty() ? IpAddress{} : entry.device.ips.front();
    return std::tuple(!entry.violation(), !entry.by_maker, !entry.suspected, !entry.excepted(),
                      entry.laws.empty(), ip, entry.device.id);
  };
  std::sort(report_.devices.begin(), report_.devices.end(),
            [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

// The ledger knows the busiest hour; the devices are of the whole period, but of the crowd some may
// have been forgotten.
void Draft::count_hosts(std::map<std::string, Coverage>& sums) const {
  std::map<std::string, Heard> counts;
  for (const auto& device : input_.devices) {
    std::set<std::string> in;
    for (const auto& presence : device.presences) {
      if (presence.last_seen < report_.begin) continue;
      const auto* rule = policy_.segment(presence);
      const auto name = rule ? rule->name : std::string();
      Heard here;
      here.last = presence.last_seen;
      if (presence.ip.host()) here.prefixes.insert(network_of(presence.ip));
      counts[name].add(here);
      in.insert(name);
    }
    for (const auto& name : in) {
      ++counts[name].hosts;
      counts[name].named += told_apart(device);
    }
  }
  for (auto& [name, count] : counts) sums[name].heard.add(count);
}

void Draft::add_segment(const SegmentRule* rule, const std::map<std::string, Coverage>& sums) {
  SegmentReport segment;
  std::set<Prefix> prefixes;
  if (rule) {
    segment.name = rule->name;
    segment.zone = rule->zone;
    segment.extent = extent_of(*rule);
    prefixes.insert(rule->prefixes.begin(), rule->prefixes.end());
  }
  for (const auto& deny : policy_.options().rules) {
    if (policy_.applies_in(deny, rule))
      segment.rules.push_back(deny.name.empty() ? deny.id : deny.name);
  }
  if (const auto at = sums.find(segment.name); at != sums.end()) segment.coverage = at->second;
  segment.coverage.segment = segment.name;
  judge_segment(report_.devices, prefixes, input_.sufficient, report_.end, report_.segmented,
                segment);
  report_.segments.push_back(std::move(segment));
}

void Draft::add_segments() {
  std::map<std::string, Coverage> sums;
  for (auto& sum : by_segment(input_.coverage)) sums.emplace(sum.segment, std::move(sum));
  count_hosts(sums);
  for (const auto& rule : policy_.options().segments) add_segment(&rule, sums);
  // What lies outside is told where there is something, or nothing else to tell.
  if (!report_.segmented || sums.contains("")) add_segment(nullptr, sums);
}

void Draft::add_exceptions() {
  for (const auto& exception : policy_.options().exceptions) {
    if (exception.expires <= report_.end) continue;
    ReportedException entry{exception.rule,
                            whom(exception),
                            exception.owner,
                            exception.reason,
                            exception.ticket,
                            exception.expires,
                            {}};
    for (const auto& each : report_.devices) {
      for (const auto& finding : policy_.judge(each.device, each.device.last_seen)) {
        if (finding.exception == &exception && !contains(entry.devices, each.device.id)) {
          entry.devices.push_back(each.device.id);
        }
      }
    }
    report_.exceptions.push_back(std::move(entry));
  }
}

Report Draft::make() {
  find_period();
  report_.provenance = input_.provenance;
  report_.packs = policy_.packs();
  report_.segmented = !policy_.options().segments.empty();
  add_devices();
  add_segments();
  add_exceptions();
  judge_all(report_);
  for (auto& alert : input_.alerts) {
    if (alert.time >= report_.begin && alert.time <= report_.end)
      report_.events.push_back(std::move(alert));
  }
  if (input_.begin != Time{}) {
    std::vector<ReportedDevice> known;
    for (const auto& device : input_.devices) {
      if (is_video(device.kind)) known.push_back(reported(device));
    }
    report_.changes =
        changes_since(report_.begin, report_.end, policy_.options().gone_after, known);
  }
  report_.rows = std::move(input_.coverage);
  return std::move(report_);
}

}  // namespace

std::string_view ReportedDevice::standing() const {
  if (violation()) return "forbidden";
  if (excepted()) return "excepted";
  return suspected ? "suspected" : "allowed";
}

bool Report::any_violation() const {
  return std::any_of(devices.begin(), devices.end(),
                     [](const auto& each) { return each.violation(); });
}

Report make_report(ReportInput input) { return Draft(std::move(input)).make(); }

}  // namespace camwarden
