#include "app/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/database.h"
#include "base/json.h"
#include "base/text.h"
#include "inventory/device_json.h"
#include "inventory/fusion.h"
#include "inventory/store.h"
#include "policy/raise.h"
#include "policy/sentence.h"

namespace camwarden {
namespace {

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    if (text.size() - i >= 4 && text[i] == '\\' && text[i + 1] == 'x' &&
        std::from_chars(&text[i + 2], &text[i + 2] + 2, byte, 16).ptr == &text[i + 2] + 2) {
      out += static_cast<char>(byte);
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string claims_of(const Match& match) {
  std::string out;
  for (const auto& claim : match.claims) {
    out += fmt::format("{}{} \"{}\"", out.empty() ? "" : ", ", to_string(claim.attribute), printable(claim.value));
  }
  return out.empty() ? "nothing" : out;
}

std::string law_lines(const Match& match, const Policy& policy) {
  std::string out;
  for (const auto& claim : match.claims) {
    if (claim.attribute != Attribute::maker) continue;
    for (const auto& law : policy.laws_for(claim.value)) {
      out += fmt::format("    restricted by {}: {} ({})\n", law.pack, law.entity, law.citation);
    }
  }
  return out;
}

std::string brand_lines(const Match& match, const KnowledgeBase& knowledge) {
  std::string out;
  for (const auto& claim : match.claims) {
    if (claim.attribute != Attribute::brand) continue;
    if (const auto* brand = knowledge.brand(claim.value)) {
      const auto makers = brand->makers.empty() ? std::string("makers not known")
                                                : fmt::format("may be made by {}", fmt::join(brand->makers, " or "));
      out += fmt::format("    {} is a label; {}; it shows: {}\n", brand->name, makers, brand->shows);
    }
  }
  return out;
}

std::string strength(const Fingerprint& fingerprint) {
  if (fingerprint.weak) return "weak: never more than possible by itself, its owner makes other things too";
  if (fingerprint.proprietary) return "the maker's own protocol: with a serial number from it, proven";
  if (fingerprint.certainty >= 0.6) return "probable by itself; a second protocol that agrees can prove it";
  return "possible by itself; needs other evidence to be probable";
}

std::string match_lines(const Match& match, const Setup& setup, const Policy& policy) {
  const auto& fingerprint = *match.fingerprint;
  return fmt::format("  {}\n    claims {}\n    certainty {:.2f}; {}\n    because: {}\n    source: {}\n{}{}",
                     fingerprint.id, claims_of(match), fingerprint.certainty, strength(fingerprint),
                     fingerprint.because, fingerprint.source, brand_lines(match, *setup.knowledge),
                     law_lines(match, policy));
}

// FIELD=VALUE, understood.
struct Term {
  const Field* field;
  std::string value;
};

Result<Term> read_term(std::string_view term, const Vocabulary& vocabulary) {
  const auto equals = term.find('=');
  if (equals == std::string_view::npos) {
    return Error{fmt::format("match: \"{}\" is not FIELD=VALUE; try rtsp.server='Dahua Rtsp Server'", printable(term))};
  }
  const auto name = term.substr(0, equals);
  const auto* field = vocabulary.find(name);
  if (field == nullptr) {
    const auto guess = vocabulary.nearest(name);
    return Error{fmt::format("match: there is no field \"{}\"; {}", printable(name),
                             guess.empty() ? "`camwarden fields` lists them" : fmt::format("did you mean \"{}\"?", guess))};
  }
  std::string value = unescape(term.substr(equals + 1));
  if (field->kind == FieldKind::mac) {
    const auto mac = MacAddress::parse(value);
    if (!mac) return Error{fmt::format("match: \"{}\" is not a MAC address", printable(value))};
    value = mac->to_string();
  }
  return Term{field, std::move(value)};
}

json::object claims_json(const std::vector<Claim>& claims) {
  json::object out;
  for (const auto& claim : claims) out[to_string(claim.attribute)] = json_text(claim.value);
  return out;
}

json::object match_json(const Match& match) {
  return {{"fingerprint", json_text(match.fingerprint->id)},
          {"certainty", match.fingerprint->certainty},
          {"claims", claims_json(match.claims)}};
}

std::string_view registrant(const Term& term, const Registrants& registrants) {
  const auto mac = term.field->kind == FieldKind::mac ? MacAddress::parse(term.value) : std::nullopt;
  return mac ? registrants.of(*mac) : std::string_view();
}

EvidenceItem item_of(const Term& term, std::string_view protocol, const Match& match) {
  EvidenceItem item;
  item.field = term.field->name;
  item.value = term.value;
  item.protocol = protocol;
  item.fingerprint = match.fingerprint->id;
  item.because = match.fingerprint->because;
  item.certainty = match.fingerprint->certainty;
  item.claims = match.claims;
  return item;
}

Device verdict_on(const Term& term, const std::vector<Match>& matches) {
  std::vector<Testimony> testimony;
  const auto protocol = term.field->name.substr(0, term.field->name.find('.'));
  for (const auto& match : matches) testimony.push_back({term.field, protocol, &match, {}});
  Device device;
  fuse(testimony, false, device);
  for (const auto& match : matches) device.evidence.push_back(item_of(term, protocol, match));
  std::stable_sort(device.evidence.begin(), device.evidence.end(),
                   [](const auto& a, const auto& b) { return a.certainty > b.certainty; });
  return device;
}

std::string conflict_lines(const Device& device) {
  std::string out;
  for (const auto& conflict : device.conflicts) {
    out += fmt::format("    conflict: {} \"{}\", but also \"{}\" by {}\n",
                       to_string(conflict.attribute), printable(conflict.verdict),
                       printable(conflict.other), fmt::join(conflict.fingerprints, ", "));
  }
  return out;
}

// Of something of which this value alone is known.
std::string verdict_lines(const Device& device, const Policy& policy) {
  const bool known = is_video(device.kind) || !device.maker.empty();
  if (!known) return "";
  auto out = fmt::format("  alone: a {}, {}\n", described(device), proof(device));
  const auto raise = policy.to_raise(device);
  if (!raise.empty()) out += fmt::format("    it {}\n", raise);
  return out + conflict_lines(device);
}

}  // namespace

Result<std::string> explain(std::string_view text, const Setup& setup, const Registrants& registrants,
                            const Vocabulary& vocabulary) {
  const auto term = read_term(text, vocabulary);
  if (!term) return Error{term.error()};
  const auto& [field, value] = term.value();
  const Policy policy(setup.config.policy, setup.law_packs, *setup.knowledge, {});
  std::string out = fmt::format("{} = \"{}\"\n", field->name, printable(value));
  if (const auto name = registrant(term.value(), registrants); !name.empty()) {
    out += fmt::format("  registered with the IEEE by {}, which claims nothing by itself\n", printable(name));
  }
  const auto matches = setup.knowledge->match(*field, value);
  for (const auto& match : matches) out += match_lines(match, setup, policy);
  if (setup.knowledge->mute(*field, value)) {
    out += "  known to say nothing: many makers' devices send this value\n";
  } else if (matches.empty()) {
    out += "  no fingerprint knows this value\n";
  }
  return out + verdict_lines(verdict_on(term.value(), matches), policy);
}

Result<std::string> explain_json(std::string_view text, const Setup& setup, const Registrants& registrants,
                                 const Vocabulary& vocabulary) {
  const auto term = read_term(text, vocabulary);
  if (!term) return Error{term.error()};
  const auto& [field, value] = term.value();
  const auto matches = setup.knowledge->match(*field, value);
  const auto device = verdict_on(term.value(), matches);
  json::array fired;
  for (const auto& match : matches) fired.push_back(match_json(match));
  json::object out{{"field", json_text(field->name)},
                   {"value", json_text(value)},
                   {"mute", setup.knowledge->mute(*field, value)},
                   {"matches", std::move(fired)},
                   {"device", to_json(device, "")},
                   {"to_raise", json_text(what_would_raise(device, *setup.knowledge))}};
  if (field->kind == FieldKind::mac) out["registrant"] = json_text(registrant(term.value(), registrants));
  return to_string(json::value(out)) + "\n";
}

Result<ReadDevices> read_devices(std::shared_ptr<const Setup> setup, const Vocabulary& vocabulary) {
  auto database = Database::open(setup->config.database, Database::Mode::read_only);
  if (!database) return Error{database.error()};
  auto store = Store::open(*database, vocabulary);
  if (!store) return Error{store.error()};
  ReadDevices read;
  read.inventory = std::make_unique<Inventory>(
      setup->config.inventory,
      [setup](const Field& field, std::string_view value) { return setup->knowledge->match(field, value); });
  auto interfaces = setup->config.interfaces;
  auto status = store->read([&](const Inventory::Fact& fact) { read.inventory->restore(fact); }, interfaces);
  if (!status) return Error{status.error()};
  read.policy = std::make_unique<Policy>(setup->config.policy, setup->law_packs, *setup->knowledge, interfaces);
  return read;
}

}  // namespace camwarden
