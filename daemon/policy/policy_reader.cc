// The site's policy: keys `segments`, `rules`, `exceptions` and `gone_after` of its configuration.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/policy.h"
#include "policy/reading.h"
#include "policy/segment_reader.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxId = 64;
constexpr Duration kShortestGone = std::chrono::minutes(1);
constexpr Duration kLongestGone = std::chrono::hours(24 * 3650);
constexpr std::array kKinds{Kind::camera, Kind::recorder, Kind::video_other, Kind::router,
                            Kind::host};
constexpr std::array kGrades{Grade::possible, Grade::probable, Grade::proven};
constexpr std::array kSeverities{Severity::info, Severity::notice, Severity::warning,
                                 Severity::error};

// What the rules may name.
struct Known {
  const KnowledgeBase& knowledge;
  const std::vector<LawPack>& packs;
  std::vector<std::string> pack_ids, segments, zones;
};

template <typename Enum, std::size_t N>
std::vector<std::string> names(const std::array<Enum, N>& all) {
  std::vector<std::string> out;
  for (const auto value : all) out.emplace_back(to_string(value));
  return out;
}

template <typename Enum, std::size_t N>
void read_choice(const YamlNode& node, std::string_view key, const std::array<Enum, N>& all,
                 Enum& target) {
  const auto value = node.get(key);
  if (!value) return;
  std::vector<std::string_view> choices;
  for (const auto each : all) choices.push_back(to_string(each));
  const auto word = value->choice(choices);
  for (const auto each : all) {
    if (word && *word == to_string(each)) target = each;
  }
}

std::vector<Kind> read_kinds(const YamlNode& node) {
  std::vector<Kind> kinds;
  for (const auto& word : known_names(node, "kinds", "kind", names(kKinds))) {
    for (const auto kind : kKinds) {
      if (word == to_string(kind)) kinds.push_back(kind);
    }
  }
  return kinds;
}

// The id goes into keys that receivers parse.
std::string read_id(const YamlNode& node) {
  auto id = needed_text(node, "id");
  const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  if (!plain || id.size() > kMaxId) {
    node.get("id")->error(fmt::format(
        "an id has letters, digits, '-', '_' and '.', at most {}; put other words into \"name\"",
        kMaxId));
  }
  return id;
}

void read_deny(const YamlNode& node, const Known& known, DenyRule& rule) {
  if (!node.expect_keys({"law_packs", "makers", "kinds"})) return;
  rule.law_packs = known_names(node, "law_packs", "law pack", known.pack_ids);
  rule.makers = known_makers(node, "makers", known.knowledge);
  rule.kinds = read_kinds(node);
  if (!node.get("law_packs") && !node.get("makers") && !node.get("kinds")) {
    node.error("denies nothing; give law_packs, makers or kinds");
  }
}

bool names_makers(const LawPack& pack) {
  return std::any_of(pack.entities.begin(), pack.entities.end(),
                     [](const LawPack::Entity& entity) { return !entity.makers.empty(); });
}

// A rule whose law packs mean no maker that we know would be silent for ever.
void check_can_apply(const YamlNode& node, const Known& known, const DenyRule& rule) {
  if (rule.law_packs.empty() || !rule.makers.empty()) return;
  const bool can = std::any_of(known.packs.begin(), known.packs.end(), [&](const LawPack& pack) {
    return names_makers(pack) &&
           std::find(rule.law_packs.begin(), rule.law_packs.end(), pack.id) != rule.law_packs.end();
  });
  if (!can) {
    node.error(
        fmt::format("rule \"{}\" can never apply: its law packs mean no maker that the "
                    "knowledge base knows; add makers",
                    printable(rule.id)));
  }
}

DenyRule read_rule(const YamlNode& node, const Known& known) {
  DenyRule rule;
  if (!node.expect_keys({"id", "name", "deny", "in", "min_grade", "severity"})) return rule;
  rule.id = read_id(node);
  rule.name = text_or_empty(node, "name");
  if (rule.name.empty()) rule.name = rule.id;
  if (const auto deny = node.require("deny")) read_deny(*deny, known, rule);
  if (const auto in = node.get("in"); in && in->expect_keys({"zones", "segments"})) {
    rule.zones = known_names(*in, "zones", "zone", known.zones);
    rule.segments = known_names(*in, "segments", "segment", known.segments);
    if (!in->get("zones") && !in->get("segments")) {
      in->error("names no place; give zones or segments, or leave \"in\" out to mean everywhere");
    }
  }
  read_choice(node, "min_grade", kGrades, rule.min_grade);
  read_choice(node, "severity", kSeverities, rule.severity);
  check_can_apply(node, known, rule);
  return rule;
}

