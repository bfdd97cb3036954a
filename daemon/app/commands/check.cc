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

  std::vector<Option> options() override { return {config_option(config_, kDefaultConfig)}; }

  int run(const Vocabulary& vocabulary) override {
    const std::string path = config_.empty() ? kDefaultConfig : config_;
    const auto setup = setup_or_complain(path, {}, vocabulary);
    if (!setup) return kTrouble;
    for (const auto& warning : setup->warnings) complain("warning: " + warning);
    const auto& config = setup->config;
    return finish(
        fmt::format(
            "{}: good. {} interfaces, {} segments, {} rules, {} exceptions, {} sinks; {} makers, "
            "{} brands, {} fingerprints (version {}), {} law packs\n",
            path, config.interfaces.size(), config.policy.segments.size(),
            config.policy.rules.size(), config.policy.exceptions.size(), config.sinks.size(),
            setup->knowledge->makers().size(), setup->knowledge->brands().size(),
            setup->knowledge->fingerprints(), setup->knowledge->version(), setup->law_packs.size()),
        kClean);
  }

 private:
  std::string config_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace camwarden
