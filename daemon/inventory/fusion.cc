#include "inventory/fusion.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::string_view kRegistrant = "oui";
constexpr double kProbable = 0.6, kProven = 0.9;
// That frames show a router outweighs a guess at a camera, and what the registrant of its MAC
// makes; it yields to what is at least probable: recorders with a switch inside front their
// cameras.
constexpr double kRouterCertainty = 0.6;
constexpr std::size_t kMaxConflicts = 16;

std::string_view witness(const Testimony& testimony) {
  return testimony.field->kind == FieldKind::mac ? kRegistrant : testimony.protocol;
}

const std::string* claimed(const Match& match, Attribute attribute) {
  for (const auto& claim : match.claims) {
    if (claim.attribute == attribute) return &claim.value;
  }
  return nullptr;
}

// One value of an attribute with all that supports it.
struct Candidate {
  std::string value;
  std::map<std::string_view, double> witnesses, strong;  // strong: of matches that are not weak
  std::set<std::string> fingerprints;
  Time last_seen = Time::min();

  static double combine(const std::map<std::string_view, double>& certainties) {
    double doubt = 1;
    for (const auto& [name, certainty] : certainties) doubt *= 1 - std::clamp(certainty, 0.0, 1.0);
    return 1 - doubt;
  }
  double confidence() const { return combine(witnesses); }
  bool only_registrant() const {
    return witnesses.size() == 1 && witnesses.begin()->first == kRegistrant;
  }

  void support(const Testimony& testimony) {
    const auto& fingerprint = *testimony.match->fingerprint;
    const auto raise = [&](double& certainty) {
      certainty = std::max(certainty, fingerprint.certainty);
    };
    raise(witnesses[witness(testimony)]);
    if (!fingerprint.weak && !is_hearsay(fingerprint)) raise(strong[witness(testimony)]);
    fingerprints.insert(fingerprint.id);
    last_seen = std::max(last_seen, testimony.last_seen);
  }
};

using Candidates = std::map<std::string, Candidate>;

bool case_matters(Attribute attribute) {
  return attribute != Attribute::maker && attribute != Attribute::brand;
}

template <typename Admit>
Candidates candidates(const std::vector<Testimony>& testimony, Attribute attribute, Admit admit) {
  Candidates found;
  for (const auto& one : testimony) {
    const auto* value = claimed(*one.match, attribute);
    if (!value || value->empty() || !admit(*one.match)) continue;
    auto& candidate = found[case_matters(attribute) ? *value : to_lower(*value)];
    if (candidate.value.empty() || *value < candidate.value) candidate.value = *value;
    candidate.support(one);
  }
  return found;
}

bool first_hand(const Match& match) { return !is_hearsay(*match.fingerprint); }

// Hearsay supports a maker that something else names.
Candidates maker_candidates(const std::vector<Testimony>& testimony) {
  auto makers = candidates(testimony, Attribute::maker, [](const Match&) { return true; });
  const auto named = candidates(testimony, Attribute::maker, first_hand);
  std::erase_if(makers, [&](const auto& entry) { return !named.contains(entry.first); });
  return makers;
}

// The most confident; of equals the smaller, but of two firmware versions the one seen last:
// devices are upgraded.
const Candidate* winner(const Candidates& all, bool newest_first = false) {
  const Candidate* best = nullptr;
  for (const auto& [key, candidate] : all) {
    const double lead = best ? candidate.confidence() - best->confidence() : 1;
    if (lead > 0 || (lead == 0 && newest_first && candidate.last_seen > best->last_seen))
      best = &candidate;
  }
  return best;
}

// "DS-2CD2042WD-I" does not contradict "ds-2cd2042wd-i/0508".
bool contradict(const std::string& a, const std::string& b) {
  return ifind(a, b) == std::string_view::npos && ifind(b, a) == std::string_view::npos;
}

void add_conflicts(const Candidates& all, Attribute attribute, const std::string& verdict,
                   Device& device) {
  for (const auto& [key, candidate] : all) {
    if (!contradict(candidate.value, verdict) || device.conflicts.size() >= kMaxConflicts) continue;
    device.conflicts.push_back({attribute,
                                verdict,
                                candidate.value,
                                {candidate.fingerprints.begin(), candidate.fingerprints.end()}});
  }
}

// Kinds in the order of kVideoKinds; equal confidence goes to the more telling, later one.
constexpr std::array kVideoKinds{Kind::video_other, Kind::recorder, Kind::camera};
constexpr std::array kOtherKinds{Kind::host, Kind::router};

template <std::size_t N>
Kind best_kind(const Candidates& all, const std::array<Kind, N>& kinds, Kind otherwise) {
  Kind best = otherwise;
  double confidence = 0;
  for (const auto kind : kinds) {
    const auto found = all.find(std::string(to_string(kind)));
    if (found == all.end() || found->second.confidence() < confidence) continue;
    best = kind;
    confidence = found->second.confidence();
  }
  return best;
}

template <std::size_t N>
std::map<std::string_view, double> witnesses_of(const Candidates& all,
                                                const std::array<Kind, N>& kinds) {
  std::map<std::string_view, double> witnesses;
  for (const auto kind : kinds) {
    const auto found = all.find(std::string(to_string(kind)));
    if (found == all.end()) continue;
    for (const auto& [name, certainty] : found->second.witnesses) {
      witnesses[name] = std::max(witnesses[name], certainty);
    }
  }
  return witnesses;
}

