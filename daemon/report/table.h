#pragma once
// Tables for a person's terminal and CSV for a spreadsheet. Cells of a table must be printable
// already; those of CSV are made so, and never start a formula.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace camwarden {

enum class ListFormat { table, json, csv };

struct TableStyle {
  std::size_t width = 0;  // columns of the terminal; 0: as wide as it needs
  bool colour = false;
};

inline constexpr std::string_view kRed = "\x1b[31m", kBold = "\x1b[1m", kPlain = "\x1b[0m";

using Cells = std::vector<std::string>;

class Table {
 public:
  explicit Table(Cells head) : head_(std::move(head)) {}
  void add(Cells row, bool marked = false);  // a marked row is red
  // A column more, at the right, if the terminal is known to have room for it; cut where it ends.
  void add_column_if_room(const std::string& head, const std::vector<std::string>& cells,
                          const TableStyle& style);
  // "" without rows. The last column ends at the terminal's edge, the others are cut before.
  std::string text(const TableStyle& style) const;

 private:
  std::vector<std::size_t> widths() const;

  Cells head_;
  std::vector<Cells> rows_;
  std::vector<bool> marked_;
};

// The text in lines of at most `width` columns where words allow it, each after `indent` blanks.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

// One CSV cell (RFC 4180), quoted; a value that a spreadsheet would compute (= + - @ tab CR first)
// gets a leading apostrophe, as OWASP advises for CSV injection.
std::string csv_cell(std::string_view value);
std::string csv_line(const Cells& cells);

}  // namespace camwarden
