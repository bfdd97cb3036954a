#pragma once
// Matcher: the rules at work. By field: exact strings are looked up, patterns are asked together.
// The MAC address field has the registry instead. What a value gave is remembered (memo.h).
//
// What match() gives is the memo's own, as it stands until the next call: a copy of it would cost
// more than finding it.
//
// Thread: any one at a time (the memo).

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/regex.h"
#include "fingerprint/claim.h"
#include "fingerprint/memo.h"
#include "base/oui.h"
#include "fingerprint/vendor_file.h"
#include "observation/field.h"

namespace camwarden {

class Matcher {
 public:
  Matcher(std::vector<Rule> rules, const std::vector<OuiGroup>& groups,
          std::vector<MuteRule> mutes);
  // Its indices point into itself.
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  const std::vector<Match>& match(const Field& field, std::string_view value);
  bool mute(const Field& field, std::string_view value);
  // Those of which one rule is proprietary and names the maker, and one tells a serial number.
  const std::vector<std::string>& own_protocols(std::string_view maker) const;
  std::size_t size() const { return rules_.size() + registrants_.size(); }

 private:
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  // The rules of one field, as indices into rules_, which is sorted by id.
  struct FieldIndex {
    std::vector<std::size_t> any;
    std::unordered_multimap<std::string, std::size_t, TextHash, std::equal_to<>> equals;
    std::vector<std::size_t> patterns;  // the set's order
    std::vector<PatternSet> set;        // none, or one once the field was asked
    std::vector<const MuteRule*> mutes;
  };
  struct Registrant {
    Fingerprint fingerprint;
    std::vector<Claim> claims;
    std::vector<Match> matches;  // the one
  };
  void add_registrants(const OuiGroup& group, std::vector<std::pair<Oui, std::size_t>>& entries);
  void index_rules();
  void index_own_protocols();
  void build_set(FieldIndex& index) const;
  FieldIndex* index_of(const Field& field);
  const std::vector<Match>& match_registrant(std::string_view value) const;
  void find_candidates(FieldIndex& index, std::string_view value);
  void match_rules(FieldIndex& index, std::string_view value, std::vector<Match>& matches);

  std::vector<Rule> rules_;
  std::vector<Registrant> registrants_;
  std::vector<MuteRule> mutes_;
  OuiTable ouis_;
  std::unordered_map<std::string_view, FieldIndex> fields_;  // by name
  std::unordered_map<const Field*, FieldIndex*> by_field_;  // the same, of known fields
  std::unordered_map<std::string, std::vector<std::string>> own_protocols_;  // lower case
  Memo memo_;
  // Of the call at hand.
  std::vector<int> in_set_;
  std::vector<std::size_t> candidates_;
  std::vector<Match> unremembered_;
  const std::vector<Match> nothing_;
  const std::vector<std::string> no_protocols_;
};

}  // namespace camwarden
