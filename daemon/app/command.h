#pragma once
// Command: one word of the command line, in one file of commands/ and one line of the list in
// commands.cc. What it takes is a table, so that the command-line library stays behind one file.
// Exit status as diff(1) and grep(1) have it.
//
// Thread: main.

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "observation/field.h"

namespace camwarden {

enum Exit { kClean = 0, kViolation = 1, kTrouble = 2 };

inline constexpr const char* kDefaultConfig = "/etc/camwarden/camwarden.yml";

struct Option {
  // Where the word goes. A vector's option may be repeated, each time with one word; a bool's takes
  // none.
  using Target = std::variant<std::string*, std::vector<std::string>*, bool*, unsigned*>;
  std::string
      names;  // "-c,--config"; without dashes: the words that follow, at least one if `required`
  Target target;
  std::string help;
  std::string type = {};                 // "FILE"
  std::vector<std::string> one_of = {};  // nothing else is taken
  bool required = false;
};

class Command {
 public:
  Command(std::string_view name, std::string_view help) : name_(name), help_(help) {}
  virtual ~Command() = default;
  std::string_view name() const { return name_; }
  std::string_view help() const { return help_; }
  // The targets are members: as they stand is the default.
  virtual std::vector<Option> options() { return {}; }
  virtual int run(const Vocabulary& vocabulary) = 0;

 private:
  std::string_view name_, help_;
};

// The order of the help text.
std::unique_ptr<Command> make_run();
std::unique_ptr<Command> make_replay();
std::unique_ptr<Command> make_scan();
std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_match();
std::unique_ptr<Command> make_eval();
std::unique_ptr<Command> make_devices();
std::unique_ptr<Command> make_alerts();
std::unique_ptr<Command> make_report_command();
std::unique_ptr<Command> make_lists();
std::unique_ptr<Command> make_oui();
std::unique_ptr<Command> make_fields();
std::unique_ptr<Command> make_version();

}  // namespace camwarden