std::vector<DenyRule> read_rules(const YamlNode& root, const Known& known) {
  std::vector<DenyRule> rules;
  const auto list = root.get("rules");
  if (!list) return rules;
  for (const auto& node : list->list()) {
    auto rule = read_rule(node, known);
    const auto twin = [&](const DenyRule& other) {
      return !rule.id.empty() && other.id == rule.id;
    };
    if (std::any_of(rules.begin(), rules.end(), twin)) {
      node.error(fmt::format("rule id \"{}\" is used twice", printable(rule.id)));
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

Time read_expiry(const YamlNode& node) {
  const auto value = node.require("expires");
  if (!value) return {};
  const auto word = value->text();
  const auto time = word ? parse_rfc3339(*word) : std::nullopt;
  if (word && !time) {
    value->error("expected a date such as 2027-01-31, or a time such as 2027-01-31T18:00:00Z");
  }
  return time.value_or(Time{});
}

void read_named_devices(const YamlNode& node, Exception& exception) {
  for (const auto& item : optional_list(node, "macs")) {
    if (const auto mac = item.mac()) exception.macs.push_back(*mac);
  }
  for (const auto& item : optional_list(node, "prefixes")) {
    if (const auto prefix = item.prefix()) exception.prefixes.push_back(*prefix);
  }
  for (const auto& item : optional_list(node, "serials")) {
    if (auto serial = item.text()) exception.serials.push_back(std::move(*serial));
  }
  if (!node.get("macs") && !node.get("prefixes") && !node.get("serials")) {
    node.error("an exception must name its devices; give macs, prefixes or serials");
  }
}

Exception read_exception(const YamlNode& node, const std::vector<std::string>& rule_ids) {
  Exception exception;
  if (!node.expect_keys(
          {"rule", "macs", "prefixes", "serials", "owner", "reason", "ticket", "expires"})) {
    return exception;
  }
  exception.rule = text_or_empty(node, "rule");
  const bool known = std::find(rule_ids.begin(), rule_ids.end(), exception.rule) != rule_ids.end();
  if (!exception.rule.empty() && !known) {
    node.get("rule")->error(unknown_name("rule", exception.rule, rule_ids));
  }
  read_named_devices(node, exception);
  exception.owner = needed_text(node, "owner");
  exception.reason = needed_text(node, "reason");
  exception.ticket = text_or_empty(node, "ticket");
  exception.expires = read_expiry(node);
  return exception;
}

std::vector<Exception> read_exceptions(const YamlNode& root, const std::vector<DenyRule>& rules) {
  std::vector<std::string> ids;
  for (const auto& rule : rules) ids.push_back(rule.id);
  std::vector<Exception> exceptions;
  const auto list = root.get("exceptions");
  if (!list) return exceptions;
  for (const auto& node : list->list()) exceptions.push_back(read_exception(node, ids));
  return exceptions;
}

// "all" alone means every pack that is there.
void read_law_packs(const YamlNode& root, const Known& known, std::vector<std::string>& packs) {
  const auto node = root.get("law_packs");
  if (!node) return;
  if (node->is_scalar() && node->text() == "all") {
    packs.clear();
  } else {
    packs = known_names(root, "law_packs", "law pack", known.pack_ids);
  }
}

void read_gone_after(const YamlNode& root, Duration& gone_after) {
  const auto node = root.get("gone_after");
  const auto value = node ? node->duration() : std::nullopt;
  if (!value) return;
  if (*value < kShortestGone) node->error("must be at least 1m, or every device is gone at once");
  if (*value > kLongestGone) node->error("must be at most 3650d");
  gone_after = *value;
}

}  // namespace

PolicyOptions read_policy(const YamlNode& root, const std::vector<LawPack>& packs,
                          const KnowledgeBase& knowledge,
                          const std::vector<std::string>& interfaces, Diagnostics&) {
  PolicyOptions options;
  options.segments = read_segments(root, interfaces);
  Known known{knowledge, packs, {}, {}, {}};
  for (const auto& pack : packs) known.pack_ids.push_back(pack.id);
  for (const auto& segment : options.segments) {
    known.segments.push_back(segment.name);
    if (!segment.zone.empty()) known.zones.push_back(segment.zone);
  }
  read_law_packs(root, known, options.law_packs);
  options.rules = read_rules(root, known);
  options.exceptions = read_exceptions(root, options.rules);
  read_gone_after(root, options.gone_after);
  return options;
}

}  // namespace camwarden
