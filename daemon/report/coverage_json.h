#pragma once
// Coverage as JSON: what the ledger keeps and the report shows. Durations are milliseconds, times
// as to_rfc3339() gives them.

#include <optional>

#include "base/json.h"
#include "report/coverage.h"

namespace camwarden {

json::object to_json(const Coverage& coverage);
// Nothing when a member that a row cannot be without is absent or not what to_json() writes.
std::optional<Coverage> coverage_from_json(const json::object& object);

}  // namespace camwarden
