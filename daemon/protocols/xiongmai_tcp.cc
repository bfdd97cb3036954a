// Xiongmai's protocol over TCP (port 34567; fact sheet on discovery protocols, section 13): a
// header of 20 bytes and JSON. Questions have even numbers and answers the odd one behind. Answers
// tell of the device: what it is (login), its board, software and serial number (system
// information). Of a question only that it is one is told: a login holds names and keys.
//
// Limits: the first 16 messages of a direction, bodies of up to 8 KiB.

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kXiongmaiTcp;

namespace {

constexpr Field kAnswer{"xiongmai_tcp.answer", FieldKind::text, FieldRole::attribute,
                        "number of the message that a device answers by Xiongmai's protocol: 1001"};
constexpr Field kDeviceType{"xiongmai_tcp.device_type", FieldKind::text, FieldRole::attribute,
                            "device type in a login answer of Xiongmai's protocol: IPC, DVR"};
constexpr Field kHardware{"xiongmai_tcp.hardware", FieldKind::text, FieldRole::attribute,
                          "board in an answer of Xiongmai's protocol"};
constexpr Field kModel{"xiongmai_tcp.model", FieldKind::text, FieldRole::attribute,
                       "device model in an answer of Xiongmai's protocol"};
constexpr Field kSoftware{"xiongmai_tcp.software", FieldKind::text, FieldRole::attribute,
                          "software version in an answer of Xiongmai's protocol"};
constexpr Field kSerial{"xiongmai_tcp.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Xiongmai's protocol"};
constexpr Field kProbe{"xiongmai_tcp.probe", FieldKind::text, FieldRole::attribute,
                       "number of the message that a client asks by Xiongmai's protocol"};
constexpr const Field* kFields[] = {&kAnswer,   &kDeviceType, &kHardware, &kModel,
                                    &kSoftware, &kSerial,     &kProbe};

constexpr std::size_t kHeaderBytes = 20;
constexpr std::size_t kMaxBody = 8 << 10;
constexpr std::uint32_t kMaxMessages = 16;
constexpr std::uint16_t kFirst = 1000, kLast = 3600;  // message numbers
constexpr std::uint16_t kLoginAnswer = 1001;

struct Header {
  std::uint16_t number = 0;
  std::size_t length = 0;
};

// Nothing when the bytes are no header. `bytes` has kHeaderBytes.
std::optional<Header> read_header(Bytes bytes) {
  Cursor cursor(bytes);
  const auto magic = cursor.u8();
  const auto version = cursor.u8();
  const auto zero = cursor.u16();
  cursor.skip(4 + 4 + 2);  // session, sequence, parts
  Header header;
  header.number = cursor.u16_le();
  header.length = cursor.u32_le();
  const bool sound = cursor.ok() && magic == 0xff && version <= 1 && zero == 0 &&
                     header.number >= kFirst && header.number <= kLast;
  return sound ? std::optional(header) : std::nullopt;
}

const json::object* member(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? value->if_object() : nullptr;
}

void read_answer(const Facts& facts, const Header& header, std::string_view body) {
  const auto who = sender_of(facts.packet());
  const auto value = parse_json(body);
  const auto* message = value ? value->if_object() : nullptr;
  if (!message) return facts.truncated("xiongmai_tcp.malformed");
  if (header.number == kLoginAnswer) {
    facts.say(who, kAnswer, std::to_string(header.number));
    facts.say(who, kDeviceType, text_member(*message, "DeviceType "));  // their blank
    facts.say(who, kDeviceType, text_member(*message, "DeviceType"));
  }
  if (const auto* system = member(*message, "SystemInfo")) {
    facts.say(who, kHardware, text_member(*system, "HardWare"));
    facts.say(who, kModel, text_member(*system, "DeviceModel"));
    facts.say(who, kSoftware, text_member(*system, "SoftWareVersion"));
    facts.say(who, kSerial, text_member(*system, "SerialNo"));
  }
}

void read_message(const Facts& facts, const Header& header, std::string_view body) {
  if (header.number % 2 == 0) {
    facts.say(sender_of(facts.packet()), kProbe, std::to_string(header.number));
  } else if (!trim(body).empty() && trim(body)[0] == '{') {
    read_answer(facts, header, body);
  }
}

Progress read(const Stream& stream, FactSink& sink) {
  const Facts facts(stream.packet, kXiongmaiTcp.name, sink);
  std::uint32_t messages = stream.scratch ? *stream.scratch : 0;
  Cursor cursor(stream.bytes);
  std::size_t consumed = 0;
  while (cursor.remaining() >= kHeaderBytes) {
    const auto header = read_header(cursor.take(kHeaderBytes));
    if (!header) {
      facts.truncated("xiongmai_tcp.header");
      return {Progress::done, consumed};
    }
    if (header->length > kMaxBody || ++messages > kMaxMessages) return {Progress::done, consumed};
    if (header->length > cursor.remaining()) break;
    read_message(facts, *header, as_text(cursor.take(header->length)));
    consumed = cursor.position();
    if (stream.scratch) *stream.scratch = messages;
  }
  return {stream.closed ? Progress::done : Progress::more, consumed};
}

Guess recognise(Bytes first_bytes) {
  if (!first_bytes.empty() && first_bytes[0] != 0xff) return Guess::no;
  if (first_bytes.size() > 1 && first_bytes[1] > 1) return Guess::no;
  if (first_bytes.size() < kHeaderBytes) return Guess::maybe;
  return read_header(first_bytes.first(kHeaderBytes)) ? Guess::yes : Guess::no;
}

}  // namespace

const Protocol kXiongmaiTcp{.name = "xiongmai_tcp",
                            .fields = kFields,
                            .from_start = true,
                            .recognise = recognise,
                            .on_stream = read};

}  // namespace camwarden
