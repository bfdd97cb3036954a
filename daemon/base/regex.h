#pragma once
// Patterns on bytes from outside: RE2 behind one file. Linear time and bounded memory whatever the
// pattern and whatever the bytes. Bytes are bytes: a pattern's `.` takes any one of them, and a
// UTF-8 letter in a pattern is the sequence of its bytes. A pattern is searched for; write ^ and $
// to anchor it. RE2 never logs to stderr here.
//
// Immutable; may be shared between threads.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace re2 {
class RE2;
}  // namespace re2

namespace camwarden {

// A pattern is read when it is made and compiled when it is first asked: of thousands, a network
// asks a few, and compiling is half of the time of loading them.
class Pattern {
 public:
  static constexpr int kMaxGroups = 9;  // what a template can name: $1 to $9

  static Result<Pattern> read(const std::string& text);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  bool found_in(std::string_view bytes) const;
  // Whether it is in `bytes` and begins there. \b looks at what stands before.
  bool found_at(std::string_view bytes, std::size_t start) const;
  bool matches_nothing() const;  // whether it is in a value without any byte
  // The whole match and then its groups, as views of `bytes`; a group that took no part is empty.
  // Nothing when the pattern is not in `bytes`.
  std::optional<std::vector<std::string_view>> groups_in(std::string_view bytes) const;
  int groups() const;
  const std::string& text() const;
  // What it costs: RE2's instructions, and whether it begins with a .* that nothing anchors.
  int program_size() const;
  bool begins_with_anything() const;

 private:
  struct State;
  explicit Pattern(std::unique_ptr<State> state);
  const re2::RE2& compiled() const;
  std::unique_ptr<State> state_;
};

// Many patterns, asked together. Those that begin with a name are looked up by it; of the others,
// one pass over the bytes tells, however many they are.
class PatternSet {
 public:
  explicit PatternSet(const std::vector<const Pattern*>& patterns);
  PatternSet(PatternSet&&) noexcept;
  PatternSet& operator=(PatternSet&&) noexcept;
  ~PatternSet();

  // Sets `found` to the indices of the patterns that are in `bytes`, ascending. The caller's, so
  // that nothing is allocated for most.
  void find_in(std::string_view bytes, std::vector<int>& found) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace camwarden
