#include "report/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/json.h"

namespace camwarden {
namespace {

struct Text {
  std::string_view name;
  std::string Device::*member;
};
constexpr std::array kTexts{Text{"maker", &Device::maker}, Text{"brand", &Device::brand},
                            Text{"model", &Device::model}, Text{"firmware", &Device::firmware},
                            Text{"serial", &Device::serial}};

std::string or_none(const std::string& text) { return text.empty() ? "(none)" : text; }

std::string addresses(const Device& device) {
  std::vector<std::string> ips;
  for (const auto& ip : device.ips) ips.push_back(ip.to_string());
  std::sort(ips.begin(), ips.end());
  return fmt::format("{}", fmt::join(ips, " "));
}

// A stored report has what a device said as JSON shows it, so that is what is compared.
std::string as_stored(const std::string& text) { return std::string(json_text(text)); }

std::vector<std::string> differences(const ReportedDevice& before, const ReportedDevice& now) {
  std::vector<std::string> out;
  const auto tell = [&](std::string_view what, std::string_view before_it,
                        std::string_view now_it) {
    const auto was = as_stored(std::string(before_it)), is = as_stored(std::string(now_it));
    if (was != is) out.push_back(fmt::format("{}: {} → {}", what, or_none(was), or_none(is)));
  };
  for (const auto& text : kTexts)
    tell(text.name, before.device.*text.member, now.device.*text.member);
  tell("kind", to_string(before.device.kind), to_string(now.device.kind));
  tell("grade", to_string(before.device.grade), to_string(now.device.grade));
  tell("segment", before.segment, now.segment);
  tell("addresses", addresses(before.device), addresses(now.device));
  tell("standing", before.standing(), now.standing());
  return out;
}

bool same(const Device& a, const Device& b) {
  if (a.mac && a.mac == b.mac) return true;
  return !a.serial.empty() && a.serial == b.serial && a.maker == b.maker;
}

// By id first, so that nobody takes another's counterpart.
class Pairing {
 public:
  Pairing(const std::vector<ReportedDevice>& before, const std::vector<ReportedDevice>& now) {
    for (const auto& each : before) by_id_.emplace(each.device.id, &each);
    for (const auto& each : now) {
      const auto at = by_id_.find(each.device.id);
      if (at != by_id_.end()) pair(each, *at->second);
    }
    for (const auto& each : now) {
      if (of_now_.contains(&each)) continue;
      const auto twin =
          std::find_if(before.begin(), before.end(), [&](const ReportedDevice& other) {
            return !taken_.contains(&other) && same(each.device, other.device);
          });
      if (twin != before.end()) pair(each, *twin);
    }
  }
  const ReportedDevice* earlier(const ReportedDevice& now) const {
    const auto at = of_now_.find(&now);
    return at == of_now_.end() ? nullptr : at->second;
  }
  bool goes_on(const ReportedDevice& before) const { return taken_.contains(&before); }

 private:
  void pair(const ReportedDevice& now, const ReportedDevice& before) {
    of_now_.emplace(&now, &before);
    taken_.insert(&before);
  }
  std::map<std::string_view, const ReportedDevice*> by_id_;
  std::map<const ReportedDevice*, const ReportedDevice*> of_now_;
  std::set<const ReportedDevice*> taken_;
};

using Named = std::vector<std::pair<std::string, std::string>>;

void tell_named(std::string_view what, const Named& before, const Named& now,
                std::vector<std::string>& out) {
  const std::map<std::string, std::string> was(before.begin(), before.end()),
      is(now.begin(), now.end());
  for (const auto& [name, value] : is) {
    const auto at = was.find(name);
    if (at == was.end()) {
      out.push_back(fmt::format("{} {}: new, {}", what, name, value));
    } else if (at->second != value) {
      out.push_back(fmt::format("{} {}: {} → {}", what, name, at->second, value));
    }
  }
  for (const auto& [name, value] : was) {
    if (!is.contains(name)) out.push_back(fmt::format("{} {}: gone, was {}", what, name, value));
  }
}

}  // namespace

std::string_view to_string(Change::What what) {
  switch (what) {
    case Change::What::appeared:
      return "new";
    case Change::What::gone:
      return "gone";
    case Change::What::changed:
      return "changed";
  }
  return "";
}

Changes compare(const EarlierReport& before, const Report& now) {
  Changes changes;
  changes.against = fmt::format("the report of {} ({})", to_rfc3339(before.made), before.name);
  const Pairing pairing(before.devices, now.devices);
  for (const auto& each : now.devices) {
    const auto* earlier = pairing.earlier(each);
    if (!earlier) {
      changes.changes.push_back({Change::What::appeared, each, {}});
      continue;
    }
    auto differ = differences(*earlier, each);
    if (!differ.empty())
      changes.changes.push_back({Change::What::changed, each, std::move(differ)});
  }
  for (const auto& each : before.devices) {
    if (!pairing.goes_on(each)) changes.changes.push_back({Change::What::gone, each, {}});
  }
  if (before.knowledge != now.provenance.knowledge) {
    changes.others.push_back(
        fmt::format("knowledge base: {} → {}", before.knowledge, now.provenance.knowledge));
  }
  Named packs, verdicts;
  for (const auto& pack : now.packs) packs.emplace_back(pack.id, pack.sha256.substr(0, 12));
  for (const auto& segment : now.segments) {
    verdicts.emplace_back(on_segment(segment.name, now.segmented), to_string(segment.verdict));
  }
  tell_named("law pack", before.packs, packs, changes.others);
  tell_named("verdict", before.verdicts, verdicts, changes.others);
  return changes;
}

Changes changes_since(Time since, Time end, Duration gone_after,
                      const std::vector<ReportedDevice>& known) {
  Changes changes;
  changes.against = "since " + to_rfc3339(since);
  for (const auto& each : known) {
    const auto& device = each.device;
    const bool gone = end - device.last_seen >= gone_after;
    const bool was_there = device.first_seen < since && since - device.last_seen < gone_after;
    if (device.first_seen >= since) {
      changes.changes.push_back({Change::What::appeared, each, {}});
    } else if (gone && was_there) {
      changes.changes.push_back({Change::What::gone, each, {}});
    }
  }
  return changes;
}

}  // namespace camwarden
