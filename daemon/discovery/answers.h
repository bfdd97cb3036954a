#pragma once
// Answers: hands what a device answered to the protocol readers that listen too, and what they say
// of it to whoever wants to know, with `active` as its evidence. A reader cannot tell an answer
// from a packet that was caught: each becomes the Packet that a sensor would have decoded.
//
// A fact is passed on once.
//
// Thread: its owner's. Bounded by the novelty filter's table.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>

#include "observation/novelty.h"
#include "observation/observation.h"
#include "protocols/protocol.h"

namespace camwarden {

// The two ends of a conversation, as we know them.
struct Ends {
  IpAddress device, own;
  std::uint16_t device_port = 0, own_port = 0;
  MacAddress device_mac, own_mac;  // none where unknown
  bool on_link = false;            // no router between
  std::uint16_t interface = 0;     // index into the sensor's interfaces
};

class Answers final : public FactSink {
 public:
  using Deliver = std::function<void(Observation&&)>;
  explicit Answers(Deliver deliver);

  // The packet that the device sent, with that payload.
  Packet packet(const Ends& ends, Transport transport, Bytes payload, Time now);

  // That the device is there.
  void seen(const Ends& ends, Time now);
  // The kernel found the device's MAC for its address, as ARP or ND answered it.
  void neighbour(const Ends& ends, Time now);
  // A datagram; `protocol` is whose question it answers, or "". Whether any reader said something.
  bool datagram(const Ends& ends, Bytes payload, std::string_view protocol, Time now);
  // A frame that was decoded (ARP, ICMPv6).
  void frame(const Packet& packet);

  void fact(const Subject& who, const Field& field, std::string_view value,
            const Evidence& evidence) override;
  void anomaly(std::string_view name) override { ++anomalies_[name]; }

  std::uint64_t facts() const { return facts_; }  // said by readers, new or not
  const std::map<std::string_view, std::uint64_t>& anomalies() const { return anomalies_; }

 private:
  bool show(const Protocol& protocol, const Packet& packet);

  Deliver deliver_;
  Novelty novelty_;
  std::map<std::string_view, std::uint64_t> anomalies_;
  std::uint64_t facts_ = 0, number_ = 0;
};

// A protocol of the registry by its name; null when there is none.
const Protocol* protocol_named(std::string_view name);

}  // namespace camwarden
