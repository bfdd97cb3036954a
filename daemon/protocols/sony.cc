// Sony's discovery over UDP 2380 (fact sheet on discovery protocols, section 23): STX, items of
// KEY:VALUE that a byte ff ends, ETX.

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kSony;

namespace {

constexpr Field kAnswer{"sony.answer", FieldKind::text, FieldRole::attribute,
                        "answers Sony's camera discovery: what it was asked for"};
constexpr Field kModel{"sony.model", FieldKind::text, FieldRole::attribute,
                       "model in an answer of Sony's camera discovery"};
constexpr Field kSerial{"sony.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Sony's camera discovery"};
constexpr Field kFirmware{"sony.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware in an answer of Sony's camera discovery (SOFTVERSION)"};
constexpr Field kMac{"sony.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address written in an answer of Sony's camera discovery"};
constexpr Field kProbe{"sony.probe", FieldKind::text, FieldRole::attribute,
                       "what Sony's camera discovery asks for: a recorder or a maker's tool asks"};
constexpr const Field* kFields[] = {&kAnswer, &kModel, &kSerial, &kFirmware, &kMac, &kProbe};

constexpr std::uint16_t kPorts[] = {2380};
constexpr char kStart = '\x02', kEnd = '\x03', kItemEnd = '\xff';
constexpr int kMaxItems = 64;  // an answer seen has 16
constexpr std::size_t kMaxBytes = 4 << 10;

struct Items {
  std::string_view question, mac, model, serial, answered, ip, firmware;
};

void keep(Items& items, std::string_view key, std::string_view value) {
  if (key == "ENQ") items.question = value;
  if (key == "MAC") items.mac = value;
  if (key == "MODEL") items.model = value;
  if (key == "SERIAL") items.serial = value;
  if (key == "INFO") items.answered = value;
  if (key == "IPADR") items.ip = value;
  if (key == "SOFTVERSION") items.firmware = value;
}

Items read_items(std::string_view text) {
  Items items;
  for (int i = 0; i < kMaxItems && !text.empty(); ++i) {
    const auto item = text.substr(0, text.find(kItemEnd));
    const auto colon = item.find(':');
    if (colon != std::string_view::npos) {
      keep(items, item.substr(0, colon), text_at(as_bytes(item), colon + 1, item.size()));
    }
    text.remove_prefix(std::min(item.size() + 1, text.size()));
  }
  return items;
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kSony.name, sink);
  auto text = as_text(packet.payload).substr(0, kMaxBytes);
  if (text.size() < 3 || text.front() != kStart || text.back() != kEnd) return;
  text = text.substr(1, text.size() - 2);
  const auto items = read_items(text);
  if (!items.question.empty()) return facts.say(sender_of(packet), kProbe, items.question);
  // Both stand in every answer; other protocols frame their text in STX and ETX too.
  if (!MacAddress::parse(items.mac) || items.model.empty()) return;
  const Answer answer(facts, items.mac, items.ip);
  answer.identify(kAnswer, items.answered.empty() ? "info" : items.answered);
  answer.say(kModel, items.model);
  answer.identify(kSerial, items.serial);
  answer.say(kFirmware, items.firmware);
  answer.say_mac(kMac);
}

}  // namespace

const Protocol kSony{.name = "sony", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
