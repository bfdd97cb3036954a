#pragma once
// Html: a document that cannot come out broken. Tags are opened and closed by a stack, and text
// gets in through escaping only, so a device that calls itself "<script>" is shown as just that.
//
// Text is valid UTF-8 with control, reordering and invisible characters spelt out, at most
// kMaxShown octets of it. Tags, attribute names and the style sheet are ours, never a device's.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace camwarden {

// Fit for text and for a quoted attribute.
std::string html_text(std::string_view text);

class Html {
 public:
  static constexpr std::size_t kMaxShown = 1024;
  // One that is empty is left out.
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

  Html& open(std::string_view tag, Attributes attributes = {});
  Html& close();
  Html& text(std::string_view text);
  // With text in it, and closed.
  Html& element(std::string_view tag, std::string_view text, Attributes attributes = {});
  // Void in HTML ("meta"), or closed in itself in SVG ("rect").
  Html& lone(std::string_view tag, Attributes attributes = {});
  Html& style(std::string_view sheet);  // as it is
  Html& doctype();
  std::string take();  // everything is closed

 private:
  void tag(std::string_view name, Attributes attributes);
  std::string out_;
  std::vector<std::string_view> open_;
};

// A table with a caption, headings for columns, and the first cell of a row as its heading.
struct HtmlCell {
  HtmlCell(std::string line) : lines{std::move(line)} {}               // NOLINT: implicit by intent
  HtmlCell(const char* line) : lines{line} {}                          // NOLINT
  HtmlCell(std::vector<std::string> some) : lines(std::move(some)) {}  // NOLINT
  std::vector<std::string> lines;
};
struct HtmlTable {
  struct Row {
    std::vector<HtmlCell> cells;
    std::string_view kind = {};  // a class of the style sheet
  };
  std::string caption;
  std::vector<std::string> heads;
  std::vector<Row> rows;
};
void write_table(Html& html, const HtmlTable& table);

// The style sheet of a report: light, dark and print, without anything from outside.
std::string_view report_style();

}  // namespace camwarden
