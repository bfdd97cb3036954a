#include "app/terminal.h"

namespace camwarden {
namespace {

class Scan : public Command {
 public:
  Scan() : Command("scan", "Ask the devices of a network, once (not yet)") {}

  std::vector<Option> options() override {
    return {{.names = "target",
             .target = &targets_,
             .help = "Prefix, range or address",
             .type = "TARGET",
             .required = true}};
  }

  int run(const Vocabulary&) override {
    complain("scan: not yet. Camwarden listens so far: see `camwarden run` and `camwarden replay`");
    return kTrouble;
  }

 private:
  std::vector<std::string> targets_;
};

}  // namespace

std::unique_ptr<Command> make_scan() { return std::make_unique<Scan>(); }

}  // namespace camwarden
