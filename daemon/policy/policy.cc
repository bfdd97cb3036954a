#include "policy/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/raise.h"
#include "policy/sentence.h"

namespace camwarden {
namespace {

template <typename T, typename U>
bool contains(const std::vector<T>& list, const U& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// The device left `old` before it came to `newer`, which is another place.
bool moved(const Presence& old, const Presence& newer) {
  if (newer.first_seen <= old.last_seen) return false;
  if (newer.vlan != old.vlan || newer.interface != old.interface) return true;
  return newer.ip.family == old.ip.family && newer.ip != old.ip && !newer.ip.link_local();
}

bool superseded(const Device& device, const Presence& presence) {
  return std::any_of(device.presences.begin(), device.presences.end(),
                     [&](const Presence& other) { return moved(presence, other); });
}

bool listed(const Exception& exception, const Device& device, const Presence& presence) {
  if (device.mac && contains(exception.macs, device.mac)) return true;
  if (!device.serial.empty() && contains(exception.serials, device.serial)) return true;
  return std::any_of(exception.prefixes.begin(), exception.prefixes.end(),
                     [&](const Prefix& prefix) { return prefix.contains(presence.ip); });
}

int longest_match(const SegmentRule& segment, const IpAddress& ip) {
  int longest = -1;
  for (const auto& prefix : segment.prefixes) {
    if (prefix.contains(ip)) longest = std::max(longest, static_cast<int>(prefix.length));
  }
  return longest;
}

// "Some video device" speaks for each of the video kinds, and each of them for it.
bool speaks_for(std::string_view claimed, Kind kind) {
  if (claimed == to_string(kind)) return true;
  if (kind == Kind::video_other) {
    return claimed == to_string(Kind::camera) || claimed == to_string(Kind::recorder);
  }
  return is_video(kind) && claimed == to_string(Kind::video_other);
}

bool claims_kind(const EvidenceItem& item, Kind kind) {
  return std::any_of(item.claims.begin(), item.claims.end(), [&](const Claim& claim) {
    return claim.attribute == Attribute::kind && speaks_for(claim.value, kind);
  });
}

bool about_makers(const DenyRule& rule) { return !rule.law_packs.empty() || !rule.makers.empty(); }

}  // namespace

Grade kind_grade(const Device& device) {
  std::map<std::string_view, double> witnesses;  // by protocol
  for (const auto& item : device.evidence) {
    if (!claims_kind(item, device.kind)) continue;
    auto& best = witnesses[item.protocol];
    best = std::max(best, item.certainty);
  }
  double doubt = 1;
  for (const auto& [protocol, certainty] : witnesses) doubt *= 1 - certainty;
  const Grade grade = witnesses.empty()                      ? Grade::none
                      : doubt <= 0.1 && witnesses.size() > 1 ? Grade::proven
                      : doubt <= 0.4                         ? Grade::probable
                                                             : Grade::possible;
  return std::max(grade, device.grade);
}

Policy::Policy(PolicyOptions options, std::vector<LawPack> packs, const KnowledgeBase& knowledge,
               std::vector<std::string> interfaces)
    : options_(std::move(options)),
      packs_(std::move(packs)),
      knowledge_(&knowledge),
      interfaces_(std::move(interfaces)) {}

std::vector<Finding> Policy::judge(const Device& device, Time now) const {
  std::vector<Finding> findings;
  for (const auto& rule : options_.rules) {
    if (auto found = breaks(rule, device, now, rule.min_grade))
      findings.push_back(std::move(*found));
  }
  return findings;
}

std::optional<Finding> Policy::breaks(const DenyRule& rule, const Device& device, Time now,
                                      Grade at_least,
                                      std::optional<std::string_view> prefer) const {
  if (!denies_kind(rule, device.kind) || grade(rule, device) < at_least) return std::nullopt;
  if (about_makers(rule) && !denies_maker(rule, device.maker)) return std::nullopt;

  std::optional<Presence> best;
  const Exception* best_exception = nullptr;
  int best_rank = 0;
  for (const auto& presence : places(device, now)) {
    const auto* place = segment(presence);
    if (!applies_in(rule, place)) continue;
    const auto* excepted = exception(rule, device, presence, now);
    const bool preferred = prefer && (place ? std::string_view(place->name) : "") == *prefer;
    const int rank = 1 + (excepted ? 0 : 2) + (preferred ? 1 : 0);
    if (rank <= best_rank) continue;
    best = presence;
    best_exception = excepted;
    best_rank = rank;
  }
  if (!best) return std::nullopt;
  return finding(rule, device, *best, best_exception);
}

Finding Policy::finding(const DenyRule& rule, const Device& device, const Presence& presence,
                        const Exception* exception) const {
  Finding found;
  found.rule = &rule;
  if (const auto* place = segment(presence)) {
    found.segment = place->name;
    found.zone = place->zone;
  }
  found.presence = presence;
  if (!rule.law_packs.empty()) found.laws = laws_for(device.maker, rule.law_packs);
  found.exception = exception;
  found.why = broken(device, found);
  found.to_raise = to_raise(device);
  return found;
}

std::string Policy::to_raise(const Device& device) const {
  return what_would_raise(device, *knowledge_);
}

Grade Policy::grade(const DenyRule& rule, const Device& device) const {
  return about_makers(rule) ? device.grade : kind_grade(device);
}

bool Policy::denies_kind(const DenyRule& rule, Kind kind) const {
  return rule.kinds.empty() ? is_video(kind) : contains(rule.kinds, kind);
}

bool Policy::denies_maker(const DenyRule& rule, std::string_view maker) const {
  if (maker.empty()) return false;
  return is_of(maker, rule.makers) ||
         (!rule.law_packs.empty() && !laws_for(maker, rule.law_packs).empty());
}

bool Policy::applies_in(const DenyRule& rule, const SegmentRule* segment) const {
  if (rule.zones.empty() && rule.segments.empty()) return true;
  return segment && (contains(rule.segments, segment->name) || contains(rule.zones, segment->zone));
}

const DenyRule* Policy::rule(std::string_view id) const {
  for (const auto& rule : options_.rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

std::vector<Presence> Policy::places(const Device& device, Time now) const {
  std::vector<Presence> live;
  for (const auto& presence : device.presences) {
    if (now - presence.last_seen >= options_.gone_after || superseded(device, presence)) continue;
    live.push_back(presence);
  }
  std::stable_sort(live.begin(), live.end(),
                   [](const Presence& a, const Presence& b) { return a.last_seen > b.last_seen; });
  return live;
}

const SegmentRule* Policy::segment(const Presence& presence) const {
  const SegmentRule* by_prefix = nullptr;
  const SegmentRule* by_interface = nullptr;
  int longest = -1;
  for (const auto& segment : options_.segments) {
    if (!on_interface(segment, presence)) continue;
    if (contains(segment.vlans, presence.vlan)) return &segment;
    if (const int length = longest_match(segment, presence.ip); length > longest) {
      longest = length;
      by_prefix = &segment;
    }
    const bool takes_all = segment.vlans.empty() && segment.prefixes.empty();
    if (takes_all && !segment.interfaces.empty() && !by_interface) by_interface = &segment;
  }
  return by_prefix ? by_prefix : by_interface;
}

bool Policy::on_interface(const SegmentRule& segment, const Presence& presence) const {
  if (segment.interfaces.empty()) return true;
  return presence.interface < interfaces_.size() &&
         contains(segment.interfaces, interfaces_[presence.interface]);
}

const Exception* Policy::exception(const DenyRule& rule, const Device& device,
                                   const Presence& presence, Time now) const {
  for (const auto& candidate : options_.exceptions) {
    if (!candidate.rule.empty() && candidate.rule != rule.id) continue;
    if (now < candidate.expires && listed(candidate, device, presence)) return &candidate;
  }
  return nullptr;
}

bool Policy::is_of(std::string_view maker, const std::vector<std::string>& makers) const {
  if (contains(makers, maker)) return true;
  for (const auto* ancestor : knowledge_->lineage(maker)) {
    if (contains(makers, ancestor->name)) return true;
  }
  return false;
}

std::vector<LawQuote> Policy::laws_for(std::string_view maker,
                                       const std::vector<std::string>& only) const {
  std::vector<LawQuote> quotes;
  const auto& wanted = only.empty() ? options_.law_packs : only;
  for (const auto& pack : packs_) {
    if (!wanted.empty() && !contains(wanted, pack.id)) continue;
    for (const auto& entity : pack.entities) {
      if (!is_of(maker, entity.makers)) continue;
      quotes.push_back({.pack = pack.id,
                        .title = pack.title,
                        .citation = entity.citation.empty() ? pack.citation : entity.citation,
                        .authority = pack.authority,
                        .entity = entity.name,
                        .date = entity.since.empty() ? pack.in_force : entity.since,
                        .mapping = entity.mapping});
    }
  }
  return quotes;
}

std::vector<std::string> Policy::notices(Time now) const {
  std::vector<std::string> out;
  for (const auto& exception : options_.exceptions) {
    if (now < exception.expires) continue;
    out.push_back(
        fmt::format("exception for rule {} has run out and does nothing: {}; renew or remove it",
                    exception.rule.empty() ? "(any)" : exception.rule, described(exception)));
  }
  return out;
}

}  // namespace camwarden
