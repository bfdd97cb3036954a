#pragma once
// Targets: the addresses that may be asked, read from what a person wrote:
//
//   10.0.0.0/24  fd00::/64     prefixes
//   10.0.0.1-20  a-b           ranges, of the last number or of whole addresses
//   10.0.0.7  fe80::1          addresses
//   local                      the subnets that this host is attached to
//   @FILE or FILE              any of these, one a word, "#" begins a comment
//
// Everything that is wrong is told at once, with its place, and then nothing is a target. Refused
// are addresses outside of `allowed`, and more than kHuge IPv4 addresses in one term unless
// `allow_huge`: 10.0.0.0/8 is more often a slip than a wish.
//
// A pure value: reading files and asking the kernel for subnets is given to parse().
//
// Limits: kMaxTerms terms, files in files no deeper than kMaxDepth.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/diagnostics.h"
#include "base/result.h"
#include "discovery/attached.h"

namespace camwarden {

struct Range {
  IpAddress first, last;  // of one family, in order
  bool contains(const IpAddress& ip) const { return first <= ip && ip <= last; }
  std::uint64_t size() const;  // at most UINT64_MAX
  auto operator<=>(const Range&) const = default;
};
Range range_of(const Prefix& prefix);
IpAddress next_address(IpAddress ip);  // of the last one: the first
// The fewest prefixes that together are the range: of IPv4 at most 62, of IPv6 254.
std::vector<Prefix> prefixes_of(const Range& range);

class Targets {
 public:
  static constexpr std::uint64_t kHuge = 65'536;
  static constexpr std::size_t kMaxTerms = 100'000;
  static constexpr int kMaxDepth = 4;

  struct Options {
    bool allow_huge = false;
    std::vector<Prefix> allowed = {};  // empty: everywhere
    std::vector<Attached> attached = {};
    std::function<Result<std::string>(const std::string& path)> read_file = {};
  };
  static std::optional<Targets> parse(const std::vector<std::string>& terms, const Options& options,
                                      Diagnostics& diagnostics);

  bool contains(const IpAddress& ip) const;
  bool covers(const Prefix& prefix) const;  // all of it
  // Sorted, without overlaps.
  const std::vector<Range>& ranges() const { return ranges_; }
  // Those that can be asked one by one. A larger IPv6 range is only what may answer.
  std::vector<Range> listed() const;
  std::uint64_t size() const;  // of listed()

 private:
  std::vector<Range> ranges_;
};

}  // namespace camwarden
