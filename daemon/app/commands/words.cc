// The commands that only print what the program knows of itself.
#include <fmt/format.h>

#include "app/terminal.h"

namespace camwarden {
namespace {

class Fields : public Command {
 public:
  Fields() : Command("fields", "List the vocabulary: every field that fingerprints may name") {}

  int run(const Vocabulary& vocabulary) override {
    std::string out;
    for (const auto* field : vocabulary.fields()) {
      out += fmt::format("{:<24} {:<7} {:<11} {}\n", field->name, to_string(field->kind),
                         to_string(field->role), field->help);
    }
    return finish(out, kClean);
  }
};

class Version : public Command {
 public:
  Version() : Command("version", "Print the version") {}

  int run(const Vocabulary&) override {
    return finish(fmt::format("camwarden {}\n", CAMWARDEN_VERSION), kClean);
  }
};

}  // namespace

std::unique_ptr<Command> make_fields() { return std::make_unique<Fields>(); }
std::unique_ptr<Command> make_version() { return std::make_unique<Version>(); }

}  // namespace camwarden
