// The alert as one line of JSON: policy/alert_json.h. When it must be shorter, the receiver still
// gets valid JSON with "truncated": true: the last pieces of evidence leave first, then the
// sentence is cut, then the largest members leave, those that alerts are correlated by last.

#include <algorithm>
#include <array>
#include <span>

#include "base/json.h"
#include "base/text.h"
#include "policy/alert_json.h"
#include "sinks/registry.h"

namespace camwarden {
namespace {

using Names = std::span<const std::string_view>;
constexpr std::array<std::string_view, 3> kBare{"id", "type", "truncated"};
constexpr std::array<std::string_view, 17> kEssential{
    "id",  "type", "truncated", "code", "time",  "severity", "rule",   "dedup_key", "segment",
    "mac", "ip",   "ips",       "kind", "maker", "device",   "sensor", "sequence"};

std::size_t written(const json::value& value) { return to_string(value).size(); }

bool is_one_of(Names names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

json::object* device_of(json::object& alert) {
  auto* device = alert.if_contains("device");
  return device ? device->if_object() : nullptr;
}

// A size counted down, because writing the whole again for each item would be quadratic.
void drop_evidence(json::object& alert, std::size_t limit) {
  auto* device = device_of(alert);
  auto* member = device ? device->if_contains("evidence") : nullptr;
  auto* items = member ? member->if_array() : nullptr;
  if (!items) return;
  for (std::size_t size = written(alert); size > limit && !items->empty(); items->pop_back()) {
    size -= std::min(size, written(items->back()) + 1);
  }
}

void cut_why(json::object& alert, std::size_t limit) {
  const std::size_t size = written(alert);
  auto* why = alert.if_contains("why");
  if (size <= limit || !why || !why->is_string()) return;
  const std::size_t excess = size - limit, length = why->get_string().size();
  *why = json::string(to_utf8(why->get_string(), length - std::min(length, excess)));
}

struct Largest {
  json::object* owner = nullptr;
  std::string name;
  std::size_t size = 0;
};

void look_for_larger(json::object& object, Names keep, Largest& largest) {
  for (const auto& member : object) {
    const std::size_t size = member.key().size() + written(member.value());
    if (size <= largest.size || is_one_of(keep, member.key())) continue;
    largest = {&object, std::string(member.key()), size};
  }
}

void drop_largest(json::object& alert, Names keep, std::size_t limit) {
  while (written(alert) > limit) {
    Largest largest;
    if (auto* device = device_of(alert)) look_for_larger(*device, keep, largest);
    look_for_larger(alert, keep, largest);
    if (!largest.owner) return;
    largest.owner->erase(largest.name);
  }
}

void cut_id(json::object& alert, std::size_t limit) {
  const std::size_t size = written(alert);
  auto* id = alert.if_contains("id");
  if (size <= limit || !id || !id->is_string()) return;
  const std::size_t length = id->get_string().size();
  *id = json::string(to_utf8(id->get_string(), length - std::min(length, size - limit)));
}

void shrink(json::object& alert, std::size_t limit) {
  alert["truncated"] = true;
  drop_evidence(alert, limit);
  cut_why(alert, limit);
  drop_largest(alert, kEssential, limit);
  drop_largest(alert, kBare, limit);
  cut_id(alert, limit);
}

}  // namespace

std::string json_body(const Alert& alert, const Origin&, std::size_t limit) {
  auto object = to_json(alert);
  auto text = to_string(object);
  if (text.size() <= limit) return text;
  shrink(object, limit);
  return to_string(object);
}

}  // namespace camwarden
