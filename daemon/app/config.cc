#include "app/config.h"

#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/yaml.h"

namespace camwarden {
namespace {

const std::vector<std::string_view> kRootKeys{
    "sensor",         "database",   "fingerprints", "oui_registry", "user",
    "log_level",      "home",       "interfaces",   "capture",      "limits",
    "flush_interval", "drain_time", "law_packs",    "segments",     "rules",
    "exceptions",     "gone_after", "sinks",        "outbox",       "active"};
const std::vector<std::string_view> kCaptureKeys{"ring",          "snap_len", "promiscuous",
                                                 "block_timeout", "filter",   "workers",
                                                 "cpus",          "shunt",    "shunt_directions"};
const std::vector<std::string_view> kLimitKeys{"flows",
                                               "flow_timeout",
                                               "stream_bytes",
                                               "stream_memory",
                                               "fragment_bytes",
                                               "fragment_datagrams",
                                               "fragment_timeout",
                                               "novelty_entries",
                                               "repeat_after",
                                               "devices",
                                               "facts_per_device",
                                               "router_fronts",
                                               "queue_entries",
                                               "read_per_minute"};
const std::vector<std::string_view> kOutboxKeys{"max_rows", "window"};

template <typename T>
void set(std::optional<T> value, T& target) {
  if (value) target = std::move(*value);
}

void set_text(const YamlNode& map, std::string_view key, std::string& target) {
  if (const auto node = map.get(key)) set(node->text(), target);
}

void set_duration(const YamlNode& map, std::string_view key, Duration& target) {
  if (const auto node = map.get(key)) set(node->duration(), target);
}

void set_count(const YamlNode& map, std::string_view key, std::size_t min, std::size_t max,
               std::size_t& target) {
  const auto node = map.get(key);
  if (!node) return;
  if (const auto value =
          node->integer(static_cast<std::int64_t>(min), static_cast<std::int64_t>(max))) {
    target = static_cast<std::size_t>(*value);
  }
}

void set_size(const YamlNode& map, std::string_view key, std::size_t min, std::size_t max,
              std::size_t& target) {
  const auto node = map.get(key);
  if (!node) return;
  const auto value = node->size();
  if (!value) return;
  if (*value < min || *value > max) {
    node->error(fmt::format("expected a size from {} to {} bytes", min, max));
    return;
  }
  target = *value;
}

void read_cpus(const YamlNode& map, Config& config) {
  const auto list = map.get("cpus");
  if (!list) return;
  config.cpus.clear();
  for (const auto& node : list->list()) {
    if (const auto cpu = node.integer(0, CPU_SETSIZE - 1))
      config.cpus.push_back(static_cast<int>(*cpu));
  }
}

void read_capture(const YamlNode& root, Config& config) {
  const auto map = root.get("capture");
  if (!map || !map->expect_keys(kCaptureKeys)) return;
  set_size(*map, "ring", 1 << 20, std::size_t{4} << 30, config.capture.ring_bytes);
  if (const auto node = map->get("snap_len")) {
    if (const auto value = node->integer(256, 262'144))
      config.capture.snap_len = static_cast<int>(*value);
  }
  if (const auto node = map->get("promiscuous")) set(node->boolean(), config.capture.promiscuous);
  set_duration(*map, "block_timeout", config.capture.block_timeout);
  set_text(*map, "filter", config.capture.filter);
  set_count(*map, "workers", 1, 64, config.capture.workers);
  read_cpus(*map, config);
  if (const auto node = map->get("shunt")) set(node->boolean(), config.capture.shunt);
  set_count(*map, "shunt_directions", 1024, 16'000'000, config.capture.shunt_directions);
}

void read_limits(const YamlNode& root, Config& config) {
  const auto map = root.get("limits");
  if (!map || !map->expect_keys(kLimitKeys)) return;
  set_count(*map, "flows", 16, 50'000'000, config.flows.max_flows);
  set_duration(*map, "flow_timeout", config.flows.idle_timeout);
  std::size_t read_per_minute = config.flows.read_per_minute;
  set_count(*map, "read_per_minute", 0, 1'000'000, read_per_minute);
  config.flows.read_per_minute = static_cast<std::uint32_t>(read_per_minute);
  set_size(*map, "stream_bytes", 1024, 1 << 20, config.flows.stream_bytes);
  set_size(*map, "stream_memory", 1 << 20, std::size_t{16} << 30, config.flows.buffer_bytes);
  set_size(*map, "fragment_bytes", 64 << 10, std::size_t{1} << 30, config.decode.fragment_bytes);
  set_count(*map, "fragment_datagrams", 1, 1'000'000, config.decode.fragment_datagrams);
  set_duration(*map, "fragment_timeout", config.decode.fragment_timeout);
  set_count(*map, "novelty_entries", 1024, 1 << 26, config.novelty.entries);
  set_duration(*map, "repeat_after", config.novelty.repeat_after);
  set_count(*map, "devices", 16, 10'000'000, config.inventory.max_devices);
  set_count(*map, "facts_per_device", 16, 4096, config.inventory.max_facts_per_device);
  set_count(*map, "router_fronts", 2, 1000, config.inventory.router_fronts);
  set_count(*map, "queue_entries", 256, 1 << 22, config.queue_entries);
}

void read_outbox(const YamlNode& root, Config& config) {
  const auto map = root.get("outbox");
  if (!map || !map->expect_keys(kOutboxKeys)) return;
  set_count(*map, "max_rows", 100, 100'000'000, config.outbox.max_rows);
  set_count(*map, "window", 1, 100'000, config.outbox.window);
}

void read_home(const YamlNode& root, Config& config) {
  const auto list = root.get("home");
  if (!list) return;
  config.home.clear();
  for (const auto& node : list->list()) {
    if (const auto prefix = node.prefix()) config.home.push_back(*prefix);
  }
}

void read_log_level(const YamlNode& root, Config& config) {
  const auto node = root.get("log_level");
  if (!node) return;
  const auto word = node->choice({"error", "warning", "info", "debug"});
  if (!word) return;
  config.log_level = *word == "error"     ? Log::Level::error
                     : *word == "warning" ? Log::Level::warning
                     : *word == "info"    ? Log::Level::info
                                          : Log::Level::debug;
}

void read_interfaces(const YamlNode& root, Config& config) {
  const auto list = root.get("interfaces");
  if (!list) return;
  for (const auto& node : list->list()) {
    auto name = node.text();
    if (!name) continue;
    if (std::count(config.interfaces.begin(), config.interfaces.end(), *name) > 0) {
      node.error(fmt::format("interface \"{}\" is given twice", *name));
    } else {
      config.interfaces.push_back(std::move(*name));
    }
  }
}

void read_sinks(const YamlNode& root, Config& config, Diagnostics& diagnostics) {
  const auto list = root.get("sinks");
  if (!list) return;
  std::set<std::string> names;
  for (const auto& node : list->list()) {
    auto sink = read_sink(node, diagnostics);
    if (!sink) continue;
    if (!names.insert(sink->name).second) {
      node.error(
          fmt::format("a sink named \"{}\" stands above; names must differ, since the outbox "
                      "keeps undelivered alerts by them",
                      sink->name));
      continue;
    }
    config.sinks.push_back(std::move(*sink));
  }
}

void read_basics(const YamlNode& root, Config& config) {
  set_text(root, "sensor", config.sensor);
  set_text(root, "database", config.database);
  set_text(root, "fingerprints", config.fingerprints);
  set_text(root, "oui_registry", config.oui_registry);
  set_text(root, "user", config.user);
  set_duration(root, "flush_interval", config.flush_interval);
  set_duration(root, "drain_time", config.drain_time);
  read_log_level(root, config);
  read_home(root, config);
  read_interfaces(root, config);
  read_capture(root, config);
  read_limits(root, config);
  read_outbox(root, config);
  config.active = read_active(root);
}

std::string host_name() {
  char name[256] = "";
  if (gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "camwarden";
  return name;
}

void warn(Setup& setup) {
  const auto& config = setup.config;
  if (config.policy.rules.empty()) {
    setup.warnings.push_back("no rules are configured: devices are listed, but nothing is denied");
  } else if (config.sinks.empty()) {
    setup.warnings.push_back("no sinks are configured: alerts go to the database only");
  }
  const auto names_a_place = [](const DenyRule& rule) {
    return !rule.zones.empty() || !rule.segments.empty();
  };
  if (config.policy.segments.empty() &&
      std::any_of(config.policy.rules.begin(), config.policy.rules.end(), names_a_place)) {
    setup.warnings.push_back("rules name zones or segments, but no segments are configured");
  }
}

// What the command line says besides.
struct Given {
  const std::string& path;
  const std::vector<std::string>& interfaces;
  const std::string& fingerprints;
};

// An empty file is all defaults, and has no root. False after reporting why.
bool read_root(const std::string& path, std::optional<YamlNode>& root, Diagnostics& diagnostics) {
  if (path.empty()) return true;
  root = YamlNode::load_file(path, diagnostics);
  if (!root) return false;
  if (root->is_null()) root.reset();
  return true;
}

void fill_in(const Given& given, Config& config) {
  if (!given.interfaces.empty()) config.interfaces = given.interfaces;
  if (!given.fingerprints.empty()) config.fingerprints = given.fingerprints;
  if (config.sensor.empty()) config.sensor = host_name();
  if (config.fingerprints.empty()) config.fingerprints = default_fingerprints();
}

template <typename LoadKnowledge>
std::shared_ptr<const Setup> read_setup(const Given& given, Diagnostics& diagnostics,
                                        LoadKnowledge load_knowledge) {
  auto setup = std::make_shared<Setup>();
  auto& config = setup->config;
  const auto before = diagnostics.errors().size();
  std::optional<YamlNode> root;
  if (!read_root(given.path, root, diagnostics)) return nullptr;
  if (root && root->expect_keys(kRootKeys)) read_basics(*root, config);
  fill_in(given, config);
  setup->knowledge = load_knowledge(config.fingerprints + "/vendors");
  if (setup->knowledge) {
    setup->law_packs =
        load_law_packs(config.fingerprints + "/restricted", *setup->knowledge, diagnostics);
    if (root && root->is_map()) {
      config.policy =
          read_policy(*root, setup->law_packs, *setup->knowledge, config.interfaces, diagnostics);
    }
  }
  if (root && root->is_map()) read_sinks(*root, config, diagnostics);
  // Knowledge of makers alone is enough to listen.
  const auto ports = config.fingerprints + "/discovery/ports.yml";
  if (access(ports.c_str(), F_OK) == 0) setup->asking = load_ports(ports, diagnostics);
  if (diagnostics.errors().size() != before) return nullptr;
  warn(*setup);
  return setup;
}

}  // namespace

std::vector<Prefix> Config::default_home() {
  std::vector<Prefix> home;
  for (const auto* text : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                           "100.64.0.0/10", "fc00::/7", "fe80::/10"}) {
    home.push_back(*Prefix::parse(text));
  }
  return home;
}

std::string default_fingerprints() {
  if (const char* given = std::getenv("CAMWARDEN_FINGERPRINTS")) return given;
  const std::string installed = CAMWARDEN_DATADIR "/fingerprints";
  if (access((installed + "/vendors").c_str(), R_OK) == 0) return installed;
  return CAMWARDEN_SOURCE_DATADIR "/fingerprints";
}

std::shared_ptr<const Setup> load_setup(const std::string& path,
                                        const std::vector<std::string>& interfaces,
                                        const Vocabulary& vocabulary, Diagnostics& diagnostics) {
  return read_setup({path, interfaces, ""}, diagnostics, [&](const std::string& vendors) {
    return KnowledgeBase::load(vendors, vocabulary, diagnostics);
  });
}

std::shared_ptr<const Setup> check_setup(const std::string& path, const std::string& fingerprints,
                                         const Vocabulary& vocabulary, Diagnostics& diagnostics,
                                         Diagnostics& warnings) {
  return read_setup({path, {}, fingerprints}, diagnostics, [&](const std::string& vendors) {
    return KnowledgeBase::check(vendors, vocabulary, diagnostics, warnings);
  });
}

std::vector<std::string> config_keys() {
  std::vector<std::string> keys(kRootKeys.begin(), kRootKeys.end());
  for (const auto key : kCaptureKeys) keys.push_back(fmt::format("capture.{}", key));
  for (const auto key : kLimitKeys) keys.push_back(fmt::format("limits.{}", key));
  for (const auto key : kOutboxKeys) keys.push_back(fmt::format("outbox.{}", key));
  for (const auto key : active_keys()) keys.push_back(fmt::format("active.{}", key));
  return keys;
}

}  // namespace camwarden
