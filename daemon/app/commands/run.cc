#include "app/runtime.h"
#include "app/setup.h"
#include "app/terminal.h"

namespace camwarden {
namespace {

class Run : public Command {
 public:
  Run() : Command("run", "Listen on the configured interfaces and send alerts, until stopped") {}

  std::vector<Option> options() override {
    return {config_option(config_, kDefaultConfig),
            {.names = "-i,--interface",
             .target = &interfaces_,
             .help = "Listen here instead of on the configured interfaces",
             .type = "NAME"}};
  }

  int run(const Vocabulary& vocabulary) override {
    const std::string path = config_.empty() ? kDefaultConfig : config_;
    auto setup = setup_or_complain(path, interfaces_, vocabulary);
    if (!setup) return kTrouble;
    if (auto status = camwarden::run({path, interfaces_}, setup, vocabulary); !status) {
      complain(status.error());
      return kTrouble;
    }
    return kClean;
  }

 private:
  std::string config_;
  std::vector<std::string> interfaces_;
};

}  // namespace

std::unique_ptr<Command> make_run() { return std::make_unique<Run>(); }

}  // namespace camwarden
