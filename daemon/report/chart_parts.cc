#include "report/chart_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace camwarden {

std::string svg_number(double value) { return fmt::format("{:.1f}", value); }

void open_chart(Html& html, const std::string& id, const std::string& title,
                const std::string& explained, int height) {
  html.open("figure").open("figcaption").element("strong", title).text(explained).close();
  html.open("svg", {{"viewBox", fmt::format("0 0 {} {}", kChartWidth, height)},
                    {"role", "img"},
                    {"aria-labelledby", id}});
  html.element("title", title, {{"id", id}});
}

void close_chart(Html& html) { html.close().close(); }

void draw_label(Html& html, double x, double y, const std::string& text, std::string_view anchor,
                std::string_view kind) {
  html.element("text", text,
               {{"x", svg_number(x)},
                {"y", svg_number(y)},
                {"text-anchor", std::string(anchor)},
                {"class", std::string(kind)}});
}

void draw_box(Html& html, double x, double y, double width, double height, std::string_view kind,
              const std::string& title, double opacity) {
  html.open("g");
  html.element("title", title);
  html.lone("rect", {{"x", svg_number(x)},
                     {"y", svg_number(y)},
                     {"width", svg_number(width)},
                     {"height", svg_number(height)},
                     {"class", std::string(kind)},
                     {"fill-opacity", fmt::format("{:.2f}", opacity)}});
  html.close();
}

namespace {

constexpr int kLegendLine = 20;

// Where each entry stands: from the left, and in which line.
std::vector<std::pair<double, int>> legend_places(const std::vector<LegendEntry>& entries) {
  std::vector<std::pair<double, int>> places;
  double x = 0;
  int line = 0;
  for (const auto& [kind, name] : entries) {
    const double width = 30 + 7.2 * static_cast<double>(name.size());
    if (x > 0 && x + width > kChartWidth) {
      x = 0;
      ++line;
    }
    places.emplace_back(x, line);
    x += width;
  }
  return places;
}

}  // namespace

int legend_height(const std::vector<LegendEntry>& entries) {
  return entries.empty() ? 0 : kLegendLine * (legend_places(entries).back().second + 1);
}

void draw_legend(Html& html, const std::vector<LegendEntry>& entries, int y) {
  const auto places = legend_places(entries);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& [x, line] = places[i];
    const double top = y + kLegendLine * line;
    html.lone("rect", {{"x", svg_number(x)},
                       {"y", svg_number(top)},
                       {"width", "12"},
                       {"height", "12"},
                       {"class", entries[i].first}});
    draw_label(html, x + 17, top + 10.5, entries[i].second, "start");
  }
}

Buckets::Buckets(Time from, Time to) {
  using std::chrono::hours;
  constexpr std::array<hours, 6> kLengths{hours(1),  hours(6),   hours(24),
                                          hours(72), hours(168), hours(720)};
  for (const auto candidate : kLengths) {
    length = candidate;
    if ((to - from) / length < 60) break;
  }
  begin = from - (from.time_since_epoch() % length);
  count = std::min<std::size_t>(400, static_cast<std::size_t>((to - begin) / length) + 1);
}

std::size_t Buckets::at(Time time) const {
  if (time < begin) return 0;
  return std::min(count - 1, static_cast<std::size_t>((time - begin) / length));
}

std::string Buckets::name(std::size_t i) const {
  const auto text = to_rfc3339(begin + length * static_cast<std::int64_t>(i));
  const auto date = text.substr(0, 10);
  return length < std::chrono::hours(24) ? date + " " + text.substr(11, 5) : date;
}

std::string Buckets::words() const {
  const auto in_hours = length / std::chrono::hours(1);
  if (in_hours == 1) return "hour";
  if (in_hours < 24) return fmt::format("{} hours", in_hours);
  return in_hours == 24 ? std::string("day") : fmt::format("{} days", in_hours / 24);
}

void draw_time_axis(Html& html, const Buckets& buckets, double x, double width, double y) {
  html.lone("line", {{"x1", svg_number(x)},
                     {"y1", svg_number(y)},
                     {"x2", svg_number(x + width)},
                     {"y2", svg_number(y)},
                     {"class", "axis"}});
  draw_label(html, x, y + 16, buckets.name(0), "start", "soft");
  if (buckets.count > 1) {
    draw_label(html, x + width, y + 16, buckets.name(buckets.count - 1), "end", "soft");
  }
}

}  // namespace camwarden
