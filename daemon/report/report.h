#pragma once
// Report: what the person who must sign "no restricted camera on the core" gets to read, as a plain
// value. make_report() derives it from devices, a policy and coverage; render it with
// report/html_report.h, report/report_json.h or report/report_csv.h.
//
// What was seen in the period counts, judged as it was when last seen: a camera that was taken away
// within the period was found, and is marked as not seen since. A shorter period forgets it.
//
// A pure function of what it is given; it asks no clock. Strings of devices are kept as they came:
// every renderer makes them safe for where they go.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/device.h"
#include "policy/alert.h"
#include "policy/policy.h"
#include "report/coverage.h"

namespace camwarden {

// What a claim of absence needs. Less, and it cannot be said.
struct Sufficient {
  Duration listened = std::chrono::hours(24);  // in which every camera says something
  Duration stale = std::chrono::hours(24);     // without a packet of the segment, before the end
  double loss = 0.01;                          // of what its interfaces delivered
};

enum class Verdict {
  not_judged,  // no rule is about this segment
  none_found,  // and the coverage supports saying so
  excepted,    // what was found is under exceptions in force
  cannot_say,  // nothing was found, but the coverage is not enough
  found,
};
std::string_view to_string(Verdict verdict);  // "none-found"

// What one segment was judged to be. "" is what lies outside every segment.
struct SegmentReport {
  std::string name, zone;
  std::string extent;              // "VLANs 10, 100-119; 10.10.0.0/16"
  std::vector<std::string> rules;  // names of those that apply there
  Coverage coverage;               // of the whole period
  Verdict verdict = Verdict::not_judged;
  std::string sentence;               // "No restricted camera was found on core."
  std::vector<std::string> because;   // why it cannot be said
  std::vector<std::string> supports;  // what the claim rests on, and what limits it
};

// A video device, where it was last. `why`, `rule` and `exception` only where a rule forbids it.
struct ReportedDevice {
  Device device;
  std::string segment;
  std::vector<LawQuote> laws;    // that name its maker
  std::vector<LawQuote> broken;  // those of them that the rule is about
  std::string rule, rule_name, why;
  bool by_maker = false;   // the rule is about its maker, not only its kind
  std::string exception;   // in words, where one is in force
  bool suspected = false;  // a rule would forbid it, were the evidence better
  bool gone = false;       // not seen for the policy's gone_after before the end

  bool violation() const { return !rule.empty() && exception.empty() && !suspected; }
  std::string_view standing() const;  // "forbidden", "excepted", "suspected", "allowed"
  bool excepted() const { return !rule.empty() && !exception.empty() && !suspected; }
};

struct ReportedException {
  std::string rule;  // "" for any
  std::string whom;  // MACs, prefixes, serial numbers
  std::string owner, reason, ticket;
  Time expires{};
  std::vector<std::string> devices;  // ids that it covers now
};

struct Change {
  enum class What { appeared, gone, changed };
  What what;
  ReportedDevice device;                 // as it is now, or was
  std::vector<std::string> differences;  // "firmware: V5.4.1 -> V5.7.1"
};
std::string_view to_string(Change::What what);  // "new", "gone", "changed"

struct Changes {
  std::string against;  // "since 2026-09-01T00:00:00.000Z", "the report of ..."
  std::vector<Change> changes;
  std::vector<std::string> others;  // versions, segments, verdicts that differ
};

// Where the knowledge came from.
struct Provenance {
  std::string program;  // "0.1.0"
  std::string sensor;
  std::string method;  // "Listened on eth1", "Read 2 captures: a.pcap, b.pcap", "Asked 10.0.0.0/24"
  std::string knowledge;  // version of the knowledge base
  std::size_t fingerprints = 0, makers = 0;
};

struct Report {
  Time made{};
  Time begin{}, end{};  // the period
  Provenance provenance;
  std::vector<LawPack> packs;
  bool segmented = false;  // the policy has segments
  Verdict verdict = Verdict::not_judged;
  std::string sentence;                 // of all judged segments together
  std::vector<SegmentReport> segments;  // in the policy's order; what is outside of them last
  std::vector<ReportedDevice> devices;  // video devices: violations first, then by address
  std::vector<ReportedException> exceptions;
  std::vector<Alert> events;  // of the period
  std::optional<Changes> changes;
  std::vector<Coverage> rows;  // by time and segment, for the chart

  bool any_violation() const;
};

struct ReportInput {
  std::vector<Device> devices;  // all that are known
  const Policy* policy = nullptr;
  std::vector<Coverage> coverage;  // rows of the period: of the ledger, or coverage_of(Asked)
  std::vector<Alert> alerts;
  Provenance provenance;
  Time begin{}, end{};  // Time{}: of the earliest, of the last thing that is known
  Time made{};          // Time{}: the end
  Sufficient sufficient;
};

Report make_report(ReportInput input);

// "on core", "outside every segment", "on the network".
std::string on_segment(std::string_view segment, bool segmented);

}  // namespace camwarden
