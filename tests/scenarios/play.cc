#include "play.h"

#include <algorithm>

#include "base/check.h"

namespace camwarden {
namespace {

void append(std::vector<Alert>& all, std::vector<Alert> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

Play::Play(const Knowledge& knowledge, std::string directory)
    : knowledge_(&knowledge), path_(std::move(directory) + "/story.db") {
  Play::restart();
}

void Play::restart() {
  alerter_.reset();
  database_.reset();
  auto database = Database::open(path_, Database::Mode::read_write);
  CHECK(database.ok());
  database_ = std::make_unique<Database>(database.take());
  auto alerter = Alerter::open(*database_, "sensor-1");
  CHECK(alerter.ok());
  alerter_ = std::make_unique<Alerter>(alerter.take());
}

void Play::set_policy(const PolicyOptions& options) {
  policy_ = std::make_unique<Policy>(options, knowledge_->packs, *knowledge_->base,
                                     std::vector<std::string>{});
}

std::vector<Alert> Play::play(const Step& step) {
  auto alerts = happen(step);
  append(alerts,
         alerter_->tick(*policy_, step.at, [&](std::string_view id) -> std::optional<Device> {
           for (const auto& [name, device] : devices_) {
             if (device.id == id) return device;
           }
           return std::nullopt;
         }));
  CHECK(database_->begin().ok());
  CHECK(alerter_->write(alerts).ok());
  CHECK(database_->commit().ok());
  return alerts;
}

std::vector<Alert> Play::happen(const Step& step) {
  switch (step.what) {
    case Step::What::time_passes:
    case Step::What::hears:  // never here: see Story::of_the_wire()
      return {};
    case Step::What::restart:
      restart();
      return judge_all(step.at);
    case Step::What::policy:
      return judge_all(step.at);  // the runner has set it
    case Step::What::turns_out_to_be:
      return become(step);
    case Step::What::appears:
      dress(device(step.device), step.looks, step.at);
      place(device(step.device), step.where, step.at);
      break;
    case Step::What::shows:
      dress(device(step.device), step.looks, step.at);
      [[fallthrough]];
    case Step::What::seen:
      CHECK(!device(step.device).presences.empty());
      device(step.device).presences.front().last_seen = device(step.device).last_seen = step.at;
      break;
    case Step::What::moves:
      place(device(step.device), step.where, step.at);
      break;
  }
  return alerter_->update(device(step.device), *policy_, step.at);
}

std::vector<Alert> Play::judge_all(Time at) {
  std::vector<Alert> alerts;
  for (const auto& [name, device] : devices_)
    append(alerts, alerter_->update(device, *policy_, at));
  return alerts;
}

// The facts of one device turn out to be another's.
std::vector<Alert> Play::become(const Step& step) {
  auto former = devices_.extract(step.device);
  CHECK(!former.empty());
  auto& heir = device(step.other);
  const auto id = heir.id.empty() ? "mac-of-" + step.other : heir.id;
  const auto old_id = former.mapped().id;
  if (heir.id.empty()) heir = std::move(former.mapped());
  heir.id = id;
  auto alerts = alerter_->vanished(old_id, heir.id, step.at);
  append(alerts, alerter_->update(heir, *policy_, step.at));
  return alerts;
}

void Play::dress(Device& device, const Looks& looks, Time at) {
  if (looks.maker) device.maker = *looks.maker;
  if (looks.sold_as) device.brand = *looks.sold_as;
  if (looks.model) device.model = *looks.model;
  if (looks.serial) device.serial = *looks.serial;
  if (looks.kind) device.kind = *looks.kind;
  if (looks.grade) device.grade = *looks.grade;
  if (!looks.because) return;
  EvidenceItem item;
  item.protocol = "protocol-" + std::to_string(device.evidence.size());
  item.because = *looks.because;
  item.certainty = 0.7;
  item.claims = {{Attribute::maker, device.maker},
                 {Attribute::kind, std::string(to_string(device.kind))}};
  item.first_seen = item.last_seen = at;
  device.evidence.insert(device.evidence.begin(), item);
}

void Play::place(Device& device, const Whereabouts& where, Time at) {
  if (device.id.empty()) {
    device.id = where.mac ? "mac-" + where.mac->to_string()
                          : "ip-" + where.ip.value_or(IpAddress{}).to_string();
    device.first_seen = at;
  }
  if (where.mac) device.mac = *where.mac;
  Presence presence;
  presence.ip = where.ip.value_or(IpAddress{});
  presence.vlan = where.vlan;
  presence.first_seen = presence.last_seen = device.last_seen = at;
  device.presences.insert(device.presences.begin(), presence);
}

std::vector<Device> Play::devices() const {
  std::vector<Device> all;
  for (const auto& [name, device] : devices_) all.push_back(device);
  return all;
}

std::string Play::name_of(const std::string& id) const {
  for (const auto& [name, device] : devices_) {
    if (device.id == id) return name;
  }
  return id;
}

}  // namespace camwarden
