#include "app/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/asked_networks.h"
#include "app/reporting.h"
#include "app/setup.h"
#include "base/random.h"
#include "base/text.h"

namespace camwarden {
namespace {

constexpr auto kWatchInterval = std::chrono::milliseconds(100);
constexpr auto kStep = std::chrono::milliseconds(20);

Result<std::string> read_whole(const std::string& path) {
  constexpr std::size_t kMost = 8 << 20;
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return Error{"cannot be read"};
  if (text.str().size() > kMost) return Error{"is larger than 8 MiB"};
  return text.str();
}

// Where a scan may go: what it was told, else what the site calls home.
std::vector<Prefix> allowed_prefixes(const ScanRequest& request, const Setup& setup,
                                     Diagnostics& diagnostics) {
  auto allowed = setup.config.home;
  for (const auto& segment : setup.config.policy.segments) {
    allowed.insert(allowed.end(), segment.prefixes.begin(), segment.prefixes.end());
  }
  // Where this host itself is at home.
  for (const auto& subnet : attached_subnets()) {
    if (!subnet.loopback) allowed.push_back(subnet.prefix);
  }
  for (const auto& word : request.allow) {
    const auto prefix = Prefix::parse(word);
    if (prefix) allowed.push_back(*prefix);
    if (!prefix)
      diagnostics.error({"--allow", 0, 0}, fmt::format("\"{}\" is no prefix", printable(word)));
  }
  return allowed;
}

PaceLimits pace_of(const ScanRequest& request) {
  auto pace = request.gentle ? PaceLimits::gentle() : PaceLimits();
  if (request.rate != 0) pace.packets = request.rate;
  return pace;
}

class Session {
 public:
  Session(Scanner::Options options, std::shared_ptr<const Setup> setup, Registrants registrants)
      : setup_(std::move(setup)),
        registrants_(std::move(registrants)),
        inventory_(setup_->config.inventory,
                   [knowledge = setup_->knowledge](const Field& field, std::string_view value) {
                     return knowledge->match(field, value);
                   }),
        targets_(options.targets),
        scanner_(noting(std::move(options)),
                 [this](Observation&& observation) { inventory_.observe(observation); }) {}

  void run(const std::function<bool(const ScanProgress&)>& watch) {
    began_ = scanner_.now();
    auto next = began_;
    while (scanner_.step(kStep)) {
      if (scanner_.now() < next) continue;
      next = scanner_.now() + kWatchInterval;
      if (watch({scanner_.progress(), scanner_.counters(), scanner_.elapsed()})) continue;
      interrupted_ = true;
      scanner_.stop();
    }
  }

  ScanResult result(const ScanRequest& request, bool everything) {
    const auto& config = setup_->config;
    const Policy policy(config.policy, setup_->law_packs, *setup_->knowledge, config.interfaces);
    ScanResult result;
    result.devices = listed_devices(inventory_, policy, registrants_, everything);
    result.others = inventory_.size() - result.devices.size();
    result.targets = request.targets;
    result.counters = scanner_.counters();
    result.losses = scanner_.losses();
    result.anomalies = scanner_.anomalies();
    result.began = began_;
    result.ended = scanner_.now();
    result.complete = scanner_.complete();
    result.answers_lost = scanner_.answers_lost();
    result.interrupted = interrupted_;
    result.setup = setup_;
    result.report = report(policy, result);
    return result;
  }

 private:
  Scanner::Options noting(Scanner::Options options) {
    options.note = [this](const IpAddress& ip, bool answered) { asked_.note(ip, answered); };
    return options;
  }

  Report report(const Policy& policy, const ScanResult& result) {
    auto input =
        report_input(*setup_, policy, fmt::format("Asked {}", fmt::join(result.targets, ", ")));
    input.devices = devices_for_report(inventory_, policy, result.ended);
    const Asked whole{.begin = result.began,
                      .end = result.ended,
                      .questions = result.counters.packets,
                      .complete = scanner_.asked_all(),
                      .limits = result.losses};
    for (const auto& asked : asked_.by_segment(targets_, setup_->config.policy.segments, whole)) {
      input.coverage.push_back(coverage_of(asked));
    }
    input.begin = result.began;
    input.end = input.made = result.ended;
    return make_report(std::move(input));
  }

