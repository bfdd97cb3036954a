#pragma once
// An alert with every field set, and what the sender says about itself.

#include "policy/alert.h"
#include "sinks/sink.h"

namespace camwarden::testing {

inline EvidenceItem sample_evidence(std::string protocol, std::string field, std::string value) {
  return {.field = std::move(field),
          .value = std::move(value),
          .protocol = std::move(protocol),
          .first_seen = from_unix_ns(1'789'043'600'000'000'000),
          .last_seen = from_unix_ns(1'789'043'696'789'000'000),
          .packet = 17,
          .fingerprint = "hikvision.example",
          .because = "answers Hikvision's discovery",
          .certainty = 0.9,
          .claims = {{Attribute::maker, "Hikvision"}}};
}

inline Device sample_device() {
  Device device;
  device.id = "mac-4419b60a0b0c";
  device.mac = *MacAddress::parse("44:19:b6:0a:0b:0c");
  device.ips = {*IpAddress::parse("192.0.2.50")};
  device.vlans = {300};
  device.presences = {{.ip = device.ips[0], .vlan = 300}};
  device.kind = Kind::camera;
  device.maker = "Hikvision";
  device.brand = "Annke";
  device.model = "DS-2CD2142FWD-I";
  device.firmware = "V5.5.0 build 170725";
  device.serial = "DS-2CD2142FWD-I20170101AAWR123456789";
  device.hostname = "cam-50";
  device.grade = Grade::proven;
  device.confidence = 0.92;
  device.first_seen = from_unix_ns(1'789'043'600'000'000'000);
  device.last_seen = from_unix_ns(1'789'043'696'789'000'000);
  device.evidence = {sample_evidence("sadp", "sadp.device_type", "IPCamera"),
                     sample_evidence("http", "http.server", "App-webs/"),
                     sample_evidence("http", "http.title", "index")};
  return device;
}

inline Alert sample_alert() {
  Alert alert;
  alert.id = "01J8ZK3V5Q";
  alert.sequence = 3;
  alert.type = AlertType::violation_opened;
  alert.time = from_unix_ns(1'789'043'696'789'000'000);  // 2026-09-10T12:34:56.789Z
  alert.severity = Severity::error;
  alert.rule = "no-cam-on-ot";
  alert.rule_name = "Restricted camera on a forbidden segment";
  alert.dedup_key = "no-cam-on-ot/mac-4419b60a0b0c";
  alert.laws = {{.pack = "us-ndaa-889",
                 .title = "John S. McCain National Defense Authorization Act",
                 .citation = "Pub. L. 115-232, section 889(f)(3)(B)",
                 .authority = "US Congress",
                 .entity = "Hangzhou Hikvision Digital Technology Company",
                 .date = "2018-08-13",
                 .mapping = "The maker is the named entity."}};
  alert.segment = "OT-1";
  alert.zone = "ot";
  alert.device = sample_device();
  alert.why = "A camera made by Hikvision is on segment OT-1.";
  alert.sensor = "sensor-7";
  return alert;
}

// An event of the sensor, which is of no device.
inline Alert sample_sight() {
  Alert event;
  event.id = "01J8ZK3V5R";
  event.type = AlertType::sensor_sight;
  event.time = from_unix_ns(1'789'043'696'789'000'000);
  event.severity = Severity::warning;
  event.why = "interfaces=eth0 link=ethernet frames=10 lost_ring=2";
  event.sensor = "sensor-7";
  event.sight = R"({"frames":10,"lost":{"ring":2}})";
  return event;
}

inline Origin sample_origin() { return {"sensor-7.lab.example", "0.1.0", 4711}; }

}  // namespace camwarden::testing
