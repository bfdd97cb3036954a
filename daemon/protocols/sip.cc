// SIP (RFC 3261) over UDP, on port 5060 and wherever its words are: door stations and phones, and
// the cameras and recorders of China's national standard GB/T 28181, which register at a platform
// with identifiers of 20 digits and answer its questions in XML (MANSCDP). TCP is not read: RFC
// 3261 section 18 demands UDP of everybody, and devices use it unless told otherwise.
//
// A message is its sender's unless proxies passed it on (more than one Via); then it is nobody's
// here. In a request From is the sender; in an answer From and To are the asker's words, so no
// identifier is taken from it. Who calls whom is people's business: of From only an identifier of
// GB/T 28181 is told. It is an attribute, for administrators type it, and many leave the factory's.

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "protocols/facts.h"
#include "protocols/markup.h"
#include "protocols/text_message.h"

namespace camwarden {

extern const Protocol kSip;

namespace {

constexpr Field kUserAgent{"sip.user_agent", FieldKind::text, FieldRole::attribute,
                           "User-Agent of a SIP client or server"};
constexpr Field kServer{"sip.server", FieldKind::text, FieldRole::attribute,
                        "Server header of a SIP answer"};
constexpr Field kGbId{"sip.gb_id", FieldKind::text, FieldRole::attribute,
                      "GB/T 28181 identifier that a host sends under: 20 digits"};
constexpr Field kGbType{"sip.gb_type", FieldKind::text, FieldRole::attribute,
                        "type in a host's GB/T 28181 identifier: 111 DVR, 118 NVR, 132 camera"};
constexpr Field kGbMessage{"sip.gb_message", FieldKind::text, FieldRole::attribute,
                           "GB/T 28181 message that a device sends: Notify Keepalive"};
constexpr Field kGbProbe{"sip.gb_probe", FieldKind::text, FieldRole::attribute,
                         "what a GB/T 28181 platform asks a device: its sender is no camera"};
constexpr Field kGbManufacturer{"sip.gb_manufacturer", FieldKind::text, FieldRole::attribute,
                                "manufacturer in a GB/T 28181 DeviceInfo answer"};
constexpr Field kGbModel{"sip.gb_model", FieldKind::text, FieldRole::attribute,
                         "model in a GB/T 28181 DeviceInfo answer"};
constexpr Field kGbFirmware{"sip.gb_firmware", FieldKind::text, FieldRole::attribute,
                            "firmware in a GB/T 28181 DeviceInfo answer"};
constexpr Field kGbDeviceType{"sip.gb_device_type", FieldKind::text, FieldRole::attribute,
                              "device type in a GB/T 28181 DeviceInfo answer: IPC, DVR"};
constexpr const Field* kFields[] = {&kUserAgent,  &kServer,      &kGbId,    &kGbType,
                                    &kGbMessage,  &kGbProbe,     &kGbModel, &kGbManufacturer,
                                    &kGbFirmware, &kGbDeviceType};

constexpr std::uint16_t kPorts[] = {5060};
constexpr std::string_view kVersion = "SIP/2.0";
constexpr std::size_t kGbDigits = 20;
constexpr int kMaxTags = 64;  // a DeviceInfo answer has a dozen elements

// RFC 3261 section 7.3.3: a header by its name or its compact form.
std::string_view header(const TextHead& head, std::string_view name, std::string_view compact) {
  const auto value = head.first(name);
  return value.empty() ? head.first(compact) : value;
}

bool passed_by_proxies(const TextHead& head) {
  int hops = 0;
  for (const auto& line : head.headers()) {
    if (!iequals(line.name, "Via") && !iequals(line.name, "v")) continue;
    hops += 1 + static_cast<int>(std::count(line.value.begin(), line.value.end(), ','));
  }
  return hops > 1;
}

// The user in `"Name" <sip:user@host>;tag=1`.
std::string_view user_of(std::string_view address) {
  const auto scheme = ifind(address, "sip:");
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + 4);
  return address.substr(0, std::min(address.find_first_of("@>;"), address.size()));
}

bool is_gb_id(std::string_view user) {
  return user.size() == kGbDigits && user.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Manscdp {
  std::string_view root, command, manufacturer, model, firmware, device_type;
};

// The text may be GB2312 whatever it is declared as, so it is scanned, not parsed.
Manscdp scan(std::string_view body) {
  Manscdp found;
  const std::pair<std::string_view, std::string_view&> kElements[] = {
      {"CmdType", found.command},
      {"Manufacturer", found.manufacturer},
      {"Model", found.model},
      {"Firmware", found.firmware},
      {"DeviceType", found.device_type}};
  TagScanner scanner(body);
  for (int i = 0; i < kMaxTags; ++i) {
    const auto tag = scanner.next();
    if (!tag) break;
    if (found.root.empty()) found.root = tag->name;
    for (const auto& [name, value] : kElements) {
      if (value.empty() && tag->name == name) value = trim(tag->after);
    }
  }
  return found;
}

// GB/T 28181 appendix A.2: a device notifies and responds, a platform controls and queries.
void read_manscdp(const Facts& facts, const Subject& who, std::string_view body) {
  constexpr std::size_t kMaxCommand = 32;
  const auto message = scan(body);
  const auto text =
      std::string(message.root) + " " + std::string(message.command.substr(0, kMaxCommand));
  if (message.root == "Query" || message.root == "Control") return facts.say(who, kGbProbe, text);
  if (message.root != "Notify" && message.root != "Response") {
    return facts.truncated("sip.manscdp");
  }
  facts.say(who, kGbMessage, text);
  // A catalogue describes the cameras behind its sender.
  if (message.command != "DeviceInfo") return;
  facts.say(who, kGbManufacturer, message.manufacturer);
  facts.say(who, kGbModel, message.model);
  facts.say(who, kGbFirmware, message.firmware);
  facts.say(who, kGbDeviceType, message.device_type);
}

void read_request(const Facts& facts, const Subject& who, const TextHead& head,
                  std::string_view body) {
  const auto user = user_of(header(head, "From", "f"));
  if (is_gb_id(user)) {
    constexpr std::size_t kTypeAt = 10, kTypeDigits = 3;
    facts.say(who, kGbId, user);
    facts.say(who, kGbType, user.substr(kTypeAt, kTypeDigits));
  }
  const auto type = header(head, "Content-Type", "c");
  if (ifind(type, "MANSCDP") != std::string_view::npos) read_manscdp(facts, who, body);
}

bool starts_request(std::string_view text) {
  constexpr std::string_view kMethods[] = {"REGISTER ",  "MESSAGE ", "INVITE ", "OPTIONS ",
                                           "SUBSCRIBE ", "NOTIFY ",  "ACK ",    "BYE ",
                                           "CANCEL ",    "INFO ",    "PRACK ",  "PUBLISH "};
  return std::any_of(std::begin(kMethods), std::end(kMethods), [&](auto method) {
    return text.starts_with(method) && istarts_with(text.substr(method.size()), "sip");
  });
}

bool recognise(Bytes payload) {
  const auto text = as_text(payload);
  if (text.empty() || text[0] < 'A' || text[0] > 'Z') return false;  // so are most datagrams
  return text.starts_with(kVersion) || starts_request(text);
}

void read(const Packet& packet, FactSink& sink) {
  if (!recognise(packet.payload)) return;
  const Facts facts(packet, kSip.name, sink);
  const auto text = as_text(packet.payload);
  TextHead head;
  if (head.read(text, true) != TextHead::whole) return facts.truncated("sip.head_too_long");
  if (passed_by_proxies(head)) return;
  const auto who = sender_of(packet);
  say_headers(facts, who, kUserAgent, head, "User-Agent");
  if (text.starts_with(kVersion)) {
    say_headers(facts, who, kServer, head, "Server");
  } else {
    read_request(facts, who, head, text.substr(head.size()));
  }
}

}  // namespace

const Protocol kSip{.name = "sip",
                    .fields = kFields,
                    .udp_ports = kPorts,
                    .recognise_datagram = recognise,
                    .on_datagram = read};

}  // namespace camwarden
