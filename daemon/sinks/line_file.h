#pragma once
// A file of lines that others rotate and read while we append, or standard output. A line is whole
// or not there: what a full disk let through of one is taken back, and after a crash in the middle
// of a line the next one starts on its own.
//
// Thread: its owner (io). Never blocks on a pipe or a terminal that nobody reads; a regular file is
// written as the disk allows.

#include <sys/types.h>

#include <string>
#include <string_view>

#include "base/result.h"

namespace camwarden {

class LineFile {
 public:
  explicit LineFile(std::string path);  // opened at the first append
  explicit LineFile(int descriptor);    // already open; not closed
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;
  ~LineFile();

  // `line` ends with its line feed. After an error call again with the same line: a pipe may have
  // taken a part of it. Opens the file anew when it was renamed or removed.
  Status append(std::string_view line);
  bool is_open() const { return descriptor_ >= 0; }

 private:
  Status reopen_if_rotated();
  Status open();
  void close();
  Status write_rest(std::string_view line);
  Status failed(int error);
  bool writable() const;
  bool same_file() const;

  std::string path_;  // "" for a descriptor that was given
  int descriptor_ = -1;
  bool regular_ = false;
  bool broken_line_ = false;  // the file ends without a line feed
  std::size_t written_ = 0;   // of the line that is being appended
};

}  // namespace camwarden
