#include "app/commands.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/command.h"
#include "app/terminal.h"
#include "base/text.h"
#include "protocols/protocol.h"

namespace camwarden {
namespace {

// THE LIST, in the order of the help text.
std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_run());
  commands.push_back(make_replay());
  commands.push_back(make_scan());
  commands.push_back(make_check());
  commands.push_back(make_match());
  commands.push_back(make_eval());
  commands.push_back(make_devices());
  commands.push_back(make_alerts());
  commands.push_back(make_report_command());
  commands.push_back(make_lists());
  commands.push_back(make_oui());
  commands.push_back(make_fields());
  commands.push_back(make_version());
  return commands;
}

CLI::Option* add(CLI::App& app, const Option& option, bool* target) {
  return app.add_flag(option.names, *target, option.help);
}

template <typename Word>
CLI::Option* add(CLI::App& app, const Option& option, Word* target) {
  return app.add_option(option.names, *target, option.help)->capture_default_str();
}

CLI::Option* add(CLI::App& app, const Option& option, std::vector<std::string>* target) {
  auto* added = app.add_option(option.names, *target, option.help);
  return option.names.front() == '-' ? added->allow_extra_args(false) : added;
}

void add_option(CLI::App& app, const Option& option) {
  auto* added = std::visit([&](auto* target) { return add(app, option, target); }, option.target);
  if (!option.type.empty()) added->type_name(option.type);
  if (!option.one_of.empty()) added->check(CLI::IsMember(option.one_of))->type_name(option.type);
  added->required(option.required);
}

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", fmt::format("camwarden {}", CAMWARDEN_VERSION));
    app_.footer(
        "Exit status: 0 nothing restricted found, 1 a violation found, 2 the command could not do "
        "its work.\n"
        "Start here:  camwarden replay capture.pcap      what is in a capture\n"
        "             camwarden check -c camwarden.yml   is my configuration right\n"
        "             camwarden run -c camwarden.yml     listen, and alert");
    for (const auto& command : commands_) {
      auto* app = app_.add_subcommand(std::string(command->name()), std::string(command->help()));
      for (const auto& option : command->options()) add_option(*app, option);
    }
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
    for (const auto& command : commands_) {
      if (app_.got_subcommand(std::string(command->name()))) return command->run(words);
    }
    return kTrouble;
  }

 private:
  // CLI11 would only say that a subcommand is missing.
  bool known(std::string_view word) {
    std::vector<std::string_view> names;
    for (const auto& command : commands_) names.push_back(command->name());
    if (std::find(names.begin(), names.end(), word) != names.end()) return true;
    complain(
        fmt::format("there is no command \"{}\"; {}", printable(word), suggestion(word, names)));
    return false;
  }

  std::vector<std::unique_ptr<Command>> commands_ = all_commands();
  CLI::App app_{
      "Camwarden finds IP cameras and recorders, names their real maker, and says where policy "
      "forbids them.",
      "camwarden"};
};

}  // namespace

int run_command_line(int argc, char** argv) { return CommandLine().run(argc, argv); }

}  // namespace camwarden
