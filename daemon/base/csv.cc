#include "base/csv.h"

#include <algorithm>

namespace camwarden {

CsvReader::CsvReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with("\xef\xbb\xbf")) rest_.remove_prefix(3);
}

bool CsvReader::next() {
  while (!rest_.empty() && at_line_break()) pass_line_break();
  line_ = next_line_;
  if (rest_.empty() || !error_.empty()) return false;
  std::size_t number = 0;
  for (; number == 0 || rest_.starts_with(','); ++number) {
    if (number > 0) rest_.remove_prefix(1);
    if (number == kMaxCells) return fail("has too many cells");
    if (!cell(number)) return false;
  }
  cells_.resize(number);
  pass_line_break();
  return true;
}

// Cells of earlier records keep their memory: fifty thousand records need no allocation of their
// own.
bool CsvReader::cell(std::size_t number) {
  if (number == cells_.size()) cells_.emplace_back();
  auto& out = cells_[number];
  out.clear();
  return rest_.starts_with('"') ? quoted(out) : plain(out);
}

bool CsvReader::plain(std::string& out) {
  const auto ends = [](char c) { return c == ',' || c == '\n' || c == '"'; };
  const auto end =
      static_cast<std::size_t>(std::find_if(rest_.begin(), rest_.end(), ends) - rest_.begin());
  if (end > kMaxCellBytes) return fail("has a cell that is too long");
  if (end < rest_.size() && rest_[end] == '"')
    return fail("has a quote inside a cell that is not quoted");
  out = rest_.substr(0, end);
  const bool ends_line = end < rest_.size() && rest_[end] == '\n';
  if (ends_line && out.ends_with('\r')) out.pop_back();
  rest_.remove_prefix(ends_line ? out.size() : end);
  return true;
}

bool CsvReader::quoted(std::string& out) {
  for (bool again = false; rest_.starts_with('"'); again = true) {
    if (again) out += '"';   // two quotes stand for one
    rest_.remove_prefix(1);  // the quote that opens, or the second of two
    const auto quote = rest_.find('"');
    if (quote == rest_.npos) return fail("has a quote that is not closed");
    if (quote > kMaxCellBytes - std::min(out.size(), kMaxCellBytes))
      return fail("has a cell that is too long");
    out += rest_.substr(0, quote);
    rest_.remove_prefix(quote + 1);
  }
  next_line_ += static_cast<int>(std::count(out.begin(), out.end(), '\n'));
  if (!at_line_break() && rest_[0] != ',') return fail("has something after a closing quote");
  return true;
}

void CsvReader::pass_line_break() {
  if (rest_.empty()) return;
  rest_.remove_prefix(rest_[0] == '\r' ? 2 : 1);
  ++next_line_;
}

bool CsvReader::fail(std::string_view what) {
  error_ = what;
  return false;
}

}  // namespace camwarden
