#include "base/pattern_beginning.h"

#include <algorithm>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::string_view kSpecial = "\\.+*?()|[]{}^$";
constexpr std::string_view kQuantifiers = "*+?{";

bool starts_with_any(std::string_view text, std::string_view characters) {
  return !text.empty() && characters.find(text.front()) != characters.npos;
}

// Past a class of characters, which begins `text`. A ] that comes first is one of them, as are
// those of [:alpha:].
std::size_t class_length(std::string_view text) {
  std::size_t at = text.starts_with("[^") ? 2 : 1;
  if (at < text.size() && text[at] == ']') ++at;
  while (at < text.size() && text[at] != ']') {
    if (text[at] == '\\') {
      at += 2;
    } else if (text.substr(at).starts_with("[:")) {
      const auto end = text.find(":]", at + 2);
      at = end == text.npos ? at + 1 : end + 2;
    } else {
      ++at;
    }
  }
  return std::min(at + 1, text.size());
}

bool punctuation(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return c > ' ' && c < '\x7f' && !letter && !(c >= '0' && c <= '9');
}

// One character, escape or class; or one parenthesis or operator.
std::string_view atom_of(std::string_view pattern) {
  if (pattern.starts_with('[')) return pattern.substr(0, class_length(pattern));
  return pattern.substr(0, pattern.starts_with('\\') ? 2 : 1);
}

bool take(std::string_view& pattern, std::string_view what) {
  if (!pattern.starts_with(what)) return false;
  pattern.remove_prefix(what.size());
  return true;
}

struct Structure {
  int groups = 0;
  bool alternatives = false;  // outside of any group
  bool odd = false;           // with what takes RE2 to read: read no further
};

// "(?i)*", which repeats what stands before it.
bool repeats_flags(std::string_view pattern) {
  if (!take(pattern, "(?")) return false;
  pattern.remove_prefix(std::min(pattern.find_first_not_of("imsU-"), pattern.size()));
  return take(pattern, ")") && starts_with_any(pattern, kQuantifiers);
}

// \Q, \x41, \101, \pN: what belongs to it follows.
bool long_escape(std::string_view atom) {
  return atom.size() == 2 && atom[0] == '\\' &&
         std::string_view("QxpP0123456789").find(atom[1]) != std::string_view::npos;
}

Structure structure_of(std::string_view pattern) {
  Structure found;
  int depth = 0;
  while (!pattern.empty() && !found.odd) {
    const auto atom = atom_of(pattern);
    if (pattern.starts_with("(?P<") || (atom == "(" && !pattern.starts_with("(?"))) ++found.groups;
    found.odd = long_escape(atom) || repeats_flags(pattern);
    found.alternatives |= depth == 0 && atom == "|";
    depth += (atom == "(") - (atom == ")");
    pattern.remove_prefix(atom.size());
  }
  return found;
}

// Of {2} or {2,} or {2,3}; 0 where the brace stands for itself.
std::size_t count_length(std::string_view text) {
  const auto end = text.starts_with('{') ? text.find_first_not_of("0123456789,", 1) : text.npos;
  return end != text.npos && text[end] == '}' ? end + 1 : 0;
}

// Takes what says how often, and is true where that may be never. A count is taken for such.
bool take_quantifiers(std::string_view& rest) {
  bool never = false;
  while (starts_with_any(rest, "*+?") || count_length(rest) > 0) {
    never |= !rest.starts_with('+');
    rest.remove_prefix(std::max<std::size_t>(count_length(rest), 1));
  }
  return never;
}

bool all_need_a_byte(std::string_view& alternatives);

// Whether the atom that `rest` begins with stands for a byte at least, repeated as it is; takes it.
// \b and its like stand for none.
bool atom_needs_a_byte(std::string_view& rest) {
  constexpr std::string_view kNoBytes = "^$*+?{}";
  bool needs = false;
  if (take(rest, "(")) {
    if (take(rest, "?")) rest.remove_prefix(std::min(rest.find_first_of(":>)"), rest.size()));
    take(rest, ":") || take(rest, ">");
    needs = all_need_a_byte(rest);
    take(rest, ")");
  } else {
    const auto atom = atom_of(rest);
    needs = atom.front() == '\\'
                ? std::string_view("dDsSwW").find(atom[1]) != atom.npos || punctuation(atom[1])
                : kNoBytes.find(atom.front()) == kNoBytes.npos;
    rest.remove_prefix(atom.size());
  }
  return !take_quantifiers(rest) && needs;
}

bool all_need_a_byte(std::string_view& alternatives) {
  bool all = true;
  do {
    bool one = false;
    while (!alternatives.empty() && !starts_with_any(alternatives, "|)")) {
      one |= atom_needs_a_byte(alternatives);
    }
    all &= one;
  } while (take(alternatives, "|"));
  return all;
}

// Takes the characters that stand for themselves. The last of them may be one that is repeated:
// it is left.
std::string take_literal(std::string_view& pattern) {
  std::string literal;
  std::string_view last = pattern;
  while (!pattern.empty()) {
    const bool escaped = pattern.size() > 1 && pattern[0] == '\\' && punctuation(pattern[1]);
    const char c = escaped ? pattern[1] : pattern[0];
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (!ascii || (!escaped && starts_with_any(pattern, kSpecial))) break;
    last = pattern;
    pattern.remove_prefix(escaped ? 2 : 1);
    literal += c;
  }
  if (!literal.empty() && starts_with_any(pattern, kQuantifiers)) {
    literal.pop_back();
    pattern = last;
  }
  return literal;
}

// Takes (a|bc) or (?:a|bc) or (?i:a|bc), with nothing in it that does not stand for itself.
std::vector<std::string> take_choice(std::string_view& pattern, bool& any_case) {
  std::vector<std::string> literals;
  if (take(pattern, "(?i:")) {
    any_case = true;
  } else if (!take(pattern, "(?:") && !take(pattern, "(")) {
    return {};
  }
  do {
    literals.push_back(take_literal(pattern));
    if (literals.back().empty()) return {};
  } while (take(pattern, "|"));
  if (!take(pattern, ")") || starts_with_any(pattern, kQuantifiers)) return {};
  return literals;
}

}  // namespace

std::optional<PatternBeginning> beginning_of(std::string_view pattern) {
  const auto structure = structure_of(pattern);
  if (structure.alternatives || structure.odd) return std::nullopt;
  PatternBeginning found;
  const bool all = take(pattern, "(?i)");
  if (!take(pattern, "^")) return std::nullopt;
  found.any_case = all;
  if (pattern.starts_with('(')) {
    found.literals = take_choice(pattern, found.any_case);
  } else if (auto literal = take_literal(pattern); !literal.empty()) {
    found.literals.push_back(std::move(literal));
  }
  if (found.literals.empty()) return std::nullopt;
  if (found.any_case) {
    for (auto& literal : found.literals) literal = to_lower(literal);
  }
  if (!pattern.empty()) found.rest = (all ? "(?i)" : "") + std::string(pattern);
  return found;
}

bool needs_a_byte(std::string_view pattern) {
  return !structure_of(pattern).odd && all_need_a_byte(pattern);
}

std::optional<int> capturing_groups(std::string_view pattern) {
  const auto structure = structure_of(pattern);
  return structure.odd ? std::nullopt : std::optional(structure.groups);
}

}  // namespace camwarden
