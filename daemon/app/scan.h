#pragma once
// Scan: one scan from its targets to the devices that were found, with the inventory and the policy
// that a daemon has. Nothing is kept: no database, no sinks.
//
// Thread: main.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/result.h"
#include "discovery/scanner.h"
#include "fingerprint/registrants.h"
#include "report/listing.h"
#include "report/report.h"

namespace camwarden {

// What a person asked for.
struct ScanRequest {
  std::vector<std::string> targets, allow, never;
  bool gentle = false, allow_huge = false, segments = true;
  unsigned rate = 0, seconds = 0;  // 0: the default; no limit
};

// What was asked and heard.
struct ScanResult {
  std::vector<ListedDevice> devices;
  std::size_t others = 0;  // hosts that are not in `devices`
  std::vector<std::string> targets;
  ScanCounters counters;
  std::vector<std::string> losses;
  std::map<std::string_view, std::uint64_t> anomalies;
  Time began{}, ended{};
  bool complete = false, interrupted = false;
  bool answers_lost = false;
  Report report;
  std::shared_ptr<const Setup> setup;
};

struct ScanProgress {
  double share = 0;  // 0 to 1
  const ScanCounters& counters;
  Duration elapsed;
};

// The options of the scanner; all that is wrong goes to `diagnostics`, and then nothing.
std::optional<Scanner::Options> scan_options(const ScanRequest& request, const Setup& setup,
                                             Diagnostics& diagnostics);
// The setup with the names of this host's interfaces behind those that are configured.
std::shared_ptr<const Setup> with_attached(std::shared_ptr<const Setup> setup);

// `watch` is called several times a second; false from it ends the scan.
ScanResult scan(const ScanRequest& request, Scanner::Options options,
                std::shared_ptr<const Setup> setup, Registrants registrants, bool everything,
                const std::function<bool(const ScanProgress&)>& watch);

// Two or three lines: addresses, hosts, what was sent, what was lost.
std::string coverage_text(const ScanResult& result);

}  // namespace camwarden
