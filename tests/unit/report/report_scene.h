#pragma once
// A small site for the tests of reports: the one of unit/policy/site.h, listened to for two days.

#include <optional>
#include <string>
#include <vector>

#include "report/report.h"
#include "unit/policy/site.h"

namespace camwarden::test {

using std::chrono::hours;

inline const Time kEnd = kNoon + hours(1);

// What a hostile device may call itself.
inline const std::string kHostileName = std::string(
                                            "=cmd|'/C calc'!A1<script>alert(1)</script>\"'><img "
                                            "src=x onerror=y>\xe2\x80\xae\xff\x1b[2J",
                                            73) +
                                        std::string("\0nul", 4);

inline Coverage two_days_of(const std::string& segment) {
  Coverage row;
  row.segment = segment;
  row.begin = kEnd - hours(48);
  row.length = hours(48);
  row.heard.listened = row.heard.alive = hours(48);
  row.heard.packets = row.heard.delivered = 1'000'000;
  row.heard.hosts = 12;
  row.heard.named = 7;
  row.heard.first = row.begin;
  row.heard.last = kEnd - std::chrono::seconds(1);
  return row;
}

// Axis, which no law names, on core.
inline Device harmless() {
  auto device = camera("Axis");
  device.id = "mac-accc8e112233";
  device.mac = *MacAddress::parse("ac:cc:8e:11:22:33");
  device.presences = {presence("10.10.0.41", 10, kNoon - hours(40), kNoon)};
  device.first_seen = kNoon - hours(40);
  device.ips = {*IpAddress::parse("10.10.0.41")};
  return device;
}

inline Device restricted(std::uint16_t vlan = 10) {
  auto device = camera("Hikvision");
  device.presences = {presence(vlan == 10 ? "10.10.0.21" : "10.20.0.21", vlan, kNoon, kNoon)};
  device.ips = {device.presences.front().ip};
  device.vlans = {vlan};
  device.model = "DS-1";
  return device;
}

class Scene {
 public:
  Scene() {
    for (const auto* segment : {"core", "cctv", "servers"})
      coverage.push_back(two_days_of(segment));
    devices = {harmless()};
  }

  Report report() {
    policy.emplace(options, std::vector<LawPack>{small_pack()}, *knowledge,
                   std::vector<std::string>{"eth1"});
    ReportInput input;
    input.devices = devices;
    input.policy = &*policy;
    input.coverage = coverage;
    input.begin = begin;
    input.end = end;
    input.provenance = {"0.1.0", "sensor-1", "Listened on eth1", "0123456789ab", 10, 5};
    return make_report(std::move(input));
  }
  SegmentReport segment(const std::string& name) {
    for (auto& each : report().segments) {
      if (each.name == name) return each;
    }
    ADD_FAILURE() << "no segment " << name;
    return {};
  }
  Coverage& row(const std::string& segment) {
    for (auto& each : coverage) {
      if (each.segment == segment) return each;
    }
    return coverage.emplace_back();
  }

  std::unique_ptr<KnowledgeBase> knowledge = small_knowledge();
  PolicyOptions options = small_policy();
  std::optional<Policy> policy;
  std::vector<Device> devices;
  std::vector<Coverage> coverage;
  Time begin{}, end = kEnd;
};

}  // namespace camwarden::test
