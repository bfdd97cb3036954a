#include "report/ledger.h"

#include <algorithm>

namespace camwarden {
namespace {

constexpr auto kHour = std::chrono::hours(1);

bool overlaps(const Presence& presence, Time begin, Time end) {
  return presence.last_seen >= begin && presence.first_seen < end;
}

bool shows(const SegmentRule& segment, const std::string& interface) {
  const auto& on = segment.interfaces;
  return on.empty() || std::find(on.begin(), on.end(), interface) != on.end();
}

}  // namespace

bool told_apart(const Device& device) {
  return device.kind != Kind::unknown || !device.maker.empty() || !device.brand.empty();
}

Result<Ledger> Ledger::open(Database& database, Limits limits) {
  auto store = CoverageStore::open(database, limits.store);
  if (!store) return Error{store.error()};
  return Ledger(store.take(), limits);
}

Ledger::Hour& Ledger::hour(Time when) {
  auto& found = hours_[hour_of(when)];
  if (hours_.size() <= limits_.waiting) return found;
  const auto oldest =
      hours_.begin()->first == hour_of(when) ? std::next(hours_.begin()) : hours_.begin();
  hours_.erase(oldest);
  ++hours_lost_;
  return hours_[hour_of(when)];
}

void Ledger::listened(const Listened& listened) {
  auto& ear = hour(listened.end).ears[listened.interface];
  ear.name = listened.name;
  ear.first = std::min(ear.first, listened.end - listened.length);
  ear.listened += listened.length;
  ear.lost.add(listened.lost);
  for (const auto& [vlan, count] : listened.packets) {
    if (count == 0) continue;
    auto& packets = ear.vlans[vlan & 0xfff];
    packets.count += count;
    packets.alive += listened.length;
    packets.last = std::max(packets.last, listened.end);
  }
  unwritten_ += listened.length;
}

void Ledger::asked(const Asked& asked) {
  auto& sum = hour(asked.begin).asked[asked.segment];
  sum.add(asked);
  sum.segment = asked.segment;
  told_ = true;
}

void Census::add(const Device& device, const Policy& policy) {
  std::set<std::string> in;
  for (const auto& presence : device.presences) {
    if (!overlaps(presence, hour_, hour_ + kHour)) continue;
    const auto* rule = policy.segment(presence);
    const auto name = rule ? rule->name : std::string();
    Heard here;
    here.last = std::min<Time>(presence.last_seen, hour_ + kHour);
    here.vlans.insert(presence.vlan);
    if (presence.ip.host()) here.prefixes.insert(network_of(presence.ip));
    counts_[name].add(here);
    in.insert(name);
    auto& links = links_[name];
    if (links.size() < kMaxLinks) links.insert({presence.interface, presence.vlan});
  }
  for (const auto& name : in) {
    ++counts_[name].hosts;
    counts_[name].named += told_apart(device);
  }
}

void Ledger::hosts(const Census& census) {
  if (census.counts_.empty()) return;
  auto& sums = hour(census.hour_).hosts;
  for (const auto& [name, count] : census.counts_) sums[name].add(count);
  carriers_ = census.links_;
  told_ = true;
}

bool Ledger::due() const {
  const bool closed = hours_.size() > 1;  // an hour is over
  return unwritten_ >= limits_.write_after || told_ || closed;
}

// A VLAN that segments name is theirs; else it is shared by those whose hosts were seen on it.
std::vector<std::string> Ledger::segments_on(const Link& link, const Policy& policy) const {
  Presence presence;
  presence.interface = link.first;
  presence.vlan = link.second;
  if (const auto* rule = policy.segment(presence)) return {rule->name};
  std::vector<std::string> names;
  for (const auto& rule : policy.options().segments) {
    const auto links = carriers_.find(rule.name);
    if (links != carriers_.end() && links->second.contains(link)) names.push_back(rule.name);
  }
  if (names.empty()) names.emplace_back();
  return names;
}

void Ledger::add_ear(const Ear& ear, std::uint16_t interface, const Policy& policy,
                     Rows& rows) const {
  std::map<std::string, Heard> heard;
  for (const auto& rule : policy.options().segments) {
    if (shows(rule, ear.name)) heard[rule.name];
  }
  if (policy.options().segments.empty()) heard[""];
  std::uint64_t delivered = 0;
  for (const auto& [vlan, packets] : ear.vlans) {
    delivered += packets.count;
    for (const auto& name : segments_on({interface, vlan}, policy)) {
      auto& sum = heard[name];
      sum.packets += packets.count;
      sum.alive = std::max(sum.alive, packets.alive);
      sum.last = std::max(sum.last, packets.last);
      if (sum.vlans.size() < kMaxSeen) sum.vlans.insert(vlan);
    }
  }
  for (auto& [name, sum] : heard) {
    sum.first = ear.first;
    sum.listened = ear.listened;
    sum.delivered = delivered;
    sum.lost = ear.lost;
    auto& whole = rows[name].heard;
    // Two interfaces that both show a segment listen at the same time, not twice as long.
    const auto listened = std::max(whole.listened, sum.listened);
    const auto alive = std::max(whole.alive, sum.alive);
    whole.add(sum);
    whole.listened = listened;
    whole.alive = alive;
  }
}

Ledger::Rows Ledger::rows_of(Time begin, const Hour& hour, const Policy& policy) const {
  Rows rows;
  for (const auto& [interface, ear] : hour.ears) add_ear(ear, interface, policy, rows);
  for (const auto& [segment, hosts] : hour.hosts) rows[segment].heard.add(hosts);
  for (const auto& [segment, asked] : hour.asked) rows[segment].asked.add(asked);
  for (auto& [segment, row] : rows) {
    row.segment = row.asked.segment = segment;
    row.begin = begin;
  }
  return rows;
}

Status Ledger::write_if_due(const Policy& policy) {
  writing_ = due();
  return writing_ ? write(policy) : Status();
}

Status Ledger::write(const Policy& policy) {
  store_.failed();  // whatever an earlier transaction held: it was committed, or it did not happen
  for (const auto& [begin, hour] : hours_) {
    for (const auto& [segment, row] : rows_of(begin, hour, policy)) {
      if (auto status = store_.add(row); !status) return status;
    }
  }
  return hours_.empty() ? Status() : store_.make_room(hours_.rbegin()->first);
}

void Ledger::written() {
  if (!writing_) return;
  store_.written();
  hours_.clear();
  unwritten_ = {};
  told_ = false;
}

}  // namespace camwarden
