#include "report/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace camwarden {
namespace {

constexpr std::size_t kMostNames = 5;

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string hours(Duration duration) {
  const double count = std::chrono::duration<double, std::ratio<3600>>(duration).count();
  return count >= 10  ? fmt::format("{:.0f} hours", count)
         : count >= 1 ? fmt::format("{:.1f} hours", count)
                      : fmt::format("{:.0f} seconds", count * 3600);
}

std::string percent(double share) {
  return share > 0 && share < 0.0001 ? "less than 0.01 %" : fmt::format("{:.2f} %", 100 * share);
}

struct Tally {
  std::size_t restricted = 0, forbidden = 0, gone = 0;  // violations: by maker, by kind
  std::size_t excepted = 0, suspected = 0, nameless = 0;
  std::size_t lawful = 0;  // of makers that a law names, where no rule forbids them
};

Tally tally(const std::vector<ReportedDevice>& devices, const std::string& segment) {
  Tally sum;
  for (const auto& each : devices) {
    if (each.segment != segment) continue;
    sum.restricted += each.violation() && each.by_maker;
    sum.forbidden += each.violation() && !each.by_maker;
    sum.gone += each.violation() && each.gone;
    sum.excepted += each.excepted();
    sum.suspected += each.suspected;
    sum.lawful += each.rule.empty() && !each.laws.empty();
    sum.nameless += is_video(each.device.kind) && each.device.maker.empty() && !each.excepted();
  }
  return sum;
}

// Who only asked, on a network without segments, speaks of what was asked.
bool only_asked(const SegmentReport& segment, bool segmented) {
  const auto& [heard, asked] = std::tie(segment.coverage.heard, segment.coverage.asked);
  return !segmented && heard.listened.count() == 0 && asked.any();
}

// The addresses that must have been asked before absence may be said: the policy's, or where it
// gives none, the networks in which hosts were seen. To ask a few hosts of a VLAN is not to ask it.
std::set<Prefix> to_be_asked(const SegmentReport& segment, const std::set<Prefix>& prefixes,
                             bool segmented) {
  if (!prefixes.empty() || only_asked(segment, segmented)) return prefixes;
  auto seen = segment.coverage.heard.prefixes;
  std::erase_if(seen, [](const Prefix& prefix) { return prefix.address.link_local(); });
  if (seen.empty() || segment.coverage.heard.prefixes_untold > 0)
    seen.insert(Prefix{IpAddress::v4(0), 0});
  return seen;
}

bool asked_enough(const Asked& asked, const std::set<Prefix>& prefixes) {
  return asked.any() && asked.complete && asked.answered > 0 && covers(asked.targets, prefixes);
}

void add_gaps_of_listening(const Heard& heard, const Sufficient& needed, Time end,
                           std::vector<std::string>& because) {
  if (heard.listened < needed.listened) {
    because.push_back(fmt::format("it was listened to for {}, and {} are needed",
                                  hours(heard.listened), hours(needed.listened)));
  }
  if (heard.loss() > needed.loss) {
    because.push_back(fmt::format("{} of what was to be heard was lost", percent(heard.loss())));
  }
  if (heard.packets == 0 && heard.hosts == 0) {
    because.push_back("no packet of it was heard");
  } else if (heard.last != Time{} && end - heard.last > needed.stale) {
    because.push_back(fmt::format("nothing of it was heard since {}", to_rfc3339(heard.last)));
  }
}

void add_gaps_of_asking(const Asked& asked, const std::set<Prefix>& prefixes,
                        std::vector<std::string>& because) {
  if (!asked.any()) return;
  if (!asked.complete) because.push_back("not every address was asked all questions, or answers were lost");
  if (!covers(asked.targets, prefixes)) because.push_back("not all of its addresses were asked");
  if (asked.answered == 0) because.push_back("no address answered");
}

std::vector<std::string> gaps(const Tally& sum, const SegmentReport& segment,
                              const std::set<Prefix>& prefixes, const Sufficient& needed,
                              Time end) {
  std::vector<std::string> because;
  const auto& [heard, asked] = std::tie(segment.coverage.heard, segment.coverage.asked);
  if (!asked_enough(asked, prefixes)) {
    add_gaps_of_asking(asked, prefixes, because);
    if (heard.listened.count() > 0) {
      add_gaps_of_listening(heard, needed, end, because);
    } else if (!asked.any()) {
      because.push_back("it was neither listened to nor asked");
    }
  }
  if (heard.hosts > 0 && heard.named == 0)
    because.push_back("of none of its hosts it is known what it is");
  if (sum.suspected > 0) {
    because.push_back(fmt::format("{} may be of a restricted maker, on evidence too weak to say",
                                  counted(sum.suspected, "device", "devices")));
  }
  if (sum.nameless > 0) {
    because.push_back(fmt::format("the maker of {} is not known",
                                  counted(sum.nameless, "video device", "video devices")));
  }
  return because;
}

std::vector<std::string> supports(const Coverage& coverage) {
  const auto& [heard, asked] = std::tie(coverage.heard, coverage.asked);
  std::vector<std::string> out;
  if (heard.listened.count() > 0) {
    out.push_back(
        fmt::format("listened to for {}, {} lost", hours(heard.listened), percent(heard.loss())));
  }
  if (heard.hosts > 0) {
    out.push_back(fmt::format("{} seen, of {} it is not known what they are",
                              counted(heard.hosts, "host", "hosts"), heard.unnamed()));
  }
  if (asked.any()) {
    out.push_back(fmt::format("{} asked, {} answered",
                              counted(asked.addresses, "address", "addresses"), asked.answered));
  }
  out.insert(out.end(), asked.limits.begin(), asked.limits.end());
  return out;
}

std::string found_sentence(const Tally& sum, const std::string& where) {
  std::string what;
  if (sum.restricted > 0) what = counted(sum.restricted, "restricted camera", "restricted cameras");
  if (sum.forbidden > 0) {
    what += what.empty()
                ? counted(sum.forbidden, "device that a rule forbids", "devices that rules forbid")
                : fmt::format(" and {} that rules forbid",
                              counted(sum.forbidden, "other device", "other devices"));
  }
  const auto count = sum.restricted + sum.forbidden;
  auto sentence = fmt::format("{} {} found {}", what, count == 1 ? "was" : "were", where);
  if (sum.gone > 0) sentence += fmt::format("; {} of them not seen lately", sum.gone);
  return sentence + ".";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  const auto shown = std::min(names.size(), kMostNames);
  for (std::size_t i = 0; i < shown; ++i) {
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  }
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::string where_of(const SegmentReport& segment, bool segmented) {
  if (!only_asked(segment, segmented)) return on_segment(segment.name, segmented);
  std::vector<std::string> targets;
  for (const auto& prefix : segment.coverage.asked.targets) targets.push_back(prefix.to_string());
  return targets.empty() ? on_segment(segment.name, segmented) : "on " + listed(targets);
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::not_judged:
      return "not-judged";
    case Verdict::none_found:
      return "none-found";
    case Verdict::excepted:
      return "excepted";
    case Verdict::cannot_say:
      return "cannot-say";
    case Verdict::found:
      return "found";
  }
  return "";
}

std::string on_segment(std::string_view segment, bool segmented) {
  if (!segment.empty()) return fmt::format("on {}", segment);
  return segmented ? "outside every segment" : "on the network";
}

void judge_segment(const std::vector<ReportedDevice>& devices, const std::set<Prefix>& prefixes,
                   const Sufficient& sufficient, Time end, bool segmented, SegmentReport& segment) {
  const auto sum = tally(devices, segment.name);
  const auto where = where_of(segment, segmented);
  segment.supports = supports(segment.coverage);
  if (segment.rules.empty()) {
    segment.sentence = fmt::format("No rule forbids anything {}", where);
    if (sum.lawful > 0) {
      segment.sentence += fmt::format("; {} there of makers that a law names",
                                      counted(sum.lawful, "device is", "devices are"));
    }
    segment.sentence += ".";
    return;
  }
  if (sum.restricted + sum.forbidden > 0) {
    segment.verdict = Verdict::found;
    segment.sentence = found_sentence(sum, where);
    return;
  }
  const auto excepted =
      sum.excepted == 0
          ? std::string()
          : fmt::format("{} {} under {} in force",
                        counted(sum.excepted, "restricted camera", "restricted cameras"), where,
                        sum.excepted == 1 ? "an exception" : "exceptions");
  segment.because = gaps(sum, segment, to_be_asked(segment, prefixes, segmented), sufficient, end);
  if (!segment.because.empty()) {
    segment.verdict = Verdict::cannot_say;
    segment.sentence =
        fmt::format("{}It cannot be said that there is no {}restricted camera {}, because {}.",
                    excepted.empty() ? "" : excepted + ". ", excepted.empty() ? "" : "other ",
                    where, fmt::format("{}", fmt::join(segment.because, "; ")));
  } else if (!excepted.empty()) {
    segment.verdict = Verdict::excepted;
    segment.sentence = excepted + "; no other was found.";
  } else {
    segment.verdict = Verdict::none_found;
    segment.sentence = fmt::format("No restricted camera was found {}.", where);
  }
}

// Where one segment decides, its own words; else a sentence that holds for each of them.
std::string sentence_of_all(const Report& report, const std::string& where) {
  const bool restricted =
      std::any_of(report.devices.begin(), report.devices.end(),
                  [](const auto& each) { return each.violation() && each.by_maker; });
  switch (report.verdict) {
    case Verdict::not_judged:
      return "No rule forbids anything where this report looks.";
    case Verdict::none_found:
      return fmt::format("No restricted camera was found {}.", where);
    case Verdict::excepted:
      return fmt::format(
          "Restricted cameras are {}, under exceptions in force; no other was found.", where);
    case Verdict::cannot_say:
      return fmt::format("It cannot be said that there is no restricted camera {}.", where);
    case Verdict::found:
      return fmt::format("{} were found {}.",
                         restricted ? "Restricted cameras" : "Devices that rules forbid", where);
  }
  return "";
}

void judge_all(Report& report) {
  report.verdict = Verdict::not_judged;
  for (const auto& segment : report.segments)
    report.verdict = std::max(report.verdict, segment.verdict);
  std::vector<const SegmentReport*> worst;
  for (const auto& segment : report.segments) {
    if (segment.verdict == report.verdict) worst.push_back(&segment);
  }
  std::vector<std::string> names;
  for (const auto* segment : worst) names.push_back(on_segment(segment->name, report.segmented));
  report.sentence =
      worst.size() == 1 ? worst.front()->sentence : sentence_of_all(report, listed(names));
}

}  // namespace camwarden
