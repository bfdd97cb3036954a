// Dahua's private protocol over TCP (port 37777 and others; fact sheet on discovery protocols,
// section 12). Two forms, both with a header of 32 bytes:
//   DVRIP  a0 login, b0 its answer with the text "Realm:Login to <id>", f6 JSON
//   DHIP   20 00 00 00 "DHIP", JSON
// The device's answers tell of it: its realm, and what a client that is logged in asks for. A login
// tells of the client only that it is one; nothing else of it is read, for it holds names and keys.
//
// Limits: the first 16 messages of a direction, bodies of up to 8 KiB.

#include <algorithm>
#include <array>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kDahuaTcp;

namespace {

constexpr Field kRealm{"dahua_tcp.realm", FieldKind::text, FieldRole::attribute,
                       "realm in a login answer of Dahua's private protocol: Login to <id>"};
constexpr Field kMac{"dahua_tcp.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address in a login answer of Dahua's private protocol"};
constexpr Field kSerial{"dahua_tcp.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in an answer of Dahua's private protocol"};
constexpr Field kDeviceType{"dahua_tcp.device_type", FieldKind::text, FieldRole::attribute,
                            "model in an answer of Dahua's private protocol"};
constexpr Field kVersion{"dahua_tcp.version", FieldKind::text, FieldRole::attribute,
                         "firmware in an answer of Dahua's private protocol"};
constexpr Field kProbe{"dahua_tcp.probe", FieldKind::text, FieldRole::attribute,
                       "logs in by Dahua's private protocol: a recorder or a maker's tool"};
constexpr const Field* kFields[] = {&kRealm, &kMac, &kSerial, &kDeviceType, &kVersion, &kProbe};

constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kMaxBody = 8 << 10;
constexpr std::uint32_t kMaxMessages = 16;

enum Opcode : std::uint8_t { kLogin = 0xa0, kLoginAnswer = 0xb0, kJson = 0xf6 };
constexpr std::string_view kRealmWord = "Realm:";
// The end of a login's header (section 12); the byte before the zeros differs.
constexpr std::array<std::uint8_t, 2> kLoginEnd{0xa1, 0xaa};

struct Header {
  bool dhip = false;
  std::uint8_t opcode = 0;
  std::size_t length = 0;
};

std::optional<Header> read_header(Bytes bytes) {
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  Cursor cursor(bytes);
  if (cursor.u32_le() == kHeaderBytes && as_text(cursor.take(4)) == "DHIP") {
    cursor.skip(8);
    return Header{true, 0, cursor.u32_le()};
  }
  Cursor dvrip(bytes);
  const auto opcode = dvrip.u8();
  dvrip.skip(3);
  return Header{false, opcode, dvrip.u32_le()};
}

bool ends_as_login(Bytes header) {
  return std::equal(kLoginEnd.begin(), kLoginEnd.end(), header.end() - kLoginEnd.size());
}

void say_realm(const Facts& facts, const Subject& who, std::string_view text) {
  const auto realm = text.substr(kRealmWord.size());
  facts.say(who, kRealm, realm.substr(0, realm.find_first_of("\r\n")));
}

void say_mac(const Facts& facts, const Subject& who, std::string_view text) {
  const auto mac = MacAddress::parse(text).value_or(MacAddress());
  if (!mac.none() && !mac.multicast()) facts.say(who, kMac, mac.to_string());
}

void say_version(const Facts& facts, const Subject& who, const json::object& params) {
  const auto* version = params.if_contains("version");
  if (!version) return;
  if (const auto* parts = version->if_object()) {
    facts.say(who, kVersion, text_member(*parts, "Version"));
  }
}

// An answer has "result"; a question has "method", and names and keys.
void read_json(const Facts& facts, std::string_view body) {
  const auto value = parse_json(body);
  const auto* message = value ? value->if_object() : nullptr;
  if (!message) return facts.truncated("dahua_tcp.malformed");
  const auto who = sender_of(facts.packet());
  const auto method = text_member(*message, "method");
  if (method == "global.login") return facts.say(who, kProbe, method);
  const auto* params = message->if_contains("params");
  const auto* answer = message->if_contains("result") && params ? params->if_object() : nullptr;
  if (!answer) return;
  facts.say(who, kRealm, text_member(*answer, "realm"));
  say_mac(facts, who, text_member(*answer, "mac"));
  facts.say(who, kSerial, text_member(*answer, "sn"));
  facts.say(who, kDeviceType, text_member(*answer, "type"));
  say_version(facts, who, *answer);
}

void read_message(const Facts& facts, const Header& header, std::string_view body) {
  if (header.dhip || header.opcode == kJson) {
    if (!body.empty()) read_json(facts, body);
  } else if (header.opcode == kLoginAnswer && body.starts_with(kRealmWord)) {
    say_realm(facts, sender_of(facts.packet()), body);
  } else if (header.opcode == kLogin) {
    facts.say(sender_of(facts.packet()), kProbe, "login");
  }
}

Progress read(const Stream& stream, FactSink& sink) {
  const Facts facts(stream.packet, kDahuaTcp.name, sink);
  std::uint32_t messages = stream.scratch ? *stream.scratch : 0;
  Cursor cursor(stream.bytes);
  std::size_t consumed = 0;
  while (const auto header = read_header(cursor.rest())) {
    if (header->length > kMaxBody || ++messages > kMaxMessages) return {Progress::done, consumed};
    cursor.skip(kHeaderBytes);
    if (header->length > cursor.remaining()) break;
    read_message(facts, *header, as_text(cursor.take(header->length)));
    consumed = cursor.position();
    if (stream.scratch) *stream.scratch = messages;
  }
  return {stream.closed ? Progress::done : Progress::more, consumed};
}

Guess recognise(Bytes first_bytes) {
  constexpr std::string_view kDhip("\x20\0\0\0DHIP", 8);
  const auto text = as_text(first_bytes);
  if (text.starts_with(kDhip)) return Guess::yes;
  if (kDhip.starts_with(text)) return Guess::maybe;
  const auto opcode = first_bytes[0];
  if (opcode != kLogin && opcode != kLoginAnswer) return Guess::no;
  if (first_bytes.size() > 2 && (first_bytes[1] > 5 || first_bytes[2] != 0)) return Guess::no;
  if (first_bytes.size() < kHeaderBytes) return Guess::maybe;
  if (opcode == kLogin) {
    return ends_as_login(first_bytes.first(kHeaderBytes)) ? Guess::yes : Guess::no;
  }
  const auto body = text.substr(kHeaderBytes);
  if (body.starts_with(kRealmWord)) return Guess::yes;
  return kRealmWord.starts_with(body) ? Guess::maybe : Guess::no;
}

}  // namespace

const Protocol kDahuaTcp{.name = "dahua_tcp",
                         .fields = kFields,
                         .from_start = true,
                         .recognise = recognise,
                         .on_stream = read};

}  // namespace camwarden
