// The web APIs by which devices of several makers describe themselves in HTTP, where their layout
// is public and their names are their own. Which they are, and what each calls a model, is in
// web_api_names.h: one reader, because each is a table of names and little more.

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "protocols/body_values.h"
#include "protocols/facts.h"
#include "protocols/web_api_names.h"

namespace camwarden {

extern const Protocol kWebApi;

namespace {

constexpr Field kApi{"webapi.api", FieldKind::text, FieldRole::attribute,
                     "web API of a maker that a device answers: sunapi, foscam, lapi"};
constexpr Field kVendor{"webapi.vendor", FieldKind::text, FieldRole::attribute,
                        "vendor that a device gives by its web API"};
constexpr Field kModel{"webapi.model", FieldKind::text, FieldRole::attribute,
                       "model that a device gives by its web API"};
constexpr Field kType{"webapi.device_type", FieldKind::text, FieldRole::attribute,
                      "device type that a device gives by its web API: IPC, NVR, NWC"};
constexpr Field kFirmware{"webapi.firmware", FieldKind::text, FieldRole::attribute,
                          "firmware that a device gives by its web API"};
constexpr Field kSerial{"webapi.serial", FieldKind::text, FieldRole::identifier,
                        "serial number that a device gives by its web API"};
constexpr Field kMac{"webapi.mac", FieldKind::mac, FieldRole::identifier,
                     "MAC address that a device gives by its web API"};
constexpr const Field* kFields[] = {&kApi, &kVendor, &kModel, &kType, &kFirmware, &kSerial, &kMac};

template <typename Get>
void say(const Facts& facts, const web_api::Names& names, Get get) {
  const auto who = sender_of(facts.packet());
  const auto give = [&](const Field& field, std::string_view name) {
    if (!name.empty()) facts.say(who, field, get(name));
  };
  facts.say(who, kApi, names.api);
  give(kVendor, names.vendor);
  give(kModel, names.model);
  give(kType, names.type);
  give(kFirmware, names.firmware);
  give(kSerial, names.serial);
  if (names.mac.empty()) return;
  const auto mac = MacAddress::parse(trim(get(names.mac))).value_or(MacAddress());
  if (!mac.none() && !mac.multicast()) facts.say(who, kMac, mac.to_string());
}

void read_lines(const Facts& facts, std::string_view text) {
  const auto get = [&](std::string_view name) { return value_of(text, name); };
  const auto has = [&](std::string_view key) { return key.empty() || !get(key).empty(); };
  for (const auto& [names, start, keys] : web_api::kLinesApis) {
    const bool ours = text.starts_with(start) && std::all_of(keys.begin(), keys.end(), has);
    if (ours) return say(facts, names, get);
  }
}

// "ModelName=..&SoftVersion=..", on one line.
bool is_query(std::string_view text) {
  return text.find('&') != std::string_view::npos && text.find('\n') == std::string_view::npos &&
         text.find(web_api::kInquiry.firmware) != std::string_view::npos;
}

std::string as_lines(std::string_view query) {
  std::string lines(query);
  std::replace(lines.begin(), lines.end(), '&', '\n');
  return lines;
}

bool whole_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 4 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

void read_xml(const Facts& facts, std::string_view text) {
  const auto root = root_element(text);
  const auto get = [&](std::string_view name) { return element_text(text, name); };
  const bool foscam = root == "CGI_Result" && whole_number(get("result"));
  if (foscam) return say(facts, web_api::kFoscam, get);
  if (root != "Envelope" || text.find("purenetworks.com/HNAP1") == std::string_view::npos) return;
  if (!get("ModelName").empty()) say(facts, web_api::kHnap, get);
}

const json::object* member(const json::object* object, std::string_view key) {
  const auto* value = object ? object->if_contains(key) : nullptr;
  return value ? value->if_object() : nullptr;
}

void say_object(const Facts& facts, const web_api::Names& names, const json::object& object) {
  say(facts, names, [&](std::string_view name) { return text_member(object, name); });
}

// [{"cmd":"GetDevInfo","code":1,"error":{"detail":"please login first","rspCode":-6}}]
bool reolink_refuses(const json::object& command) {
  const auto* error = member(&command, "error");
  const auto* why = error ? error->if_contains("rspCode") : nullptr;
  return why && why->is_int64() && !text_member(*error, "detail").empty() &&
         !text_member(command, "cmd").empty() && command.contains("code");
}

// [{"cmd":"Login","code":0,"value":{"Token":{"leaseTime":3600,"name":"7a.."}}}]
bool reolink_admits(const json::object& command) {
  const auto* token = member(member(&command, "value"), "Token");
  return token && token->contains("leaseTime") && !text_member(*token, "name").empty() &&
         text_member(command, "cmd") == "Login";
}

// [{"cmd":"GetDevInfo","code":0,"value":{"DevInfo":{..}}}], one of several commands perhaps.
void read_reolink(const Facts& facts, const json::value& document) {
  const auto* list = document.if_array();
  if (!list) return;
  bool ours = false;
  int left = 16;
  for (const auto& one : *list) {
    const auto* command = one.if_object();
    if (left-- == 0 || !command) break;
    const auto* device = member(member(command, "value"), "DevInfo");
    if (device && device->contains("firmVer")) return say_object(facts, web_api::kReolink, *device);
    ours |= reolink_refuses(*command) || reolink_admits(*command);
  }
  if (ours) facts.say(sender_of(facts.packet()), kApi, web_api::kReolink.api);
}

void read_lapi(const Facts& facts, const json::value& document) {
  const auto* response = member(document.if_object(), "Response");
  const auto* content = member(response, "Data");
  if (!content) content = response;  // a refusal has no data, and is as telling
  if (!content) return;
  const bool older = content->contains(web_api::kLapiOlder.model);
  say_object(facts, older ? web_api::kLapiOlder : web_api::kLapi, *content);
}

void read_sdcapi(const Facts& facts, const json::value& document) {
  const auto* object = document.if_object();
  if (object && (object->contains("devType") || object->contains("eth0Mac"))) {
    say_object(facts, web_api::kSdcapi, *object);
  }
}

void read_sunapi(const Facts& facts, const json::value& document) {
  const auto* object = document.if_object();
  const bool ours = object && !text_member(*object, web_api::kSunapi.model).empty() &&
                    !text_member(*object, web_api::kSunapi.mac).empty();
  if (ours) say_object(facts, web_api::kSunapi, *object);
}

// APIs that answer with JSON, and the words without which no text of theirs is worth parsing.
struct JsonApi {
  void (*read)(const Facts&, const json::value&);
  std::array<std::string_view, 2> words;  // "" where one does
};
constexpr std::array<JsonApi, 6> kJsonApis{
    {{read_reolink, {"\"DevInfo\"", ""}},
     {read_reolink, {"\"error\"", "\"rspCode\""}},
     {read_reolink, {"\"Token\"", "\"leaseTime\""}},
     {read_lapi, {"\"/LAPI/V", ""}},
     {read_sdcapi, {"\"ESN\"", "\"softVersion\""}},
     {read_sunapi, {"\"ConnectedMACAddress\"", "\"Model\""}}}};

void read_json(const Facts& facts, std::string_view text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  for (const auto& [read_document, words] : kJsonApis) {
    if (!std::all_of(words.begin(), words.end(), has)) continue;
    const auto document = parse_json(text);
    return document ? read_document(facts, *document) : facts.anomaly("webapi.malformed");
  }
}

void read(const Body& body, FactSink& sink) {
  if (!body.answer) return;
  const Facts facts(body.packet, kWebApi.name, sink);
  const auto text = trim(body.text);
  if (text.starts_with('<')) return read_xml(facts, text);
  if (text.starts_with('{') || text.starts_with('[')) return read_json(facts, text);
  if (is_query(text)) return read_lines(facts, as_lines(text));
  read_lines(facts, text);
}

}  // namespace

const Protocol kWebApi{.name = "webapi", .fields = kFields, .on_body = read};

}  // namespace camwarden
