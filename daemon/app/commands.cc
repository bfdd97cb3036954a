#include "app/commands.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>

#include "app/config.h"
#include "app/explain.h"
#include "app/replay.h"
#include "app/runtime.h"
#include "base/json.h"
#include "base/text.h"
#include "policy/alerter.h"
#include "report/listing.h"

namespace camwarden {
namespace {

enum Exit { kClean = 0, kViolation = 1, kTrouble = 2 };

constexpr const char* kDefaultConfig = "/etc/camwarden/camwarden.yml";

struct Arguments {
  std::string config, database, format = "table", interface = "capture";
  std::vector<std::string> interfaces, files, terms, deny;
  bool everything = false, alerts_only = false, each = false, sight = false;
};

void complain(std::string_view message) {
  std::string text(message);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::fprintf(stderr, "camwarden: %s\n", text.c_str());
}

// Writing to a full disk or a closed pipe is trouble too, not silence.
bool print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

int finish(std::string_view text, Exit exit) {
  if (print(text)) return exit;
  complain("cannot write the output");
  return kTrouble;
}

TableStyle terminal_style() {
  TableStyle style;
  if (isatty(STDOUT_FILENO) == 0) return style;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  style.colour = (no_colour == nullptr || *no_colour == '\0') && term != nullptr && std::string_view(term) != "dumb";
  return style;
}

ListFormat list_format(const std::string& word) {
  return word == "json" ? ListFormat::json : word == "csv" ? ListFormat::csv : ListFormat::table;
}

// Commands that may do without a configuration take the installed one only when it is asked for, so
// that what they print depends on their arguments alone.
std::shared_ptr<const Setup> setup_or_complain(const std::string& path, const std::vector<std::string>& interfaces,
                                               const Vocabulary& vocabulary) {
  Diagnostics diagnostics;
  auto setup = load_setup(path, interfaces, vocabulary, diagnostics);
  if (!setup) complain(diagnostics.to_string());
  return setup;
}

// Without a configuration of the site's own, everything that a law pack names counts, everywhere.
std::shared_ptr<const Setup> with_rules_of_laws(std::shared_ptr<const Setup> setup, const Arguments& arguments) {
  std::vector<std::string> denied = arguments.deny;
  if (denied.empty() && arguments.config.empty()) {
    for (const auto& pack : setup->law_packs) denied.push_back(pack.id);
  }
  if (denied.empty()) return setup;
  auto changed = std::make_shared<Setup>(*setup);
  DenyRule rule;
  rule.id = "restricted-maker";
  rule.name = "Equipment of a restricted maker";
  rule.law_packs = std::move(denied);
  changed->config.policy.rules.push_back(std::move(rule));
  return changed;
}

bool packs_known(const Setup& setup, const std::vector<std::string>& packs) {
  std::vector<std::string_view> known;
  for (const auto& pack : setup.law_packs) known.push_back(pack.id);
  bool all = true;
  for (const auto& pack : packs) {
    if (std::find(known.begin(), known.end(), pack) != known.end()) continue;
    const auto guess = nearest(pack, known);
    complain(fmt::format("--deny: there is no law pack \"{}\"; {}", printable(pack),
                         guess.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                                       : fmt::format("did you mean \"{}\"?", guess)));
    all = false;
  }
  return all;
}

// A table that hides hosts need not draw them: thousands are behind a core's SPAN port.
std::vector<ListedDevice> listed(const Inventory& inventory, const Policy& policy, const Arguments& arguments) {
  const bool known_only = arguments.format == "table" && !arguments.everything;
  std::vector<ListedDevice> devices;
  for (auto& device : inventory.devices(known_only ? Inventory::Which::known : Inventory::Which::all)) {
    ListedDevice entry;
    if (!device.presences.empty()) {
      if (const auto* segment = policy.segment(device.presences.front())) entry.segment = segment->name;
    }
    if (is_video(device.kind)) entry.laws = policy.laws_for(device.maker);
    const auto findings = policy.judge(device, device.last_seen);
    entry.violation = std::any_of(findings.begin(), findings.end(),
                                  [](const Finding& finding) { return finding.exception == nullptr; });
    entry.device = std::move(device);
    devices.push_back(std::move(entry));
  }
  return devices;
}

bool any_violation(const std::vector<ListedDevice>& devices) {
  return std::any_of(devices.begin(), devices.end(), [](const auto& entry) { return entry.violation; });
}

void report_reading(const Replayed& replayed) {
  for (const auto& error : replayed.errors) complain(error);
  if (const auto hidden = not_understood(replayed.sight.sight); !hidden.empty()) {
    complain(fmt::format("{} packets read; not understood: {}", replayed.packets, hidden));
  }
  if (replayed.anomalies.empty()) return;
  std::string text;
  for (const auto& [name, count] : replayed.anomalies) text += fmt::format(" {} x {};", name, count);
  text.pop_back();
  complain(fmt::format("{} packets read; malformed:{}", replayed.packets, text));
}

// What one replay found, and how it ended.
std::string show_sight(const SightReport& sight, ListFormat format) {
  return (format == ListFormat::json ? to_string(json::value(to_json(sight))) : to_text(sight)) + "\n";
}

Exit show_replay(const Replayed& replayed, const Arguments& arguments, std::string& out) {
  report_reading(replayed);
  if (replayed.packets == 0 && !replayed.errors.empty()) return kTrouble;
  const auto& inventory = replayed.engine->inventory();
  const auto devices = listed(inventory, replayed.engine->policy(), arguments);
  const auto format = list_format(arguments.format);
  const auto style = terminal_style();
  if (!arguments.alerts_only) {
    out += list_devices(devices, inventory.size() - devices.size(), format, style, arguments.everything);
  }
  if (format == ListFormat::table && !arguments.alerts_only && !replayed.alerts.empty()) out += "\n";
  if (format != ListFormat::csv || arguments.alerts_only) out += list_alerts(replayed.alerts, format, style);
  if (arguments.sight) out += show_sight(replayed.sight, format);
  return !replayed.errors.empty() ? kTrouble : any_violation(devices) ? kViolation : kClean;
}

Exit replay_files(const std::vector<std::string>& files, const Arguments& arguments, std::shared_ptr<const Setup> setup,
                  const Vocabulary& vocabulary, std::string& out) {
  auto replayed = replay(files, std::move(setup), vocabulary);
  if (replayed) return show_replay(*replayed, arguments, out);
  complain(replayed.error());
  return kTrouble;
}

std::string capture_heading(const std::string& file, ListFormat format) {
  if (format == ListFormat::json) {
    return to_string(json::value{{"object", "capture"}, {"file", json_text(file)}}) + "\n";
  }
  return (format == ListFormat::csv ? csv_cell(file) : printable(file) + ":") + "\n";
}

// Each capture a network of its own, under a heading that is out before its first packet is read:
// should one of thousands bring the program down, the last heading names it.
int replay_each(const Arguments& arguments, const std::shared_ptr<const Setup>& setup, const Vocabulary& vocabulary) {
  int worst = kClean;
  for (const auto& file : arguments.files) {
    if (finish(capture_heading(file, list_format(arguments.format)), kClean) != kClean) return kTrouble;
    std::string out;
    const auto exit = replay_files({file}, arguments, setup, vocabulary, out);
    worst = std::max<int>(worst, finish(out, exit));
  }
  return worst;
}

int replay_command(const Arguments& arguments, const Vocabulary& vocabulary) {
  const std::vector<std::string> heard_on{arguments.interface};
  auto setup = setup_or_complain(arguments.config, heard_on, vocabulary);
  if (!setup || !packs_known(*setup, arguments.deny)) return kTrouble;
  setup = with_rules_of_laws(setup, arguments);
  if (arguments.each) return replay_each(arguments, setup, vocabulary);
  std::string out;
  const auto exit = replay_files(arguments.files, arguments, setup, vocabulary, out);
  return finish(out, exit);
}

int run_command(const Arguments& arguments, const Vocabulary& vocabulary) {
  const std::string path = arguments.config.empty() ? kDefaultConfig : arguments.config;
  auto setup = setup_or_complain(path, arguments.interfaces, vocabulary);
  if (!setup) return kTrouble;
  if (auto status = run({path, arguments.interfaces}, setup, vocabulary); !status) {
    complain(status.error());
    return kTrouble;
  }
  return kClean;
}

int check_command(const Arguments& arguments, const Vocabulary& vocabulary) {
  const std::string path = arguments.config.empty() ? kDefaultConfig : arguments.config;
  const auto setup = setup_or_complain(path, {}, vocabulary);
  if (!setup) return kTrouble;
  for (const auto& warning : setup->warnings) complain("warning: " + warning);
  const auto& config = setup->config;
  return finish(fmt::format("{}: good. {} interfaces, {} segments, {} rules, {} exceptions, {} sinks; {} makers, "
                            "{} brands, {} fingerprints (version {}), {} law packs\n",
                            path, config.interfaces.size(), config.policy.segments.size(),
                            config.policy.rules.size(), config.policy.exceptions.size(), config.sinks.size(),
                            setup->knowledge->makers().size(), setup->knowledge->brands().size(),
                            setup->knowledge->fingerprints(), setup->knowledge->version(),
                            setup->law_packs.size()),
                kClean);
}

// The terms; where one is "-", a term a line from the standard input.
std::vector<std::string> terms_given(const Arguments& arguments) {
  std::vector<std::string> terms;
  for (const auto& term : arguments.terms) {
    if (term != "-") terms.push_back(term);
    if (term == "-") {
      for (std::string line; std::getline(std::cin, line);) terms.push_back(line);
    }
  }
  return terms;
}

int match_command(const Arguments& arguments, const Vocabulary& vocabulary) {
  const auto setup = setup_or_complain(arguments.config, {}, vocabulary);
  if (!setup) return kTrouble;
  const auto tell = arguments.format == "json" ? explain_json : explain;
  std::string out;
  for (const auto& term : terms_given(arguments)) {
    const auto explained = tell(term, *setup, vocabulary);
    if (!explained) {
      complain(explained.error());
      return kTrouble;
    }
    out += explained.value();
  }
  return finish(out, kClean);
}

// The database's path: given, the configuration's, or the default one.
std::shared_ptr<const Setup> setup_for_reading(const Arguments& arguments, const Vocabulary& vocabulary) {
  std::string config = arguments.config;
  if (config.empty() && arguments.database.empty() && access(kDefaultConfig, R_OK) == 0) config = kDefaultConfig;
  auto setup = setup_or_complain(config, {}, vocabulary);
  if (!setup || arguments.database.empty()) return setup;
  auto changed = std::make_shared<Setup>(*setup);
  changed->config.database = arguments.database;
  return changed;
}

int devices_command(const Arguments& arguments, const Vocabulary& vocabulary) {
  const auto setup = setup_for_reading(arguments, vocabulary);
  if (!setup) return kTrouble;
  auto read = read_devices(setup, vocabulary);
  if (!read) {
    complain(read.error());
    return kTrouble;
  }
  const auto devices = listed(*read->inventory, *read->policy, arguments);
  return finish(list_devices(devices, read->inventory->size() - devices.size(), list_format(arguments.format),
                             terminal_style(), arguments.everything),
                any_violation(devices) ? kViolation : kClean);
}

int alerts_command(const Arguments& arguments, const Vocabulary& vocabulary) {
  const auto setup = setup_for_reading(arguments, vocabulary);
  if (!setup) return kTrouble;
  auto database = Database::open(setup->config.database, Database::Mode::read_only);
  if (!database) {
    complain(database.error());
    return kTrouble;
  }
  std::vector<Alert> alerts;
  std::set<std::string> open;
  auto status = read_alerts(*database, [&](Alert&& alert) {
    if (alert.type == AlertType::violation_resolved) open.erase(alert.dedup_key);
    if (alert.type == AlertType::violation_opened) open.insert(alert.dedup_key);
    alerts.push_back(std::move(alert));
  });
  if (!status) {
    complain(status.error());
    return kTrouble;
  }
  const auto text = list_alerts(alerts, list_format(arguments.format), terminal_style());
  return finish(text, open.empty() ? kClean : kViolation);
}

int fields_command(const Vocabulary& vocabulary) {
  std::string out;
  for (const auto* field : vocabulary.fields()) {
    out += fmt::format("{:<24} {:<7} {:<11} {}\n", field->name, to_string(field->kind), to_string(field->role), field->help);
  }
  return finish(out, kClean);
}

int version_command() { return finish(fmt::format("camwarden {}\n", CAMWARDEN_VERSION), kClean); }

int scan_command() {
  complain("scan: not yet. Camwarden listens so far: see `camwarden run` and `camwarden replay`");
  return kTrouble;
}

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", fmt::format("camwarden {}", CAMWARDEN_VERSION));
    app_.footer(
        "Exit status: 0 nothing restricted found, 1 a violation found, 2 the command could not do its work.\n"
        "Start here:  camwarden replay capture.pcap      what is in a capture\n"
        "             camwarden check -c camwarden.yml   is my configuration right\n"
        "             camwarden run -c camwarden.yml     listen, and alert");
    add_run();
    add_replay();
    add_scan();
    add_check();
    add_match();
    add_readers();
    fields_ = app_.add_subcommand("fields", "List the vocabulary: every field that fingerprints may name");
    version_ = app_.add_subcommand("version", "Print the version");
  }

