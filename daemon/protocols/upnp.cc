// UPnP device descriptions (UPnP Device Architecture 1.1 section 2.3) that pass by as answers of
// HTTP: a device names its maker, its model and its serial number in XML. What SSDP announces of it
// is another protocol's affair.
//
// A maker may give its descriptions a namespace of its own, "urn:Belkin:device-1-0", with the
// elements of the standard.
//
// Only the root device is read; the devices embedded in it come behind it. Software that shares
// media describes itself alike, so what is said here is only as good as the words in it.

#include "base/text.h"
#include "protocols/body_values.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kUpnp;

namespace {

constexpr Field kDeviceType{"upnp.device_type", FieldKind::text, FieldRole::attribute,
                            "device type in a UPnP description"};
constexpr Field kFriendlyName{"upnp.friendly_name", FieldKind::text, FieldRole::attribute,
                              "name that a UPnP description shows to people"};
constexpr Field kManufacturer{"upnp.manufacturer", FieldKind::text, FieldRole::attribute,
                              "manufacturer in a UPnP description: often the brand"};
constexpr Field kManufacturerUrl{"upnp.manufacturer_url", FieldKind::text, FieldRole::attribute,
                                 "manufacturer's web site in a UPnP description"};
constexpr Field kModelName{"upnp.model_name", FieldKind::text, FieldRole::attribute,
                           "model in a UPnP description"};
constexpr Field kModelNumber{"upnp.model_number", FieldKind::text, FieldRole::attribute,
                             "model number or version in a UPnP description"};
constexpr Field kModelDescription{"upnp.model_description", FieldKind::text, FieldRole::attribute,
                                  "what a UPnP description says the device is"};
constexpr Field kSerial{"upnp.serial", FieldKind::text, FieldRole::identifier,
                        "serial number in a UPnP description"};
constexpr Field kUdn{"upnp.udn", FieldKind::text, FieldRole::identifier,
                     "unique device name in a UPnP description; cheap devices share one"};
constexpr const Field* kFields[] = {&kDeviceType,       &kFriendlyName, &kManufacturer,
                                    &kManufacturerUrl,  &kModelName,    &kModelNumber,
                                    &kModelDescription, &kSerial,       &kUdn};

struct Named {
  const Field& field;
  std::string_view element;
};
constexpr Named kElements[] = {
    {kDeviceType, "deviceType"},
    {kFriendlyName, "friendlyName"},
    {kManufacturer, "manufacturer"},
    {kManufacturerUrl, "manufacturerURL"},
    {kModelName, "modelName"},
    {kModelNumber, "modelNumber"},
    {kModelDescription, "modelDescription"},
    {kSerial, "serialNumber"},
    {kUdn, "UDN"},
};

// The root device up to the devices in it.
std::string_view root_device(std::string_view description) {
  const auto device = from_element(description, "device");
  const auto embedded = from_element(device, "deviceList");
  return device.substr(0, device.size() - embedded.size());
}

bool of_upnp(std::string_view description) {
  const auto root = from_element(description, "root");
  const auto tag = root.substr(0, root.find('>'));
  return ifind(description, "urn:schemas-upnp-org:device-1-0") != std::string_view::npos ||
         (ifind(tag, "xmlns=\"urn:") != std::string_view::npos &&
          ifind(tag, ":device-1-0\"") != std::string_view::npos);
}

void read(const Body& body, FactSink& sink) {
  if (!body.answer || root_element(body.text) != "root" || !of_upnp(body.text)) return;
  const Facts facts(body.packet, kUpnp.name, sink);
  const auto device = root_device(body.text);
  if (element_text(device, "deviceType").empty()) return facts.anomaly("upnp.no_device_type");
  const auto who = sender_of(body.packet);
  for (const auto& [field, element] : kElements)
    facts.say(who, field, element_text(device, element));
}

}  // namespace

const Protocol kUpnp{.name = "upnp", .fields = kFields, .on_body = read};

}  // namespace camwarden
