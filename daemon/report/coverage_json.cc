#include "report/coverage_json.h"

#include <chrono>

namespace camwarden {
namespace {

using std::chrono::milliseconds;

std::int64_t in_ms(Duration duration) {
  return std::chrono::duration_cast<milliseconds>(duration).count();
}

std::uint64_t number(const json::object& object, std::string_view key) {
  const auto* member = object.if_contains(key);
  if (!member) return 0;
  boost::system::error_code error;
  const auto value = member->to_number<std::uint64_t>(error);
  return error ? 0 : value;
}

Duration duration(const json::object& object, std::string_view key) {
  constexpr std::uint64_t kMost = 1'000'000ULL * 86'400'000;  // a million days
  return milliseconds(std::min(number(object, key), kMost));
}

Time time(const json::object& object, std::string_view key) {
  return parse_rfc3339(text_member(object, key)).value_or(Time{});
}

json::value time_json(Time time) {
  return time == Time{} ? json::value(nullptr) : json::value(to_rfc3339(time));
}

const json::object& member(const json::object& object, std::string_view key) {
  static const json::object kNone;
  const auto* value = object.if_contains(key);
  const auto* found = value ? value->if_object() : nullptr;
  return found ? *found : kNone;
}

template <typename Each>
void each_of(const json::object& object, std::string_view key, Each each) {
  const auto* value = object.if_contains(key);
  const auto* list = value ? value->if_array() : nullptr;
  if (!list) return;
  for (std::size_t i = 0; i < std::min(list->size(), kMaxSeen); ++i) each((*list)[i]);
}

json::array prefixes_json(const std::set<Prefix>& prefixes) {
  json::array out;
  for (const auto& prefix : prefixes) out.push_back(json::string(prefix.to_string()));
  return out;
}

std::set<Prefix> prefixes_from(const json::object& object, std::string_view key) {
  std::set<Prefix> out;
  each_of(object, key, [&](const json::value& value) {
    const auto* text = value.if_string();
    if (const auto prefix = text ? Prefix::parse(*text) : std::nullopt) out.insert(*prefix);
  });
  return out;
}

json::object heard_json(const Heard& heard) {
  json::array vlans;
  for (const auto vlan : heard.vlans) vlans.push_back(vlan);
  return {{"listened_ms", in_ms(heard.listened)},
          {"alive_ms", in_ms(heard.alive)},
          {"packets", heard.packets},
          {"delivered", heard.delivered},
          {"lost_interface", heard.lost.interface},
          {"lost_ring", heard.lost.ring},
          {"lost_queue", heard.lost.queue},
          {"hosts", heard.hosts},
          {"named", heard.named},
          {"unnamed", heard.unnamed()},
          {"vlans", std::move(vlans)},
          {"prefixes", prefixes_json(heard.prefixes)},
          {"prefixes_untold", heard.prefixes_untold},
          {"first", time_json(heard.first)},
          {"last", time_json(heard.last)}};
}

Heard heard_from(const json::object& object) {
  Heard heard;
  heard.listened = duration(object, "listened_ms");
  heard.alive = duration(object, "alive_ms");
  heard.packets = number(object, "packets");
  heard.delivered = number(object, "delivered");
  heard.lost = {number(object, "lost_interface"), number(object, "lost_ring"),
                number(object, "lost_queue")};
  heard.hosts = number(object, "hosts");
  heard.named = number(object, "named");
  each_of(object, "vlans", [&](const json::value& value) {
    const auto* id = value.if_int64();
    if (id && *id >= 0 && *id < 4096) heard.vlans.insert(static_cast<std::uint16_t>(*id));
  });
  heard.prefixes = prefixes_from(object, "prefixes");
  heard.prefixes_untold = number(object, "prefixes_untold");
  heard.first = time(object, "first");
  heard.last = time(object, "last");
  return heard;
}

json::object asked_json(const Asked& asked) {
  json::array limits;
  for (const auto& limit : asked.limits) limits.push_back(json_text(limit));
  return {{"begin", time_json(asked.begin)},
          {"end", time_json(asked.end)},
          {"targets", prefixes_json(asked.targets)},
          {"addresses", asked.addresses},
          {"answered", asked.answered},
          {"questions", asked.questions},
          {"complete", asked.complete},
          {"limits", std::move(limits)}};
}

Asked asked_from(const json::object& object, const std::string& segment) {
  Asked asked;
  asked.segment = segment;
  asked.begin = time(object, "begin");
  asked.end = time(object, "end");
  asked.targets = prefixes_from(object, "targets");
  asked.addresses = number(object, "addresses");
  asked.answered = number(object, "answered");
  asked.questions = number(object, "questions");
  const auto* complete = object.if_contains("complete");
  asked.complete = complete && complete->is_bool() && complete->get_bool();
  each_of(object, "limits", [&](const json::value& value) {
    if (const auto* text = value.if_string()) asked.limits.emplace_back(*text);
  });
  return asked;
}

}  // namespace

json::object to_json(const Coverage& coverage) {
  json::object out;
  out["segment"] = json_text(coverage.segment);
  out["begin"] = to_rfc3339(coverage.begin);
  out["length_ms"] = in_ms(coverage.length);
  out["heard"] = heard_json(coverage.heard);
  out["asked"] =
      coverage.asked.any() ? json::value(asked_json(coverage.asked)) : json::value(nullptr);
  return out;
}

std::optional<Coverage> coverage_from_json(const json::object& object) {
  const auto begin = parse_rfc3339(text_member(object, "begin"));
  if (!begin || !object.contains("segment") || !object.contains("heard")) return std::nullopt;
  Coverage coverage;
  coverage.segment = std::string(text_member(object, "segment"));
  coverage.begin = *begin;
  coverage.length = duration(object, "length_ms");
  coverage.heard = heard_from(member(object, "heard"));
  if (const auto& asked = member(object, "asked"); !asked.empty()) {
    coverage.asked = asked_from(asked, coverage.segment);
  }
  return coverage;
}

}  // namespace camwarden
