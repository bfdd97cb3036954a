#include "app/config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "protocols/protocol.h"

namespace camwarden {
namespace {

const std::string kShippedConfig = CAMWARDEN_SOURCE_DIR "/config/camwarden.yml";

std::string shipped_text() {
  std::ifstream file(kShippedConfig);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class ConfigFile : public testing::Test {
 protected:
  // Loads `text` as a configuration file; the fingerprints are the project's own.
  std::shared_ptr<const camwarden::Setup> load(const std::string& text) {
    const std::string path = testing::TempDir() + "/camwarden-config-test.yml";
    std::ofstream(path) << text;
    return load_setup(path, {}, words_, diagnostics_);
  }
  void SetUp() override { setenv("CAMWARDEN_FINGERPRINTS", CAMWARDEN_SOURCE_DIR "/fingerprints", 1); }

  Vocabulary words_ = vocabulary();
  Diagnostics diagnostics_;
};

TEST_F(ConfigFile, ShippedFileShowsTheDefaults) {
  const auto shipped = load(shipped_text());
  ASSERT_TRUE(shipped) << diagnostics_.to_string();
  const auto defaults = load_setup("", {}, words_, diagnostics_);
  ASSERT_TRUE(defaults) << diagnostics_.to_string();
  EXPECT_TRUE(shipped->config == defaults->config);
}

TEST_F(ConfigFile, ShippedFileNamesEveryKey) {
  const auto text = shipped_text();
  for (const auto& dotted : config_keys()) {
    const auto key = dotted.substr(dotted.find('.') + 1);
    EXPECT_NE(text.find("\n" + std::string(dotted != key ? "  " : "") + key + ":"), std::string::npos) << dotted;
  }
  for (const auto key : sink_keys()) {
    EXPECT_NE(text.find(std::string(key) + ":"), std::string::npos) << key;
  }
}

// The commented examples of the shipped file, uncommented, are a configuration that loads.
TEST_F(ConfigFile, ShippedExamplesAreRight) {
  std::stringstream lines(shipped_text());
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#  ", 0) == 0) line = line.substr(1);
    const auto empty_list = line.find(": []");
    if (line[0] != ' ' && empty_list != std::string::npos) line.resize(empty_list + 1);
    text += line + "\n";
  }
  const auto setup = load(text);
  ASSERT_TRUE(setup) << diagnostics_.to_string();
  EXPECT_EQ(setup->config.interfaces, std::vector<std::string>{"eth1"});
  EXPECT_EQ(setup->config.policy.segments.size(), 2u);
  EXPECT_EQ(setup->config.policy.rules.size(), 1u);
  EXPECT_EQ(setup->config.policy.exceptions.size(), 1u);
  ASSERT_EQ(setup->config.sinks.size(), 2u);
  SinkOptions as_shown;  // what the example shows beside its name and host is the default
  as_shown.name = "siem";
  as_shown.host = "192.0.2.10";
  EXPECT_TRUE(setup->config.sinks[0] == as_shown);
}

struct Other {
  std::string yaml;
};
// With two makers and one law: whether a key is read does not depend on more knowledge, and all
// that there is would be read twice for each of them.
class EveryKeyIsRead : public ConfigFile, public testing::WithParamInterface<Other> {
 protected:
  void SetUp() override {
    namespace fs = std::filesystem;
    const fs::path from = CAMWARDEN_SOURCE_DIR "/fingerprints";
    const fs::path small = testing::TempDir() + "/camwarden-config-test-fingerprints";
    for (const auto* folder : {"vendors", "restricted", "discovery"})
      fs::create_directories(small / folder);
    for (const auto* file : {"restricted/au-2023.yml", "discovery/ports.yml"}) {
      fs::copy_file(from / file, small / file, fs::copy_options::overwrite_existing);
    }
    add_maker(small / "vendors", "Hikvision", "44:19:B6");
    add_maker(small / "vendors", "Dahua", "3C:EF:8C");
    setenv("CAMWARDEN_FINGERPRINTS", small.c_str(), 1);
  }

