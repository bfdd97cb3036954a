#include "base/regex.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <unordered_map>

#include "base/check.h"
#include "base/pattern_beginning.h"
#include "base/text.h"

namespace camwarden {
namespace {

// Of one pattern, its program and the automaton that RE2 builds as it matches. Past it RE2 goes on
// in a slower way that needs no more memory.
constexpr std::int64_t kPatternMemory = 1 << 20;
constexpr std::int64_t kSetMemory = 16 << 20;
// So few are asked faster one by one: RE2 looks for a pattern's first letters before it starts.
constexpr std::size_t kAskedEach = 4;
// Of at most so many characters and without a {count}, no pattern outgrows kPatternMemory.
constexpr std::size_t kSmallPattern = 500;

re2::RE2::Options options(std::int64_t memory) {
  re2::RE2::Options chosen;
  chosen.set_encoding(re2::RE2::Options::EncodingLatin1);  // byte by byte
  chosen.set_log_errors(false);
  chosen.set_max_mem(memory);
  return chosen;
}

}  // namespace

struct Pattern::State {
  std::string text;
  int groups = 0;
  std::once_flag once;
  std::unique_ptr<re2::RE2> compiled;
};

Result<Pattern> Pattern::read(const std::string& text) {
  std::string error;
  if (re2::RE2::Set(options(kPatternMemory), re2::RE2::UNANCHORED).Add(text, &error) < 0) {
    return Error{"not a valid pattern: " + error};
  }
  auto state = std::make_unique<State>();
  state->text = text;
  const auto groups = capturing_groups(text);
  Pattern pattern(std::move(state));
  const bool may_be_large = text.size() > kSmallPattern || text.find('{') != text.npos;
  if ((may_be_large || !groups) && !pattern.compiled().ok()) {
    return Error{"not a valid pattern: " + pattern.compiled().error()};
  }
  pattern.state_->groups = groups ? *groups : pattern.compiled().NumberOfCapturingGroups();
  if (pattern.groups() > kMaxGroups) {
    return Error{
        fmt::format("has more than {} groups; write (?:...) for those not used", kMaxGroups)};
  }
  return pattern;
}

Pattern::Pattern(std::unique_ptr<State> state) : state_(std::move(state)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

const re2::RE2& Pattern::compiled() const {
  std::call_once(state_->once, [this] {
    state_->compiled = std::make_unique<re2::RE2>(state_->text, options(kPatternMemory));
  });
  return *state_->compiled;
}

bool Pattern::found_in(std::string_view bytes) const {
  return compiled().Match(bytes, 0, bytes.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

bool Pattern::found_at(std::string_view bytes, std::size_t start) const {
  return compiled().Match(bytes, start, bytes.size(), re2::RE2::ANCHOR_START, nullptr, 0);
}

bool Pattern::matches_nothing() const { return !needs_a_byte(text()) && found_in(""); }

std::optional<std::vector<std::string_view>> Pattern::groups_in(std::string_view bytes) const {
  std::array<re2::StringPiece, kMaxGroups + 1> pieces;
  const int wanted = groups() + 1;
  if (!compiled().Match(bytes, 0, bytes.size(), re2::RE2::UNANCHORED, pieces.data(), wanted)) {
    return std::nullopt;
  }
  std::vector<std::string_view> found;
  for (int i = 0; i < wanted; ++i) found.emplace_back(pieces[i].data(), pieces[i].size());
  return found;
}

int Pattern::groups() const { return state_->groups; }
const std::string& Pattern::text() const { return state_->text; }
int Pattern::program_size() const { return compiled().ProgramSize(); }

bool Pattern::begins_with_anything() const {
  std::string_view rest = text();
  if (rest.starts_with("(?")) rest.remove_prefix(std::min(rest.find(')') + 1, rest.size()));
  return rest.starts_with(".*") || rest.starts_with("(.*") || rest.starts_with("(?:.*");
}

namespace {

// Patterns that begin with a name, looked up by its first two letters.
class Named {
 public:
  // False, and nothing is kept, where it begins with less.
  bool add(const Pattern& pattern, int position) {
    auto beginning = beginning_of(pattern.text());
    if (!beginning) return false;
    auto& literals = beginning->literals;
    const auto too_short = [](const auto& literal) { return literal.size() < kLetters; };
    if (std::any_of(literals.begin(), literals.end(), too_short)) return false;
    const Pattern* rest = beginning->rest.empty() ? nullptr : rest_of(beginning->rest);
    for (auto& literal : literals) {
      const auto key = key_of(literal);
      by_letters_[key].push_back({std::move(literal), beginning->any_case, rest, position});
    }
    return true;
  }

  void find_in(std::string_view bytes, std::vector<int>& found) const {
    if (bytes.size() < kLetters) return;
    const auto at = by_letters_.find(key_of(bytes));
    if (at == by_letters_.end()) return;
    for (const auto& [literal, any_case, rest, position] : at->second) {
      const bool named = any_case ? istarts_with(bytes, literal) : bytes.starts_with(literal);
      if (named && (!rest || rest->found_at(bytes, literal.size()))) found.push_back(position);
    }
  }

 private:
  static constexpr std::size_t kLetters = 2;
  struct Entry {
    std::string literal;
    bool any_case;
    const Pattern* rest;  // null: whatever follows
    int position;
  };

  static std::uint16_t key_of(std::string_view text) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c & 0xff; };
    return static_cast<std::uint16_t>(lower(text[0]) << 8 | lower(text[1]));
  }

  const Pattern* rest_of(const std::string& text) {
    const auto at = rests_.find(text);
    if (at != rests_.end()) return &at->second;
    auto rest = Pattern::read(text);
    CHECK(rest);
    return &rests_.emplace(text, rest.take()).first->second;
  }

  std::map<std::string, Pattern> rests_;
  std::unordered_map<std::uint16_t, std::vector<Entry>> by_letters_;
};

// Any patterns, in one pass.
class Together {
 public:
  void add(const Pattern& pattern, int position) { patterns_.emplace_back(&pattern, position); }

  void compile() {
    if (patterns_.size() <= kAskedEach) return;
    set_.emplace(options(kSetMemory), re2::RE2::UNANCHORED);
    for (const auto& [pattern, position] : patterns_) {
      CHECK(set_->Add(pattern->text(), nullptr) >= 0);
    }
    CHECK(set_->Compile());
  }

  void find_in(std::string_view bytes, std::vector<int>& found) const {
    if (!set_) return ask_each(bytes, found);
    // Whether any is, stops at the first and allocates nothing; which ones does neither.
    re2::RE2::Set::ErrorInfo error{};
    std::vector<int> in_set;
    bool some = set_->Match(bytes, nullptr, &error);
    if (some) some = set_->Match(bytes, &in_set, &error);
    for (const auto at : in_set) found.push_back(patterns_[static_cast<std::size_t>(at)].second);
    // The automaton outgrew its memory: one by one, slower, with the same answer.
    if (!some && error.kind != re2::RE2::Set::kNoError) ask_each(bytes, found);
  }

 private:
  void ask_each(std::string_view bytes, std::vector<int>& found) const {
    for (const auto& [pattern, position] : patterns_) {
      if (pattern->found_in(bytes)) found.push_back(position);
    }
  }

  std::vector<std::pair<const Pattern*, int>> patterns_;
  std::optional<re2::RE2::Set> set_;
};

}  // namespace

struct PatternSet::Parts {
  Named named;
  Together others;
};

PatternSet::PatternSet(const std::vector<const Pattern*>& patterns)
    : parts_(std::make_unique<Parts>()) {
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const auto position = static_cast<int>(i);
    if (!parts_->named.add(*patterns[i], position)) parts_->others.add(*patterns[i], position);
  }
  parts_->others.compile();
}

PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;
PatternSet::~PatternSet() = default;

void PatternSet::find_in(std::string_view bytes, std::vector<int>& found) const {
  found.clear();
  parts_->named.find_in(bytes, found);
  parts_->others.find_in(bytes, found);
  std::sort(found.begin(), found.end());
  // One may begin with several names of which one begins the other.
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace camwarden
