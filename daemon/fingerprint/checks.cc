#include "fingerprint/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace camwarden {
namespace {

// Names in use, lower case, with where each was first given.
class Register {
 public:
  Register(std::string what, Diagnostics& diagnostics)
      : what_(std::move(what)), diagnostics_(diagnostics) {}

  void add(const std::string& name, const Place& place) {
    const auto [at, fresh] = first_.emplace(to_lower(name), place);
    if (fresh) return;
    diagnostics_.error(place, fmt::format("{} \"{}\" is also given at {}", what_, printable(name),
                                          at->second.to_string()));
  }

 private:
  std::string what_;
  Diagnostics& diagnostics_;
  std::map<std::string, Place> first_;
};

using Names = std::set<std::string, std::less<>>;

void check_mention(const Mention& mention, const Names& known, std::string_view what,
                   Diagnostics& diagnostics) {
  if (known.contains(mention.name)) return;
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const auto guess = nearest(mention.name, candidates);
  diagnostics.error(mention.place,
                    fmt::format("unknown {} \"{}\"; {}", what, printable(mention.name),
                                guess.empty() ? fmt::format("no file gives a {} of that name", what)
                                              : fmt::format("did you mean \"{}\"?", guess)));
}

Names maker_names(const VendorFile& files) {
  Names names;
  for (const auto& entry : files.makers) names.insert(entry.maker.name);
  return names;
}

// A device may be sold under its maker's own name, so that a maker is a brand too.
Names brand_names(const VendorFile& files) {
  Names names = maker_names(files);
  for (const auto& entry : files.brands) names.insert(entry.brand.name);
  return names;
}

void check_uniqueness(const VendorFile& files, Diagnostics& diagnostics) {
  Register makers("maker", diagnostics);
  for (const auto& entry : files.makers) {
    makers.add(entry.maker.name, entry.place);
    for (const auto& alias : entry.maker.aliases) makers.add(alias, entry.place);
  }
  Register brands("brand", diagnostics);
  for (const auto& entry : files.brands) brands.add(entry.brand.name, entry.place);
  Register ids("id", diagnostics);
  for (const auto& rule : files.rules) {
    ids.add(rule.fingerprint.id, rule.place);
    if (rule.some_video) ids.add(rule.some_video->id, rule.place);
  }
}

void check_mentions(const VendorFile& files, Diagnostics& diagnostics) {
  const auto makers = maker_names(files);
  const auto brands = brand_names(files);
  for (const auto& entry : files.makers) {
    if (entry.maker.parent.empty()) continue;
    check_mention({entry.maker.parent, entry.parent_place}, makers, "maker", diagnostics);
  }
  for (const auto& entry : files.brands) {
    for (const auto& maker : entry.makers) check_mention(maker, makers, "maker", diagnostics);
  }
  for (const auto& group : files.ouis) {
    if (!group.maker.name.empty()) check_mention(group.maker, makers, "maker", diagnostics);
    if (!group.brand.name.empty()) check_mention(group.brand, brands, "brand", diagnostics);
  }
  for (const auto& rule : files.rules) {
    for (const auto& claim : rule.claims) {
      const bool is_maker = claim.attribute == Attribute::maker;
      if ((!is_maker && claim.attribute != Attribute::brand) || !claim.fixed()) continue;
      check_mention({claim.text, claim.place}, is_maker ? makers : brands,
                    is_maker ? "maker" : "brand", diagnostics);
    }
  }
}

void check_lineage(const VendorFile& files, Diagnostics& diagnostics) {
  std::map<std::string, const MakerEntry*> by_name;
  for (const auto& entry : files.makers) by_name.emplace(entry.maker.name, &entry);
  for (const auto& entry : files.makers) {
    const MakerEntry* at = &entry;
    std::size_t steps = 0;
    while (!at->maker.parent.empty() && by_name.contains(at->maker.parent) &&
           steps++ < files.makers.size()) {
      at = by_name.at(at->maker.parent);
      if (at == &entry) {
        diagnostics.error(entry.parent_place, "this maker would be its own ancestor");
        break;
      }
    }
  }
}

bool muted(const VendorFile& files, const Field* field, std::string_view value) {
  return std::any_of(files.mutes.begin(), files.mutes.end(), [&](const MuteRule& mute) {
    return mute.field == field && mute.trigger.fire(value).has_value();
  });
}

std::string shown(const std::vector<Claim>& claims, Attribute attribute) {
  for (const auto& claim : claims) {
    if (claim.attribute == attribute) return fmt::format("\"{}\"", printable(claim.value));
  }
  return "nothing";
}

void check_example(const Rule& rule, const Example& example, Diagnostics& diagnostics) {
  const auto groups = rule.trigger.fire(example.value);
  if (!groups) {
    diagnostics.error(example.place, fmt::format("example of \"{}\" does not match: \"{}\"",
                                                 rule.fingerprint.id, printable(example.value)));
    return;
  }
  const auto claims = expand(rule.claims, *groups);
  for (const auto& stated : example.claims) {
    if (std::find(claims.begin(), claims.end(), stated) != claims.end()) continue;
    diagnostics.error(example.place,
                      fmt::format("example of \"{}\" states {} \"{}\" but gives {}",
                                  rule.fingerprint.id, to_string(stated.attribute),
                                  printable(stated.value), shown(claims, stated.attribute)));
  }
}

void check_rule(const VendorFile& files, const Rule& rule, Diagnostics& diagnostics) {
  for (const auto& example : rule.examples) {
    check_example(rule, example, diagnostics);
    if (!rule.trigger.any && muted(files, rule.fingerprint.field, example.value)) {
      diagnostics.error(example.place, "this example is on the list of mute strings");
    }
  }
  for (const auto& example : rule.counter_examples) {
    if (!rule.trigger.fire(example.value)) continue;
    diagnostics.error(example.place, fmt::format("counter-example of \"{}\" matches: \"{}\"",
                                                 rule.fingerprint.id, printable(example.value)));
  }
}

}  // namespace

void check_names(const VendorFile& files, Diagnostics& diagnostics) {
  check_uniqueness(files, diagnostics);
  check_mentions(files, diagnostics);
  check_lineage(files, diagnostics);
}

void check_prefixes(const VendorFile& files, Diagnostics& diagnostics) {
  std::map<Oui, std::pair<std::string_view, const Place*>> first;
  for (const auto& group : files.ouis) {
    for (const auto& [oui, place] : group.prefixes) {
      const auto [at, fresh] =
          first.emplace(oui, std::make_pair(std::string_view(group.registrant()), &place));
      if (fresh) continue;
      diagnostics.error(place,
                        fmt::format("prefix {} is also claimed by {} at {}", oui.digits(),
                                    printable(at->second.first), at->second.second->to_string()));
    }
  }
}

void check_examples(const VendorFile& files, Diagnostics& diagnostics) {
  for (const auto& rule : files.rules) check_rule(files, rule, diagnostics);
}

}  // namespace camwarden
