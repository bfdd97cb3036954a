#pragma once
// Points in time, as packets carry them: nanoseconds since 1970-01-01 UTC, without leap seconds.
// Nothing here asks the clock; only app/ does.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace camwarden {

using Duration = std::chrono::nanoseconds;
using Time = std::chrono::time_point<std::chrono::system_clock, Duration>;

// RFC 3339 in UTC with three fraction digits, "2026-09-10T12:34:56.789Z": what QRadar documents and
// every receiver takes. Out of years 0001 to 9999 it is clamped.
std::string to_rfc3339(Time time);
// RFC 3339 date-time with "Z" or an offset, or a bare date ("2027-01-31", midnight UTC).
std::optional<Time> parse_rfc3339(std::string_view text);

// "500ms", "30s", "15m", "24h", "7d", "0". No sign, no blanks, one unit.
std::optional<Duration> parse_duration(std::string_view text);
// The shortest exact spelling in the same units: "90s", "2h".
std::string to_string(Duration duration);

inline std::int64_t to_unix_ns(Time time) { return time.time_since_epoch().count(); }
inline Time from_unix_ns(std::int64_t ns) { return Time(Duration(ns)); }

}  // namespace camwarden
