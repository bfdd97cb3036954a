#pragma once
// Fusion: what all testimony together says of a device. A testimony is one fact that a fingerprint
// knows. Five headers of one reply are one witness: per value and protocol the strongest certainty
// counts, and witnesses combine as 1 - prod(1 - c). The order of testimony does not matter.
//
// The registrant of a MAC is one witness, "oui", whichever protocol carried the MAC.
//
// Maker is not brand: claims of one never contradict claims of the other, and which maker stands
// behind a brand is for the fingerprints to say. What contradicts the verdict is kept as a
// Conflict; another maker with a confidence of at least 0.6 lowers the grade by one step, unless
// the verdict is proven by the maker's own protocol and the other is only the registrant of the
// MAC.
//
// A video device whose maker nobody claims has grade none: the grade is the maker's.

#include <string_view>
#include <vector>

#include "base/time.h"
#include "fingerprint/claim.h"
#include "inventory/device.h"
#include "observation/field.h"

namespace camwarden {

struct Testimony {
  const Field* field;
  std::string_view protocol;
  const Match* match;
  Time last_seen{};
};

// Sets kind, maker, brand, model, firmware, serial, component, grade, confidence and conflicts.
// `router`: frames show that its MAC is a router's.
void fuse(const std::vector<Testimony>& testimony, bool router, Device& device);

}  // namespace camwarden
