// Syslog over UDP 514, as devices send it (RFC 5424; RFC 3164 as it was before): the name that the
// sender gives itself, the program, and the first words of the message.
//
// What is logged is about people and grows without end, so of the text at most three words are
// told, never a number, and only when they are a video device's. A collector that passes messages
// on speaks for others: where the name is an address that is not the sender's, nothing is told.
// Where it is a name, nobody can tell, so all of it is hearsay.

#include <algorithm>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/greeting.h"

namespace camwarden {

extern const Protocol kSyslog;

namespace {

constexpr Field kHostname{"syslog.hostname", FieldKind::text, FieldRole::locator,
                          "name that a host gives itself in syslog messages", true};
constexpr Field kAppName{"syslog.app_name", FieldKind::text, FieldRole::attribute,
                         "program that a syslog message is of", true};
constexpr Field kText{"syslog.text", FieldKind::text, FieldRole::attribute,
                      "first words of a syslog message of a video device", true};
constexpr const Field* kFields[] = {&kHostname, &kAppName, &kText};

constexpr std::uint16_t kPorts[] = {514};
constexpr int kWords = 3;
constexpr std::size_t kMaxName = 64;

struct Message {
  std::string_view hostname, app_name, text;
};

std::string_view take_token(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const auto token = text.substr(0, text.find(' '));
  text.remove_prefix(token.size());
  return token == "-" ? std::string_view() : token;  // RFC 5424's word for none
}

// "<PRI>", one to three digits (RFC 5424 section 6.2.1), removed from `text`.
bool take_priority(std::string_view& text) {
  const auto end = text.find('>');
  if (!text.starts_with('<') || end < 2 || end > 4) return false;
  const auto digits = text.substr(1, end - 1);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  text.remove_prefix(end + 1);
  return true;
}

Message read_5424(std::string_view text) {
  Message message;
  (void)take_token(text);  // version
  (void)take_token(text);  // timestamp
  message.hostname = take_token(text);
  message.app_name = take_token(text);
  (void)take_token(text);  // process
  (void)take_token(text);  // message id
  text = trim(text);
  if (text.starts_with("- ")) message.text = text.substr(2);  // structured data is not looked into
  return message;
}

// "program[42]: text": the program, or "" when that is no tag.
std::string_view take_tag(std::string_view& text) {
  const auto end = text.find_first_of(":[ ");
  if (end == 0 || end >= std::min(text.size(), kMaxName) || text[end] == ' ') return {};
  const auto tag = text.substr(0, end);
  const auto colon = text.find(':', end);
  text.remove_prefix(std::min(colon == std::string_view::npos ? end : colon + 1, text.size()));
  return tag;
}

// "Sep 21 12:00:00 host program[42]: text". Small systems leave out the host, some the time.
Message read_3164(std::string_view text) {
  constexpr std::size_t kTimestamp = 15;
  Message message;
  if (text.size() > kTimestamp && text[3] == ' ' && text[6] == ' ' && text[9] == ':') {
    text.remove_prefix(kTimestamp);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  message.app_name = take_tag(text);
  if (message.app_name.empty() && text.find(' ') < kMaxName) {
    message.hostname = take_token(text);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    message.app_name = take_tag(text);
    if (message.app_name.empty()) message.hostname = {};  // a sentence, not a host
  }
  message.text = text;
  return message;
}

bool speaks_for_another(const Message& message, const IpAddress& sender) {
  const auto named = IpAddress::parse(message.hostname);
  return named && *named != sender;
}

void read(const Packet& packet, FactSink& sink) {
  auto text = trim(as_text(packet.payload));
  if (!take_priority(text)) return;
  const auto message = text.starts_with("1 ") ? read_5424(text) : read_3164(text);
  if (speaks_for_another(message, packet.src)) return;
  const Facts facts(packet, kSyslog.name, sink);
  const auto who = sender_of(packet);
  if (!iequals(message.hostname, "localhost")) facts.say(who, kHostname, message.hostname);
  facts.say(who, kAppName, message.app_name.substr(0, kMaxName));
  const auto words = first_words(message.text, kWords);
  if (of_a_device(words)) facts.say(who, kText, words);
}

}  // namespace

const Protocol kSyslog{
    .name = "syslog", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
