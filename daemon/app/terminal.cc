#include "app/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/text.h"

namespace camwarden {

void complain(std::string_view message) {
  std::string text(message);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::fprintf(stderr, "camwarden: %s\n", text.c_str());
}

int finish(std::string_view text, Exit exit) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
    return exit;
  complain("cannot write the output");
  return kTrouble;
}

TableStyle terminal_style() {
  TableStyle style;
  if (isatty(STDOUT_FILENO) == 0) return style;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  style.colour = (no_colour == nullptr || *no_colour == '\0') && term != nullptr &&
                 std::string_view(term) != "dumb";
  return style;
}

ListFormat list_format(std::string_view word) {
  return word == "json" ? ListFormat::json : word == "csv" ? ListFormat::csv : ListFormat::table;
}

Option format_option(std::string& format) {
  return {.names = "--format",
          .target = &format,
          .help = "table, json (one object a line) or csv",
          .type = "FORMAT",
          .one_of = {"table", "json", "csv"}};
}

Option everything_option(bool& everything) {
  return {.names = "-a,--all",
          .target = &everything,
          .help = "Tables list hosts that are no video devices too"};
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto guess = nearest(word, known);
  return guess.empty() ? fmt::format("there are: {}", fmt::join(known, ", "))
                       : fmt::format("did you mean \"{}\"?", guess);
}

}  // namespace camwarden
