#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <sstream>

#include "app/output.h"
#include "app/reporting.h"
#include "app/setup.h"
#include "app/terminal.h"
#include "report/changes.h"

namespace camwarden {
namespace {

Time clock_now() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

// "7d" before `now`, or a time.
std::optional<Time> time_given(const std::string& words, Time now) {
  if (const auto ago = parse_duration(words)) return now - *ago;
  return parse_rfc3339(words);
}

Result<EarlierReport> read_earlier(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!(text << file.rdbuf())) return Error{path + ": cannot read"};
  return read_report(text.str(), path);
}

class ReportCommand : public Command {
 public:
  ReportCommand()
      : Command("report",
                "Say what was looked at, what was found and what may be claimed: HTML to sign, "
                "CSV, JSON") {}

  std::vector<Option> options() override {
    return {
        config_option(config_, std::string(kDefaultConfig) + " if it is there"),
        database_option(database_),
        {.names = "--format",
         .target = &format_,
         .help = "html (one file, nothing from outside), json (one object) or csv",
         .type = "FORMAT",
         .one_of = {"html", "json", "csv"}},
        output_option(output_),
        deny_option(deny_),
        {.names = "--since",
         .target = &since_,
         .help =
             "Of the time since then, and what changed in it: 7d, 2026-09-01, 2026-09-01T08:00:00Z",
         .type = "TIME"},
        {.names = "--until",
         .target = &until_,
         .help = "And until then; without: now",
         .type = "TIME"},
        {.names = "--compare",
         .target = &compare_,
         .help = "Say what is new, gone and different against an earlier report, written with "
                 "--format json",
         .type = "FILE"}};
  }

  int run(const Vocabulary& vocabulary) override {
    const auto now = clock_now();
    const auto end = until_.empty() ? now : time_given(until_, now);
    const auto begin = since_.empty() ? Time{} : time_given(since_, now);
    if (!begin || !end || *begin >= *end) return trouble_with_times(begin, end);
    auto setup = setup_for_reading(config_, database_, vocabulary);
    if (setup) setup = with_denied_packs(setup, denied(*setup));
    if (!setup) return kTrouble;
    auto report = report_of_database(setup, *begin, *end, vocabulary);
    if (!report) return trouble(report.error());
    if (!compare_.empty()) {
      auto earlier = read_earlier(compare_);
      if (!earlier) return trouble(earlier.error());
      report->changes = compare(*earlier, *report);
    }
    return deliver(*report);
  }

 private:
  // Without rules of the site's own, whatever a law pack names is forbidden everywhere.
  std::vector<std::string> denied(const Setup& setup) const {
    return deny_.empty() && setup.config.policy.rules.empty() ? counting_packs(setup) : deny_;
  }

  static int trouble(const std::string& why) {
    complain(why);
    return kTrouble;
  }

  int trouble_with_times(const std::optional<Time>& begin, const std::optional<Time>& end) const {
    constexpr std::string_view kWanted =
        "expected a duration such as 7d, a date or an RFC 3339 time";
    if (!begin) return trouble(fmt::format("--since {}: {}", since_, kWanted));
    if (!end) return trouble(fmt::format("--until {}: {}", until_, kWanted));
    return trouble("--since must be before --until, and before now");
  }

  int deliver(const Report& report) const {
    const auto exit = report.any_violation() ? kViolation : kClean;
    const auto text = rendered(report, format_);
    if (output_.empty()) return finish(text, exit);
    if (auto status = write_file(output_, text); !status) return trouble(status.error());
    return finish(report.sentence + "\n", exit);
  }

  std::string config_, database_, format_ = "html", output_, since_, until_, compare_;
  std::vector<std::string> deny_;
};

}  // namespace

std::unique_ptr<Command> make_report_command() { return std::make_unique<ReportCommand>(); }

}  // namespace camwarden
