#pragma once
// A line on a terminal's standard error that shows how far a scan is; nothing where that is no
// terminal.
//
// Thread: main.

#include "app/scan.h"

namespace camwarden {

class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar() { clear(); }
  void show(const ScanProgress& progress);
  void clear();

 private:
  bool shown_ = false, terminal_;
  std::size_t width_ = 80;
};

// "[#####-----]  45% 12 hosts, 812 packets/s, 3 s left"
std::string progress_line(const ScanProgress& progress, std::size_t width);

}  // namespace camwarden
