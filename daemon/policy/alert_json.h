#pragma once
// An alert as JSON: what the database keeps, the JSON format sends and the report shows. One shape
// for all three, so that a stored alert reads back as the alert that was raised. Times have
// milliseconds, as to_rfc3339() gives them; every string that a device chose is made printable.

#include <optional>

#include "base/json.h"
#include "policy/alert.h"

namespace camwarden {

json::object to_json(const Alert& alert);
json::object to_json(const LawQuote& quote);
// Nothing when a member that an alert cannot be without is absent or not what to_json() writes.
std::optional<Alert> alert_from_json(const json::object& object);

}  // namespace camwarden
