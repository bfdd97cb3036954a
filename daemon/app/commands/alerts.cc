#include <set>

#include "app/setup.h"
#include "app/terminal.h"
#include "base/database.h"
#include "policy/alerter.h"

namespace camwarden {
namespace {

class Alerts : public Command {
 public:
  Alerts() : Command("alerts", "List the alerts in the daemon's database") {}

  std::vector<Option> options() override {
    return {config_option(config_, std::string(kDefaultConfig) + " if it is there"),
            database_option(database_), format_option(format_)};
  }

  int run(const Vocabulary& vocabulary) override {
    const auto setup = setup_for_reading(config_, database_, vocabulary);
    if (!setup) return kTrouble;
    auto database = Database::open(setup->config.database, Database::Mode::read_only);
    if (!database) {
      complain(database.error());
      return kTrouble;
    }
    return list(*database);
  }

 private:
  int list(Database& database) {
    std::vector<Alert> alerts;
    std::set<std::string> open;
    auto status = read_alerts(database, [&](Alert&& alert) {
      if (alert.type == AlertType::violation_resolved) open.erase(alert.dedup_key);
      if (alert.type == AlertType::violation_opened) open.insert(alert.dedup_key);
      alerts.push_back(std::move(alert));
    });
    if (!status) {
      complain(status.error());
      return kTrouble;
    }
    return finish(list_alerts(alerts, list_format(format_), terminal_style()),
                  open.empty() ? kClean : kViolation);
  }

  std::string config_, database_, format_ = "table";
};

}  // namespace

std::unique_ptr<Command> make_alerts() { return std::make_unique<Alerts>(); }

}  // namespace camwarden
