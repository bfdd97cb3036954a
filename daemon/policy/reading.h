#pragma once
// What the readers of law packs and of the site's policy share: names that must be known already,
// with the nearest spelling when they are not, and texts that must not be empty. Errors go to the
// Diagnostics of the document.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"
#include "fingerprint/knowledge_base.h"

namespace camwarden {

// `unknown zone "coer"; did you mean "core"?`
std::string unknown_name(std::string_view what, std::string_view word,
                         std::vector<std::string> known);
// The value of `key`, which must be there and not blank. "" after reporting.
std::string needed_text(const YamlNode& node, std::string_view key);
// The value of `key`, or "" where it is absent.
std::string text_or_empty(const YamlNode& node, std::string_view key);
// The items of the list `key`, which must not be empty where it is given.
std::vector<YamlNode> optional_list(const YamlNode& node, std::string_view key);
// The items of the list `key`, each one of `known`; others are reported as an unknown `what`.
std::vector<std::string> known_names(const YamlNode& node, std::string_view key,
                                     std::string_view what, const std::vector<std::string>& known);
// The makers of the list `key`, by name or alias, as the knowledge base spells them.
std::vector<std::string> known_makers(const YamlNode& node, std::string_view key,
                                      const KnowledgeBase& knowledge);

}  // namespace camwarden
