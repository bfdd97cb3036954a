// miIO, Xiaomi's control protocol over UDP 54321, and its way to the cloud over UDP 8053 (fact
// sheet on discovery protocols, section 31). Lamps, purifiers and cameras speak it alike: it names
// none of them. The answer to a hello may hold the device's token, which opens it to anybody: not
// read.

#include <string>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kMiio;

namespace {

constexpr Field kDevice{"miio.device", FieldKind::text, FieldRole::attribute,
                        "speaks miIO as a device: to a client, to the cloud"};
constexpr Field kDeviceId{"miio.device_id", FieldKind::number, FieldRole::identifier,
                          "device id in a miIO message that the device sends"};
constexpr Field kProbe{"miio.probe", FieldKind::text, FieldRole::attribute,
                       "searches for miIO devices, as an app does: hello"};
constexpr const Field* kFields[] = {&kDevice, &kDeviceId, &kProbe};

constexpr std::uint16_t kLocalPort = 54321, kCloudPort = 8053;
constexpr std::uint16_t kPorts[] = {kLocalPort, kCloudPort};
constexpr std::uint16_t kMagic = 0x2131;
constexpr std::size_t kHeaderBytes = 32;
constexpr std::uint32_t kUnset = 0xffffffff;

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto magic = cursor.u16(), length = cursor.u16();
  cursor.skip(4);
  const auto device_id = cursor.u32();
  if (!cursor.ok() || magic != kMagic || length < kHeaderBytes) return;
  const Facts facts(packet, kMiio.name, sink);
  if (length != packet.payload.size()) return facts.truncated("miio.truncated");
  const auto who = sender_of(packet);
  const bool to_cloud = packet.dst_port == kCloudPort;
  // From that port too: who sends questions back is no device.
  if (device_id == kUnset && !to_cloud) return facts.say(who, kProbe, "hello");
  // What a client sends bears the id of the device that it is for.
  if (packet.src_port != kLocalPort && !to_cloud) return;
  facts.say(who, kDevice, to_cloud ? "to the cloud" : "to a client");
  if (device_id != kUnset && device_id != 0) facts.say(who, kDeviceId, std::to_string(device_id));
}

}  // namespace

const Protocol kMiio{.name = "miio", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
