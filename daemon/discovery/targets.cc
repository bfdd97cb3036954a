#include "discovery/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace camwarden {
namespace {

std::uint64_t low_half(const IpAddress& ip) {
  std::uint64_t value = 0;
  const std::size_t begin = ip.is_v4() ? 0 : 8, end = ip.is_v4() ? 4 : 16;
  for (auto i = begin; i < end; ++i) value = value << 8 | ip.octets[i];
  return value;
}

bool same_high_half(const IpAddress& a, const IpAddress& b) {
  return a.is_v4() || std::equal(a.octets.begin(), a.octets.begin() + 8, b.octets.begin());
}

IpAddress last_of(const Prefix& prefix) {
  auto ip = prefix.address;
  for (int bit = prefix.length; bit < ip.bits(); ++bit) {
    auto& octet = ip.octets[static_cast<std::size_t>(bit / 8)];
    octet = static_cast<std::uint8_t>(octet | 0x80 >> bit % 8);
  }
  return ip;
}

// The widest prefix that begins at this address and ends no later than `last`.
Prefix widest_from(const IpAddress& ip, const IpAddress& last) {
  Prefix widest{ip, static_cast<std::uint8_t>(ip.bits())};
  while (widest.length > 0) {
    const auto bit = static_cast<std::size_t>(widest.length - 1);
    const bool set = (ip.octets[bit / 8] & 0x80 >> bit % 8) != 0;
    const Prefix wider{ip, static_cast<std::uint8_t>(bit)};
    if (set || last_of(wider) > last) break;
    widest = wider;
  }
  return widest;
}

// What a word means, or why not. A file is for the caller.
class Words {
 public:
  Words(const Targets::Options& options, Diagnostics& diagnostics)
      : options_(options), diagnostics_(diagnostics) {}

  void read(const Place& place, const std::string& word, int depth) {
    if (++count_ > Targets::kMaxTerms) return too_many(place);
    if (word == "local") return add_local(place);
    if (const auto prefix = Prefix::parse(word)) return add(place, word, range_of(*prefix));
    if (word.find('/') != std::string::npos && IpAddress::parse(word.substr(0, word.find('/')))) {
      return crooked_prefix(place, word);
    }
    if (const auto range = read_range(word)) return add(place, word, *range);
    if (looks_like_range(word)) {
      return error(place,
                   fmt::format("\"{}\" is no range; write it as 10.0.0.1-20 or as two addresses "
                               "in order, a-b",
                               printable(word)));
    }
    read_file(place, word, depth);
  }

  std::vector<Range> ranges;

 private:
  void error(const Place& place, std::string what) { diagnostics_.error(place, std::move(what)); }

  void too_many(const Place& place) {
    if (count_ == Targets::kMaxTerms + 1) {
      error(place, fmt::format("more than {} targets; use prefixes", Targets::kMaxTerms));
    }
  }

  void crooked_prefix(const Place& place, const std::string& word) {
    error(place,
          fmt::format("\"{}\" is no prefix: its length is too long, or bits behind it are set; "
                      "for an address and its whole subnet write the subnet's own address",
                      printable(word)));
  }

  static bool looks_like_range(const std::string& word) {
    return IpAddress::parse(word.substr(0, word.find('-'))).has_value();
  }

  static std::optional<Range> read_range(const std::string& word) {
    const auto dash = word.find('-');
    if (dash == std::string::npos) return std::nullopt;
    const auto first = IpAddress::parse(std::string_view(word).substr(0, dash));
    if (!first) return std::nullopt;
    const auto rest = std::string_view(word).substr(dash + 1);
    auto last = IpAddress::parse(rest);
    if (!last && first->is_v4()) last = with_last_number(*first, rest);
    if (!last || last->family != first->family || *last < *first) return std::nullopt;
    return Range{*first, *last};
  }

  static std::optional<IpAddress> with_last_number(IpAddress ip, std::string_view digits) {
    unsigned number = 0;
    const auto [end, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failed != std::errc() || end != digits.data() + digits.size() || number > 255)
      return std::nullopt;
    ip.octets[3] = static_cast<std::uint8_t>(number);
    return ip;
  }

  void add(const Place& place, const std::string& word, const Range& range) {
    if (!allowed(range)) {
      return error(place, fmt::format("\"{}\" is outside of the prefixes that may be asked",
                                      printable(word)));
    }
    if (range.first.is_v4() && range.size() > Targets::kHuge && !options_.allow_huge) {
      return error(place, fmt::format("\"{}\" has {} addresses; if that is meant, say --allow-huge",
                                      printable(word), range.size()));
    }
    ranges.push_back(range);
  }

