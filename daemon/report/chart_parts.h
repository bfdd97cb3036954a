#pragma once
// What charts are drawn with: a frame with a title, labels, boxes that tell what they are, legends,
// and time cut into pieces. Colours are classes of the style sheet.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "report/html.h"

namespace camwarden {

inline constexpr int kChartWidth = 800;

void open_chart(Html& html, const std::string& id, const std::string& title,
                const std::string& explained, int height);
void close_chart(Html& html);

// `anchor` is "start" or "end"; `kind` a class.
void draw_label(Html& html, double x, double y, const std::string& text, std::string_view anchor,
                std::string_view kind = "");
// Says `title` when pointed at.
void draw_box(Html& html, double x, double y, double width, double height, std::string_view kind,
              const std::string& title, double opacity = 1);

using LegendEntry = std::pair<std::string, std::string>;  // class, name
int legend_height(const std::vector<LegendEntry>& entries);
void draw_legend(Html& html, const std::vector<LegendEntry>& entries, int y);

// A period in at most sixty pieces, of a length that a person thinks in; where that makes more than
// 400 of the longest, what is later is of the last.
struct Buckets {
  Time begin{};
  Duration length{};
  std::size_t count = 0;

  Buckets(Time from, Time to);
  std::size_t at(Time time) const;  // earlier than all: the first
  std::string name(std::size_t i) const;
  std::string words() const;  // "hour", "3 days"
};
void draw_time_axis(Html& html, const Buckets& buckets, double x, double width, double y);

std::string svg_number(double value);

}  // namespace camwarden
