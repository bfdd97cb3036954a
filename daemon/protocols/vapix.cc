// VAPIX, what Axis devices answer in HTTP (fact sheet on discovery protocols, section 20): the
// properties of basicdeviceinfo.cgi in JSON, given without a password, the brand of getbrand.cgi in
// JSON, and the root.Brand and root.Properties lines of param.cgi. Devices of some labels answer
// alike, with their own brand.

#include <array>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "protocols/body_values.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kVapix;

namespace {

constexpr Field kBrand{"vapix.brand", FieldKind::text, FieldRole::attribute,
                       "brand that a device gives by VAPIX: AXIS"};
constexpr Field kModel{"vapix.model", FieldKind::text, FieldRole::attribute,
                       "short product name that a device gives by VAPIX"};
constexpr Field kType{"vapix.product_type", FieldKind::text, FieldRole::attribute,
                      "product type that a device gives by VAPIX: Network Camera"};
constexpr Field kVersion{"vapix.version", FieldKind::text, FieldRole::attribute,
                         "firmware that a device gives by VAPIX"};
constexpr Field kSerial{"vapix.serial", FieldKind::text, FieldRole::identifier,
                        "serial number that a device gives by VAPIX: its MAC address"};
constexpr Field kProbe{"vapix.probe", FieldKind::text, FieldRole::attribute,
                       "VAPIX call that a client makes"};
constexpr const Field* kFields[] = {&kBrand, &kModel, &kType, &kVersion, &kSerial, &kProbe};

struct Property {
  const Field& field;
  std::string_view name, parameter;  // in JSON, in the lines of param.cgi
};
constexpr Property kBrandName{kBrand, "Brand", "root.Brand.Brand"};
constexpr Property kShortName{kModel, "ProdShortName", "root.Brand.ProdShortName"};
constexpr Property kNumber{kModel, "ProdNbr", "root.Brand.ProdNbr"};
constexpr std::array<Property, 5> kProperties{
    {kBrandName,
     kShortName,
     {kType, "ProdType", "root.Brand.ProdType"},
     {kVersion, "Version", "root.Properties.Firmware.Version"},
     {kSerial, "SerialNumber", "root.Properties.System.SerialNumber"}}};

// A short name is the brand and the number: "AXIS M3086-V"; a client may have asked for these
// alone.
template <typename Get>
void say_product(const Facts& facts, Get get) {
  const auto who = sender_of(facts.packet());
  for (const auto& property : kProperties) facts.say(who, property.field, get(property));
  const auto brand = get(kBrandName), number = get(kNumber);
  if (!get(kShortName).empty() || brand.empty() || number.empty()) return;
  facts.say(who, kModel, std::string(brand).append(" ").append(number));
}

void read_parameters(const Facts& facts, std::string_view lines) {
  say_product(facts, [&](const Property& one) { return value_of(lines, one.parameter); });
}

const json::object* member(const json::object* object, std::string_view key) {
  const auto* value = object ? object->if_contains(key) : nullptr;
  return value ? value->if_object() : nullptr;
}

// {"data":{"propertyList":{..}}} of basicdeviceinfo.cgi, {"Brand":{..}} of getbrand.cgi.
void read_properties(const Facts& facts, const json::object& message) {
  const auto* list = member(member(&message, "data"), "propertyList");
  if (!list) list = member(&message, kBrandName.name);
  if (!list) return;
  const auto get = [&](const Property& one) { return text_member(*list, one.name); };
  if (get(kShortName).empty() && (get(kBrandName).empty() || get(kNumber).empty())) return;
  say_product(facts, get);
}

void read_call(const Facts& facts, const json::object& message) {
  const auto method = text_member(message, "method");
  if (method.starts_with("getAll") && method.ends_with("Properties")) {
    facts.say(sender_of(facts.packet()), kProbe, method);
  }
}

void read(const Body& body, FactSink& sink) {
  const Facts facts(body.packet, kVapix.name, sink);
  const auto text = trim(body.text);
  if (body.answer && text.starts_with("root.")) return read_parameters(facts, text);
  if (!text.starts_with('{')) return;
  const auto telling = body.answer ? "\"Prod" : "\"getAll";
  const auto value = text.find(telling) != std::string_view::npos ? parse_json(text) : std::nullopt;
  const auto* message = value ? value->if_object() : nullptr;
  if (!message) return;
  if (body.answer) return read_properties(facts, *message);
  read_call(facts, *message);
}

}  // namespace

const Protocol kVapix{.name = "vapix", .fields = kFields, .on_body = read};

}  // namespace camwarden
