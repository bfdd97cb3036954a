#include "app/progress_bar.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace camwarden {

std::string progress_line(const ScanProgress& progress, std::size_t width) {
  const auto seconds = std::max(std::chrono::duration<double>(progress.elapsed).count(), 0.001);
  const auto share = std::clamp(progress.share, 0.0, 1.0);
  auto words =
      fmt::format(" {:3.0f}% {} hosts, {:.0f} packets/s", share * 100, progress.counters.hosts,
                  static_cast<double>(progress.counters.packets) / seconds);
  // Of the first moments nothing can be foretold.
  if (share > 0.02 && seconds > 0.5)
    words += fmt::format(", {:.0f} s left", seconds / share - seconds);
  constexpr std::size_t kLeast = 10, kMost = 40;
  const auto room = width > words.size() + 3 ? width - words.size() - 3 : 0;
  const auto cells = std::clamp(room, kLeast, kMost);
  const auto full = static_cast<std::size_t>(share * static_cast<double>(cells));
  return "[" + std::string(full, '#') + std::string(cells - full, '-') + "]" + words;
}

ProgressBar::ProgressBar() : terminal_(isatty(STDERR_FILENO) != 0) {
  winsize size{};
  if (terminal_ && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    width_ = size.ws_col;
}

void ProgressBar::show(const ScanProgress& progress) {
  if (!terminal_) return;
  std::fprintf(stderr, "\r\x1b[K%s", progress_line(progress, width_).c_str());
  std::fflush(stderr);
  shown_ = true;
}

void ProgressBar::clear() {
  if (shown_) std::fprintf(stderr, "\r\x1b[K");
  shown_ = false;
}

}  // namespace camwarden
