// The fingerprints and the mute strings of a vendor file: vendor_file.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fingerprint/vendor_file.h"

namespace camwarden {
namespace {

constexpr std::array kAttributes{Attribute::maker,    Attribute::brand,  Attribute::model,
                                 Attribute::firmware, Attribute::serial, Attribute::kind,
                                 Attribute::component};
constexpr std::array kKinds{Kind::host, Kind::router, Kind::video_other, Kind::recorder,
                            Kind::camera};

// "kind: video": some video device. Light, so that several such signs of a maker's cameras and
// recorders alike do not outvote the one sign that tells them apart.
constexpr std::string_view kSomeVideo = "video";
constexpr double kSomeVideoCertainty = 0.2;

template <typename Values>
std::vector<std::string_view> names_of(const Values& values) {
  std::vector<std::string_view> names;
  for (const auto value : values) names.push_back(to_string(value));
  return names;
}

std::vector<std::string_view> kind_words() {
  auto words = names_of(kKinds);
  words.push_back(kSomeVideo);
  return words;
}

const Field* read_field(const YamlNode& node, const Vocabulary& vocabulary) {
  const auto name = node.text();
  if (!name) return nullptr;
  const Field* field = vocabulary.find(*name);
  if (field == nullptr) {
    const auto guess = vocabulary.nearest(*name);
    const auto hint = guess.empty() ? "\"camwarden fields\" lists all"
                                    : fmt::format("did you mean \"{}\"?", guess);
    node.error(fmt::format("unknown field \"{}\"; {}", printable(*name), hint));
  } else if (field->kind == FieldKind::mac && field->name == kMacField.name) {
    node.error("MAC addresses are matched by \"ouis\", not by a fingerprint");
  }
  return field;
}

// One, or a list for what may be said in several places. Those that are unknown are left out.
std::vector<const Field*> read_fields(const YamlNode& rule, const Vocabulary& vocabulary) {
  const auto one = rule.get("field"), several = rule.get("fields");
  std::vector<const Field*> fields;
  if (one.has_value() == several.has_value()) {
    rule.error("needs exactly one of \"field\" and \"fields\"");
  } else if (one) {
    fields.push_back(read_field(*one, vocabulary));
  } else {
    for (const auto& node : several->list()) fields.push_back(read_field(node, vocabulary));
    if (several->list().size() < 2) several->error("has fewer than two; write \"field\"");
  }
  std::erase(fields, nullptr);
  return fields;
}

void read_pattern(const YamlNode& node, Trigger& trigger) {
  const auto text = node.text();
  if (!text) return;
  auto pattern = Pattern::read(*text);
  if (!pattern) return node.error(pattern.error());
  if (pattern->matches_nothing()) return node.error("matches an empty value; use \"any: true\"");
  trigger.pattern = std::make_shared<const Pattern>(pattern.take());
}

Trigger read_trigger(const YamlNode& rule) {
  Trigger trigger;
  const auto pattern = rule.get("pattern");
  const auto equals = rule.get("equals");
  const auto any = rule.get("any");
  if (pattern.has_value() + equals.has_value() + any.has_value() != 1) {
    rule.error("needs exactly one of \"pattern\", \"equals\" and \"any\"");
    return trigger;
  }
  if (pattern) read_pattern(*pattern, trigger);
  if (equals) trigger.equals = equals->texts();
  if (any && !(trigger.any = any->boolean().value_or(true))) any->error("can only be true");
  return trigger;
}

std::optional<Attribute> read_attribute(const std::string& word, const YamlNode& at) {
  for (const auto attribute : kAttributes) {
    if (to_string(attribute) == word) return attribute;
  }
  const auto guess = nearest(word, names_of(kAttributes));
  at.error(fmt::format("unknown claim \"{}\"; {}", printable(word),
                       guess.empty()
                           ? fmt::format("one of: {}", fmt::join(names_of(kAttributes), ", "))
                           : fmt::format("did you mean \"{}\"?", guess)));
  return std::nullopt;
}

std::vector<ClaimTemplate> read_templates(const YamlNode& claims, int groups) {
  std::vector<ClaimTemplate> all;
  for (const auto& [word, node] : claims.entries()) {
    const auto attribute = read_attribute(word, node);
    auto text = node.text();
    if (!attribute || !text) continue;
    if (attribute == Attribute::kind && !node.choice(kind_words())) continue;
    ClaimTemplate made{*attribute, std::move(*text), node.place()};
    if (const auto bad = made.bad_reference(groups); !bad.empty()) {
      node.error(fmt::format("\"{}\" names no group of the pattern, which has {}", bad, groups));
      continue;
    }
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<Claim> read_stated_claims(const YamlNode& claims) {
  std::vector<Claim> all;
  for (const auto& [word, node] : claims.entries()) {
    const auto attribute = read_attribute(word, node);
    if (attribute) all.push_back({*attribute, node.text().value_or("")});
  }
  return all;
}

Example read_example(const YamlNode& node) {
  Example example{.value = {}, .claims = {}, .place = node.place()};
  if (!node.is_map()) {
    example.value = node.text().value_or("");
  } else if (node.expect_keys({"value", "claims"})) {
    if (const auto value = node.require("value")) example.value = value->text().value_or("");
    if (const auto claims = node.require("claims")) example.claims = read_stated_claims(*claims);
  }
  return example;
}

std::vector<Example> read_examples(const YamlNode& rule, std::string_view key) {
  std::vector<Example> all;
  const auto node = rule.get(key);
  if (!node) return all;
  for (const auto& item : node->list()) all.push_back(read_example(item));
  return all;
}

bool id_like(std::string_view id) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  return !id.empty() && std::all_of(id.begin(), id.end(), fits);
}

Fingerprint read_fingerprint(const YamlNode& node) {
  Fingerprint made{};
  made.id = required_text(node, "id");
  if (!made.id.empty() && !id_like(made.id)) {
    node.get("id")->error("an id has lower-case letters, digits, dots, hyphens and underscores");
  }
  made.because = required_text(node, "because");
  made.source = required_text(node, "source");
  if (const auto certainty = node.require("certainty")) {
    made.certainty = certainty->number(0.01, 0.99).value_or(0.01);
  }
  if (const auto own = node.get("proprietary")) made.proprietary = own->boolean().value_or(false);
  return made;
}

// Takes the claim of some video device out of a rule and makes it a fingerprint beside the rule's.
void split_some_video(Rule& rule) {
  const auto some_video = [](const ClaimTemplate& claim) {
    return claim.attribute == Attribute::kind && claim.text == kSomeVideo;
  };
  if (std::erase_if(rule.claims, some_video) == 0) return;
  rule.some_video = rule.fingerprint;
  rule.some_video->id += ".video";
  rule.some_video->certainty = kSomeVideoCertainty;
  rule.some_video->proprietary = false;
}

// "the $field says X" is "the title of a web page says X".
std::string because_of(std::string text, const Field& field) {
  constexpr std::string_view kPlace = "$field";
  if (const auto at = text.find(kPlace); at != std::string::npos)
    text.replace(at, kPlace.size(), field.help);
  return text;
}

// The rule for that one of its fields; with several, each has an id of its own.
Rule rule_of(Rule rule, const Field& field, bool several) {
  auto& made = rule.fingerprint;
  made.field = &field;
  if (several) made.id += fmt::format(".{}", field.name);
  made.because = because_of(std::move(made.because), field);
  split_some_video(rule);
  return rule;
}

void read_rule(const YamlNode& node, const Vocabulary& vocabulary, std::vector<Rule>& rules) {
  if (!node.expect_keys({"id", "field", "fields", "pattern", "equals", "any", "claims", "certainty",
                         "proprietary", "because", "examples", "counter_examples", "source"})) {
    return;
  }
  Rule rule;
  rule.place = node.place();
  rule.fingerprint = read_fingerprint(node);
  rule.trigger = read_trigger(node);
  if (const auto claims = node.require("claims")) {
    rule.claims = read_templates(*claims, rule.trigger.groups());
  }
  rule.examples = read_examples(node, "examples");
  rule.counter_examples = read_examples(node, "counter_examples");
  if (rule.examples.empty()) node.error("has no examples; give at least one value as sent");
  const auto fields = read_fields(node, vocabulary);
  for (const auto* field : fields) rules.push_back(rule_of(rule, *field, fields.size() > 1));
}

void read_mute(const YamlNode& node, const Vocabulary& vocabulary, std::vector<MuteRule>& mutes) {
  if (!node.expect_keys({"field", "pattern", "equals", "any", "because"})) return;
  required_text(node, "because");
  const auto named = node.require("field");
  const Field* field = named ? read_field(*named, vocabulary) : nullptr;
  auto trigger = read_trigger(node);
  if (field != nullptr) mutes.push_back({field, std::move(trigger)});
}

}  // namespace

void read_rules(const YamlNode& list, const Vocabulary& vocabulary, std::vector<Rule>& rules) {
  for (const auto& node : list.list()) read_rule(node, vocabulary, rules);
}

void read_mutes(const YamlNode& list, const Vocabulary& vocabulary, std::vector<MuteRule>& mutes) {
  for (const auto& node : list.list()) read_mute(node, vocabulary, mutes);
}

}  // namespace camwarden
