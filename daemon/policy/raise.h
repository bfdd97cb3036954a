#pragma once
// Raise: in plain words, what would raise the grade of a verdict: a maker's own protocol that has
// not answered, a second witness, an end of a contradiction. For people who ask what to look at
// next. Pure functions.

#include <string>

#include "fingerprint/knowledge_base.h"
#include "inventory/device.h"

namespace camwarden {

// "would be proven by its serial number in an answer of dhip or dvrip, or by a second protocol that
// names Dahua, besides http". "" where nothing is to be raised: a proven maker, or no video device.
std::string what_would_raise(const Device& device, const KnowledgeBase& knowledge);

}  // namespace camwarden