 private:
  static void add_maker(const std::filesystem::path& folder, const std::string& name,
                        const std::string& oui) {
    std::ofstream(folder / (name + ".yml"))
        << "maker: {name: " << name << ", legal_name: " << name << " Ltd, country: CN, source: x}\n"
        << "ouis: {only_video: true, source: x, prefixes: ['" << oui << "']}\n";
  }
};

// A key that the reader accepts and then forgets would pass the comparison with the defaults.
TEST_P(EveryKeyIsRead, AnotherValueMakesAnotherConfig) {
  const auto changed = load(GetParam().yaml);
  ASSERT_TRUE(changed) << diagnostics_.to_string();
  const auto defaults = load_setup("", {}, words_, diagnostics_);
  EXPECT_FALSE(changed->config == defaults->config) << GetParam().yaml;
}

INSTANTIATE_TEST_SUITE_P(
    Keys, EveryKeyIsRead,
    testing::Values(Other{"sensor: x"}, Other{"database: /x"}, Other{"user: x"}, Other{"oui_registry: /x"}, Other{"log_level: debug"},
                    Other{"home: []"}, Other{"interfaces: [x]"}, Other{"gone_after: 1h"},
                    Other{"flush_interval: 1s"}, Other{"drain_time: 1s"}, Other{"capture: {ring: 1MiB}"},
                    Other{"capture: {snap_len: 300}"}, Other{"capture: {promiscuous: false}"},
                    Other{"capture: {workers: 2}"}, Other{"capture: {cpus: [1]}"},
                    Other{"capture: {shunt: false}"}, Other{"capture: {shunt_directions: 2048}"},
                    Other{"capture: {block_timeout: 1ms}"}, Other{"capture: {filter: udp}"},
                    Other{"limits: {flows: 16}"}, Other{"limits: {flow_timeout: 1s}"}, Other{"limits: {read_per_minute: 1}"},
                    Other{"limits: {stream_bytes: 1KiB}"}, Other{"limits: {stream_memory: 1MiB}"},
                    Other{"limits: {fragment_bytes: 64KiB}"}, Other{"limits: {fragment_datagrams: 1}"},
                    Other{"limits: {fragment_timeout: 1s}"}, Other{"limits: {repeat_after: 1s}"},
                    Other{"limits: {novelty_entries: 1024}"}, Other{"limits: {devices: 16}"},
                    Other{"limits: {facts_per_device: 16}"}, Other{"limits: {router_fronts: 9}"},
                    Other{"limits: {queue_entries: 256}"}, Other{"outbox: {max_rows: 100}"},
                    Other{"outbox: {window: 1}"}, Other{"law_packs: all"},
                    Other{"law_packs: [au-2023]"}));

TEST_F(ConfigFile, AllErrorsAreSaidAtOnceWithTheirPlaces) {
  EXPECT_FALSE(load("segmnets: []\nlimits: {flows: many}\ncapture: {rng: 1MiB}\nlog_level: loud\n"));
  const auto text = diagnostics_.to_string();
  EXPECT_NE(text.find("camwarden-config-test.yml:1:1: unknown key \"segmnets\"; did you mean \"segments\"?"),
            std::string::npos) << text;
  EXPECT_NE(text.find(":2:17: expected a whole number"), std::string::npos) << text;
  EXPECT_NE(text.find(":3:11: unknown key \"rng\"; did you mean \"ring\"?"), std::string::npos) << text;
  EXPECT_NE(text.find(":4:12: unknown value \"loud\""), std::string::npos) << text;
}

TEST_F(ConfigFile, TwoSinksOfOneNameAreRefused) {
  EXPECT_FALSE(load("sinks:\n  - {name: a, host: 192.0.2.1}\n  - {name: a, host: 192.0.2.2}\n"));
  EXPECT_NE(diagnostics_.to_string().find(":3:5: a sink named \"a\" stands above"), std::string::npos)
      << diagnostics_.to_string();
}

TEST_F(ConfigFile, MissingFileIsSaid) {
  EXPECT_FALSE(load_setup("/nonexistent/camwarden.yml", {}, words_, diagnostics_));
  EXPECT_EQ(diagnostics_.errors().size(), 1u);
  EXPECT_NE(diagnostics_.to_string().find("/nonexistent/camwarden.yml: cannot read"), std::string::npos);
}

// As `camwarden check --fingerprints DIR` asks.
TEST_F(ConfigFile, FingerprintsAreCheckedWithoutAConfiguration) {
  unsetenv("CAMWARDEN_FINGERPRINTS");
  Diagnostics warnings;
  const auto setup =
      check_setup("", CAMWARDEN_SOURCE_DIR "/fingerprints", words_, diagnostics_, warnings);
  ASSERT_TRUE(setup) << diagnostics_.to_string();
  EXPECT_EQ(warnings.to_string(), "");
  EXPECT_EQ(setup->config.fingerprints, CAMWARDEN_SOURCE_DIR "/fingerprints");
}

TEST_F(ConfigFile, FingerprintsThatAreNotThereAreSaid) {
  Diagnostics warnings;
  EXPECT_FALSE(check_setup("", "/nonexistent", words_, diagnostics_, warnings));
  EXPECT_NE(diagnostics_.to_string().find("/nonexistent/vendors: cannot read the fingerprints"),
            std::string::npos)
      << diagnostics_.to_string();
}

TEST_F(ConfigFile, NoRulesIsAWarning) {
  const auto setup = load("");
  ASSERT_TRUE(setup) << diagnostics_.to_string();
  ASSERT_EQ(setup->warnings.size(), 1u);
  EXPECT_NE(setup->warnings[0].find("no rules"), std::string::npos);
}

}  // namespace
}  // namespace camwarden
