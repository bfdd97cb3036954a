#include "app/explain.h"
#include "app/setup.h"
#include "app/terminal.h"

namespace camwarden {
namespace {

class Devices : public Command {
 public:
  Devices() : Command("devices", "List the devices in the daemon's database") {}

  std::vector<Option> options() override {
    return {config_option(config_, std::string(kDefaultConfig) + " if it is there"),
            database_option(database_), format_option(format_), everything_option(everything_),
            deny_option(deny_)};
  }

  int run(const Vocabulary& vocabulary) override {
    auto setup = setup_for_reading(config_, database_, vocabulary);
    if (setup) setup = with_denied_packs(setup, deny_);
    if (!setup) return kTrouble;
    const auto registrants = registrants_of(setup->config);
    if (!registrants) return kTrouble;
    auto read = read_devices(setup, vocabulary);
    if (!read) {
      complain(read.error());
      return kTrouble;
    }
    const auto format = list_format(format_);
    const auto devices = listed_devices(*read->inventory, *read->policy, *registrants,
                                        everything_ || format != ListFormat::table);
    const auto others = read->inventory->size() - devices.size();
    return finish(list_devices(devices, others, format, terminal_style(), everything_),
                  any_violation(devices) ? kViolation : kClean);
  }

 private:
  std::string config_, database_, format_ = "table";
  std::vector<std::string> deny_;
  bool everything_ = false;
};

}  // namespace

std::unique_ptr<Command> make_devices() { return std::make_unique<Devices>(); }

}  // namespace camwarden
