#include "policy/alerter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/address.h"
#include "base/text.h"
#include "policy/alert_json.h"
#include "policy/sentence.h"

namespace camwarden {
namespace {

std::string dedup_key(std::string_view rule, std::string_view device) {
  return fmt::format("{}/{}", rule, device);
}

// When time alone may change the finding: the device counts as gone, or its exception runs out.
Time due(const Finding& found, const Policy& policy) {
  const auto gone_after = policy.options().gone_after;
  if (found.presence.last_seen > Time::max() - gone_after) return Time::max();
  const Time gone = found.presence.last_seen + gone_after;
  return found.exception ? std::min(gone, found.exception->expires) : gone;
}

// What is new since the last alert, as the opening of a sentence; "" for nothing.
std::string news(const OpenFinding& told, const Finding& found, const Device& device, Grade grade) {
  if (!device.maker.empty() && told.maker != device.maker) {
    return told.maker.empty()
               ? "The maker is known now"
               : fmt::format("Another maker is known now (was {})", printable(told.maker));
  }
  if (told.segment != found.segment) return "The device moved; it was " + in_segment(told.segment);
  if (grade > told.grade) {
    return fmt::format("The evidence is {} now (was {})", to_string(grade), to_string(told.grade));
  }
  return "";
}

}  // namespace

Alerter::Alerter(FindingStore store, std::string sensor, Limits limits)
    : store_(std::move(store)), sensor_(std::move(sensor)), limits_(limits) {}

Result<Alerter> Alerter::open(Database& database, std::string sensor, Limits limits) {
  auto store = FindingStore::open(database);
  if (!store) return Error{store.error()};
  Alerter alerter(store.take(), std::move(sensor), limits);
  auto status = alerter.store_.read(alerter.findings_, alerter.discovered_, alerter.sequence_);
  if (!status) return Error{status.error()};
  for (const auto& [key, finding] : alerter.findings_) {
    if (finding.dedup_key != dedup_key(key.rule, key.device)) {
      alerter.inherited_.insert(finding.dedup_key);
    }
  }
  return alerter;
}

std::vector<Alert> Alerter::update(const Device& device, const Policy& policy, Time now) {
  std::vector<Alert> alerts;
  discover(device, policy, now, alerts);
  judge(device, policy, now, alerts);
  return alerts;
}

void Alerter::discover(const Device& device, const Policy& policy, Time now,
                       std::vector<Alert>& alerts) {
  if (!is_video(device.kind) || kind_grade(device) < Grade::possible) return;
  if (discovered_.contains(device.id)) return;
  if (discovered_.size() >= limits_.discovered) {
    ++counters_.discoveries_refused;
    return;
  }
  discovered_.insert(device.id);
  newly_discovered_.insert(device.id);

  Alert alert;
  alert.type = AlertType::device_discovered;
  alert.time = now;
  alert.dedup_key = dedup_key("discovered", device.id);
  if (device.grade >= Grade::probable) alert.laws = policy.laws_for(device.maker);
  const auto places = policy.places(device, now);
  if (const auto* place = places.empty() ? nullptr : policy.segment(places.front())) {
    alert.segment = place->name;
    alert.zone = place->zone;
  }
  alert.device = device;
  alert.why = discovered(device, policy, now);
  alert.to_raise = policy.to_raise(device);
  number(alert);
  alerts.push_back(std::move(alert));
}

void Alerter::judge(const Device& device, const Policy& policy, Time now,
                    std::vector<Alert>& alerts) {
  for (const auto& rule : policy.options().rules) judge_rule(rule, device, policy, now, alerts);
  // Findings of rules that the policy does not have any more.
  auto at = findings_.lower_bound({device.id, ""});
  while (at != findings_.end() && at->first.device == device.id) {
    const auto next = std::next(at);
    if (!policy.rule(at->first.rule)) {
      const auto reason = reason_of_end(device, policy, at->first.rule, "", "", now);
      resolve(at->first, at->second, &device, reason, now, alerts);
      forget(at);
    }
    at = next;
  }
}

void Alerter::judge_rule(const DenyRule& rule, const Device& device, const Policy& policy, Time now,
                         std::vector<Alert>& alerts) {
  const auto at = findings_.find({device.id, rule.id});
  if (at == findings_.end()) {
    const auto found = policy.breaks(rule, device, now, rule.min_grade);
    if (found) start(*found, device, policy, now, alerts);
    return;
  }
  const auto& told = at->second;
  const auto least = told.excepted() ? rule.min_grade : Grade::none;
  if (const auto found = policy.breaks(rule, device, now, least, told.segment)) {
    keep(at, *found, device, policy, now, alerts);
    return;
  }
  const auto reason = reason_of_end(device, policy, rule.id, told.maker, told.segment, now);
  resolve(at->first, told, &device, reason, now, alerts);
  forget(at);
}

void Alerter::start(const Finding& found, const Device& device, const Policy& policy, Time now,
                    std::vector<Alert>& alerts) {
  if (findings_.size() >= limits_.findings) {
    ++counters_.findings_refused;
    return;
  }
  const auto& rule = *found.rule;
  const auto at = findings_.try_emplace({device.id, rule.id}).first;
  auto& finding = at->second;
  finding.dedup_key = fresh_dedup_key(rule.id, device.id);
  finding.segment = found.segment;
  finding.maker = device.maker;
  finding.grade = policy.grade(rule, device);
  finding.opened = now;
  finding.due = due(found, policy);
  if (found.exception) return except(at, *found.exception);
  raise(at, AlertType::violation_opened, found, device, found.why, now, alerts);
}

void Alerter::keep(Findings::iterator at, const Finding& found, const Device& device,
                   const Policy& policy, Time now, std::vector<Alert>& alerts) {
  auto& told = at->second;
  told.due = due(found, policy);
  if (!told.excepted() && !found.exception) return upgrade(at, found, device, policy, now, alerts);
  if (told.excepted() && !found.exception) {
    const auto why = fmt::format("The exception is over ({}). {}", told.exception, found.why);
    told.exception.clear();
    told.opened = now;
    told.grade = policy.grade(*found.rule, device);
    told.segment = found.segment;
    told.maker = device.maker;
    return raise(at, AlertType::violation_opened, found, device, why, now, alerts);
  }
  if (!told.excepted()) {
    const auto reason = "it has an exception: " + described(*found.exception);
    resolve(at->first, told, &device, reason, now, alerts);
  }
  if (told.exception != described(*found.exception)) except(at, *found.exception);
}

void Alerter::upgrade(Findings::iterator at, const Finding& found, const Device& device,
                      const Policy& policy, Time now, std::vector<Alert>& alerts) {
  auto& told = at->second;
  const auto grade = policy.grade(*found.rule, device);
  const auto what = news(told, found, device, grade);
  if (what.empty()) return;
  const bool other_maker = !device.maker.empty() && told.maker != device.maker;
  told.grade = other_maker ? grade : std::max(told.grade, grade);
  if (other_maker) told.maker = device.maker;
  told.segment = found.segment;
  raise(at, AlertType::violation_upgraded, found, device, fmt::format("{}. {}", what, found.why),
        now, alerts);
}

void Alerter::raise(Findings::iterator at, AlertType type, const Finding& found,
                    const Device& device, std::string why, Time now, std::vector<Alert>& alerts) {
  Alert alert;
  alert.type = type;
  alert.time = now;
  alert.severity = found.rule->severity;
  alert.rule = found.rule->id;
  alert.rule_name = found.rule->name;
  alert.dedup_key = at->second.dedup_key;
  alert.laws = found.laws;
  alert.segment = found.segment;
  alert.zone = found.zone;
  alert.device = device;
  alert.why = std::move(why);
  alert.to_raise = found.to_raise;
  number(alert);
  remember(at->first, to_string(to_json(alert)));
  alerts.push_back(std::move(alert));
}

void Alerter::except(Findings::iterator at, const Exception& exception) {
  at->second.exception = described(exception);
  remember(at->first, "");
}

// Says that a finding is over, if it was ever told. The alert is the last one with a new end, so it
// quotes the same law and names the same place.
void Alerter::resolve(const FindingKey& key, const OpenFinding& finding, const Device* device,
                      std::string_view reason, Time now, std::vector<Alert>& alerts) {
  if (finding.excepted()) return;
  Alert alert = last_alert(key);
  if (device) alert.device = *device;
  alert.type = AlertType::violation_resolved;
  alert.severity = Severity::info;
  alert.time = now;
  alert.dedup_key = finding.dedup_key;
  alert.why = ended(alert.device, key.rule, finding.segment, reason);
  alert.to_raise.clear();
  number(alert);
  alerts.push_back(std::move(alert));
}

std::vector<Alert> Alerter::vanished(std::string_view id, std::string_view successor, Time now) {
  std::vector<Alert> alerts;
  const std::string device(id), heir(successor);
  if (device == heir) return alerts;
  if (discovered_.erase(device)) {
    newly_discovered_.erase(device);
    undiscovered_.insert(device);
    if (!heir.empty() && discovered_.insert(heir).second) newly_discovered_.insert(heir);
  }
  auto at = findings_.lower_bound({device, ""});
  while (at != findings_.end() && at->first.device == device) {
    const auto next = std::next(at);
    const bool inherits = !heir.empty() && !findings_.contains({heir, at->first.rule});
    if (inherits) {
      hand_over(at, heir);
    } else {
      const auto reason = heir.empty()
                              ? "it is not known as a device any more"
                              : "it turned out to be the same device as " + printable(heir);
      resolve(at->first, at->second, nullptr, reason, now, alerts);
      forget(at);
    }
    at = next;
  }
  return alerts;
}

void Alerter::hand_over(Findings::iterator at, const std::string& successor) {
  const FindingKey key{successor, at->first.rule};
  auto finding = at->second;
  finding.due = Time::min();
  auto last = finding.excepted() ? "" : to_string(to_json(last_alert(at->first)));
  forget(at);
  inherited_.insert(finding.dedup_key);
  findings_.emplace(key, std::move(finding));
  remember(key, std::move(last));
}

// The id of a device that vanished may come up again while its finding lives on as another's.
std::string Alerter::fresh_dedup_key(std::string_view rule, std::string_view device) const {
  auto key = dedup_key(rule, device);
  if (inherited_.contains(key)) key += fmt::format("#{}", sequence_ + 1);
  return key;
}

std::vector<Alert> Alerter::tick(
    const Policy& policy, Time now,
    const std::function<std::optional<Device>(std::string_view)>& device_of) {
  std::set<std::string> due_devices;
  for (const auto& [key, finding] : findings_) {
    if (finding.due <= now) due_devices.insert(key.device);
  }
  std::vector<Alert> alerts;
  for (const auto& id : due_devices) {
    if (const auto device = device_of(id)) {
      judge(*device, policy, now, alerts);
    } else {
      auto gone = vanished(id, "", now);
      std::move(gone.begin(), gone.end(), std::back_inserter(alerts));
    }
  }
  return alerts;
}

Status Alerter::write(const std::vector<Alert>& alerts) {
  for (const auto& key : erased_) {
    if (auto status = store_.erase(key); !status) return status;
  }
  for (const auto& [key, last] : changed_) {
    if (auto status = store_.put(key, findings_.at(key), last); !status) return status;
  }
  for (const auto& device : undiscovered_) {
    if (auto status = store_.erase_discovered(device); !status) return status;
  }
  for (const auto& device : newly_discovered_) {
    if (auto status = store_.put_discovered(device); !status) return status;
  }
  for (const auto& alert : alerts) {
    if (auto status = store_.add(alert); !status) return status;
  }
  if (auto status = store_.prune(sequence_); !status) return status;
  erased_.clear();
  changed_.clear();
  undiscovered_.clear();
  newly_discovered_.clear();
  return {};
}

bool Alerter::follows(std::string_view device) const {
  const std::string id(device);
  if (discovered_.contains(id)) return true;
  const auto first = findings_.lower_bound({id, ""});
  return first != findings_.end() && first->first.device == id;
}

std::vector<std::string> Alerter::followed() const {
  std::vector<std::string> ids(discovered_.begin(), discovered_.end());
  for (const auto& [key, finding] : findings_) ids.push_back(key.device);
  return ids;
}

std::size_t Alerter::open_findings() const { return findings_.size() - excepted_findings(); }

std::size_t Alerter::excepted_findings() const {
  return static_cast<std::size_t>(std::count_if(
      findings_.begin(), findings_.end(), [](const auto& each) { return each.second.excepted(); }));
}

void Alerter::remember(const FindingKey& key, std::string last_alert) {
  changed_[key] = std::move(last_alert);
}

void Alerter::forget(Findings::iterator at) {
  changed_.erase(at->first);
  erased_.insert(at->first);
  inherited_.erase(at->second.dedup_key);
  findings_.erase(at);
}

// From what is not written yet, else from the database. If that fails the bare key is still enough
// to tell the receiver what is over.
Alert Alerter::last_alert(const FindingKey& key) const {
  std::string json;
  if (const auto fresh = changed_.find(key); fresh != changed_.end()) {
    json = fresh->second;
  } else if (auto stored = store_.last_alert(key)) {
    json = stored.take();
  }
  const auto value = parse_json(json);
  const auto* object = value ? value->if_object() : nullptr;
  if (auto alert = object ? alert_from_json(*object) : std::nullopt) return std::move(*alert);
  Alert bare;
  bare.rule = bare.rule_name = key.rule;
  bare.device.id = key.device;
  return bare;
}

// The id sorts by time, differs between sensors, and is the same when a capture is replayed.
void Alerter::number(Alert& alert) {
  alert.sensor = sensor_;
  alert.sequence = ++sequence_;
  const auto whose = fmt::format("{}\n{}\n{}", sensor_, alert.dedup_key, to_string(alert.type));
  const auto milliseconds = std::max<std::int64_t>(0, to_unix_ns(alert.time) / 1'000'000);
  alert.id = fmt::format("{:012x}{:08x}{:012x}", milliseconds, sequence_ & 0xffffffff,
                         hash_bytes(whose.data(), whose.size()) & 0xffffffffffff);
}

}  // namespace camwarden
