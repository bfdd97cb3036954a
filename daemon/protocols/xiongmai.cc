// Xiongmai's discovery over UDP 34569, both ways a broadcast (fact sheet on discovery protocols,
// section 13): a head of 20 bytes and a JSON document. The boards are in several hundred labels,
// and no answer names one.

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "base/text.h"
#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kXiongmai;

namespace {

constexpr Field kAnswer{"xiongmai.answer", FieldKind::text, FieldRole::attribute,
                        "answers Xiongmai's discovery: NetWork.NetCommon"};
constexpr Field kSerial{"xiongmai.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Xiongmai's discovery (SN)"};
constexpr Field kVersion{"xiongmai.version", FieldKind::text, FieldRole::attribute,
                         "firmware in an answer of Xiongmai's discovery"};
constexpr Field kBuildDate{"xiongmai.build_date", FieldKind::text, FieldRole::attribute,
                           "when the firmware was built, in an answer of Xiongmai's discovery"};
constexpr Field kName{"xiongmai.name", FieldKind::text, FieldRole::locator,
                      "host name in an answer of Xiongmai's discovery"};
constexpr Field kChannels{"xiongmai.channels", FieldKind::number, FieldRole::attribute,
                          "channels in an answer of Xiongmai's discovery; 1 is a camera"};
constexpr Field kMac{"xiongmai.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Xiongmai's discovery"};
constexpr Field kProbe{"xiongmai.probe", FieldKind::text, FieldRole::attribute,
                       "asks by Xiongmai's discovery: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kAnswer, &kSerial,   &kVersion, &kBuildDate,
                                    &kName,   &kChannels, &kMac,     &kProbe};

constexpr std::uint16_t kPorts[] = {34569};
constexpr std::uint16_t kSearch = 1530, kFound = 1531;
constexpr std::size_t kMaxBodyBytes = 16 << 10;

struct Head {
  bool ours = false;
  std::uint16_t message = 0;
  std::string_view body;
};

Head read_head(Bytes payload) {
  Head head;
  Cursor cursor(payload);
  const auto mark = cursor.u8();
  const auto version = cursor.u8();
  cursor.skip(12);
  head.message = cursor.u16_le();
  const std::size_t length = cursor.u32_le();
  head.ours = cursor.ok() && mark == 0xff && version <= 1;
  head.body = as_text(cursor.rest()).substr(0, std::min(length, kMaxBodyBytes));
  return head;
}

// "0x4002000A": a number in hexadecimal whose lowest byte is the address's first.
IpAddress address_in(std::string_view text) {
  std::uint32_t number = 0;
  if (!text.starts_with("0x")) return {};
  text.remove_prefix(2);
  const auto [end, error] = std::from_chars(text.begin(), text.end(), number, 16);
  if (error != std::errc() || end != text.end()) return {};
  const auto octet = [&](int at) { return number >> (8 * at) & 0xff; };
  return IpAddress::v4(octet(0) << 24 | octet(1) << 16 | octet(2) << 8 | octet(3));
}

void say_answer(const Facts& facts, const json::object& device) {
  const Answer answer(facts, text_member(device, "MAC"),
                      address_in(text_member(device, "HostIP")).to_string());
  answer.identify(kAnswer, "NetWork.NetCommon");
  answer.identify(kSerial, text_member(device, "SN"));
  answer.say(kVersion, text_member(device, "Version"));
  answer.say(kBuildDate, text_member(device, "BuildDate"));
  answer.say(kName, text_member(device, "HostName"));
  const auto* channels = device.if_contains("ChannelNum");
  if (channels && channels->is_int64() && channels->get_int64() > 0) {
    answer.say(kChannels, std::to_string(channels->get_int64()));
  }
  answer.say_mac(kMac);
}

void read_found(const Facts& facts, std::string_view body) {
  auto document = parse_json(body);
  // A name that is not UTF-8 must not hide the rest: JSON allows no other bytes.
  if (!document) document = parse_json(to_utf8(trim(body), kMaxBodyBytes));
  const auto* message = document ? document->if_object() : nullptr;
  if (!message) return facts.truncated("xiongmai.malformed");
  const auto* member = message->if_contains("NetWork.NetCommon");
  const auto* device = member ? member->if_object() : nullptr;
  if (!device || (text_member(*device, "SN").empty() && text_member(*device, "MAC").empty())) {
    return facts.anomaly("xiongmai.empty_answer");
  }
  say_answer(facts, *device);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kXiongmai.name, sink);
  const auto head = read_head(packet.payload);
  if (!head.ours) return;
  if (head.message == kSearch) return facts.say(sender_of(packet), kProbe, "1530");
  if (head.message == kFound) read_found(facts, head.body);
}

}  // namespace

const Protocol kXiongmai{
    .name = "xiongmai", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
