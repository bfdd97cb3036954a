#include "report/pack_json.h"

#include "base/json.h"
#include "report/pack_listing.h"

namespace camwarden {
namespace {

json::object to_json(const MeantMaker& meant) {
  json::array subsidiaries, brands;
  for (const auto* subsidiary : meant.subsidiaries)
    subsidiaries.push_back(json_text(subsidiary->name));
  for (const auto* brand : meant.brands) {
    json::array others;
    for (const auto& other : other_makers(*brand, meant)) others.push_back(json_text(other));
    brands.push_back(
        json::object{{"name", json_text(brand->name)}, {"or_made_by", std::move(others)}});
  }
  return {{"maker", json_text(meant.maker->name)},
          {"legal_name", json_text(meant.maker->legal_name)},
          {"country", json_text(meant.maker->country)},
          {"subsidiaries", std::move(subsidiaries)},
          {"brands", std::move(brands)}};
}

json::object to_json(const LawPack::Entity& entity, const KnowledgeBase& knowledge) {
  json::array makers, left_out;
  for (const auto& meant : meant_makers(entity, knowledge)) makers.push_back(to_json(meant));
  for (const auto& name : entity.left_out) left_out.push_back(json_text(name));
  return {{"name", json_text(entity.name)},
          {"since", json_text(entity.since)},
          {"citation", json_text(entity.citation)},
          {"our_mapping", json::object{{"because", json_text(entity.mapping)},
                                       {"makers", std::move(makers)},
                                       {"left_out", std::move(left_out)}}}};
}

}  // namespace

std::string pack_json(const LawPack& pack, bool counts, const KnowledgeBase& knowledge) {
  json::array changes, entities;
  for (const auto& change : pack.changes) {
    changes.push_back(
        json::object{{"date", json_text(change.date)}, {"what", json_text(change.what)}});
  }
  for (const auto& entity : pack.entities) entities.push_back(to_json(entity, knowledge));
  const json::object out{{"object", "law_pack"},
                         {"id", json_text(pack.id)},
                         {"title", json_text(pack.title)},
                         {"citation", json_text(pack.citation)},
                         {"authority", json_text(pack.authority)},
                         {"jurisdiction", json_text(pack.jurisdiction)},
                         {"in_force", json_text(pack.in_force)},
                         {"scope", json_text(pack.scope)},
                         {"test", json_text(pack.test)},
                         {"source", json_text(pack.source)},
                         {"certainty", json_text(pack.certainty)},
                         {"sha256", json_text(pack.sha256)},
                         {"counts", counts},
                         {"changes", std::move(changes)},
                         {"entities", std::move(entities)}};
  return to_string(out) + "\n";
}

}  // namespace camwarden
