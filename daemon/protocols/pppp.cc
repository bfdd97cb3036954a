// PPPP, the peer-to-peer protocol of CS2 and its kin, over UDP 32108 on the link and 32100 to 32102
// to the cloud (fact sheet on discovery protocols, section 32): cameras of VStarcam, Yi, Xiaomi,
// HiChip and many more. A device names its UID where it logs in, notifies the link or answers a
// search. A client names the same UID in other messages, which say nothing of their sender but that
// it looks for a device.
//
// Some builds hide whole datagrams: those are not recognised.

#include <algorithm>
#include <array>
#include <string>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kPppp;

namespace {

constexpr Field kDevice{"pppp.device", FieldKind::text, FieldRole::attribute,
                        "speaks PPPP as a device: DEV_LGN, LAN_NOTIFY, PUNCH_PKT"};
constexpr Field kUid{"pppp.uid", FieldKind::text, FieldRole::identifier,
                     "UID of a device of PPPP: VSTD-123456-ABCDE"};
constexpr Field kProbe{"pppp.probe", FieldKind::text, FieldRole::attribute,
                       "looks for devices of PPPP, as an app does: LAN_SEARCH, P2P_REQ"};
constexpr const Field* kFields[] = {&kDevice, &kUid, &kProbe};

constexpr std::uint16_t kLinkPort = 32108;
constexpr std::uint16_t kPorts[] = {32100, 32101, 32102, kLinkPort};
constexpr std::uint8_t kMagic = 0xf1;

enum Role : std::uint8_t {
  asks,
  is_device,       // with its UID in clear
  hides,           // a device whose UID is hidden
  answers_on_link  // a device, when it comes from the port that devices listen on
};
struct Message {
  std::uint8_t type;
  Role role;
  std::size_t least, most;  // octets behind the header
  std::string_view name;
};
constexpr Message kMessages[] = {
    {0x10, is_device, 40, 40, "DEV_LGN"},      {0x12, hides, 44, 44, "DEV_LGN_CRC"},
    {0x14, is_device, 40, 128, "DEV_LGN_KEY"}, {0x20, asks, 20, 64, "P2P_REQ"},
    {0x30, asks, 0, 0, "LAN_SEARCH"},          {0x31, is_device, 20, 20, "LAN_NOTIFY"},
    {0x32, asks, 0, 0, "LAN_SEARCH_EXT"},      {0x41, answers_on_link, 20, 20, "PUNCH_PKT"},
};

const Message* find(std::uint8_t type, std::size_t length) {
  const auto fits = [&](const Message& message) {
    return message.type == type && length >= message.least && length <= message.most;
  };
  const auto* found = std::find_if(std::begin(kMessages), std::end(kMessages), fits);
  return found == std::end(kMessages) ? nullptr : found;
}

bool all_between(std::string_view text, char first, char last) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

// prefix[8], serial u32, check code[8] as PREFIX-000000-CHECK; "" when it is none.
std::string uid_in(Bytes body) {
  const auto prefix = text_at(body, 0, 8), check = text_at(body, 12, 8);
  if (prefix.size() < 3 || check.empty()) return {};
  if (!all_between(prefix, 'A', 'Z') || !all_between(check, 'A', 'Z')) return {};
  const auto serial = std::to_string(Cursor(body.subspan(8)).u32());
  const auto padding = serial.size() < 6 ? 6 - serial.size() : 0;
  return std::string(prefix) + "-" + std::string(padding, '0') + serial + "-" + std::string(check);
}

void read_device(const Facts& facts, const Message& message, Bytes body) {
  const auto who = sender_of(facts.packet());
  const auto uid = uid_in(body);
  if (uid.empty() && message.role != hides) return facts.anomaly("pppp.bad_uid");
  facts.say(who, kDevice, message.name);
  if (message.role != hides) facts.say(who, kUid, uid);
}

void read_question(const Facts& facts, const Message& message, Bytes body) {
  if (message.least > 0 && uid_in(body).empty()) return facts.anomaly("pppp.bad_uid");
  facts.say(sender_of(facts.packet()), kProbe, message.name);
}

void read(const Packet& packet, FactSink& sink) {
  Cursor cursor(packet.payload);
  const auto magic = cursor.u8(), type = cursor.u8();
  const auto length = cursor.u16();
  if (magic != kMagic || !cursor.ok() || length != cursor.remaining()) return;
  const auto* message = find(type, length);
  if (message == nullptr) return;
  const Facts facts(packet, kPppp.name, sink);
  if (message->role == asks) return read_question(facts, *message, cursor.rest());
  if (message->role == answers_on_link && packet.src_port != kLinkPort) return;
  read_device(facts, *message, cursor.rest());
}

}  // namespace

const Protocol kPppp{.name = "pppp", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
