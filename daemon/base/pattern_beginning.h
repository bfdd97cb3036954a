#pragma once
// What the text of a pattern (RE2 syntax) says before anything is compiled. Most patterns begin
// with a name, and thousands of them are told from each other by looking a name up; what follows
// the name is the same in many.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace camwarden {

struct PatternBeginning {
  std::vector<std::string> literals;  // one of these is at the very beginning; none is empty
  bool any_case = false;              // of ASCII letters; the literals are then in lower case
  std::string rest;                   // the pattern of what follows at once; empty: whatever
};

// Nothing where the pattern may match elsewhere than at the beginning, or with other bytes there.
// The pattern must be a valid one.
std::optional<PatternBeginning> beginning_of(std::string_view pattern);

// False also where it takes more than a look to see that it does. The pattern must be a valid one.
bool needs_a_byte(std::string_view pattern);

// Groups that capture, of a valid pattern; nothing where it takes more than a look to count them.
std::optional<int> capturing_groups(std::string_view pattern);

}  // namespace camwarden