  bool allowed(const Range& range) const {
    if (options_.allowed.empty()) return true;
    return std::any_of(options_.allowed.begin(), options_.allowed.end(), [&](const Prefix& prefix) {
      return prefix.contains(range.first) && prefix.contains(range.last);
    });
  }

  void add_local(const Place& place) {
    const auto before = ranges.size();
    for (const auto& subnet : options_.attached) {
      if (!subnet.loopback)
        add(place, "local: " + subnet.prefix.to_string(), range_of(subnet.prefix));
    }
    if (ranges.size() == before && diagnostics_.ok())
      error(place, "\"local\": this host is attached to no subnet");
  }

  void read_file(const Place& place, const std::string& word, int depth) {
    const auto path = word.starts_with('@') ? word.substr(1) : word;
    if (depth >= Targets::kMaxDepth) return error(place, "files that name files, too deep");
    if (!options_.read_file)
      return error(place, fmt::format("\"{}\" is no target", printable(word)));
    const auto text = options_.read_file(path);
    if (!text) {
      return error(place, fmt::format("\"{}\" is no prefix, range or address, and no file: {}",
                                      printable(word), text.error()));
    }
    int number = 0;
    for (const auto line : split(text.value(), '\n')) read_line(path, ++number, line, depth);
  }

  void read_line(const std::string& path, int number, std::string_view line, int depth) {
    line = line.substr(0, line.find('#'));
    constexpr std::string_view kBlanks = " \t\r,";
    for (auto begin = line.find_first_not_of(kBlanks); begin != std::string_view::npos;) {
      const auto end = std::min(line.find_first_of(kBlanks, begin), line.size());
      read({path, number, static_cast<int>(begin) + 1},
           std::string(line.substr(begin, end - begin)), depth + 1);
      begin = line.find_first_not_of(kBlanks, end);
    }
  }

  const Targets::Options& options_;
  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
};

std::vector<Range> merged(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<Range> out;
  for (const auto& range : ranges) {
    const bool joins =
        !out.empty() && out.back().first.family == range.first.family &&
        (range.first <= out.back().last || range.first == next_address(out.back().last));
    if (joins) {
      out.back().last = std::max(out.back().last, range.last);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

}  // namespace

std::uint64_t Range::size() const {
  if (!same_high_half(first, last)) return UINT64_MAX;
  const auto count = low_half(last) - low_half(first);
  return count == UINT64_MAX ? count : count + 1;
}

Range range_of(const Prefix& prefix) { return {prefix.address, last_of(prefix)}; }

IpAddress next_address(IpAddress ip) {
  for (auto i = static_cast<std::size_t>(ip.bits() / 8); i > 0; --i) {
    if (++ip.octets[i - 1] != 0) break;
  }
  return ip;
}

std::optional<Targets> Targets::parse(const std::vector<std::string>& terms, const Options& options,
                                      Diagnostics& diagnostics) {
  const auto before = diagnostics.errors().size();
  Words words(options, diagnostics);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    words.read({fmt::format("target {}", i + 1), 0, 0}, terms[i], 0);
  }
  if (diagnostics.errors().size() != before) return std::nullopt;
  Targets targets;
  targets.ranges_ = merged(std::move(words.ranges));
  return targets;
}

bool Targets::contains(const IpAddress& ip) const {
  const auto behind =
      std::upper_bound(ranges_.begin(), ranges_.end(), ip,
                       [](const IpAddress& one, const Range& range) { return one < range.first; });
  return behind != ranges_.begin() && std::prev(behind)->contains(ip);
}

bool Targets::covers(const Prefix& prefix) const {
  const auto whole = range_of(prefix);
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    return range.contains(whole.first) && range.contains(whole.last);
  });
}

std::vector<Range> Targets::listed() const {
  std::vector<Range> out;
  std::copy_if(ranges_.begin(), ranges_.end(), std::back_inserter(out),
               [](const Range& range) { return range.first.is_v4() || range.size() <= kHuge; });
  return out;
}

std::uint64_t Targets::size() const {
  std::uint64_t count = 0;
  for (const auto& range : listed()) count += range.size();
  return count;
}

std::vector<Prefix> prefixes_of(const Range& range) {
  std::vector<Prefix> prefixes;
  auto ip = range.first;
  for (;;) {
    const auto& prefix = prefixes.emplace_back(widest_from(ip, range.last));
    const auto last = last_of(prefix);
    if (last >= range.last) return prefixes;
    ip = next_address(last);
  }
}

}  // namespace camwarden