bool outweighs_router(const std::map<std::string_view, double>& video) {
  const bool says_so_itself = std::any_of(
      video.begin(), video.end(), [](const auto& witness) { return witness.first != kRegistrant; });
  return says_so_itself && Candidate::combine(video) >= kRouterCertainty;
}

// "Some video device" is what a registrant's prefix or a shared banner says: nothing against a
// protocol that says more exactly, and probably so, that it is a camera or a recorder.
Kind video_kind(const Candidates& all) {
  constexpr std::array kExact{Kind::recorder, Kind::camera};
  const auto exact = best_kind(all, kExact, Kind::video_other);
  const auto found = all.find(std::string(to_string(exact)));
  if (found != all.end() && found->second.confidence() >= kProbable) return exact;
  return best_kind(all, kVideoKinds, Kind::video_other);
}

void decide_kind(const std::vector<Testimony>& testimony, bool router, Device& device) {
  const auto all = candidates(testimony, Attribute::kind, [](const Match& match) {
    return !match.fingerprint->weak && first_hand(match);
  });
  const auto witnesses = witnesses_of(all, kVideoKinds);
  const double video = Candidate::combine(witnesses);
  const double other = Candidate::combine(witnesses_of(all, kOtherKinds));
  if (video > 0 && video >= other && (!router || outweighs_router(witnesses))) {
    device.kind = video_kind(all);
    for (const auto kind : {Kind::camera, Kind::recorder}) {
      const auto found = all.find(std::string(to_string(kind)));
      if (found == all.end() || kind == device.kind || device.kind == Kind::video_other) continue;
      add_conflicts({*found}, Attribute::kind, std::string(to_string(device.kind)), device);
    }
    return;
  }
  device.kind = router ? Kind::router : best_kind(all, kOtherKinds, Kind::host);
}

// The maker's own protocol named the maker, and gave a serial number too.
bool proven_by_own_protocol(const std::vector<Testimony>& testimony, const std::string& maker) {
  std::set<std::string_view> serials;
  for (const auto& one : testimony) {
    if (claimed(*one.match, Attribute::serial)) serials.insert(witness(one));
  }
  return std::any_of(testimony.begin(), testimony.end(), [&](const Testimony& one) {
    const auto* name = claimed(*one.match, Attribute::maker);
    return one.match->fingerprint->proprietary && name && iequals(*name, maker) &&
           serials.contains(witness(one));
  });
}

Grade grade_of(const Candidate& maker, bool video, bool own_protocol) {
  if (own_protocol) return Grade::proven;
  if (!video || maker.strong.empty()) return Grade::possible;
  const double confidence = maker.confidence();
  if (maker.strong.size() >= 2 && confidence >= kProven) return Grade::proven;
  return confidence >= kProbable ? Grade::probable : Grade::possible;
}

Grade lowered(Grade grade) {
  return grade == Grade::proven     ? Grade::probable
         : grade == Grade::probable ? Grade::possible
                                    : grade;
}

void decide_maker(const std::vector<Testimony>& testimony, Device& device) {
  const auto makers = maker_candidates(testimony);
  const auto* best = winner(makers);
  if (!best) return;
  const bool own_protocol = proven_by_own_protocol(testimony, best->value);
  device.maker = best->value;
  device.confidence = best->confidence();
  device.grade = grade_of(*best, is_video(device.kind), own_protocol);
  const bool contested = std::any_of(makers.begin(), makers.end(), [&](const auto& entry) {
    const auto& other = entry.second;
    return &other != best && other.confidence() >= kProbable &&
           !(own_protocol && other.only_registrant());
  });
  if (contested) device.grade = lowered(device.grade);
  for (const auto& [key, other] : makers) {
    if (&other != best) add_conflicts({{key, other}}, Attribute::maker, best->value, device);
  }
}

struct Detail {
  Attribute attribute;
  std::string Device::*member;
  bool conflicts;  // firmware and components change and add up; the others cannot
};
constexpr std::array kDetails{Detail{Attribute::model, &Device::model, true},
                              Detail{Attribute::firmware, &Device::firmware, false},
                              Detail{Attribute::serial, &Device::serial, true},
                              Detail{Attribute::component, &Device::component, false}};

// Details that come with a maker who lost are the loser's.
void decide_details(const std::vector<Testimony>& testimony, Device& device) {
  const auto of_the_maker = [&](const Match& match) {
    const auto* maker = claimed(match, Attribute::maker);
    return first_hand(match) && (!maker || iequals(*maker, device.maker));
  };
  for (const auto& detail : kDetails) {
    const auto all = candidates(testimony, detail.attribute, of_the_maker);
    const auto* best = winner(all, detail.attribute == Attribute::firmware);
    if (!best) continue;
    device.*detail.member = best->value;
    if (detail.conflicts) add_conflicts(all, detail.attribute, best->value, device);
  }
}

void decide_brand(const std::vector<Testimony>& testimony, Device& device) {
  const auto brands = candidates(testimony, Attribute::brand, first_hand);
  const auto* best = winner(brands);
  if (!best) return;
  device.brand = best->value;
  add_conflicts(brands, Attribute::brand, best->value, device);
}

}  // namespace

void fuse(const std::vector<Testimony>& testimony, bool router, Device& device) {
  decide_kind(testimony, router, device);
  decide_maker(testimony, device);
  decide_brand(testimony, device);
  decide_details(testimony, device);
}

}  // namespace camwarden
