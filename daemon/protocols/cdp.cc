// CDP, Cisco's discovery protocol, which cameras of several makers speak too: device, platform and
// software of the host at the other end of a cable. Version 2, as Cisco's documentation and open
// implementations (ladvd, lldpd) have it. What it says is its sender's; addresses are locators.

#include <array>
#include <string>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kCdp;

namespace {

constexpr Field kDeviceId{"cdp.device_id", FieldKind::text, FieldRole::locator,
                          "device identifier in CDP, mostly a host name"};
constexpr Field kPlatform{"cdp.platform", FieldKind::text, FieldRole::attribute,
                          "platform in CDP: maker and model"};
constexpr Field kVersion{"cdp.version", FieldKind::text, FieldRole::attribute,
                         "software version in CDP"};
constexpr Field kSystemName{"cdp.system_name", FieldKind::text, FieldRole::locator,
                            "system name in CDP"};
constexpr Field kCapabilities{"cdp.capabilities", FieldKind::text, FieldRole::attribute,
                              "what a device says in CDP that it works as: router,switch"};
constexpr Field kAddress{"cdp.address", FieldKind::ip, FieldRole::locator, "address in CDP"};
constexpr const Field* kFields[] = {&kDeviceId,   &kPlatform,     &kVersion,
                                    &kSystemName, &kCapabilities, &kAddress};

constexpr std::uint64_t kSnap = 0x00000c2000;
constexpr int kMaxTlvs = 64;
constexpr int kMaxAddresses = 4;

enum Type : std::uint16_t {
  kDevice = 0x0001,
  kAddresses = 0x0002,
  kCapabilityBits = 0x0004,
  kSoftware = 0x0005,
  kPlatformName = 0x0006,
  kName = 0x0014,
  kManagementAddresses = 0x0016,
};

void say_capabilities(const Facts& facts, Bytes value) {
  constexpr std::array<std::string_view, 8> kNames{
      "router", "bridge", "source-route-bridge", "switch", "host", "igmp", "repeater", "phone"};
  Cursor cursor(value);
  const auto bits = cursor.u32();
  if (!cursor.ok()) return facts.truncated("cdp.bad_capabilities");
  std::string text;
  for (std::size_t bit = 0; bit < kNames.size(); ++bit) {
    if (!(bits >> bit & 1)) continue;
    if (!text.empty()) text += ',';
    text += kNames[bit];
  }
  facts.say(sender_of(facts.packet()), kCapabilities, text);
}

// A count, then each with its protocol; the length of the address tells which of the two it is.
void say_addresses(const Facts& facts, Bytes value) {
  Cursor cursor(value);
  const auto count = cursor.u32();
  for (std::uint32_t i = 0; i < count && i < kMaxAddresses && cursor.remaining() > 0; ++i) {
    cursor.skip(1);
    cursor.skip(cursor.u8());
    const auto octets = cursor.take(cursor.u16());
    if (!cursor.ok()) return facts.truncated("cdp.bad_address");
    const auto ip = octets.size() == 4 ? IpAddress::v4(octets) : IpAddress::v6(octets);
    if (ip.host()) facts.say(sender_of(facts.packet()), kAddress, ip.to_string());
  }
}

void say(const Facts& facts, std::uint16_t type, Bytes value) {
  const auto who = sender_of(facts.packet());
  switch (type) {
    case kDevice:
      return facts.say(who, kDeviceId, as_text(value));
    case kSoftware:
      return facts.say(who, kVersion, as_text(value));
    case kPlatformName:
      return facts.say(who, kPlatform, as_text(value));
    case kName:
      return facts.say(who, kSystemName, as_text(value));
    case kCapabilityBits:
      return say_capabilities(facts, value);
    case kAddresses:
    case kManagementAddresses:
      return say_addresses(facts, value);
  }
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kCdp.name, sink);
  Cursor cursor(packet.link_payload);
  const auto version = cursor.u8();
  cursor.skip(3);  // holding time, checksum
  if (!cursor.ok()) return facts.truncated("cdp.truncated");
  if (version != 1 && version != 2) return;
  for (int left = kMaxTlvs; left > 0 && cursor.remaining() >= 4; --left) {
    const auto type = cursor.u16();
    const std::size_t length = cursor.u16();  // with these four octets
    if (length < 4) return facts.anomaly("cdp.bad_length");
    const auto value = cursor.take(length - 4);
    if (!cursor.ok()) return facts.truncated("cdp.truncated");
    say(facts, type, value);
  }
}

}  // namespace

const Protocol kCdp{.name = "cdp", .fields = kFields, .snap = kSnap, .on_frame = read};

}  // namespace camwarden
