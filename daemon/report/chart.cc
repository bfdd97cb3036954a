#include "report/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr int kWidth = 800, kLabel = 150, kBar = 18, kRow = 28;
constexpr int kPlot = kWidth - kLabel - 60;
constexpr std::size_t kColours = 7;  // the eighth is for all others
constexpr std::size_t kMostRows = 40;
constexpr std::size_t kMostLabel = 20;

std::string number(double value) { return fmt::format("{:.1f}", value); }

std::string colour(std::size_t rank) { return fmt::format("c{}", std::min(rank, kColours)); }

std::string short_label(const std::string& name, bool segmented) {
  if (name.empty()) return segmented ? "outside" : "the network";
  const auto label = to_utf8(name, kMostLabel);
  return label.size() < name.size() ? label + "…" : label;
}

void open_chart(Html& html, const std::string& id, const std::string& title, int height) {
  html.open("figure");
  html.open("svg", {{"viewBox", fmt::format("0 0 {} {}", kWidth, height)},
                    {"role", "img"},
                    {"aria-labelledby", id}});
  html.element("title", title, {{"id", id}});
}

void close_chart(Html& html, const std::string& caption) {
  html.close().element("figcaption", caption).close();
}

void label(Html& html, double x, double y, const std::string& text, std::string_view anchor,
           std::string_view kind = "") {
  html.element("text", text,
               {{"x", number(x)},
                {"y", number(y)},
                {"text-anchor", std::string(anchor)},
                {"class", std::string(kind)}});
}

// A rectangle that says what it is when pointed at.
void box(Html& html, double x, double y, double width, double height, const std::string& kind,
         const std::string& title, double opacity = 1) {
  html.open("g");
  html.element("title", title);
  html.lone("rect", {{"x", number(x)},
                     {"y", number(y)},
                     {"width", number(width)},
                     {"height", number(height)},
                     {"class", kind},
                     {"fill-opacity", fmt::format("{:.2f}", opacity)}});
  html.close();
}

void legend(Html& html, const std::vector<std::pair<std::string, std::string>>& entries, int y) {
  double x = 0;
  for (const auto& [kind, name] : entries) {
    html.lone(
        "rect",
        {{"x", number(x)}, {"y", number(y)}, {"width", "12"}, {"height", "12"}, {"class", kind}});
    label(html, x + 17, y + 10.5, name, "start");
    x += 30 + 7.2 * static_cast<double>(name.size());
  }
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

// Buckets of a period: at most sixty, of a length that a person thinks in.
struct Buckets {
  Time begin{};
  Duration length{};
  std::size_t count = 0;

  Buckets(Time from, Time to) {
    using std::chrono::hours;
    constexpr std::array<std::chrono::hours, 6> kLengths{hours(1),  hours(6),   hours(24),
                                                         hours(72), hours(168), hours(720)};
    for (const auto candidate : kLengths) {
      length = candidate;
      if ((to - from) / length < 60) break;
    }
    begin = from - (from.time_since_epoch() % length);
    count = std::min<std::size_t>(400, static_cast<std::size_t>((to - begin) / length) + 1);
  }
  // Earlier and later than all is the first and the last.
  std::size_t at(Time time) const {
    if (time < begin) return 0;
    return std::min(count - 1, static_cast<std::size_t>((time - begin) / length));
  }
  Time start(std::size_t i) const { return begin + length * static_cast<std::int64_t>(i); }
  std::string name(std::size_t i) const {
    const auto text = to_rfc3339(start(i));
    return length < std::chrono::hours(24) ? text.substr(0, 10) + " " + text.substr(11, 5)
                                           : text.substr(0, 10);
  }
  std::string words() const {
    const auto in_hours = length / std::chrono::hours(1);
    if (in_hours == 1) return "hour";
    return in_hours < 24    ? fmt::format("{} hours", in_hours)
           : in_hours == 24 ? std::string("day")
                            : fmt::format("{} days", in_hours / 24);
  }
};

void time_axis(Html& html, const Buckets& buckets, double x, double width, double y) {
  html.lone("line", {{"x1", number(x)},
                     {"y1", number(y)},
                     {"x2", number(x + width)},
                     {"y2", number(y)},
                     {"class", "axis"}});
  label(html, x, y + 16, buckets.name(0), "start", "soft");
  if (buckets.count > 1)
    label(html, x + width, y + 16, buckets.name(buckets.count - 1), "end", "soft");
}

}  // namespace

void draw_makers(Html& html, const Report& report) {
  std::map<std::string, Counts> by_segment;
  Counts all;
  for (const auto& each : report.devices) {
    ++by_segment[each.segment][maker_of(each)];
    ++all[maker_of(each)];
  }
  if (all.empty()) return;
  std::size_t most = 0;
  for (const auto& [segment, counts] : by_segment) {
    std::size_t sum = 0;
    for (const auto& [maker, count] : counts) sum += count;
    most = std::max(most, sum);
  }
  const auto makers = most_common(all);
  const auto rows = std::min(by_segment.size(), kMostRows);
  const int height = static_cast<int>(rows) * kRow + 30;
  open_chart(html, "makers", "Makers of the video devices in each segment", height);
  int y = 0;
  std::size_t drawn = 0;
  for (const auto& [segment, counts] : by_segment) {
    if (drawn++ == rows) break;
    label(html, kLabel - 10, y + 13.5, short_label(segment, report.segmented), "end");
    double x = kLabel;
    std::size_t sum = 0;
    const auto piece = [&](const std::string& name, std::size_t rank, std::size_t count) {
      if (count == 0) return;
      const double width =
          static_cast<double>(kPlot) * static_cast<double>(count) / static_cast<double>(most);
      box(html, x, y, std::max(0.5, width - 1), kBar, colour(rank),
          fmt::format("{}: {} {}", short_label(segment, report.segmented), count, name));
      x += width;
      sum += count;
    };
    std::size_t others = 0;
    for (const auto& [maker, count] : counts) {
      if (std::find(makers.begin(), makers.end(), maker) == makers.end()) others += count;
    }
    for (std::size_t i = 0; i < makers.size(); ++i) {
      const auto at = counts.find(makers[i]);
      if (at != counts.end()) piece(makers[i], i, at->second);
    }
    piece("others", kColours, others);
    label(html, x + 6, y + 13.5, std::to_string(sum), "start");
    y += kRow;
  }
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::size_t i = 0; i < makers.size(); ++i) entries.emplace_back(colour(i), makers[i]);
  if (all.size() > makers.size()) entries.emplace_back(colour(kColours), "others");
  legend(html, entries, height - 22);
  close_chart(html, "Video devices by segment and maker.");
}

