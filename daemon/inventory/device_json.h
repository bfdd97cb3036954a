#pragma once
// A Device as JSON, the one shape that alerts, reports and sinks show. Every string that the
// network chose goes through json_text(); an unknown string is "", an unknown MAC is null.
//
// device_from_json() reads back what to_json() wrote, for alerts that were stored: the same but for
// what JSON does not carry (presences, certainty, nanoseconds) and for escapes that are kept as
// text.

#include <optional>
#include <string_view>

#include "base/json.h"
#include "inventory/device.h"

namespace camwarden {

json::object to_json(const Device& device, std::string_view segment);
// Nothing when it has no id, or a member has the wrong form.
std::optional<Device> device_from_json(const json::object& object);

}  // namespace camwarden
