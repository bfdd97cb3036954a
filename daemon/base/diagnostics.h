#pragma once
// What an operator got wrong, all of it: a list of messages with their places, printed at once.
//   policy.yml:12:9: unknown key "segmnets"; did you mean "segments"?

#include <string>
#include <utility>
#include <vector>

namespace camwarden {

struct Place {
  std::string file;
  int line = 0;    // from 1; 0: the file as a whole
  int column = 0;  // from 1
  std::string to_string() const;  // "file:line:column", "file"
};

class Diagnostics {
 public:
  void error(const Place& where, std::string what);
  void append(const Diagnostics& others);  // behind its own
  bool ok() const { return errors_.empty(); }
  const std::vector<std::string>& errors() const { return errors_; }  // "place: what", as added
  std::string to_string() const;                                      // one a line

 private:
  std::vector<std::string> errors_;
};

}  // namespace camwarden
