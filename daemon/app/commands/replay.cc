#include "app/replay.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/reporting.h"
#include "app/setup.h"
#include "app/terminal.h"
#include "base/json.h"
#include "base/text.h"

namespace camwarden {
namespace {

void tell_trouble(const Replayed& replayed) {
  for (const auto& error : replayed.errors) complain(error);
  if (const auto hidden = not_understood(replayed.sight.sight); !hidden.empty()) {
    complain(fmt::format("{} packets read; not understood: {}", replayed.packets, hidden));
  }
  if (replayed.anomalies.empty()) return;
  std::string text;
  for (const auto& [name, count] : replayed.anomalies)
    text += fmt::format(" {} x {};", name, count);
  text.pop_back();
  complain(fmt::format("{} packets read; malformed:{}", replayed.packets, text));
}

std::string show_sight(const SightReport& sight, ListFormat format) {
  return (format == ListFormat::json ? to_string(json::value(to_json(sight))) : to_text(sight)) +
         "\n";
}

std::string capture_heading(const std::string& file, ListFormat format) {
  if (format == ListFormat::json) {
    return to_string(json::value{{"object", "capture"}, {"file", json_text(file)}}) + "\n";
  }
  return (format == ListFormat::csv ? csv_cell(file) : printable(file) + ":") + "\n";
}

class Replay : public Command {
 public:
  Replay()
      : Command("replay",
                "Say which cameras are in capture files, and which of them are restricted") {}

  std::vector<Option> options() override {
    return {config_option(config_, "every maker that a law pack means which counts is a violation, everywhere"),
            {.names = "--format",
             .target = &format_,
             .help = "table, json (one object a line), csv, or html: a report of the captures",
             .type = "FORMAT",
             .one_of = {"table", "json", "csv", "html"}},
            everything_option(everything_),
            deny_option(deny_),
            {.names = "-i,--interface",
             .target = &interface_,
             .help = "Name of the interface that the captures came from",
             .type = "NAME"},
            {.names = "--alerts", .target = &alerts_only_, .help = "Print the alerts only"},
            {.names = "--sight",
             .target = &sight_,
             .help = "At the end, what was seen and what could not be seen into"},
            {.names = "--each",
             .target = &each_,
             .help = "Each capture by itself, under a heading, as if no other had been seen"},
            {.names = "pcap",
             .target = &files_,
             .help = "pcap or pcapng files",
             .type = "PCAP",
             .required = true}};
  }

  int run(const Vocabulary& vocabulary) override {
    auto setup = setup_or_complain(config_, {interface_}, vocabulary);
    // Without a configuration of the site's own, the law packs that count apply everywhere.
    if (setup)
      setup = with_denied_packs(setup,
                                deny_.empty() && config_.empty() ? counting_packs(*setup) : deny_);
    if (!setup) return kTrouble;
    auto registrants = registrants_of(setup->config);
    if (!registrants) return kTrouble;
    registrants_ = std::move(*registrants);
    if (each_ && format_ == "html") {
      complain("--each: makes one listing after the other, and html is one report of all captures");
      return kTrouble;
    }
    if (each_) return replay_each(setup, vocabulary);
    std::string out;
    const auto exit = replay_files(files_, setup, vocabulary, out);
    return finish(out, exit);
  }

 private:
  // Each capture a network of its own, under a heading that is out before its first packet is read:
  // should one of thousands bring the program down, the last heading names it.
  int replay_each(const std::shared_ptr<const Setup>& setup, const Vocabulary& vocabulary) {
    int worst = kClean;
    for (const auto& file : files_) {
      if (finish(capture_heading(file, list_format(format_)), kClean) != kClean) return kTrouble;
      std::string out;
      const auto exit = replay_files({file}, setup, vocabulary, out);
      worst = std::max<int>(worst, finish(out, exit));
    }
    return worst;
  }

  Exit replay_files(const std::vector<std::string>& files, std::shared_ptr<const Setup> setup,
                    const Vocabulary& vocabulary, std::string& out) {
    auto replayed = replay(files, setup, vocabulary);
    if (replayed)
      return format_ == "html" ? show_report(*replayed, *setup, out) : show(*replayed, out);
    complain(replayed.error());
    return kTrouble;
  }

  // What one replay found, and how it ended.
  Exit show(const Replayed& replayed, std::string& out) {
    tell_trouble(replayed);
    if (replayed.packets == 0 && !replayed.errors.empty()) return kTrouble;
    const auto& inventory = replayed.engine->inventory();
    const auto format = list_format(format_);
    const auto devices = listed_devices(inventory, replayed.engine->policy(), registrants_,
                                        everything_ || format != ListFormat::table);
    const auto style = terminal_style();
    if (!alerts_only_)
      out += list_devices(devices, inventory.size() - devices.size(), format, style, everything_);
    if (format == ListFormat::table && !alerts_only_ && !replayed.alerts.empty()) out += "\n";
    if (format != ListFormat::csv || alerts_only_)
      out += list_alerts(replayed.alerts, format, style);
    if (sight_) out += show_sight(replayed.sight, format);
    return !replayed.errors.empty() ? kTrouble : any_violation(devices) ? kViolation : kClean;
  }

  Exit show_report(const Replayed& replayed, const Setup& setup, std::string& out) {
    tell_trouble(replayed);
    if (replayed.packets == 0 && !replayed.errors.empty()) return kTrouble;
    auto input = report_input(setup, replayed.engine->policy(), files_read());
    if (config_.empty()) input.provenance.sensor = "";  // nobody's: the captures may be of any
    auto coverage = replayed.engine->coverage(Time{}, replayed.newest);
    if (!coverage) {
      complain(coverage.error());
      return kTrouble;
    }
    input.coverage = coverage.take();
    input.devices =
        devices_for_report(replayed.engine->inventory(), replayed.engine->policy(), Time::max());
    input.alerts = replayed.alerts;
    const auto report = make_report(std::move(input));
    out += rendered(report, format_);
    return !replayed.errors.empty() ? kTrouble : report.any_violation() ? kViolation : kClean;
  }

  std::string files_read() const {
    constexpr std::size_t kMost = 5;
    const auto shown = std::vector<std::string>(
        files_.begin(),
        files_.begin() + static_cast<std::ptrdiff_t>(std::min(kMost, files_.size())));
    const auto more =
        files_.size() > kMost ? fmt::format(" and {} more", files_.size() - kMost) : "";
    return fmt::format("Read {}: {}{}",
                       files_.size() == 1 ? "a capture" : fmt::format("{} captures", files_.size()),
                       fmt::join(shown, ", "), more);
  }

  std::string config_, format_ = "table", interface_ = "capture";
  std::vector<std::string> deny_, files_;
  Registrants registrants_;
  bool everything_ = false, alerts_only_ = false, each_ = false, sight_ = false;
};

}  // namespace

std::unique_ptr<Command> make_replay() { return std::make_unique<Replay>(); }

}  // namespace camwarden
