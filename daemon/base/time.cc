#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace camwarden {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;

// Reads exactly `width` digits at text[at].
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  // Nanoseconds in 64 bits hold the years 1678 to 2261.
  if (!y || !m || !d || *y < 1700 || *y > 2260) return std::nullopt;
  const auto date = std::chrono::year(*y) / *m / *d;
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

struct Unit {
  std::string_view suffix;
  Duration length;
};
constexpr std::array<Unit, 5> kUnits{{{"d", std::chrono::hours(24)},
                                      {"h", std::chrono::hours(1)},
                                      {"m", std::chrono::minutes(1)},
                                      {"s", std::chrono::seconds(1)},
                                      {"ms", std::chrono::milliseconds(1)}}};

}  // namespace

std::string to_rfc3339(Time time) {
  const auto ms = floor<milliseconds>(time);
  const auto day = floor<days>(ms);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(ms - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  if (text.size() == 10) return Time(*date);
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return std::nullopt;
  const auto h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
  if (!h || !m || !s || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*h > 23 || *m > 59 || *s > 60) return std::nullopt;
  Time time = Time(*date) + std::chrono::hours(*h) + std::chrono::minutes(*m) + std::chrono::seconds(*s);
  std::size_t at = 19;
  if (text[at] == '.') {
    Duration place = std::chrono::milliseconds(100);
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, place /= 10) {
      time += place * (text[at] - '0');
    }
  }
  const auto zone = text.substr(at);
  if (zone == "Z" || zone == "z") return time;
  if (zone.size() != 6 || zone[3] != ':' || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto zh = digits(zone, 1, 2), zm = digits(zone, 4, 2);
  if (!zh || !zm) return std::nullopt;
  const auto offset = std::chrono::hours(*zh) + std::chrono::minutes(*zm);
  return zone[0] == '+' ? time - offset : time + offset;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (text == "0") return Duration(0);
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 0) return std::nullopt;
  const std::string_view suffix(end, text.data() + text.size() - end);
  for (const auto& unit : kUnits) {
    if (unit.suffix != suffix) continue;
    if (count > Duration::max() / unit.length) return std::nullopt;
    return unit.length * count;
  }
  return std::nullopt;
}

std::string to_string(Duration duration) {
  if (duration.count() == 0) return "0";
  for (const auto& unit : kUnits) {
    if (duration % unit.length == Duration(0)) {
      return fmt::format("{}{}", duration / unit.length, unit.suffix);
    }
  }
  return fmt::format("{}ms", duration / Duration(std::chrono::milliseconds(1)));
}

}  // namespace camwarden
