// What Dahua's platform answers in HTTP (fact sheet on discovery protocols, sections 10 and 40.2):
// the key=value lines of magicBox.cgi, the challenge of a login by JSON (/RPC2_Login), whose realm
// holds the serial number, the capabilities of the web interface (webCapsConfig), which need no
// password, and the events of eventManager.cgi. Labels keep all of it.
//
// The request is not seen with the answer, so a single line is taken only if it can be little else.

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "protocols/body_values.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kMagicbox;

namespace {

constexpr Field kAnswer{
    "magicbox.answer", FieldKind::text, FieldRole::attribute,
    "answers HTTP as Dahua's platform does: system, version, login, event, caps"};
constexpr Field kVendor{"magicbox.vendor", FieldKind::text, FieldRole::attribute,
                        "vendor in the capabilities of a web interface of Dahua's platform"};
constexpr Field kDeviceType{"magicbox.device_type", FieldKind::text, FieldRole::attribute,
                            "model that magicBox.cgi answers (deviceType, updateSerial)"};
constexpr Field kDeviceClass{"magicbox.device_class", FieldKind::text, FieldRole::attribute,
                             "device class that magicBox.cgi answers: IPC, NVR"};
constexpr Field kSerial{"magicbox.serial", FieldKind::text, FieldRole::identifier,
                        "serial number that magicBox.cgi answers"};
constexpr Field kVersion{"magicbox.version", FieldKind::text, FieldRole::attribute,
                         "firmware that magicBox.cgi answers"};
constexpr Field kRealm{"magicbox.realm", FieldKind::text, FieldRole::attribute,
                       "realm of a login by Dahua's JSON protocol"};
constexpr Field kProbe{"magicbox.probe", FieldKind::text, FieldRole::attribute,
                       "call of Dahua's JSON protocol that a client makes"};
constexpr const Field* kFields[] = {&kAnswer, &kVendor,  &kDeviceType, &kDeviceClass,
                                    &kSerial, &kVersion, &kRealm,      &kProbe};

bool capital(char c) { return c >= 'A' && c <= 'Z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

// Letters and digits, both: "3K04B5CPAG00042".
bool serial_number(std::string_view text) {
  return text.size() >= 10 && text.size() <= 24 &&
         std::all_of(text.begin(), text.end(), [](char c) { return capital(c) || digit(c); }) &&
         std::any_of(text.begin(), text.end(), capital) &&
         std::any_of(text.begin(), text.end(), digit);
}

// "IPC-HDW5231R-ZE".
bool model(std::string_view text) {
  return text.size() >= 5 && text.size() <= 48 && capital(text[0]) &&
         text.find('-') != std::string_view::npos && std::any_of(text.begin(), text.end(), digit);
}

bool device_class(std::string_view text) {
  constexpr std::array<std::string_view, 12> kClasses{"IPC", "NVR", "XVR", "HCVR", "DVR", "HDVR",
                                                      "SD",  "VTO", "VTH", "ITC",  "EVS", "MHDX"};
  return std::find(kClasses.begin(), kClasses.end(), text) != kClasses.end();
}

// getSystemInfo. Old firmware gives a number for the type, and the model as what it updates with.
void read_system(const Facts& facts, std::string_view lines) {
  const auto who = sender_of(facts.packet());
  const auto type = value_of(lines, "deviceType");
  const auto update = value_of(lines, "updateSerial");
  const bool number = type.find_first_not_of("0123456789") == std::string_view::npos;
  facts.say(who, kAnswer, "system");
  facts.say(who, kDeviceType, number ? update : type);
  facts.say(who, kSerial, value_of(lines, "serialNumber"));
}

// "version=2.800.0000000.16.R,build:2020-06-19"
void read_version(const Facts& facts, std::string_view version) {
  constexpr std::string_view kBuild = ",build:";
  const auto build = version.find(kBuild);
  if (build == std::string_view::npos) return;
  const auto who = sender_of(facts.packet());
  facts.say(who, kAnswer, "version");
  facts.say(who, kVersion, version.substr(0, build));
}

// The first line, where it is the only one.
std::string_view only_line(std::string_view text) {
  text = trim(text);
  return text.find('\n') == std::string_view::npos ? text : std::string_view();
}

void read_line(const Facts& facts, std::string_view line) {
  const auto who = sender_of(facts.packet());
  if (const auto version = value_of(line, "version"); !version.empty()) {
    return read_version(facts, version);
  }
  const auto say_if = [&](bool ours, const Field& field, std::string_view value) {
    if (ours) facts.say(who, field, value);
  };
  const auto serial = value_of(line, "sn"), type = value_of(line, "type"),
             kind = value_of(line, "class");
  say_if(serial_number(serial), kSerial, serial);
  say_if(model(type), kDeviceType, type);
  say_if(device_class(kind), kDeviceClass, kind);
}

void read_lines(const Facts& facts, std::string_view text) {
  const auto system =
      !value_of(text, "deviceType").empty() && !value_of(text, "serialNumber").empty();
  const auto only_here =
      !value_of(text, "updateSerial").empty() || !value_of(text, "appAutoStart").empty();
  if (system && only_here) return read_system(facts, text);
  const auto line = only_line(text);
  const bool event = line.starts_with("Code=") && line.find(";action=") != std::string_view::npos &&
                     line.find(";index=") != std::string_view::npos;
  if (event) return facts.say(sender_of(facts.packet()), kAnswer, "event");
  if (!line.empty()) read_line(facts, line);
}

const json::object* member(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? value->if_object() : nullptr;
}

// The answer to the first of two global.login calls: {"error":{..},"params":{"realm":..,"random":..
// ,"encryption":..},"result":false,"session":..}.
void read_challenge(const Facts& facts, const json::object& message) {
  const auto* params = member(message, "params");
  if (!params || !message.contains("session") || !params->contains("random")) return;
  const auto who = sender_of(facts.packet());
  if (text_member(*params, "encryption").empty()) return;
  facts.say(who, kAnswer, "login");
  facts.say(who, kRealm, text_member(*params, "realm"));
}

// {"WebVersion":"3.2.1.200001","deviceType":"IPC-HDW5231R-ZE","vendor":"General",..}
void read_capabilities(const Facts& facts, const json::object& message) {
  const auto version = text_member(message, "WebVersion"),
             type = text_member(message, "deviceType"), vendor = text_member(message, "vendor");
  if (version.empty() || type.empty() || vendor.empty()) return;
  const auto who = sender_of(facts.packet());
  facts.say(who, kAnswer, "caps");
  facts.say(who, kDeviceType, type);
  facts.say(who, kVendor, vendor);
}

// Methods of the platform's own; the login's name alone is used by others too.
void read_call(const Facts& facts, const json::object& message) {
  const auto method = text_member(message, "method");
  if (method == "global.login" || method.starts_with("magicBox.")) {
    facts.say(sender_of(facts.packet()), kProbe, method);
  }
}

void read_object(const Body& body, const Facts& facts, std::string_view text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  const bool challenge = has("\"encryption\""), capabilities = has("\"WebVersion\"");
  if (body.answer ? !challenge && !capabilities : !has("\"method\"")) return;
  const auto value = parse_json(text);
  const auto* message = value ? value->if_object() : nullptr;
  if (!message) return;
  if (!body.answer) return read_call(facts, *message);
  if (challenge) read_challenge(facts, *message);
  if (capabilities) read_capabilities(facts, *message);
}

void read(const Body& body, FactSink& sink) {
  const Facts facts(body.packet, kMagicbox.name, sink);
  const auto text = trim(body.text);
  if (text.starts_with('<') || text.starts_with('[')) return;
  if (text.starts_with('{')) return read_object(body, facts, text);
  if (body.answer) read_lines(facts, text);
}

}  // namespace

const Protocol kMagicbox{.name = "magicbox", .fields = kFields, .on_body = read};

}  // namespace camwarden
