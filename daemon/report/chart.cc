#include "report/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "report/chart_parts.h"

namespace camwarden {
namespace {

constexpr int kWidth = kChartWidth, kLabel = 150, kBar = 18, kRow = 28;
constexpr int kPlot = kWidth - kLabel - 60;
constexpr std::size_t kColours = 7;  // the eighth is for all others
constexpr std::size_t kMostRows = 40;
constexpr std::size_t kMostLabel = 20;

std::string colour(std::size_t rank) { return fmt::format("c{}", std::min(rank, kColours)); }

std::string short_label(const std::string& name, bool segmented) {
  if (name.empty()) return segmented ? "outside" : "the network";
  const auto label = to_utf8(name, kMostLabel);
  return label.size() < name.size() ? label + "…" : label;
}

using Counts = std::map<std::string, std::size_t>;  // by maker

std::vector<std::string> most_common(const Counts& counts) {
  std::vector<std::pair<std::string, std::size_t>> all(counts.begin(), counts.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(all.size(), kColours); ++i) names.push_back(all[i].first);
  return names;
}

std::string maker_of(const ReportedDevice& each) {
  if (each.device.maker.empty()) return "unknown maker";
  return to_utf8(each.device.maker, kMostLabel);
}

struct MakerRows {
  std::map<std::string, Counts> by_segment;
  std::vector<std::string> makers;  // that have a colour, the most common first
  std::size_t most = 0;             // devices of one segment
  bool others = false;              // there are makers without one

  explicit MakerRows(const Report& report) {
    Counts all;
    for (const auto& each : report.devices) {
      ++by_segment[each.segment][maker_of(each)];
      ++all[maker_of(each)];
    }
    for (const auto& [segment, counts] : by_segment) most = std::max(most, sum(counts));
    makers = most_common(all);
    others = all.size() > makers.size();
  }
  static std::size_t sum(const Counts& counts) {
    std::size_t total = 0;
    for (const auto& [maker, count] : counts) total += count;
    return total;
  }
};

void draw_maker_row(Html& html, const MakerRows& rows, const std::string& segment,
                    const Counts& counts, int y) {
  draw_label(html, kLabel - 10, y + 13.5, segment, "end");
  double x = kLabel;
  const auto piece = [&](const std::string& name, std::size_t rank, std::size_t count) {
    if (count == 0) return;
    const double width =
        static_cast<double>(kPlot) * static_cast<double>(count) / static_cast<double>(rows.most);
    draw_box(html, x, y, std::max(0.5, width - 1), kBar, colour(rank),
             fmt::format("{}: {} {}", segment, count, name));
    x += width;
  };
  std::size_t named = 0;
  for (std::size_t i = 0; i < rows.makers.size(); ++i) {
    const auto at = counts.find(rows.makers[i]);
    if (at == counts.end()) continue;
    piece(rows.makers[i], i, at->second);
    named += at->second;
  }
  const auto all = MakerRows::sum(counts);
  piece("others", kColours, all - named);
  draw_label(html, x + 6, y + 13.5, std::to_string(all), "start");
}

}  // namespace

void draw_makers(Html& html, const Report& report) {
  const MakerRows rows(report);
  if (rows.most == 0) return;
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < rows.makers.size(); ++i)
    entries.emplace_back(colour(i), rows.makers[i]);
  if (rows.others) entries.emplace_back(colour(kColours), "others");
  const int shown = static_cast<int>(std::min(rows.by_segment.size(), kMostRows));
  open_chart(html, "makers", "Video devices by segment and maker", "",
             shown * kRow + legend_height(entries));
  int y = 0;
  for (const auto& [segment, counts] : rows.by_segment) {
    if (y == shown * kRow) break;
    draw_maker_row(html, rows, short_label(segment, report.segmented), counts, y);
    y += kRow;
  }
  draw_legend(html, entries, y);
  close_chart(html);
}

namespace {

using Bar = std::array<std::size_t, 2>;  // of makers that a law names; others

std::vector<Bar> bars_of(const Report& report, const Buckets& buckets) {
  std::vector<Bar> bars(buckets.count);
  for (const auto& each : report.devices)
    ++bars[buckets.at(each.device.first_seen)][each.laws.empty() ? 1 : 0];
  return bars;
}

}  // namespace

