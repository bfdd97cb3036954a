#include "inventory/device_json.h"

#include <gmock/gmock.h>

#include "scene.h"

namespace camwarden::scene {
namespace {

Device full() {
  Network network;
  network.see(says(named(kCamA, "192.0.2.10", 20), kType, "DS-2CD2042WD-I", 1));
  network.see(says(named(kCamA, "192.0.2.10", 20), kSerial, "DS-12345678", 1));
  network.see(says(named(kCamA, "192.0.2.10", 20), kHostname, "evil\x1b[2J\xff\"", 1));
  auto device = network.device("mac-4419b600000a");
  device.conflicts.push_back({Attribute::maker, "Hikvision", "Dahua", {"a.b", "c.d"}});
  return device;
}

TEST(DeviceJson, ReadsBackAsItWasWritten) {
  const auto written = to_json(full(), "cctv");
  const auto read = device_from_json(written);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(to_string(json::value(to_json(*read, "cctv"))), to_string(json::value(written)));
}

TEST(DeviceJson, HasTheAgreedMembers) {
  const auto written = to_json(full(), "cctv");
  for (const auto* key : {"mac", "ips", "vlans", "segment", "kind", "maker", "brand", "model",
                          "firmware", "serial", "grade", "confidence", "first_seen", "last_seen",
                          "id", "hostname", "component", "evidence", "conflicts"}) {
    EXPECT_TRUE(written.contains(key)) << key;
  }
  const auto& evidence = written.at("evidence").as_array().at(0).as_object();
  for (const auto* key : {"field", "value", "protocol", "mode", "time", "last_seen", "packet",
                          "fingerprint", "claims", "because"}) {
    EXPECT_TRUE(evidence.contains(key)) << key;
  }
}

TEST(DeviceJson, UnknownMacIsNullAndUnknownStringsAreEmpty) {
  Device device;
  device.id = "ip-192.0.2.1";
  const auto written = to_json(device, "");
  EXPECT_TRUE(written.at("mac").is_null());
  EXPECT_EQ(text_member(written, "maker"), "");
  EXPECT_TRUE(device_from_json(written).has_value());
}

TEST(DeviceJson, HostileStringsAreShownEscaped) {
  EXPECT_EQ(text_member(to_json(full(), ""), "hostname"), "evil\\x1b[2J\\xff\"");
}

TEST(DeviceJson, ConfidenceHasTwoDecimals) {
  auto device = full();
  device.confidence = 0.98765;
  EXPECT_THAT(to_string(json::value(to_json(device, ""))),
              testing::HasSubstr("\"confidence\":0.99,"));
}

TEST(DeviceJson, WrongFormsAreRefused) {
  const auto written = to_json(full(), "cctv");
  const std::vector<std::pair<const char*, json::value>> wrong{
      {"id", ""},          {"id", 7},
      {"kind", "toaster"}, {"grade", ""},
      {"mac", "xx"},       {"ips", {"xx"}},
      {"ips", {1}},        {"vlans", {70000}},
      {"vlans", {"a"}},    {"first_seen", "now"},
      {"last_seen", 12},   {"evidence", {1}},
      {"conflicts", {1}}};
  for (const auto& [key, value] : wrong) {
    auto changed = written;
    changed[key] = value;
    EXPECT_FALSE(device_from_json(changed).has_value()) << key;
  }
}

}  // namespace
}  // namespace camwarden::scene
