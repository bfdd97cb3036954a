#include "story.h"

#include <algorithm>
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

// Exactly one of the ways to know a MAC, or none of them.
void read_mac(const YamlNode& node, Remark& heard) {
  const auto take = [&](std::string_view key, MacOrigin origin) {
    const auto mac = node.get(key);
    if (!mac) return false;
    if (heard.who.mac_origin != MacOrigin::none) mac->error("the MAC is known in one way only");
    heard.who.mac = mac->mac().value_or(MacAddress());
    heard.who.mac_origin = origin;
    return true;
  };
  heard.arp = take("arp", MacOrigin::payload);
  take("named", MacOrigin::payload);
  take("from", MacOrigin::frame);
  heard.who.routed = take("through", MacOrigin::frame);
  if (const auto routed = node.get("routed")) heard.who.routed |= routed->boolean().value_or(false);
}

Remark read_heard(const YamlNode& node) {
  Remark heard;
  node.expect_keys({"arp", "named", "from", "through", "routed", "ip", "vlan", "says"});
  read_mac(node, heard);
  const auto where = read_where(node);
  heard.who.ip = where.ip.value_or(IpAddress());
  heard.who.vlan = where.vlan;
  heard.who.bound = heard.who.mac_origin == MacOrigin::payload && where.ip;
  if (const auto says = node.get("says")) {
    for (const auto& [field, value] : says->entries())
      heard.says.emplace_back(field, value.text().value_or(""));
  }
  return heard;
}

Resident read_resident(const YamlNode& node) {
  Resident resident;
  node.expect_keys({"id", "maker", "sold_as", "model", "serial", "kind", "grade", "ips", "vlan"});
  resident.id = words(node, "id").value_or("");
  const auto looks = read_looks(node);
  resident.maker = looks.maker;
  resident.sold_as = looks.sold_as;
  resident.model = looks.model;
  resident.serial = looks.serial;
  resident.kind = looks.kind;
  resident.grade = looks.grade;
  if (const auto ips = node.get("ips")) resident.ips = ips->texts();
  if (node.get("vlan")) resident.vlan = read_where(node).vlan;
  return resident;
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
  if (const auto hears = node.get("hears")) {
    step.what = Step::What::hears;
    for (const auto& item : hears->list()) step.hears.push_back(read_heard(item));
  } else if (const auto appears = node.get("appears")) {
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
                    "hears", "new_policy", "restart", "expect", "devices"});
  if (const auto at = node.require("at")) step.at = moment(*at);
  step.device = words(node, "device").value_or("");
  read_event(node, step);
  step.expect = read_expectations(node);
  if (const auto devices = node.get("devices")) {
    step.residents.emplace();
    for (const auto& item : devices->list()) step.residents->push_back(read_resident(item));
  }
  return step;
}

}  // namespace

bool Story::of_the_wire() const {
  return std::any_of(steps.begin(), steps.end(),
                     [](const Step& step) { return step.what == Step::What::hears; });
}

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
