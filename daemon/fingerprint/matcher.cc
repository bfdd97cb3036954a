#include "fingerprint/matcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace camwarden {
namespace {

// A registrant that makes nothing but surveillance equipment names the maker and says "some video
// device"; not more, because prefixes lie: boards are resold and addresses copied. Any other
// registrant is a hint at a maker and says nothing of a camera.
constexpr double kOnlyVideoCertainty = 0.65;
constexpr double kWideRangeCertainty = 0.30;

std::string slug(std::string_view name) {
  std::string out = to_lower(name);
  for (char& c : out) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) c = '-';
  }
  return out;
}

Fingerprint registrant_fingerprint(const OuiGroup& group, const Oui& oui) {
  return {
      .id = fmt::format("{}.oui.{}", slug(group.registrant()), oui.digits()),
      .field = &kMacField,
      .certainty = group.only_video ? kOnlyVideoCertainty : kWideRangeCertainty,
      .proprietary = false,
      .weak = !group.only_video,
      .because = fmt::format("its MAC address is of a block registered to {}", group.registrant()),
      .source = group.source};
}

Claim some_video_claim() { return {Attribute::kind, std::string(to_string(Kind::video_other))}; }

// "sadp" of "sadp.serial".
std::string_view protocol_of(const Field& field) {
  return field.name.substr(0, field.name.find('.'));
}

std::vector<Claim> registrant_claims(const OuiGroup& group) {
  std::vector<Claim> claims;
  if (!group.maker.name.empty()) claims.push_back({Attribute::maker, group.maker.name});
  if (!group.brand.name.empty()) claims.push_back({Attribute::brand, group.brand.name});
  if (group.only_video) claims.push_back(some_video_claim());
  return claims;
}

}  // namespace

Matcher::Matcher(std::vector<Rule> rules, const std::vector<OuiGroup>& groups,
                 std::vector<MuteRule> mutes)
    : rules_(std::move(rules)), mutes_(std::move(mutes)) {
  std::sort(rules_.begin(), rules_.end(),
            [](const Rule& a, const Rule& b) { return a.fingerprint.id < b.fingerprint.id; });
  std::vector<std::pair<Oui, std::size_t>> entries;
  for (const auto& group : groups) add_registrants(group, entries);
  for (auto& one : registrants_) one.matches = {{&one.fingerprint, one.claims}};
  ouis_ = OuiTable(std::move(entries));
  index_rules();
  index_own_protocols();
}

void Matcher::add_registrants(const OuiGroup& group,
                              std::vector<std::pair<Oui, std::size_t>>& entries) {
  for (const auto& [oui, place] : group.prefixes) {
    entries.emplace_back(oui, registrants_.size());
    registrants_.push_back({registrant_fingerprint(group, oui), registrant_claims(group), {}});
  }
}

void Matcher::index_rules() {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const auto* field = rules_[i].fingerprint.field;
    auto& index = fields_[field->name];
    by_field_[field] = &index;
    const auto& trigger = rules_[i].trigger;
    if (trigger.any) index.any.push_back(i);
    if (trigger.pattern) index.patterns.push_back(i);
    for (const auto& text : trigger.equals) index.equals.emplace(text, i);
  }
  for (const auto& mute : mutes_) fields_[mute.field->name].mutes.push_back(&mute);
}

// When the field is first asked: on most networks a third of all fields is ever seen, and compiling
// the sets of all takes a seventh of the time of loading.
void Matcher::build_set(FieldIndex& index) const {
  if (!index.set.empty() || index.patterns.empty()) return;
  std::vector<const Pattern*> patterns;
  for (const auto i : index.patterns) patterns.push_back(&*rules_[i].trigger.pattern);
  index.set.emplace_back(patterns);
}

Matcher::FieldIndex* Matcher::index_of(const Field& field) {
  if (const auto at = by_field_.find(&field); at != by_field_.end()) return at->second;
  const auto at = fields_.find(field.name);
  return at == fields_.end() ? nullptr : &at->second;
}

const std::vector<Match>& Matcher::match(const Field& field, std::string_view value) {
  if (field.name == kMacField.name) return match_registrant(value);
  auto* index = index_of(field);
  if (index == nullptr) return nothing_;
  const auto remembered =
      value.size() > Memo::kMaxValueBytes ? Memo::Answer{} : memo_.of(field, value);
  auto& matches = remembered.matches ? *remembered.matches : unremembered_;
  if (!remembered.known) match_rules(*index, value, matches);
  return matches;
}

const std::vector<Match>& Matcher::match_registrant(std::string_view value) const {
  const auto mac = MacAddress::parse(value);
  const auto at = mac ? ouis_.find(*mac) : std::nullopt;
  return at ? registrants_[*at].matches : nothing_;
}

void Matcher::find_candidates(FieldIndex& index, std::string_view value) {
  build_set(index);
  candidates_ = index.any;
  const auto [first, last] = index.equals.equal_range(value);
  for (auto at = first; at != last; ++at) candidates_.push_back(at->second);
  for (const auto& set : index.set) {
    set.find_in(value, in_set_);
    for (const auto at : in_set_) {
      candidates_.push_back(index.patterns[static_cast<std::size_t>(at)]);
    }
  }
  std::sort(candidates_.begin(), candidates_.end());
}

void Matcher::match_rules(FieldIndex& index, std::string_view value,
                          std::vector<Match>& matches) {
  matches.clear();
  find_candidates(index, value);
  for (const auto i : candidates_) {
    const Rule& rule = rules_[i];
    // A candidate has fired; where is asked only for claims that quote the value.
    const bool quotes = std::any_of(rule.claims.begin(), rule.claims.end(),
                                    [](const auto& claim) { return !claim.fixed(); });
    const auto groups = quotes ? rule.trigger.fire(value) : Groups{value};
    if (!groups) continue;
    matches.push_back({&rule.fingerprint, expand(rule.claims, *groups)});
    if (rule.some_video) matches.push_back({&*rule.some_video, {some_video_claim()}});
  }
  std::sort(matches.begin(), matches.end(),
            [](const Match& a, const Match& b) { return a.fingerprint->id < b.fingerprint->id; });
}

void Matcher::index_own_protocols() {
  std::set<std::string_view> numbered;
  std::map<std::string, std::set<std::string_view>> named;  // by maker
  for (const auto& rule : rules_) {
    const auto protocol = protocol_of(*rule.fingerprint.field);
    for (const auto& claim : rule.claims) {
      const bool maker = claim.attribute == Attribute::maker && rule.fingerprint.proprietary;
      if (maker) named[to_lower(claim.text)].insert(protocol);
      if (claim.attribute == Attribute::serial) numbered.insert(protocol);
    }
  }
  for (const auto& [maker, protocols] : named) {
    for (const auto protocol : protocols) {
      if (numbered.contains(protocol)) own_protocols_[maker].emplace_back(protocol);
    }
  }
}

const std::vector<std::string>& Matcher::own_protocols(std::string_view maker) const {
  const auto at = own_protocols_.find(to_lower(maker));
  return at == own_protocols_.end() ? no_protocols_ : at->second;
}

bool Matcher::mute(const Field& field, std::string_view value) {
  const auto* index = index_of(field);
  if (index == nullptr) return false;
  return std::any_of(index->mutes.begin(), index->mutes.end(),
                     [&](const MuteRule* mute) { return mute->trigger.fire(value).has_value(); });
}

}  // namespace camwarden
