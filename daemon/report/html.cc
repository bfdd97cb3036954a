#include "report/html.h"

#include "base/check.h"
#include "base/text.h"

namespace camwarden {

std::string html_text(std::string_view text) {
  // Cut before escaping too: a megabyte is not to be spelt out first. The slack keeps a sequence
  // that this cuts in two out of what is shown.
  std::string shown = printable(text.substr(0, Html::kMaxShown + 8));
  if (text.size() > Html::kMaxShown || shown.size() > Html::kMaxShown) {
    shown = to_utf8(shown, Html::kMaxShown) + "…";
  }
  std::string out;
  out.reserve(shown.size());
  for (const char c : shown) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '`':
        out += "&#96;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

void Html::tag(std::string_view name, Attributes attributes) {
  out_ += '<';
  out_ += name;
  for (const auto& [key, value] : attributes) {
    if (value.empty()) continue;
    out_ += ' ';
    out_ += key;
    out_ += "=\"";
    out_ += html_text(value);
    out_ += '"';
  }
}

Html& Html::doctype() {
  out_ += "<!DOCTYPE html>\n";
  return *this;
}

Html& Html::open(std::string_view name, Attributes attributes) {
  tag(name, attributes);
  out_ += '>';
  open_.push_back(name);
  return *this;
}

Html& Html::close() {
  CHECK(!open_.empty());
  out_ += "</";
  out_ += open_.back();
  // A line's end between blocks, where it shows nowhere: a person may read the source, and diff it.
  const bool block = open_.back() != "time" && open_.back() != "span" && open_.back() != "code" &&
                     open_.back() != "strong" && open_.back() != "a";
  out_ += block ? ">\n" : ">";
  open_.pop_back();
  return *this;
}

Html& Html::text(std::string_view text) {
  out_ += html_text(text);
  return *this;
}

Html& Html::element(std::string_view name, std::string_view text, Attributes attributes) {
  return open(name, attributes).text(text).close();
}

Html& Html::lone(std::string_view name, Attributes attributes) {
  tag(name, attributes);
  const bool svg = name == "rect" || name == "line" || name == "path" || name == "circle";
  out_ += svg ? "/>" : ">";
  if (name != "br") out_ += '\n';
  return *this;
}

Html& Html::style(std::string_view sheet) {
  open("style");
  out_ += sheet;
  return close();
}

std::string Html::take() {
  CHECK(open_.empty());
  return std::move(out_);
}

namespace {

// Of a heading the first line is the name, and the others explain it.
void write_cell(Html& html, const HtmlCell& cell, bool heading) {
  for (std::size_t i = 0; i < cell.lines.size(); ++i) {
    if (i > 0) html.lone("br");
    if (heading && i > 0) {
      html.element("span", cell.lines[i], {{"class", "more"}});
    } else {
      html.text(cell.lines[i]);
    }
  }
}

// Lines of a few characters are not broken, and words are whole, but for one that would make the
// column as wide as it likes.
std::string_view width_of(const HtmlCell& cell) {
  constexpr std::size_t kShortLine = 18, kLongWord = 28;
  bool short_lines = true;
  for (const auto& line : cell.lines) {
    short_lines &= line.size() <= kShortLine;
    for (const auto word : split(line, ' ')) {
      if (word.size() > kLongWord) return "long";
    }
  }
  return short_lines ? "short" : "";
}

void write_row(Html& html, const HtmlTable::Row& row) {
  html.open("tr", {{"class", std::string(row.kind)}});
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string width(width_of(row.cells[i]));
    if (i == 0) {
      html.open("th", {{"scope", "row"}, {"class", width}});
    } else {
      html.open("td", {{"class", width}});
    }
    write_cell(html, row.cells[i], i == 0);
    html.close();
  }
  html.close();
}

}  // namespace

void write_table(Html& html, const HtmlTable& table) {
  // What is too wide for a screen is moved about by keyboard too.
  html.open(
      "div",
      {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", table.caption}});
  html.open("table").element("caption", table.caption);
  html.open("thead").open("tr");
  for (const auto& head : table.heads) html.element("th", head, {{"scope", "col"}});
  html.close().close();
  html.open("tbody");
  for (const auto& row : table.rows) write_row(html, row);
  html.close().close().close();
}

}  // namespace camwarden
