#include "report/pack_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "report/pack_json.h"

namespace camwarden {
namespace {

constexpr std::size_t kLineWidth = 100;  // where the terminal does not say
constexpr std::size_t kLabelWidth = 14;  // "  jurisdiction"

bool counts(const LawPack& pack, const std::vector<std::string>& counting) {
  return counting.empty() || std::find(counting.begin(), counting.end(), pack.id) != counting.end();
}

std::string grade(const LawPack& pack) {
  return pack.certainty.substr(0, pack.certainty.find_first_of(" ,;:."));
}

// Several entities may mean one maker.
std::string makers_in_short(const LawPack& pack) {
  constexpr std::size_t kShown = 5;
  std::set<std::string> names;
  for (const auto& entity : pack.entities) names.insert(entity.makers.begin(), entity.makers.end());
  if (names.empty()) return "nobody";
  if (names.size() > kShown) return fmt::format("{} makers", names.size());
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string in_words(const Brand& brand, const MeantMaker& meant) {
  const auto others = other_makers(brand, meant);
  return others.empty() ? brand.name
                        : fmt::format("{} (or made by {})", brand.name, fmt::join(others, ", "));
}

std::string in_words(const MeantMaker& meant) {
  std::vector<std::string> names;
  for (const auto* subsidiary : meant.subsidiaries) names.push_back(subsidiary->name);
  auto out =
      fmt::format("{}: {}, {}", meant.maker->name, meant.maker->legal_name, meant.maker->country);
  if (!names.empty()) out += fmt::format("; with {}", fmt::join(names, ", "));
  names.clear();
  for (const auto* brand : meant.brands) names.push_back(in_words(*brand, meant));
  if (!names.empty()) out += fmt::format("; sold as {}", fmt::join(names, ", "));
  return printable(out);
}

// A line for each maker that an entity means; one without for an entity that means none.
std::string csv_lines(const LawPack& pack, const KnowledgeBase& knowledge) {
  std::string out;
  const auto add = [&](const LawPack::Entity& entity, const std::string& maker,
                       const std::string& brands) {
    out += csv_line({pack.id, pack.title, entity.citation.empty() ? pack.citation : entity.citation,
                     pack.authority, pack.jurisdiction, pack.in_force, grade(pack), entity.name,
                     entity.since, maker, brands, entity.mapping});
  };
  for (const auto& entity : pack.entities) {
    const auto makers = meant_makers(entity, knowledge);
    if (makers.empty()) add(entity, "", "");
    for (const auto& meant : makers) {
      std::vector<std::string> brands;
      for (const auto* brand : meant.brands) brands.push_back(in_words(*brand, meant));
      add(entity, meant.maker->name, fmt::format("{}", fmt::join(brands, "; ")));
    }
  }
  return out;
}

std::string labelled(std::string_view label, std::string_view text, std::size_t width) {
  if (text.empty()) return "";
  auto out = wrapped(printable(text), kLabelWidth + 2, width);
  return out.replace(0, kLabelWidth,
                     fmt::format("{:<{}}", fmt::format("  {}", label), kLabelWidth));
}

std::string whole(const LawPack::Entity& entity, const KnowledgeBase& knowledge,
                  std::size_t width) {
  auto out = wrapped(
      printable(entity.name) + (entity.since.empty() ? "" : ", since " + entity.since), 2, width);
  if (!entity.citation.empty()) out += wrapped(printable(entity.citation), 4, width);
  out += wrapped("our mapping: " + printable(entity.mapping), 4, width);
  for (const auto& meant : meant_makers(entity, knowledge))
    out += wrapped(in_words(meant), 6, width);
  if (!entity.left_out.empty()) {
    out +=
        wrapped(printable(fmt::format("left out: {}", fmt::join(entity.left_out, ", "))), 6, width);
  }
  return out;
}

std::string whole(const LawPack& pack, const std::vector<std::string>& counting,
                  const KnowledgeBase& knowledge, std::size_t width) {
  auto out = wrapped(printable(pack.id + ": " + pack.title), 0, width);
  out += labelled("citation", pack.citation, width) + labelled("authority", pack.authority, width) +
         labelled("jurisdiction", pack.jurisdiction, width) +
         labelled("in force", pack.in_force, width) + labelled("scope", pack.scope, width) +
         labelled("test", pack.test, width) + labelled("source", pack.source, width) +
         labelled("certainty", pack.certainty, width) +
         labelled("counts", counts(pack, counting) ? "yes" : "only where a rule names it", width);
  std::string label = "changes";
  for (const auto& change : pack.changes) {
    out += labelled(label, change.date + ": " + change.what, width);
    label.clear();
  }
  out += "\n";
  for (const auto& entity : pack.entities) out += whole(entity, knowledge, width);
  return out;
}

}  // namespace

std::vector<std::string> other_makers(const Brand& brand, const MeantMaker& meant) {
  std::vector<std::string> others;
  for (const auto& name : brand.makers) {
    const bool meant_too =
        iequals(name, meant.maker->name) ||
        std::any_of(meant.subsidiaries.begin(), meant.subsidiaries.end(),
                    [&](const Maker* subsidiary) { return iequals(name, subsidiary->name); });
    if (!meant_too) others.push_back(name);
  }
  return others;
}

std::vector<MeantMaker> meant_makers(const LawPack::Entity& entity,
                                     const KnowledgeBase& knowledge) {
  std::vector<MeantMaker> meant;
  for (const auto& name : entity.makers) {
    MeantMaker one{knowledge.maker(name), {}, {}};
    if (one.maker == nullptr) continue;
    for (const auto& other : knowledge.makers()) {
      const auto line = knowledge.lineage(other.name);
      if (&other != one.maker && std::find(line.begin(), line.end(), one.maker) != line.end()) {
        one.subsidiaries.push_back(&other);
      }
    }
    for (const auto& brand : knowledge.brands()) {
      if (other_makers(brand, one).size() < brand.makers.size()) one.brands.push_back(&brand);
    }
    meant.push_back(std::move(one));
  }
  return meant;
}

std::string list_packs(const std::vector<LawPack>& packs, const std::vector<std::string>& counting,
                       const KnowledgeBase& knowledge, ListFormat format, const TableStyle& style) {
  if (format != ListFormat::table) return show_packs(packs, counting, knowledge, format, style);
  Table table({"ID", "IN FORCE", "WHERE", "COUNTS", "CERTAINTY", "MEANS", "TITLE"});
  for (const auto& pack : packs) {
    table.add({printable(pack.id), pack.in_force, printable(pack.jurisdiction),
               counts(pack, counting) ? "yes" : "-", grade(pack), printable(makers_in_short(pack)),
               printable(pack.title)});
  }
  return table.text(style) +
         fmt::format("{} law packs; `camwarden lists ID` shows one whole\n", packs.size());
}

std::string show_packs(const std::vector<LawPack>& packs, const std::vector<std::string>& counting,
                       const KnowledgeBase& knowledge, ListFormat format, const TableStyle& style) {
  std::string out;
  if (format == ListFormat::csv) {
    out = csv_line({"id", "title", "citation", "authority", "jurisdiction", "in_force", "certainty",
                    "entity", "since", "maker", "brands", "our_mapping"});
  }
  for (const auto& pack : packs) {
    switch (format) {
      case ListFormat::table:
        out += (out.empty() ? "" : "\n") +
               whole(pack, counting, knowledge, style.width > 0 ? style.width : kLineWidth);
        break;
      case ListFormat::json:
        out += pack_json(pack, counts(pack, counting), knowledge);
        break;
      case ListFormat::csv:
        out += csv_lines(pack, knowledge);
        break;
    }
  }
  return out;
}

std::string list_laws(const std::vector<LawQuote>& laws, ListFormat format,
                      const TableStyle& style) {
  Table table({"ID", "SINCE", "ENTITY", "CITATION"});
  std::string csv = csv_line(
                  {"id", "since", "entity", "citation", "authority", "title", "our_mapping"}),
              lines;
  for (const auto& law : laws) {
    table.add({printable(law.pack), law.date, printable(law.entity), printable(law.citation)});
    csv += csv_line(
        {law.pack, law.date, law.entity, law.citation, law.authority, law.title, law.mapping});
    lines += to_string(json::value{{"object", "law"},
                                   {"pack", json_text(law.pack)},
                                   {"since", json_text(law.date)},
                                   {"entity", json_text(law.entity)},
                                   {"citation", json_text(law.citation)},
                                   {"authority", json_text(law.authority)},
                                   {"title", json_text(law.title)},
                                   {"our_mapping", json_text(law.mapping)}}) +
             "\n";
  }
  switch (format) {
    case ListFormat::table:
      return laws.empty() ? "no law pack means this maker\n" : table.text(style);
    case ListFormat::json:
      return lines;
    case ListFormat::csv:
      return csv;
  }
  return "";
}

}  // namespace camwarden
