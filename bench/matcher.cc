// What the fingerprints cost: reading them, and asking them, beside the plainest program that does
// the same work: for every observation, every rule of its field, one RE2 or one comparison after
// another.
//
//   bench_matcher [DIRECTORY OF fingerprints/vendors] [OBSERVATIONS]
//
// Observations are made of the examples of all rules (so that every field is asked and most of them
// fire), with their digits changed so that each is another; every second one is such as no rule
// knows. Prints CPU seconds, so that a busy machine does not count. Both programs must fire equally
// often.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/yaml.h"
#include "fingerprint/knowledge_base.h"
#include "fingerprint/vendor_file.h"
#include "protocols/protocol.h"

namespace camwarden {
namespace {

constexpr std::size_t kHosts = 4096;  // of repeated observations: a building's devices say the same

struct Seen {
  const Field* field;
  std::string value;
};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// A number's digits instead of those that are there, from the right, as long as there are any.
std::string renumbered(std::string value, std::size_t number) {
  for (auto at = value.rbegin(); at != value.rend() && number > 0; ++at) {
    if (*at < '0' || *at > '9') continue;
    *at = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return number > 0 ? value + fmt::format(" {}", number) : value;
}

std::vector<Seen> make(const std::vector<Rule>& rules, std::size_t wanted) {
  std::vector<Seen> examples, made;
  for (const auto& rule : rules) {
    for (const auto& example : rule.examples) {
      examples.push_back({rule.fingerprint.field, example.value});
    }
  }
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto& [field, value] = examples[i / 2 % examples.size()];
    made.push_back({field, i % 2 ? renumbered(value, i) : fmt::format("host-{}.example.net", i)});
  }
  return made;
}

// The plain program.
class Plain {
 public:
  explicit Plain(const std::vector<Rule>& rules) {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    for (const auto& rule : rules) {
      const auto& trigger = rule.trigger;
      auto& asked = fields_[rule.fingerprint.field].emplace_back();
      asked.any = trigger.any;
      asked.equals = trigger.equals;
      if (!trigger.pattern) continue;
      asked.pattern = std::make_unique<re2::RE2>(trigger.pattern->text(), options);
    }
  }
  std::size_t fired(const Seen& seen) const {
    const auto at = fields_.find(seen.field);
    if (at == fields_.end()) return 0;
    return static_cast<std::size_t>(
        std::count_if(at->second.begin(), at->second.end(),
                      [&](const Asked& rule) { return fires(rule, seen); }));
  }

 private:
  struct Asked {
    bool any = false;
    std::vector<std::string> equals;
    std::unique_ptr<re2::RE2> pattern;
  };
  static bool fires(const Asked& rule, const Seen& seen) {
    return rule.any || (rule.pattern && re2::RE2::PartialMatch(seen.value, *rule.pattern)) ||
           std::find(rule.equals.begin(), rule.equals.end(), seen.value) != rule.equals.end();
  }
  std::map<const Field*, std::vector<Asked>> fields_;
};

// Rules that say "some video device" beside the rest show as two matches: the second has the
// first's id and ".video". Some rule's own id may end so, too.
std::size_t fired(const KnowledgeBase& knowledge, const Seen& seen) {
  const auto& matches = knowledge.match(*seen.field, seen.value);
  const auto beside = [&](const Match& match) {
    constexpr std::string_view kEnd = ".video";
    std::string_view id = match.fingerprint->id;
    if (!id.ends_with(kEnd)) return false;
    id.remove_suffix(kEnd.size());
    return std::any_of(matches.begin(), matches.end(),
                       [&](const Match& other) { return other.fingerprint->id == id; });
  };
  return matches.size() -
         static_cast<std::size_t>(std::count_if(matches.begin(), matches.end(), beside));
}

struct Outcome {
  double per_second;
  std::size_t fired;
};

template <typename Ask>
Outcome timed(const std::vector<Seen>& all, std::size_t times, Ask ask) {
  std::size_t count = 0;
  const double begin = cpu_seconds();
  for (std::size_t i = 0; i < times; ++i) count += ask(all[i % all.size()]);
  const double spent = std::max(cpu_seconds() - begin, 1e-9);
  return {static_cast<double>(times) / spent, count};
}

void row(std::string_view what, const Outcome& ours, const Outcome& plain) {
  fmt::print("{:<10} {:>12.0f} a second, plain RE2 loop {:>10.0f}: {:.1f} times; fired {} and {}\n",
             what, ours.per_second, plain.per_second, ours.per_second / plain.per_second,
             ours.fired, plain.fired);
}

int run(const std::string& directory, std::size_t wanted) {
  const auto words = vocabulary();
  Diagnostics diagnostics;
  double begin = cpu_seconds();
  const auto knowledge = KnowledgeBase::load(directory, words, diagnostics);
  if (!knowledge) {
    fmt::print(stderr, "{}", diagnostics.to_string());
    return 2;
  }
  fmt::print("load       {:.0f} ms for {} fingerprints\n", (cpu_seconds() - begin) * 1000,
             knowledge->fingerprints());
  VendorFile files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const auto root = YamlNode::load_file(entry.path(), diagnostics);
    if (root) read_vendor_file(*root, words, files);
  }
  const Plain loop(files.rules);
  const auto distinct = make(files.rules, wanted);
  const std::vector<Seen> repeated(
      distinct.begin(), distinct.begin() + static_cast<std::ptrdiff_t>(std::min(kHosts, wanted)));
  const auto ours = [&](const Seen& seen) { return fired(*knowledge, seen); };
  const auto plain = [&](const Seen& seen) { return loop.fired(seen); };
  for (const auto& seen : repeated)
    ours(seen), plain(seen);  // automata are built as they are asked
  row("distinct", timed(distinct, wanted, ours), timed(distinct, wanted, plain));
  row("repeated", timed(repeated, wanted * 4, ours), timed(repeated, wanted, plain));
  return 0;
}

}  // namespace
}  // namespace camwarden

int main(int argc, char** argv) {
  const std::string directory = argc > 1 ? argv[1] : "fingerprints/vendors";
  return camwarden::run(directory, argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000'000);
}
