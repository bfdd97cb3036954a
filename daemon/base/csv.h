#pragma once
// Comma-separated values as RFC 4180 has them, read record by record: quoted cells may hold commas,
// line breaks and doubled quotes. Strict: what the RFC does not allow is an error with its line,
// and nothing after it is read. CR LF and LF both end a record; the last need not be ended; a
// leading byte order mark is passed over.
//
// Limits: kMaxCells cells a record, kMaxCellBytes bytes a cell.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace camwarden {

class CsvReader {
 public:
  static constexpr std::size_t kMaxCells = 64;
  static constexpr std::size_t kMaxCellBytes = 4096;

  // `text` must outlive the reader.
  explicit CsvReader(std::string_view text);

  // The next record; false at the end, or at an error. Empty lines are no records.
  bool next();
  // Of the record that next() read. Valid until it is called again.
  const std::vector<std::string>& cells() const { return cells_; }
  int line() const { return line_; }  // where the record begins, from 1
  // What is wrong, or "". line() says where.
  std::string_view error() const { return error_; }

 private:
  bool cell(std::size_t number);
  bool plain(std::string& out);
  bool quoted(std::string& out);
  bool fail(std::string_view what);
  void pass_line_break();
  bool at_line_break() const {
    return rest_.empty() || rest_[0] == '\n' || rest_.starts_with("\r\n");
  }

  std::string_view rest_;
  std::vector<std::string> cells_;
  std::string_view error_;
  int line_ = 0, next_line_ = 1;
};

}  // namespace camwarden
