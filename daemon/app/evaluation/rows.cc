#include "app/evaluation/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "base/text.h"

namespace camwarden {
namespace {

// RFC 4648 section 4; nothing where another character is met. What follows padding counts for none.
std::optional<std::string> from_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const auto at = kAlphabet.find(c);
    if (at == kAlphabet.npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(at);
    if ((held += 6) < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held);
  }
  return out;
}

class Columns {
 public:
  explicit Columns(std::string_view header) : names_(split(header, '\t')) {}
  bool has(std::string_view name) const { return index(name) < names_.size(); }
  std::string_view of(const std::vector<std::string_view>& cells, std::string_view name) const {
    const auto at = index(name);
    return at < cells.size() ? cells[at] : std::string_view();
  }

 private:
  std::size_t index(std::string_view name) const {
    const auto at = std::find(names_.begin(), names_.end(), name);
    return static_cast<std::size_t>(at - names_.begin());
  }
  std::vector<std::string_view> names_;
};

std::optional<LabelledRow> read_row(const Columns& columns, std::string_view text,
                                    const Place& place, Diagnostics& diagnostics) {
  const auto cells = split(text, '\t');
  LabelledRow row;
  row.line = static_cast<std::size_t>(place.line);
  row.field = columns.of(cells, "field");
  row.value = columns.of(cells, "value");
  row.label = columns.of(cells, "maker_or_label");
  row.product = columns.of(cells, "product");
  row.kind = columns.of(cells, "class");
  const auto enc = columns.of(cells, "enc");
  if (enc == "b64") {
    auto value = from_base64(row.value);
    if (!value) diagnostics.error(place, "the value is no base64");
    row.value = value.value_or("");
  } else if (enc != "plain") {
    diagnostics.error(place, fmt::format("unknown enc \"{}\"; one of: plain, b64", printable(enc)));
  }
  if (row.field.empty()) return std::nullopt;
  return row;
}

std::string_view without_return(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

std::vector<LabelledRow> read_rows(const std::string& path, Diagnostics& diagnostics) {
  std::vector<LabelledRow> rows;
  std::ifstream file(path, std::ios::binary);
  std::string header, line;
  if (!std::getline(file, header)) {
    diagnostics.error({path},
                      "cannot be read; a tab-separated file with a header line is expected");
    return rows;
  }
  const Columns columns(without_return(header));
  for (const auto* name : {"field", "enc", "value"}) {
    if (!columns.has(name)) diagnostics.error({path, 1, 1}, fmt::format("no column \"{}\"", name));
  }
  if (!diagnostics.ok()) return rows;
  for (int number = 2; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    auto row = read_row(columns, without_return(line), {path, number, 1}, diagnostics);
    if (row) rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace camwarden
