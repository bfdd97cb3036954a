#include "report/coverage.h"

#include <algorithm>
#include <map>

namespace camwarden {
namespace {

template <typename T>
std::uint64_t unite(std::set<T>& into, const std::set<T>& more) {
  std::uint64_t untold = 0;
  for (const auto& item : more) {
    if (into.size() < kMaxSeen || into.contains(item)) {
      into.insert(item);
    } else {
      ++untold;
    }
  }
  return untold;
}

Time earliest(Time a, Time b) { return a == Time{} ? b : b == Time{} ? a : std::min(a, b); }

}  // namespace

void Loss::add(const Loss& other) {
  interface += other.interface;
  ring += other.ring;
  queue += other.queue;
}

void Asked::add(const Asked& other) {
  if (!other.any()) return;
  complete = !any() ? other.complete
                    : (complete && (other.complete || covers(targets, other.targets))) ||
                          (other.complete && covers(other.targets, targets));
  begin = earliest(begin, other.begin);
  end = std::max(end, other.end);
  complete &= unite(targets, other.targets) == 0;  // nobody may rely on what is not listed
  addresses += other.addresses;
  answered += other.answered;
  questions += other.questions;
  for (const auto& limit : other.limits) {
    const bool known = std::find(limits.begin(), limits.end(), limit) != limits.end();
    if (!known && limits.size() < kMaxSeen) limits.push_back(limit);
  }
}

double Heard::loss() const {
  const auto all = delivered + lost.total();
  return all == 0 ? 0 : static_cast<double>(lost.total()) / static_cast<double>(all);
}

void Heard::add(const Heard& other) {
  listened += other.listened;
  alive += other.alive;
  packets += other.packets;
  delivered += other.delivered;
  lost.add(other.lost);
  hosts = std::max(hosts, other.hosts);
  named = std::max(named, other.named);
  unite(vlans, other.vlans);
  prefixes_untold = std::max(prefixes_untold, other.prefixes_untold);
  prefixes_untold += unite(prefixes, other.prefixes);
  first = earliest(first, other.first);
  last = std::max(last, other.last);
}

void Coverage::add(const Coverage& other) {
  heard.add(other.heard);
  asked.add(other.asked);
}

bool covers(const std::set<Prefix>& outer, const std::set<Prefix>& inner) {
  return std::all_of(inner.begin(), inner.end(), [&](const Prefix& prefix) {
    return std::any_of(outer.begin(), outer.end(), [&](const Prefix& wide) {
      return wide.length <= prefix.length && wide.contains(prefix.address);
    });
  });
}

Coverage coverage_of(const Asked& asked) {
  Coverage row;
  row.segment = asked.segment;
  row.begin = asked.begin;
  row.length = asked.end - asked.begin;
  row.asked = asked;
  return row;
}

Time hour_of(Time time) { return std::chrono::floor<std::chrono::hours>(time); }

Prefix network_of(const IpAddress& ip) {
  Prefix prefix{ip, static_cast<std::uint8_t>(ip.is_v4() ? 24 : ip.is_v6() ? 64 : 0)};
  for (std::size_t i = prefix.length / 8; i < prefix.address.octets.size(); ++i) {
    prefix.address.octets[i] = 0;
  }
  return prefix;
}

std::vector<Coverage> by_segment(const std::vector<Coverage>& rows) {
  std::map<std::string, Coverage> sums;
  for (const auto& row : rows) {
    auto [at, fresh] = sums.try_emplace(row.segment, row);
    if (fresh) continue;
    auto& sum = at->second;
    const auto end = std::max(sum.begin + sum.length, row.begin + row.length);
    sum.begin = std::min(sum.begin, row.begin);
    sum.length = end - sum.begin;
    sum.add(row);
  }
  std::vector<Coverage> out;
  for (auto& [segment, sum] : sums) out.push_back(std::move(sum));
  return out;
}

}  // namespace camwarden
