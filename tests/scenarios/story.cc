#include "story.h"

#include <array>

namespace camwarden {
namespace {

constexpr std::array kKinds{Kind::camera, Kind::recorder, Kind::video_other,
                            Kind::router, Kind::host,     Kind::unknown};
constexpr std::array kGrades{Grade::none, Grade::possible, Grade::probable, Grade::proven};

template <typename Enum, std::size_t N>
std::optional<Enum> one_of(const YamlNode& map, std::string_view key,
                           const std::array<Enum, N>& all) {
  const auto node = map.get(key);
  if (!node) return std::nullopt;
  std::vector<std::string_view> names;
  for (const auto value : all) names.push_back(to_string(value));
  const auto word = node->choice(names);
  for (const auto value : all) {
    if (word && *word == to_string(value)) return value;
  }
  return std::nullopt;
}

std::optional<std::string> words(const YamlNode& map, std::string_view key) {
  const auto node = map.get(key);
  return node ? node->text() : std::nullopt;
}

// "2026-09-10 12:00"
Time moment(const YamlNode& node) {
  auto text = node.text().value_or("");
  if (text.size() == 16) text[10] = 'T';
  const auto time = parse_rfc3339(text + ":00Z");
  if (!time) node.error("expected a moment such as 2026-09-10 12:00");
  return time.value_or(Time{});
}

Looks read_looks(const YamlNode& node) {
  Looks looks;
  looks.maker = words(node, "maker");
  looks.sold_as = words(node, "sold_as");
  looks.model = words(node, "model");
  looks.serial = words(node, "serial");
  looks.because = words(node, "because");
  looks.kind = one_of(node, "kind", kKinds);
  looks.grade = one_of(node, "grade", kGrades);
  return looks;
}

Whereabouts read_where(const YamlNode& node) {
  Whereabouts where;
  if (const auto vlan = node.get("vlan")) {
    where.vlan = static_cast<std::uint16_t>(vlan->integer(0, 4094).value_or(0));
  }
  if (const auto ip = node.get("ip")) {
    where.ip = IpAddress::parse(ip->text().value_or(""));
    if (!where.ip) ip->error("expected an IP address");
  }
  if (const auto mac = node.get("mac")) where.mac = mac->mac();
  return where;
}

Expected read_expected(const YamlNode& node) {
  Expected expected;
  node.expect_keys({"alert", "device", "rule", "segment", "severity", "law", "says"});
  expected.alert = words(node, "alert").value_or("");
  expected.device = words(node, "device").value_or("");
  expected.rule = words(node, "rule");
  expected.segment = words(node, "segment");
  expected.severity = words(node, "severity");
  expected.law = words(node, "law");
  if (const auto says = node.get("says")) expected.says = says->texts();
  return expected;
}

// "nothing", or a list of alerts.
std::vector<Expected> read_expectations(const YamlNode& step) {
  std::vector<Expected> all;
  const auto node = step.require("expect");
  if (!node) return all;
  if (node->is_scalar()) {
    node->choice({"nothing"});
    return all;
  }
  for (const auto& item : node->list()) all.push_back(read_expected(item));
  return all;
}

void read_event(const YamlNode& node, Step& step) {
  if (const auto appears = node.get("appears")) {
    appears->expect_keys(
        {"maker", "sold_as", "model", "serial", "because", "kind", "grade", "vlan", "ip", "mac"});
    step.what = Step::What::appears;
    step.looks = read_looks(*appears);
    step.where = read_where(*appears);
  } else if (const auto shows = node.get("shows")) {
    shows->expect_keys({"maker", "sold_as", "model", "serial", "because", "kind", "grade"});
    step.what = Step::What::shows;
    step.looks = read_looks(*shows);
  } else if (const auto moves = node.get("moves_to")) {
    moves->expect_keys({"vlan", "ip"});
    step.what = Step::What::moves;
    step.where = read_where(*moves);
  } else if (const auto other = words(node, "turns_out_to_be")) {
    step.what = Step::What::turns_out_to_be;
    step.other = *other;
  } else if (node.get("is_seen")) {
    step.what = Step::What::seen;
  } else if (node.get("restart")) {
    step.what = Step::What::restart;
  } else if ((step.policy = node.get("new_policy"))) {
    step.what = Step::What::policy;
  }
}

Step read_step(const YamlNode& node) {
  Step step;
  step.place = node.place();
  node.expect_keys({"at", "device", "appears", "shows", "is_seen", "moves_to", "turns_out_to_be",
                    "new_policy", "restart", "expect"});
  if (const auto at = node.require("at")) step.at = moment(*at);
  step.device = words(node, "device").value_or("");
  read_event(node, step);
  step.expect = read_expectations(node);
  return step;
}

}  // namespace

Story read_story(const YamlNode& root) {
  Story story;
  if (!root.expect_keys({"title", "policy", "story"})) return story;
  if (const auto title = root.require("title")) story.title = title->text().value_or("");
  story.policy = root.get("policy");
  if (const auto steps = root.require("story")) {
    for (const auto& step : steps->list()) story.steps.push_back(read_step(step));
  }
  return story;
}

}  // namespace camwarden
