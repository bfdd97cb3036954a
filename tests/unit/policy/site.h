#pragma once
// A small site for the tests of policy: a handful of makers, one law pack, cameras to order.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "base/diagnostics.h"
#include "fingerprint/knowledge_base.h"
#include "policy/policy.h"

namespace camwarden::test {

inline Time at(std::string_view when) { return *parse_rfc3339(when); }
inline const Time kNoon = at("2026-09-10T12:00:00Z");

// A directory of its own that goes away with it.
class Directory {
 public:
  Directory() {
    std::string path = testing::TempDir() + "policy-XXXXXX";
    path_ = ::mkdtemp(path.data());
  }
  Directory(const Directory&) = delete;
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name) << text;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::string maker_yaml(const std::string& name, const std::string& prefix,
                              const std::string& more = "") {
  return "maker: {name: " + name + ", legal_name: " + name + " Ltd, country: CN, source: a test" +
         more + "}\nouis: [{only_video: true, source: a test, prefixes: ['" + prefix + "']}]\n";
}

inline const Vocabulary& vocabulary() {
  static const Vocabulary kFields({&kMacField, &kIpField});
  return kFields;
}

inline std::unique_ptr<KnowledgeBase> small_knowledge() {
  Directory vendors;
  vendors.write("hikvision.yml", maker_yaml("Hikvision", "44:19:B6"));
  vendors.write("dahua.yml", maker_yaml("Dahua", "3C:EF:8C"));
  vendors.write("axis.yml", maker_yaml("Axis", "AC:CC:8E"));
  vendors.write("huawei.yml", maker_yaml("Huawei", "00:E0:FC"));
  vendors.write("ezviz.yml",
                maker_yaml("Ezviz", "64:F2:FB", ", parent: Hikvision, aliases: [CS Smart]"));
  Diagnostics diagnostics;
  auto knowledge = KnowledgeBase::load(vendors.path(), vocabulary(), diagnostics);
  EXPECT_EQ(diagnostics.to_string(), "");
  return knowledge;
}

inline LawPack small_pack() {
  LawPack pack;
  pack.id = "law";
  pack.title = "The Law";
  pack.citation = "Law 1";
  pack.authority = "Parliament";
  pack.in_force = "2020-01-01";
  pack.entities = {{"Hikvision Company", "2019-01-01", {"Hikvision"}, "named"},
                   {"Huawei Company", "", {"Huawei"}, "named"}};
  return pack;
}

inline Presence presence(const char* ip, std::uint16_t vlan, Time first, Time last) {
  Presence out;
  if (*ip) out.ip = *IpAddress::parse(ip);
  out.vlan = vlan;
  out.first_seen = first;
  out.last_seen = last;
  return out;
}

inline Device camera(const std::string& maker = "Hikvision") {
  Device device;
  device.id = "mac-4419b60a0b0c";
  device.mac = *MacAddress::parse("44:19:b6:0a:0b:0c");
  device.kind = Kind::camera;
  device.maker = maker;
  device.grade = Grade::probable;
  device.presences = {presence("10.10.0.21", 10, kNoon, kNoon)};
  device.first_seen = device.last_seen = kNoon;
  EvidenceItem item;
  item.protocol = "sadp";
  item.because = "answers its discovery";
  item.certainty = 0.8;
  item.claims = {{Attribute::maker, maker}, {Attribute::kind, "camera"}};
  item.first_seen = item.last_seen = kNoon;
  device.evidence = {item};
  return device;
}

// Segments core (VLAN 10) and cctv (VLAN 20); rule no-law-on-core.
inline PolicyOptions small_policy() {
  PolicyOptions options;
  options.law_packs.clear();
  options.segments = {{"core", "inner", {10}, {*Prefix::parse("10.10.0.0/16")}, {}},
                      {"cctv", "cameras", {20}, {*Prefix::parse("10.20.0.0/16")}, {}},
                      {"servers", "inner", {30}, {}, {}}};
  DenyRule rule;
  rule.id = "no-law-on-core";
  rule.name = "No restricted cameras inside";
  rule.law_packs = {"law"};
  rule.zones = {"inner"};
  options.rules = {rule};
  return options;
}

}  // namespace camwarden::test
