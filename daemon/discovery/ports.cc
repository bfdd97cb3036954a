#include "discovery/ports.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/yaml.h"

namespace camwarden {
namespace {

constexpr std::array<std::string_view, 5> kWords{"http", "https", "rtsp", "greeting", "either"};

std::optional<PortPlan> read_port(const YamlNode& node, std::set<std::uint16_t>& seen) {
  if (!node.expect_keys({"port", "ask", "alive", "maker", "why"})) return std::nullopt;
  PortPlan plan;
  const auto number = node.require("port");
  const auto ask = node.require("ask");
  const auto why = node.require("why");
  if (!number || !ask || !why) return std::nullopt;
  const auto port = number->integer(1, 65535);
  const auto word = ask->choice({kWords.begin(), kWords.end()});
  if (!port || !word) return std::nullopt;
  plan.port = static_cast<std::uint16_t>(*port);
  plan.ask = static_cast<Ask>(std::find(kWords.begin(), kWords.end(), *word) - kWords.begin());
  plan.why = why->text().value_or("");
  if (const auto maker = node.get("maker")) plan.maker = maker->text().value_or("");
  if (const auto alive = node.get("alive")) plan.alive = alive->boolean().value_or(false);
  if (!seen.insert(plan.port).second) {
    number->error(fmt::format("port {} stands above", plan.port));
  } else if (NeverTouch().covers(plan.port)) {
    number->error(fmt::format("port {} is a printer's and is never asked", plan.port));
  }
  return plan;
}

void read_count(const YamlNode& node, std::string_view key, std::uint32_t& target) {
  const auto value = node.get(key);
  if (!value) return;
  if (const auto count = value->integer(1, 1000)) target = static_cast<std::uint32_t>(*count);
}

std::optional<FragileFamily> read_family(const YamlNode& node) {
  if (!node.expect_keys({"name", "ouis", "packets", "connections", "why"})) return std::nullopt;
  FragileFamily family;
  const auto name = node.require("name");
  const auto ouis = node.require("ouis");
  (void)node.require("why");
  if (!name || !ouis) return std::nullopt;
  family.name = name->text().value_or("");
  for (const auto& one : ouis->list()) {
    const auto text = one.text();
    const auto oui = Oui::parse(text.value_or(""));
    if (oui) family.ouis.push_back(*oui);
    if (!oui) one.error("expected the first 24, 28 or 36 bits of a MAC address, like 18:FE:34");
  }
  read_count(node, "packets", family.packets);
  read_count(node, "connections", family.connections);
  return family;
}

}  // namespace

std::string_view to_string(Ask ask) { return kWords[static_cast<std::size_t>(ask)]; }

const FragileFamily* AskingData::fragile_family(const MacAddress& mac) const {
  for (const auto& family : fragile) {
    const auto covers = [&](const Oui& oui) { return oui.covers(mac); };
    if (std::any_of(family.ouis.begin(), family.ouis.end(), covers)) return &family;
  }
  return nullptr;
}

AskingData load_ports(const std::string& path, Diagnostics& diagnostics) {
  AskingData data;
  const auto root = YamlNode::load_file(path, diagnostics);
  if (!root || !root->expect_keys({"ports", "fragile"})) return data;
  std::set<std::uint16_t> seen;
  if (const auto list = root->require("ports")) {
    for (const auto& node : list->list()) {
      if (auto plan = read_port(node, seen)) data.ports.push_back(std::move(*plan));
    }
  }
  if (const auto list = root->get("fragile")) {
    for (const auto& node : list->list()) {
      if (auto family = read_family(node)) data.fragile.push_back(std::move(*family));
    }
  }
  return data;
}

}  // namespace camwarden