  int run(int argc, char** argv) {
    if (argc > 1 && argv[1][0] != '-' && !known(argv[1])) return kTrouble;
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      const int code = app_.exit(error);
      return code == 0 ? kClean : kTrouble;
    }
    const auto words = vocabulary();
    if (*run_) return run_command(arguments_, words);
    if (*replay_) return replay_command(arguments_, words);
    if (*scan_) return scan_command();
    if (*check_) return check_command(arguments_, words);
    if (*match_) return match_command(arguments_, words);
    if (*devices_) return devices_command(arguments_, words);
    if (*alerts_) return alerts_command(arguments_, words);
    if (*fields_) return fields_command(words);
    return version_command();
  }

 private:
  // CLI11 would only say that a subcommand is missing.
  bool known(std::string_view word) {
    std::vector<std::string> names;
    for (const auto* command : app_.get_subcommands({})) names.push_back(command->get_name());
    if (std::find(names.begin(), names.end(), word) != names.end()) return true;
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto guess = nearest(word, views);
    complain(fmt::format("there is no command \"{}\"; {}", printable(word),
                         guess.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                                       : fmt::format("did you mean \"{}\"?", guess)));
    return false;
  }
  void add_config(CLI::App* command, const std::string& otherwise) {
    command->add_option("-c,--config", arguments_.config, "Configuration file; without: " + otherwise)->type_name("FILE");
  }
  void add_format(CLI::App* command) {
    command->add_option("--format", arguments_.format, "table, json (one object a line) or csv")
        ->check(CLI::IsMember({"table", "json", "csv"}))
        ->type_name("FORMAT")
        ->capture_default_str();
    command->add_flag("-a,--all", arguments_.everything, "Tables list hosts that are no video devices too");
  }
  void add_run() {
    run_ = app_.add_subcommand("run", "Listen on the configured interfaces and send alerts, until stopped");
    add_config(run_, kDefaultConfig);
    run_->add_option("-i,--interface", arguments_.interfaces, "Listen here instead of on the configured interfaces")
        ->type_name("NAME");
  }
  void add_replay() {
    replay_ = app_.add_subcommand("replay", "Say which cameras are in capture files, and which of them are restricted");
    add_config(replay_, "every maker that a law pack names is a violation, everywhere");
    add_format(replay_);
    replay_->add_option("--deny", arguments_.deny, "Deny this law pack everywhere, beside the configured rules")
        ->type_name("PACK")
        ->allow_extra_args(false);
    replay_->add_option("-i,--interface", arguments_.interface, "Name of the interface that the captures came from")
        ->type_name("NAME");
    replay_->add_flag("--alerts", arguments_.alerts_only, "Print the alerts only");
    replay_->add_flag("--sight", arguments_.sight, "At the end, what was seen and what could not be seen into");
    replay_->add_flag("--each", arguments_.each, "Each capture by itself, under a heading, as if no other had been seen");
    replay_->add_option("pcap", arguments_.files, "pcap or pcapng files")->required()->type_name("PCAP");
  }
  void add_scan() {
    scan_ = app_.add_subcommand("scan", "Ask the devices of a network, once (not yet)");
    scan_->add_option("target", arguments_.terms, "Prefix, range or address")->required()->type_name("TARGET");
  }
  void add_check() {
    check_ = app_.add_subcommand("check", "Check the configuration, the fingerprints and the law packs; change nothing");
    add_config(check_, kDefaultConfig);
  }
  void add_match() {
    match_ = app_.add_subcommand("match", "Explain what the fingerprints say of a value, and why");
    add_config(match_, "the installed fingerprints");
    match_->add_option("--format", arguments_.format, "table: for people; json: an object a value, with the verdict on it alone")
        ->check(CLI::IsMember({"table", "json"}))
        ->type_name("FORMAT")
        ->capture_default_str();
    match_->add_option("term", arguments_.terms,
                       "For example rtsp.realm='IP Camera(C2345)' or mac=44:19:b6:0a:0b:0c; - reads one a line")
        ->required()
        ->type_name("FIELD=VALUE");
  }
  void add_readers() {
    devices_ = app_.add_subcommand("devices", "List the devices in the daemon's database");
    alerts_ = app_.add_subcommand("alerts", "List the alerts in the daemon's database");
    for (auto* command : {devices_, alerts_}) {
      add_config(command, std::string(kDefaultConfig) + " if it is there");
      command->add_option("--database", arguments_.database, "Read this database instead of the configured one")
          ->type_name("FILE");
      add_format(command);
    }
  }

  CLI::App app_{"Camwarden finds IP cameras and recorders, names their real maker, and says where policy forbids them.",
                "camwarden"};
  Arguments arguments_;
  CLI::App *run_, *replay_, *scan_, *check_, *match_, *devices_, *alerts_, *fields_, *version_;
};

}  // namespace

int run_command_line(int argc, char** argv) { return CommandLine().run(argc, argv); }

}  // namespace camwarden
