#pragma once
// A law pack as one line of JSON: the law's words as they stand in its file, and under
// "our_mapping" of each entity whom we read them to mean.

#include <string>

#include "fingerprint/knowledge_base.h"
#include "policy/policy.h"

namespace camwarden {

std::string pack_json(const LawPack& pack, bool counts, const KnowledgeBase& knowledge);

}  // namespace camwarden
