#include "report/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kWidest = 40;  // of a column but the last
constexpr std::size_t kRoom = 16;    // for a column that may be left out

// Columns that a person sees: code points, near enough for the values that devices give.
std::size_t shown_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string cut(std::string text, std::size_t width) {
  if (shown_width(text) <= width) return text;
  std::size_t kept = 0, at = 0;
  while (at < text.size() && kept + 1 < width) {
    ++at;
    while (at < text.size() && (text[at] & 0xc0) == 0x80) ++at;
    ++kept;
  }
  return text.substr(0, at) + "…";
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, shown_width(text)), ' ');
}

std::string line(const Cells& cells, const std::vector<std::size_t>& width,
                 const TableStyle& style) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool last = i + 1 == cells.size();
    out += last ? cut(cells[i], width[i]) : padded(cut(cells[i], width[i]), width[i]) + "  ";
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return style.width > 0 ? cut(out, style.width) : out;
}

std::string in_colour(std::string_view colour, const std::string& text, const TableStyle& style) {
  return style.colour ? fmt::format("{}{}{}\n", colour, text, kPlain) : text + "\n";
}

}  // namespace

void Table::add(Cells row, bool marked) {
  rows_.push_back(std::move(row));
  marked_.push_back(marked);
}

void Table::add_column_if_room(const std::string& head, const std::vector<std::string>& cells,
                               const TableStyle& style) {
  std::size_t used = 0;
  for (const auto width : widths()) used += width + 2;
  if (used + kRoom > style.width) return;
  head_.push_back(head);
  for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].push_back(cells[i]);
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> width;
  for (const auto& cell : head_) width.push_back(cell.size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool last = i + 1 == head_.size();
      width[i] =
          std::max(width[i], std::min(last ? std::string::npos : kWidest, shown_width(row[i])));
    }
  }
  return width;
}

std::string Table::text(const TableStyle& style) const {
  if (rows_.empty()) return "";
  const auto width = widths();
  auto out = in_colour(kBold, line(head_, width, style), style);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto text = line(rows_[i], width, style);
    out += marked_[i] ? in_colour(kRed, text, style) : text + "\n";
  }
  return out;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  const std::string margin(indent, ' ');
  std::string out, row;
  for (const auto word : split(text, ' ')) {
    if (word.empty()) continue;
    if (!row.empty() && indent + shown_width(row) + 1 + shown_width(word) > width) {
      out += margin + row + "\n";
      row.clear();
    }
    row += (row.empty() ? "" : " ") + std::string(word);
  }
  return row.empty() ? out : out + margin + row + "\n";
}

std::string csv_cell(std::string_view value) {
  std::string text = printable(value);
  // Before printable() a tab or CR could lead as well; what remains to be defused are the
  // operators.
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos)
    text.insert(0, 1, '\'');
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string csv_line(const Cells& cells) {
  std::string out;
  for (const auto& cell : cells) out += (out.empty() ? "" : ",") + csv_cell(cell);
  return out + "\r\n";
}

}  // namespace camwarden
