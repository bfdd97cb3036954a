#include "app/evaluation/listener.h"

#include <algorithm>
#include <tuple>

#include "inventory/inventory.h"

namespace camwarden {
namespace {

// A moment in 2026, for packets need one.
constexpr Time kNow{std::chrono::seconds(1'790'000'000)};
constexpr std::size_t kStreamBytes = FlowTable::Options{}.stream_bytes;

class Heard final : public FactSink {
 public:
  explicit Heard(Inventory& inventory) : inventory_(inventory) {}
  void fact(const Subject& who, const Field& field, std::string_view value,
            const Evidence& evidence) override {
    ++count_;
    inventory_.observe({who, &field, std::string(value.substr(0, kMaxValueBytes)), evidence});
  }
  void anomaly(std::string_view) override { ++count_; }
  std::size_t count() const { return count_; }

 private:
  Inventory& inventory_;
  std::size_t count_ = 0;
};

IpAddress destination(Utterance::To to) {
  const auto* text = to == Utterance::To::group       ? "239.255.255.250"
                     : to == Utterance::To::everybody ? "255.255.255.255"
                                                      : kClientIp.data();
  return IpAddress::parse(text).value();
}

MacAddress destination_mac(Utterance::To to) {
  const auto* text = to == Utterance::To::group       ? "01:00:5e:7f:ff:fa"
                     : to == Utterance::To::everybody ? "ff:ff:ff:ff:ff:ff"
                                                      : kClientMac.data();
  return MacAddress::parse(text).value();
}

Packet packet_of(const Utterance& message) {
  Packet packet;
  packet.time = kNow;
  packet.number = 1;
  packet.src_mac = MacAddress::parse(kDeviceMac).value();
  packet.dst_mac = destination_mac(message.to);
  packet.ether_type = 0x0800;
  packet.src = message.sender.none() ? IpAddress::parse(kDeviceIp).value() : message.sender;
  packet.dst = destination(message.to);
  packet.ttl = 64;
  packet.transport = message.transport;
  packet.ip_protocol = message.transport == Transport::tcp ? 6 : 17;
  packet.src_port = message.src_port;
  packet.dst_port = message.dst_port;
  packet.payload = as_bytes(message.payload);
  packet.ack = message.transport == Transport::tcp;
  return packet;
}

void show_stream(const Packet& packet, FactSink& sink) {
  const auto bytes = packet.payload.first(std::min(packet.payload.size(), kStreamBytes));
  const auto all = protocols();
  const auto reader = std::find_if(all.begin(), all.end(), [&](const Protocol* protocol) {
    return protocol->recognise != nullptr && protocol->recognise(bytes) == Guess::yes;
  });
  if (reader == all.end()) return;
  std::uint32_t scratch = 0;
  std::size_t at = 0;
  for (const bool closed : {false, true}) {
    const auto progress = (*reader)->on_stream({packet, bytes.subspan(at), closed, &scratch}, sink);
    if (progress.verdict != Progress::more) return;
    at += std::min(progress.consumed, bytes.size() - at);
  }
}

void show_to_recognisers(const Packet& packet, std::span<const Protocol* const> recognisers,
                         Heard& heard) {
  for (const auto* protocol : recognisers) {
    if (!protocol->recognise_datagram(packet.payload)) continue;
    if (protocol->on_datagram_flow != nullptr) {
      std::array<std::uint32_t, 4> scratch{};
      protocol->on_datagram_flow({packet, packet.time, 1, packet.payload.size(), scratch}, heard);
      return;
    }
    const auto before = heard.count();
    protocol->on_datagram(packet, heard);
    if (heard.count() != before) return;
  }
}

void show_datagram(const Packet& packet, const PortTable& ports, Heard& heard) {
  const auto by_src = ports.at(packet.src_port), by_dst = ports.at(packet.dst_port);
  const auto before = heard.count();
  for (const auto* protocol : by_src) protocol->on_datagram(packet, heard);
  for (const auto* protocol : by_dst) {
    if (std::find(by_src.begin(), by_src.end(), protocol) == by_src.end())
      protocol->on_datagram(packet, heard);
  }
  if (heard.count() == before) show_to_recognisers(packet, ports.recognisers(), heard);
}

// That a host sends is a fact too (worker.cc).
void note_sender(const Packet& packet, FactSink& sink) {
  const auto who = sender_of(packet);
  sink.fact(who, kMacField, who.mac.to_string(), evidence_of(packet, "ethernet"));
}

auto rank(const Device& device) {
  return std::tuple(is_video(device.kind), device.grade, !device.maker.empty(),
                    device.evidence.size());
}

}  // namespace

std::optional<Device> Listener::hear(const Utterance& message) const {
  Inventory inventory({}, [this](const Field& field, std::string_view value) {
    return knowledge_.match(field, value);
  });
  Heard heard(inventory);
  const auto packet = packet_of(message);
  note_sender(packet, heard);
  if (message.transport == Transport::tcp) {
    show_stream(packet, heard);
  } else {
    show_datagram(packet, udp_ports_, heard);
  }
  const auto client = MacAddress::parse(kClientMac).value();
  std::optional<Device> best;
  for (auto& device : inventory.devices()) {
    if (device.mac != client && (!best || rank(device) > rank(*best))) best = std::move(device);
  }
  return best;
}

Device Listener::know(const Field& field, std::string_view value) const {
  Inventory inventory({}, [this](const Field& asked, std::string_view said) {
    return knowledge_.match(asked, said);
  });
  Subject who;
  who.mac = MacAddress::parse(kDeviceMac).value();
  who.mac_origin = MacOrigin::frame;
  const auto protocol = field.name.substr(0, field.name.find('.'));
  inventory.observe(
      {who, &field, std::string(value.substr(0, kMaxValueBytes)), {kNow, 1, protocol}});
  auto devices = inventory.devices();
  return devices.empty() ? Device{} : std::move(devices.front());
}

}  // namespace camwarden
