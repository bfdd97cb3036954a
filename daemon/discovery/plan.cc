#include "discovery/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "discovery/web_question.h"

namespace camwarden {
namespace {

std::string range_text(const Range& range) {
  if (range.first == range.last) return range.first.to_string();
  return fmt::format("{}-{}", range.first.to_string(), range.last.to_string());
}

std::uint64_t count(const std::vector<Range>& ranges) {
  std::uint64_t sum = 0;
  for (const auto& range : ranges) sum += range.size();
  return sum;
}

std::string questions(const std::vector<const Probe*>& all, const NeverTouch& never) {
  std::string out;
  for (const auto* probe : all) {
    if (never.covers(probe->port)) continue;
    out += fmt::format("    UDP {:<6} {}\n", probe->port, probe->name);
  }
  return out;
}

std::string segment_text(const Scanner::Options& options, const Attached& subnet,
                         std::vector<Range>& rest) {
  const auto all = range_of(subnet.prefix);
  if (subnet.loopback || common(options.targets.ranges(), all).empty()) return "";
  const bool whole = options.segments &&
                     may_be_asked_whole(subnet, options.attached, options.targets, options.never);
  const bool v6 = subnet.address.is_v6();
  auto out = fmt::format("on {}, {}:\n", subnet.interface, subnet.prefix.to_string());
  if (options.link && subnet.sweepable()) {
    out +=
        fmt::format("  {} for {} addresses, twice where there is no answer (needs CAP_NET_RAW){}\n",
                    v6 ? "neighbour solicitations" : "ARP", count(common(rest, all)),
                    v6 && whole ? ", and an echo request to ff02::1" : "");
    rest = without(rest, all);
  }
  if (whole)
    return out + "  to the whole segment, once each:\n" +
           questions(segment_probes(v6), options.never);
  return out +
         "  nothing to the whole segment: not all of it is a target, or something on it is never "
         "to be touched\n";
}

std::string ports_text(const Scanner::Options& options) {
  std::string out = "to each device that is there, over TCP, until its budget is spent:\n";
  for (const auto& port : options.data.ports) {
    if (options.never.covers(port.port)) continue;
    out += fmt::format("    TCP {:<6} {:<9} {}\n", port.port, to_string(port.ask), port.why);
  }
  out += fmt::format("  web servers are asked for /, {} and, by what they answer, some of:\n",
                     kControlPath);
  for (const auto& question : web_questions())
    out += fmt::format("    {} {}\n", question.body.empty() ? "GET " : "POST", question.path);
  return out;
}

std::string limits_text(const PaceLimits& limits) {
  return fmt::format(
      "at most {} packets a second in all; to one device {} a second, {} connections at a time, {} "
      "requests\n",
      limits.packets, limits.device_packets, limits.device_connections, limits.device_requests);
}

}  // namespace

std::string plan_text(const Scanner::Options& options) {
  std::string out = "would ask, and sends nothing now:\n";
  for (const auto& range : options.targets.ranges())
    out += fmt::format("  {}\n", range_text(range));
  auto rest = options.targets.listed();
  for (const auto& subnet : options.attached) out += segment_text(options, subnet, rest);
  if (!rest.empty()) {
    std::string tried;
    for (const auto& port : options.data.ports) {
      if (port.alive && !options.never.covers(port.port)) tried += fmt::format(" {}", port.port);
    }
    out += fmt::format(
        "behind routers, or without ARP: {} addresses, each by TCP{}; to those that answer, one by "
        "one:\n{}",
        count(rest), tried, questions(unicast_probes(), options.never));
  }
  return out + ports_text(options) + limits_text(options.pace);
}

}  // namespace camwarden
