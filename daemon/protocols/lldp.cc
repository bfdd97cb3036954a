// LLDP (IEEE 802.1AB) with the inventory of LLDP-MED (ANSI/TIA-1057 section 10.2.6): what is
// plugged into a switch says its name, maker, model, firmware and serial number to the switch.
// Bridges do not forward it, so each message is of the host at the other end of a cable.
//
// The device is the chassis where that is a MAC, else the port that sent. The management address is
// a locator and binds nothing: a switch gives one that another of its MACs answers for.

#include <algorithm>
#include <array>
#include <string>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kLldp;

namespace {

constexpr Field kChassis{"lldp.chassis", FieldKind::text, FieldRole::attribute,
                         "chassis identifier in LLDP where it is a name"};
constexpr Field kSystemName{"lldp.system_name", FieldKind::text, FieldRole::locator,
                            "system name in LLDP"};
constexpr Field kDescription{"lldp.description", FieldKind::text, FieldRole::attribute,
                             "system description in LLDP"};
constexpr Field kCapabilities{"lldp.capabilities", FieldKind::text, FieldRole::attribute,
                              "what a device says in LLDP that it works as: bridge,telephone"};
constexpr Field kManagementIp{"lldp.management_ip", FieldKind::ip, FieldRole::locator,
                              "management address in LLDP"};
constexpr Field kHardware{"lldp.hardware", FieldKind::text, FieldRole::attribute,
                          "hardware revision in LLDP-MED"};
constexpr Field kFirmware{"lldp.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware revision in LLDP-MED"};
constexpr Field kSoftware{"lldp.software", FieldKind::text, FieldRole::attribute,
                          "software revision in LLDP-MED"};
constexpr Field kSerial{"lldp.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in LLDP-MED"};
constexpr Field kManufacturer{"lldp.manufacturer", FieldKind::text, FieldRole::attribute,
                              "manufacturer in LLDP-MED"};
constexpr Field kModel{"lldp.model", FieldKind::text, FieldRole::attribute, "model in LLDP-MED"};
constexpr const Field* kFields[] = {&kMacField,     &kChassis,      &kSystemName,   &kDescription,
                                    &kCapabilities, &kManagementIp, &kHardware,     &kFirmware,
                                    &kSoftware,     &kSerial,       &kManufacturer, &kModel};

constexpr std::uint16_t kEtherType = 0x88cc;
constexpr int kMaxTlvs = 128;

// IEEE 802.1AB-2016 table 8-1.
enum Type : std::uint8_t {
  kEnd = 0,
  kChassisId = 1,
  kName = 5,
  kSystemDescription = 6,
  kSystemCapabilities = 7,
  kManagementAddress = 8,
  kOrganisation = 127,
};
enum ChassisSubtype : std::uint8_t { kMacAddress = 4, kNetworkAddress = 5 };
enum AddressFamily : std::uint8_t { kIpv4 = 1, kIpv6 = 2 };  // IANA

// Calls `each` with type and value of every TLV; false when one runs past the end.
template <typename Each>
bool for_tlvs(Bytes bytes, Each each) {
  Cursor cursor(bytes);
  for (int left = kMaxTlvs; left > 0 && cursor.remaining() > 0; --left) {
    const auto head = cursor.u16();
    const auto value = cursor.take(head & 0x1ff);
    if (!cursor.ok()) return false;
    if (head >> 9 == kEnd) return true;
    each(static_cast<std::uint8_t>(head >> 9), value);
  }
  return true;
}

MacAddress chassis_mac(Bytes value) {
  return value.size() == 7 && value[0] == kMacAddress ? MacAddress::from(value.subspan(1))
                                                      : MacAddress();
}

// Whose the message is; its frame carries no IP.
Subject device_of(const Facts& facts) {
  MacAddress chassis;
  (void)for_tlvs(facts.packet().link_payload, [&](std::uint8_t type, Bytes value) {
    if (type == kChassisId && chassis.none()) chassis = chassis_mac(value);
  });
  if (!chassis.burned_in() || chassis == facts.packet().src_mac) return sender_of(facts.packet());
  return named_in_payload(facts.packet(), chassis, {});
}

class Message {
 public:
  explicit Message(const Facts& facts) : facts_(facts), who_(device_of(facts)) {}

  void say(std::uint8_t type, Bytes value) const {
    switch (type) {
      case kChassisId:
        return say_chassis(value);
      case kName:
        return facts_.say(who_, kSystemName, as_text(value));
      case kSystemDescription:
        return facts_.say(who_, kDescription, as_text(value));
      case kSystemCapabilities:
        return say_capabilities(value);
      case kManagementAddress:
        return say_management(value);
      case kOrganisation:
        return say_inventory(value);
    }
  }

 private:
  void say_chassis(Bytes value) const {
    if (who_.mac_origin == MacOrigin::payload) {
      facts_.say(who_, kMacField, who_.mac.to_string());
    } else if (value.size() > 1 && value[0] != kMacAddress && value[0] != kNetworkAddress) {
      facts_.say(who_, kChassis, as_text(value.subspan(1)));
    }
  }

  // Section 8.5.8: what the system can do, then what of that is switched on.
  void say_capabilities(Bytes value) const {
    constexpr std::array<std::string_view, 8> kNames{"other",  "repeater",  "bridge", "wlan",
                                                     "router", "telephone", "docsis", "station"};
    Cursor cursor(value);
    cursor.skip(2);
    const auto enabled = cursor.u16();
    if (!cursor.ok()) return facts_.truncated("lldp.bad_capabilities");
    std::string text;
    for (std::size_t bit = 0; bit < kNames.size(); ++bit) {
      if (!(enabled >> bit & 1)) continue;
      if (!text.empty()) text += ',';
      text += kNames[bit];
    }
    facts_.say(who_, kCapabilities, text);
  }

  // Section 8.5.9: the length counts the family.
  void say_management(Bytes value) const {
    Cursor cursor(value);
    const auto address = cursor.take(cursor.u8());
    if (!cursor.ok() || address.empty()) return facts_.truncated("lldp.bad_address");
    const auto ip = address[0] == kIpv4   ? IpAddress::v4(address.subspan(1))
                    : address[0] == kIpv6 ? IpAddress::v6(address.subspan(1))
                                          : IpAddress();
    if (ip.host()) facts_.say(who_, kManagementIp, ip.to_string());
  }

  // TIA-1057 section 10.2.6: subtypes of the organisation 00-12-BB.
  void say_inventory(Bytes value) const {
    constexpr std::array<const Field*, 12> kBySubtype{
        nullptr,    nullptr,    nullptr,  nullptr,        nullptr, &kHardware,
        &kFirmware, &kSoftware, &kSerial, &kManufacturer, &kModel, nullptr};
    Cursor cursor(value);
    const std::uint32_t head = cursor.u32();
    if (!cursor.ok()) return facts_.truncated("lldp.bad_organisation");
    const std::size_t subtype = head & 0xff;
    if (head >> 8 != 0x0012bb || subtype >= kBySubtype.size() || !kBySubtype[subtype]) return;
    facts_.say(who_, *kBySubtype[subtype], as_text(cursor.rest()));
  }

  const Facts& facts_;
  Subject who_;
};

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kLldp.name, sink);
  const Message message(facts);
  const bool whole = for_tlvs(packet.link_payload,
                              [&](std::uint8_t type, Bytes value) { message.say(type, value); });
  if (!whole) facts.truncated("lldp.truncated");
}

}  // namespace

const Protocol kLldp{.name = "lldp", .fields = kFields, .ether_type = kEtherType, .on_frame = read};

}  // namespace camwarden
