#include "app/reporting.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/explain.h"
#include "base/database.h"
#include "policy/finding_store.h"
#include "report/coverage_store.h"
#include "report/html_report.h"
#include "report/report_csv.h"
#include "report/report_json.h"

namespace camwarden {
ReportInput report_input(const Setup& setup, const Policy& policy, std::string method) {
  ReportInput input;
  input.policy = &policy;
  input.provenance = {.program = CAMWARDEN_VERSION,
                      .sensor = setup.config.sensor,
                      .method = std::move(method),
                      .knowledge = setup.knowledge->version(),
                      .fingerprints = setup.knowledge->fingerprints(),
                      .makers = setup.knowledge->makers().size()};
  return input;
}

std::vector<Device> devices_for_report(const Inventory& inventory, const Policy& policy, Time end) {
  std::vector<Device> devices;
  for (const auto& id : inventory.ids()) {
    auto device = inventory.device(id);
    if (!device || device->first_seen > end) continue;
    if (!is_video(device->kind) && policy.judge(*device, device->last_seen).empty()) {
      device->evidence = {};
      device->conflicts = {};
    }
    devices.push_back(std::move(*device));
  }
  std::sort(devices.begin(), devices.end(),
            [](const Device& a, const Device& b) { return a.id < b.id; });
  return devices;
}

std::string rendered(const Report& report, std::string_view format) {
  if (format == "json") return json_report(report);
  return format == "csv" ? csv_report(report) : html_report(report);
}

Result<Report> report_of_database(const std::shared_ptr<const Setup>& setup, Time begin, Time end,
                                  const Vocabulary& vocabulary) {
  auto read = read_devices(setup, vocabulary);
  if (!read) return Error{read.error()};
  auto database = Database::open(setup->config.database, Database::Mode::read_only);
  if (!database) return Error{database.error()};
  auto input =
      report_input(*setup, *read->policy, "What the sensor heard and asked, from its database");
  auto status = read_coverage(*database, begin, end,
                              [&](Coverage&& row) { input.coverage.push_back(std::move(row)); });
  if (status) {
    status = read_alerts(*database, [&](Alert&& alert) {
      if (alert.time >= begin && alert.time <= end) input.alerts.push_back(std::move(alert));
    });
  }
  if (!status) return Error{status.error()};
  input.devices = devices_for_report(*read->inventory, *read->policy, end);
  input.begin = begin;
  input.end = input.made = end;
  return make_report(std::move(input));
}

}  // namespace camwarden