  std::shared_ptr<const Setup> setup_;
  Registrants registrants_;
  Inventory inventory_;
  AskedNetworks asked_;
  Targets targets_;
  Scanner scanner_;
  Time began_{};
  bool interrupted_ = false;
};

std::string plural(std::uint64_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

}  // namespace

std::optional<Scanner::Options> scan_options(const ScanRequest& request, const Setup& setup,
                                             Diagnostics& diagnostics) {
  Scanner::Options options;
  options.attached = attached_subnets();
  options.interfaces = setup.config.interfaces;
  options.pace = pace_of(request);
  options.segments = request.segments;
  options.data = setup.asking;
  if (options.data.ports.empty()) {
    diagnostics.error({setup.config.fingerprints + "/discovery/ports.yml", 0, 0},
                      "is not there: nothing says what to ask");
  }
  options.seed = random_seed();
  if (request.seconds != 0) options.deadline = std::chrono::seconds(request.seconds);
  options.never = setup.config.active.never_touch;
  for (const auto& word : request.never) {
    if (add_never(word, options.never)) continue;
    diagnostics.error(
        {"--never-touch", 0, 0},
        fmt::format("\"{}\" is no prefix, address, MAC, OUI or port", printable(word)));
  }
  const Targets::Options target_options{.allow_huge = request.allow_huge,
                                        .allowed = allowed_prefixes(request, setup, diagnostics),
                                        .attached = options.attached,
                                        .read_file = read_whole};
  auto targets = Targets::parse(request.targets, target_options, diagnostics);
  if (!targets || !diagnostics.ok()) return std::nullopt;
  options.targets = std::move(*targets);
  return options;
}

std::shared_ptr<const Setup> with_attached(std::shared_ptr<const Setup> setup) {
  auto changed = std::make_shared<Setup>(*setup);
  auto& names = changed->config.interfaces;
  for (const auto& subnet : attached_subnets()) {
    if (subnet.loopback || std::find(names.begin(), names.end(), subnet.interface) != names.end())
      continue;
    names.push_back(subnet.interface);
  }
  return changed;
}

ScanResult scan(const ScanRequest& request, Scanner::Options options,
                std::shared_ptr<const Setup> setup, Registrants registrants, bool everything,
                const std::function<bool(const ScanProgress&)>& watch) {
  Session session(std::move(options), std::move(setup), std::move(registrants));
  session.run(watch);
  return session.result(request, everything);
}

std::string coverage_text(const ScanResult& result) {
  const auto& counters = result.counters;
  const auto video = static_cast<std::uint64_t>(
      std::count_if(result.devices.begin(), result.devices.end(),
                    [](const auto& entry) { return is_video(entry.device.kind); }));
  const auto named = static_cast<std::uint64_t>(
      std::count_if(result.devices.begin(), result.devices.end(), [](const auto& entry) {
        return is_video(entry.device.kind) &&
               !(entry.device.maker.empty() && entry.device.brand.empty());
      }));
  const auto seconds = std::chrono::duration<double>(result.ended - result.began).count();
  std::string out = fmt::format(
      "asked {} of {} in {:.1f} s; {} answered: {} named, {} of unknown maker",
      counters.addresses_asked,
      counters.addresses == 1 ? "1 address" : fmt::format("{} addresses", counters.addresses),
      seconds, plural(counters.hosts, "host"), plural(named, "video device"), video - named);
  out += fmt::format(
      "; sent {}: {} to segments, {} to devices, {}, {}\n", plural(counters.packets, "packet"),
      plural(counters.segment_questions, "question"), counters.datagrams,
      plural(counters.connections, "connection"), plural(counters.requests, "request"));
  if (counters.spared > 0)
    out += fmt::format("not asked, as on the never-touch list: {}\n", counters.spared);
  if (counters.strained > 0)
    out += fmt::format("asked more slowly or let alone where a device struggled: {}\n",
                       plural(counters.strained, "time"));
  if (counters.budgets_spent > 0)
    out += fmt::format("asked no further, its budget being spent: {}\n",
                       plural(counters.budgets_spent, "device"));
  if (counters.ignored > 0)
    out +=
        fmt::format("not heard out: {} of senders that answered more often than any device does\n",
                    plural(counters.ignored, "answer"));
  for (const auto& loss : result.losses) out += fmt::format("lost: {}\n", loss);
  if (result.interrupted) out += "interrupted: this is what was found so far\n";
  if (!result.complete && !result.interrupted)
    out += "out of time: this is what was found so far\n";
  return out;
}

}  // namespace camwarden
