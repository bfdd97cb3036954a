#pragma once
// Law packs shown: all in a table, one with every word of it, those that mean a maker. The law's
// words and our reading of them (makers, and the brands and subsidiaries behind which they stand)
// are kept apart in each format.

#include <string>
#include <string_view>
#include <vector>

#include "fingerprint/knowledge_base.h"
#include "policy/policy.h"
#include "report/table.h"

namespace camwarden {

// A maker that an entity of a pack means, and under what other names its devices come.
struct MeantMaker {
  const Maker* maker;
  std::vector<const Maker*> subsidiaries;  // with vendor files of their own; meant with it
  std::vector<const Brand*> brands;        // labels that name it, or one of those, as a candidate
};
// A label that others make too proves nothing by its name: who they are.
std::vector<std::string> other_makers(const Brand& brand, const MeantMaker& meant);
std::vector<MeantMaker> meant_makers(const LawPack::Entity& entity, const KnowledgeBase& knowledge);

// `counting`: ids of those that count where no rule names one; empty: all.
std::string list_packs(const std::vector<LawPack>& packs, const std::vector<std::string>& counting,
                       const KnowledgeBase& knowledge, ListFormat format, const TableStyle& style);
// One pack or several, whole. JSON and CSV say the same as list_packs does, of these.
std::string show_packs(const std::vector<LawPack>& packs, const std::vector<std::string>& counting,
                       const KnowledgeBase& knowledge, ListFormat format, const TableStyle& style);
// The entries that mean a maker.
std::string list_laws(const std::vector<LawQuote>& laws, ListFormat format,
                      const TableStyle& style);

}  // namespace camwarden
