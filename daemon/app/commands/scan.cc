#include "app/scan.h"

#include <fmt/format.h>

#include "app/output.h"
#include "app/progress_bar.h"
#include "app/scan_formats.h"
#include "app/setup.h"
#include "app/supervision.h"
#include "app/terminal.h"
#include "discovery/plan.h"

namespace camwarden {
namespace {

constexpr int kInterrupted = 130;  // as a shell has it: 128 and SIGINT's number

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& format : scan_formats()) names.emplace_back(format.name);
  return names;
}

class Scan : public Command {
 public:
  Scan()
      : Command("scan", "Ask the devices of a network, once, and say which of them are cameras") {}

  std::vector<Option> options() override {
    return {config_option(config_, "every maker that a law pack names is a violation, everywhere"),
            {.names = "--format",
             .target = &formats_,
             .help = "How to write what was found (default: table); repeatable",
             .type = "FORMAT"},
            {.names = "-o,--output",
             .target = &outputs_,
             .help = "Write there; the first to the first --format, and so on; what has none goes "
                     "to the standard output",
             .type = "FILE"},
            everything_option(everything_),
            deny_option(deny_),
            {.names = "--dry-run",
             .target = &dry_run_,
             .help = "Say what would be sent to whom, and send nothing"},
            {.names = "--gentle",
             .target = &request_.gentle,
             .help = "5 packets a second and 1 connection to each device"},
            {.names = "--rate",
             .target = &request_.rate,
             .help = "Packets a second in all; 0: 2000",
             .type = "PACKETS"},
            {.names = "--time-limit",
             .target = &request_.seconds,
             .help = "End after so long; 0: never",
             .type = "SECONDS"},
            {.names = "--never-touch",
             .target = &request_.never,
             .help = "Prefix, address, MAC, OUI or port that is never asked, whatever the targets "
                     "are; repeatable",
             .type = "WHAT"},
            {.names = "--allow",
             .target = &request_.allow,
             .help = "Prefix that may be asked beside the configured home and segments; repeatable",
             .type = "PREFIX"},
            {.names = "--allow-huge",
             .target = &request_.allow_huge,
             .help = "Take targets of more than 65536 addresses"},
            {.names = "--no-multicast",
             .target = &no_multicast_,
             .help = "Ask devices one by one, never a whole segment"},
            {.names = "target",
             .target = &request_.targets,
             .help = "Prefix, range (10.0.0.1-20), address, local, or @FILE of them",
             .type = "TARGET",
             .required = true}};
  }

  int run(const Vocabulary& vocabulary) override {
    if (!formats_known()) return kTrouble;
    auto setup = setup_or_complain(config_, {}, vocabulary);
    if (setup)
      setup = with_denied_packs(setup,
                                deny_.empty() && config_.empty() ? counting_packs(*setup) : deny_);
    if (!setup) return kTrouble;
    setup = with_attached(setup);
    request_.segments = !no_multicast_;
    Diagnostics diagnostics;
    auto options = scan_options(request_, *setup, diagnostics);
    if (!options) {
      complain(diagnostics.to_string());
      return kTrouble;
    }
    if (dry_run_) return finish(plan_text(*options), kClean);
    if (!outputs_writable()) return kTrouble;
    return ask(std::move(*options), setup);
  }

 private:
  bool formats_known() {
    if (formats_.empty()) formats_.push_back("table");
    const auto names = format_names();
    const std::vector<std::string_view> known(names.begin(), names.end());
    for (const auto& format : formats_) {
      if (scan_format(format) != nullptr) continue;
      complain(fmt::format("--format: there is no \"{}\"; {}", format, suggestion(format, known)));
      return false;
    }
    if (outputs_.size() > formats_.size()) {
      complain("more --output than --format: each file needs its format");
      return false;
    }
    return true;
  }

  // A scan may take long: what it finds must not be lost for a slip in a path.
  bool outputs_writable() const {
    for (const auto& path : outputs_) {
      if (!told(can_write(path))) return false;
    }
    return true;
  }

  static bool told(const Status& status) {
    if (!status) complain(status.error());
    return static_cast<bool>(status);
  }

  int ask(Scanner::Options options, std::shared_ptr<const Setup> setup) {
    auto signals = Signals::block();
    if (!signals) {
      complain(signals.error());
      return kTrouble;
    }
    auto registrants = registrants_of(setup->config);
    if (!registrants) return kTrouble;
    ProgressBar bar;
    const bool all = everything_ || formats_.size() > 1 || formats_.front() != "table";
    const auto result = scan(request_, std::move(options), std::move(setup),
                             std::move(*registrants), all, [&](const ScanProgress& progress) {
                               bar.show(progress);
                               return signals->next() == Signals::Request::none;
                             });
    bar.clear();
    return write(result);
  }

  int write(const ScanResult& result) {
    bool good = true, summed_up = false;
    std::string out;
    for (std::size_t i = 0; i < formats_.size(); ++i) {
      const auto* format = scan_format(formats_[i]);
      const bool to_file = i < outputs_.size();
      const auto text =
          format->write(result, to_file ? TableStyle{} : terminal_style(), everything_);
      if (to_file) good = told(write_file(outputs_[i], text)) && good;
      if (!to_file) out += text;
      summed_up |= !to_file && format->has_summary;
    }
    if (!summed_up) complain(coverage_text(result));
    const auto exit = any_violation(result.devices) ? kViolation : kClean;
    if (finish(out, exit) == kTrouble || !good) return kTrouble;
    if (result.interrupted) return kInterrupted;
    // That nothing is there cannot be said of what was not asked, or not heard.
    const bool whole = result.complete && !result.answers_lost;
    return !whole && exit == kClean ? kTrouble : exit;
  }

  ScanRequest request_;
  std::string config_;
  std::vector<std::string> formats_, outputs_, deny_;
  bool everything_ = false, dry_run_ = false, no_multicast_ = false;
};

}  // namespace

std::unique_ptr<Command> make_scan() { return std::make_unique<Scan>(); }

}  // namespace camwarden
