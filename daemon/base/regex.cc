#include "base/regex.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/check.h"

namespace camwarden {
namespace {

// Of one pattern, its program and the automaton that RE2 builds as it matches. Past it RE2 goes on
// in a slower way that needs no more memory.
constexpr std::int64_t kPatternMemory = 1 << 20;
constexpr std::int64_t kSetMemory = 16 << 20;
// So few are asked faster one by one: RE2 looks for a pattern's first letters before it starts.
constexpr std::size_t kAskedEach = 4;

re2::RE2::Options options(std::int64_t memory) {
  re2::RE2::Options chosen;
  chosen.set_encoding(re2::RE2::Options::EncodingLatin1);  // byte by byte
  chosen.set_log_errors(false);
  chosen.set_max_mem(memory);
  return chosen;
}

}  // namespace

Result<Pattern> Pattern::compile(const std::string& text) {
  auto compiled = std::make_unique<re2::RE2>(text, options(kPatternMemory));
  if (!compiled->ok()) return Error{"not a valid pattern: " + compiled->error()};
  if (compiled->NumberOfCapturingGroups() > kMaxGroups) {
    return Error{
        fmt::format("has more than {} groups; write (?:...) for those not used", kMaxGroups)};
  }
  return Pattern(std::move(compiled));
}

Pattern::Pattern(std::unique_ptr<re2::RE2> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::found_in(std::string_view bytes) const {
  return compiled_->Match(bytes, 0, bytes.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

std::optional<std::vector<std::string_view>> Pattern::groups_in(std::string_view bytes) const {
  std::array<re2::StringPiece, kMaxGroups + 1> pieces;
  const int wanted = groups() + 1;
  if (!compiled_->Match(bytes, 0, bytes.size(), re2::RE2::UNANCHORED, pieces.data(), wanted)) {
    return std::nullopt;
  }
  std::vector<std::string_view> found;
  for (int i = 0; i < wanted; ++i) found.emplace_back(pieces[i].data(), pieces[i].size());
  return found;
}

int Pattern::groups() const { return compiled_->NumberOfCapturingGroups(); }
const std::string& Pattern::text() const { return compiled_->pattern(); }
int Pattern::program_size() const { return compiled_->ProgramSize(); }

bool Pattern::begins_with_anything() const {
  std::string_view rest = text();
  if (rest.starts_with("(?")) rest.remove_prefix(std::min(rest.find(')') + 1, rest.size()));
  return rest.starts_with(".*") || rest.starts_with("(.*") || rest.starts_with("(?:.*");
}

struct PatternSet::Automaton {
  explicit Automaton(std::vector<const Pattern*> all)
      : patterns(std::move(all)), set(options(kSetMemory), re2::RE2::UNANCHORED) {}

  void ask_each(std::string_view bytes, std::vector<int>& found) const {
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      if (patterns[i]->found_in(bytes)) found.push_back(static_cast<int>(i));
    }
  }

  std::vector<const Pattern*> patterns;
  re2::RE2::Set set;
};

PatternSet::PatternSet(const std::vector<const Pattern*>& patterns)
    : automaton_(std::make_unique<Automaton>(patterns)) {
  if (patterns.size() <= kAskedEach) return;
  for (const Pattern* pattern : patterns) CHECK(automaton_->set.Add(pattern->text(), nullptr) >= 0);
  CHECK(automaton_->set.Compile());
}

PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;
PatternSet::~PatternSet() = default;

void PatternSet::find_in(std::string_view bytes, std::vector<int>& found) const {
  found.clear();
  const auto& [patterns, set] = *automaton_;
  if (patterns.size() <= kAskedEach) return automaton_->ask_each(bytes, found);
  // Whether any is, stops at the first and allocates nothing; which ones does neither.
  re2::RE2::Set::ErrorInfo error{};
  bool some = set.Match(bytes, nullptr, &error);
  if (some) some = set.Match(bytes, &found, &error);
  if (some) std::sort(found.begin(), found.end());
  // The automaton outgrew its memory: one by one, slower, with the same answer.
  if (!some && error.kind != re2::RE2::Set::kNoError) automaton_->ask_each(bytes, found);
}

}  // namespace camwarden
