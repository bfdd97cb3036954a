#include <fmt/format.h>

#include "app/setup.h"
#include "app/terminal.h"

namespace camwarden {
namespace {

class Check : public Command {
 public:
  Check()
      : Command("check",
                "Check the configuration, the fingerprints and the law packs; change nothing") {}

  std::vector<Option> options() override {
    return {config_option(config_, std::string(kDefaultConfig) + ", or none with --fingerprints"),
            {.names = "--fingerprints",
             .target = &fingerprints_,
             .help = "Check this directory of fingerprints instead of the configured one",
             .type = "DIR"}};
  }

  int run(const Vocabulary& vocabulary) override {
    const bool without = config_.empty() && !fingerprints_.empty();
    const std::string path = without ? "" : config_.empty() ? kDefaultConfig : config_;
    Diagnostics errors, warnings;
    const auto setup = check_setup(path, fingerprints_, vocabulary, errors, warnings);
    for (const auto& error : errors.errors()) complain(error);
    for (const auto& warning : warnings.errors()) complain("warning: " + warning);
    if (!setup) return kTrouble;
    if (without) return finish(fingerprints_ + ": good. " + knowledge(*setup), kClean);
    for (const auto& warning : setup->warnings) complain("warning: " + warning);
    return finish(path + ": good. " + configuration(*setup) + knowledge(*setup), kClean);
  }

 private:
  static std::string configuration(const Setup& setup) {
    const auto& config = setup.config;
    return fmt::format("{} interfaces, {} segments, {} rules, {} exceptions, {} sinks; ",
                       config.interfaces.size(), config.policy.segments.size(),
                       config.policy.rules.size(), config.policy.exceptions.size(),
                       config.sinks.size());
  }
  static std::string knowledge(const Setup& setup) {
    return fmt::format("{} makers, {} brands, {} fingerprints (version {}), {} law packs\n",
                       setup.knowledge->makers().size(), setup.knowledge->brands().size(),
                       setup.knowledge->fingerprints(), setup.knowledge->version(),
                       setup.law_packs.size());
  }

  std::string config_, fingerprints_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace camwarden
