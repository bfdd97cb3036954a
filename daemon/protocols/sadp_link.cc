// SADP at layer 2, the older form of Hikvision's discovery, in frames of its own ether type: it
// finds a device whatever its address (fact sheet on discovery protocols, section 7). Known from
// tools only, never yet from a capture, so what does not fit the layout tells nothing. Text fields
// are NUL-padded; numbers are in network order.

#include <algorithm>
#include <array>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kSadpLink;

namespace {

constexpr Field kAnswer{"sadp_link.answer", FieldKind::text, FieldRole::attribute,
                        "answers or announces itself by SADP at layer 2: the operation's name"};
constexpr Field kSerial{"sadp_link.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in SADP at layer 2: model, date, unit"};
constexpr Field kFirmware{"sadp_link.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in SADP at layer 2"};
constexpr Field kDspVersion{"sadp_link.dsp_version", FieldKind::text, FieldRole::attribute,
                            "DSP firmware in SADP at layer 2"};
constexpr Field kDeviceType{"sadp_link.device_type", FieldKind::number, FieldRole::attribute,
                            "device type code in SADP at layer 2"};
constexpr Field kChannels{"sadp_link.channels", FieldKind::number, FieldRole::attribute,
                          "channels in SADP at layer 2; 1 is a camera"};
constexpr Field kMac{"sadp_link.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in SADP at layer 2"};
constexpr Field kProbe{"sadp_link.probe", FieldKind::text, FieldRole::attribute,
                       "what a SADP frame asks for: its sender is a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer,     &kSerial,   &kFirmware, &kDspVersion,
                                    &kDeviceType, &kChannels, &kMac,      &kProbe};

enum class Content : std::uint8_t { question, answer, description };
struct Operation {
  std::uint8_t code;
  Content content;
  std::string_view name;
};
constexpr std::array<Operation, 12> kOperations{{
    {0x01, Content::description, "OnlineRequest"},
    {0x02, Content::description, "DeviceOnlineRequest"},
    {0x03, Content::question, "Inquiry"},
    {0x04, Content::description, "InquiryResponse"},
    {0x06, Content::question, "UpdateIP"},
    {0x07, Content::answer, "UpdateIPResponse"},
    {0x0a, Content::question, "ResetPassword"},
    {0x0b, Content::answer, "ResetPasswordResponse"},
    {0x0c, Content::question, "CMSInfo"},
    {0x0d, Content::answer, "CMSInfoResponse"},
    {0x10, Content::question, "ModifyNetParam"},
    {0x11, Content::answer, "ModifyNetParamResponse"},
}};

struct Header {
  bool ok = false, ours = false;
  std::uint8_t operation = 0;
  MacAddress mac;
  IpAddress ip;
};

Header read_header(Cursor& cursor) {
  Header header;
  const auto mark = cursor.u8();
  cursor.skip(7);  // request or response, series, length, sequence number
  const auto lengths = cursor.u16();
  header.operation = cursor.u8();
  cursor.skip(3);  // code, checksum
  header.mac = MacAddress::from(cursor.take(6));
  header.ip = IpAddress::v4(cursor.take(4));
  cursor.skip(14);  // whom it is for, subnet mask
  header.ok = cursor.ok();
  header.ours = mark == 0x21 && lengths == 0x0604;
  return header;
}

// As in ARP there is no other header that holds the sender's address: what is written stands for
// it, if the frame comes from the MAC that is written beside it.
Packet with_source(const Packet& packet, const Header& header) {
  Packet stated = packet;
  if (header.mac == packet.src_mac && header.ip.host()) stated.src = header.ip;
  return stated;
}

void say_description(const Answer& answer, std::string_view operation, Cursor& cursor) {
  const auto serial = text_at(cursor.take(48), 0, 48);
  const auto device_type = cursor.u32();
  cursor.skip(4);  // SDK port
  const auto channels = cursor.u32();
  cursor.skip(4);  // hard disks
  const auto firmware = text_at(cursor.take(48), 0, 48);
  const auto dsp_version = text_at(cursor.take(48), 0, 48);
  if (!cursor.ok() || serial.empty()) return;
  answer.identify(kAnswer, operation);
  answer.identify(kSerial, serial);
  answer.say(kFirmware, firmware);
  answer.say(kDspVersion, dsp_version);
  answer.say(kDeviceType, std::to_string(device_type));
  answer.say(kChannels, std::to_string(channels));
  answer.say_mac(kMac);
}

void read_answer(const Facts& facts, const Header& header, const Operation& operation,
                 Cursor& cursor) {
  const Answer answer(facts, header.mac, header.ip);
  if (operation.content == Content::description) {
    return say_description(answer, operation.name, cursor);
  }
  answer.identify(kAnswer, operation.name);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kSadpLink.name, sink);
  Cursor cursor(packet.link_payload);
  const auto header = read_header(cursor);
  if (!header.ok) return facts.truncated("sadp_link.truncated");
  if (!header.ours) return;
  const auto* found = std::find_if(kOperations.begin(), kOperations.end(),
                                   [&](const auto& one) { return one.code == header.operation; });
  if (found == kOperations.end()) return facts.anomaly("sadp_link.unknown_operation");
  if (found->content == Content::question) {
    return facts.say(sender_of(packet), kProbe, found->name);
  }
  if (header.mac.none() || header.mac.multicast()) return facts.anomaly("sadp_link.bad_sender");
  const Packet stated = with_source(packet, header);
  read_answer(Facts(stated, kSadpLink.name, sink), header, *found, cursor);
}

}  // namespace

const Protocol kSadpLink{
    .name = "sadp_link", .fields = kFields, .ether_type = 0x8033, .on_frame = read};

}  // namespace camwarden