void draw_finds(Html& html, const Report& report) {
  if (report.devices.empty() || report.begin == report.end) return;
  constexpr int kHeight = 150, kTop = 16, kBottom = 110;
  const Buckets buckets(report.begin, report.end);
  std::vector<std::array<std::size_t, 2>> counts(buckets.count);
  std::size_t most = 0;
  for (const auto& each : report.devices) {
    auto& bucket = counts[buckets.at(each.device.first_seen)];
    ++bucket[each.laws.empty() ? 1 : 0];
    most = std::max(most, bucket[0] + bucket[1]);
  }
  open_chart(html, "finds", "Video devices by the time when they were first seen", kHeight);
  const double left = 40, width = kWidth - left - 10,
               step = width / static_cast<double>(buckets.count);
  const double unit = static_cast<double>(kBottom - kTop) / static_cast<double>(most);
  label(html, left - 6, kTop + 5, std::to_string(most), "end", "soft");
  label(html, left - 6, kBottom, "0", "end", "soft");
  for (std::size_t i = 0; i < counts.size(); ++i) {
    double y = kBottom;
    for (const std::size_t kind : {0, 1}) {
      if (counts[i][kind] == 0) continue;
      const double tall = unit * static_cast<double>(counts[i][kind]);
      y -= tall;
      box(html, left + step * static_cast<double>(i), y, std::max(1.0, std::min(step - 1, 40.0)),
          tall, colour(kind),
          fmt::format("{}: {} {}", buckets.name(i), counts[i][kind],
                      kind == 0 ? "of makers that a law names" : "others"));
    }
  }
  time_axis(html, buckets, left, width, kBottom);
  legend(html, {{"c0", "makers that a law names"}, {"c1", "others"}}, kHeight - 14);
  close_chart(html, fmt::format("Video devices first seen, by the {}. What was there before the "
                                "period is in its first bar.",
                                buckets.words()));
}

namespace {

struct Slot {
  Duration listened{}, alive{};
};

std::string told(const Slot& slot) {
  const double hours = std::chrono::duration<double, std::ratio<3600>>(slot.listened).count();
  const double alive = std::chrono::duration<double, std::ratio<3600>>(slot.alive).count();
  return fmt::format("listened for {:.1f} h, packets in {:.1f} h of them", hours, alive);
}

}  // namespace

void draw_listening(Html& html, const Report& report) {
  const bool any = std::any_of(report.rows.begin(), report.rows.end(),
                               [](const Coverage& row) { return row.heard.listened.count() > 0; });
  if (!any || report.begin == report.end) return;
  const Buckets buckets(report.begin, report.end);
  std::map<std::string, std::vector<Slot>> by_segment;
  for (const auto& row : report.rows) {
    auto& slots = by_segment.try_emplace(row.segment, buckets.count).first->second;
    auto& slot = slots[buckets.at(row.begin)];
    slot.listened += row.heard.listened;
    slot.alive += row.heard.alive;
  }
  const auto rows = std::min(by_segment.size(), kMostRows);
  const int height = static_cast<int>(rows) * kRow + 46;
  open_chart(html, "listening", "When each segment was listened to", height);
  const double step = static_cast<double>(kWidth - kLabel) / static_cast<double>(buckets.count);
  int y = 0;
  std::size_t drawn = 0;
  for (const auto& [segment, slots] : by_segment) {
    if (drawn++ == rows) break;
    label(html, kLabel - 10, y + 13.5, short_label(segment, report.segmented), "end");
    html.lone("rect", {{"x", number(kLabel)},
                       {"y", number(y)},
                       {"width", number(kWidth - kLabel)},
                       {"height", number(kBar)},
                       {"class", "back"}});
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (slots[i].listened.count() == 0) continue;
      const double share = std::min(1.0, static_cast<double>(slots[i].listened.count()) /
                                             static_cast<double>(buckets.length.count()));
      box(html, kLabel + step * static_cast<double>(i), y, std::max(1.0, step - 0.5), kBar,
          slots[i].alive.count() > 0 ? "heard" : "silent",
          fmt::format("{}: {}", buckets.name(i), told(slots[i])), 0.25 + 0.75 * share);
    }
    y += kRow;
  }
  time_axis(html, buckets, kLabel, kWidth - kLabel, y);
  legend(html,
         {{"heard", "listened, and heard packets of it"},
          {"silent", "listened, heard nothing"},
          {"back", "did not listen"}},
         height - 14);
  close_chart(html, fmt::format("By the {}; the paler, the less of it.", buckets.words()));
}

}  // namespace camwarden