void draw_finds(Html& html, const Report& report) {
  if (report.devices.empty() || report.begin == report.end) return;
  constexpr int kHeight = 156, kTop = 16, kBottom = 110;
  constexpr double kLeft = 40, kWide = kWidth - kLeft - 10, kWidest = 40;
  const Buckets buckets(report.begin, report.end);
  const auto bars = bars_of(report, buckets);
  std::size_t most = 0;
  for (const auto& bar : bars) most = std::max(most, bar[0] + bar[1]);
  open_chart(html, "finds", "Video devices by the time when they were first seen",
             fmt::format("By the {}. What was there before the period is in the first bar.",
                         buckets.words()),
             kHeight);
  draw_label(html, kLeft - 6, kTop + 5, std::to_string(most), "end", "soft");
  draw_label(html, kLeft - 6, kBottom, "0", "end", "soft");
  const double step = kWide / static_cast<double>(buckets.count);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    double y = kBottom;
    for (const std::size_t kind : {0, 1}) {
      if (bars[i][kind] == 0) continue;
      const double tall = static_cast<double>(kBottom - kTop) * static_cast<double>(bars[i][kind]) /
                          static_cast<double>(most);
      y -= tall;
      draw_box(html, kLeft + step * static_cast<double>(i), y, std::clamp(step - 1, 1.0, kWidest),
               tall, colour(kind),
               fmt::format("{}: {} {}", buckets.name(i), bars[i][kind],
                           kind == 0 ? "of makers that a law names" : "others"));
    }
  }
  draw_time_axis(html, buckets, kLeft, kWide, kBottom);
  draw_legend(html, {{"c0", "makers that a law names"}, {"c1", "others"}}, kHeight - 20);
  close_chart(html);
}

namespace {

struct Slot {
  Duration listened{}, alive{};
};
using Slots = std::map<std::string, std::vector<Slot>>;  // by segment

Slots slots_of(const Report& report, const Buckets& buckets) {
  Slots slots;
  for (const auto& row : report.rows) {
    auto& slot = slots.try_emplace(row.segment, buckets.count).first->second[buckets.at(row.begin)];
    slot.listened += row.heard.listened;
    slot.alive += row.heard.alive;
  }
  return slots;
}

double in_hours(Duration duration) {
  return std::chrono::duration<double, std::ratio<3600>>(duration).count();
}

void draw_slots(Html& html, const std::vector<Slot>& slots, const Buckets& buckets, int y) {
  constexpr double kWide = kWidth - kLabel;
  html.lone("rect", {{"x", svg_number(kLabel)},
                     {"y", svg_number(y)},
                     {"width", svg_number(kWide)},
                     {"height", svg_number(kBar)},
                     {"class", "back"}});
  const double step = kWide / static_cast<double>(buckets.count);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto& [listened, alive] = slots[i];
    if (listened.count() == 0) continue;
    const double share = std::min(1.0, in_hours(listened) / in_hours(buckets.length));
    draw_box(html, kLabel + step * static_cast<double>(i), y, std::max(1.0, step - 0.5), kBar,
             alive.count() > 0 ? "heard" : "silent",
             fmt::format("{}: listened for {:.1f} h, packets in {:.1f} h of them", buckets.name(i),
                         in_hours(listened), in_hours(alive)),
             0.25 + 0.75 * share);
  }
}

}  // namespace

void draw_listening(Html& html, const Report& report) {
  const bool any = std::any_of(report.rows.begin(), report.rows.end(),
                               [](const Coverage& row) { return row.heard.listened.count() > 0; });
  if (!any || report.begin == report.end) return;
  const Buckets buckets(report.begin, report.end);
  const auto slots = slots_of(report, buckets);
  const int shown = static_cast<int>(std::min(slots.size(), kMostRows));
  const int height = shown * kRow + 48;
  open_chart(html, "listening", "When each segment was listened to",
             fmt::format("By the {}; the paler, the less of it.", buckets.words()), height);
  int y = 0;
  for (const auto& [segment, row] : slots) {
    if (y == shown * kRow) break;
    draw_label(html, kLabel - 10, y + 13.5, short_label(segment, report.segmented), "end");
    draw_slots(html, row, buckets, y);
    y += kRow;
  }
  draw_time_axis(html, buckets, kLabel, kWidth - kLabel, y);
  draw_legend(html,
              {{"heard", "listened, and heard packets of it"},
               {"silent", "listened, heard nothing"},
               {"back", "did not listen"}},
              height - 20);
  close_chart(html);
}

}  // namespace camwarden
