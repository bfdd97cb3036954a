#pragma once
// A sink that keeps what a reader says, and the packets to show to readers.

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/protocol.h"

namespace camwarden {

struct Recorder : FactSink {
  void fact(const Subject& who, const Field& field, std::string_view value,
            const Evidence& evidence) override {
    facts.push_back({who, &field, std::string(value), evidence});
  }
  void anomaly(std::string_view name) override { anomalies.emplace_back(name); }

  std::vector<std::string> values(std::string_view field) const {
    std::vector<std::string> found;
    for (const auto& fact : facts) {
      if (fact.field->name == field) found.push_back(fact.value);
    }
    return found;
  }
  // The first value; "(none)" when nothing was said.
  std::string value(std::string_view field) const {
    const auto all = values(field);
    return all.empty() ? "(none)" : all.front();
  }
  bool said(std::string_view field) const { return !values(field).empty(); }
  // Of the first fact of that field; a bare Subject when nothing was said.
  Subject who(std::string_view field) const {
    for (const auto& fact : facts) {
      if (fact.field->name == field) return fact.who;
    }
    return {};
  }

  std::vector<Observation> facts;
  std::vector<std::string> anomalies;
};

inline MacAddress mac(std::string_view text) { return MacAddress::parse(text).value(); }
inline IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

inline constexpr std::string_view kDeviceMac = "00:00:5e:00:53:99";
inline constexpr std::string_view kDeviceIp = "192.0.2.64";
inline constexpr std::string_view kClientMac = "00:00:5e:00:53:01";
inline constexpr std::string_view kClientIp = "192.0.2.10";

// From the device to the client, both on this link.
inline Packet packet_from_device(std::string_view payload = {}) {
  Packet packet;
  packet.number = 7;
  packet.src_mac = mac(kDeviceMac);
  packet.dst_mac = mac(kClientMac);
  packet.src = ip(kDeviceIp);
  packet.dst = ip(kClientIp);
  packet.ttl = 64;
  packet.payload = as_bytes(payload);
  return packet;
}

inline Packet packet_from_client(std::string_view payload = {}) {
  auto packet = packet_from_device(payload);
  std::swap(packet.src_mac, packet.dst_mac);
  std::swap(packet.src, packet.dst);
  return packet;
}

inline const Protocol& protocol(std::string_view name) {
  for (const auto* one : protocols()) {
    if (one->name == name) return *one;
  }
  throw std::invalid_argument("no such protocol");
}

inline Recorder read_datagram(std::string_view name, const Packet& packet) {
  Recorder recorder;
  protocol(name).on_datagram(packet, recorder);
  return recorder;
}

// Shows a direction's bytes in pieces of `step`, as a flow does: what is consumed is gone, and the
// last piece closes the direction. Fails when a reader breaks its contract.
struct StreamRun {
  Recorder recorder;
  Progress::Verdict verdict = Progress::more;
  bool contract_kept = true;
};
inline StreamRun read_stream(std::string_view name, Packet packet, std::string_view bytes,
                             std::size_t step = SIZE_MAX) {
  StreamRun run;
  std::uint32_t scratch = 0;
  std::size_t begin = 0, shown = 0;
  while (run.verdict == Progress::more && shown < bytes.size()) {
    shown += std::min(step, bytes.size() - shown);
    const auto view = bytes.substr(begin, shown - begin);
    // A copy of exactly that size, so that a read past its end is seen.
    const auto copy = std::make_unique<char[]>(view.size());
    std::memcpy(copy.get(), view.data(), view.size());
    const Stream stream{packet, as_bytes({copy.get(), view.size()}), shown == bytes.size(),
                        &scratch};
    const auto progress = protocol(name).on_stream(stream, run.recorder);
    run.verdict = progress.verdict;
    run.contract_kept = run.contract_kept && progress.consumed <= view.size();
    begin += std::min(progress.consumed, view.size());
  }
  return run;
}

}  // namespace camwarden
