#pragma once
// The envelope of a SOAP message (SOAP 1.2 part 1, section 5.1): which prefixes it gives to itself
// and to its namespaces, in their order, and which of these are no standard's. A device's toolkit
// decides it, and no setting: it tells firmware families apart where an answer says nothing else.
//
// Limits: 64 declarations, 256 bytes of their names.
//
// Thread: any; values and views only.

#include <string_view>

#include "protocols/facts.h"

namespace camwarden {

struct EnvelopeFields {
  const Field& names;       // "s: sc s tt tds": the envelope's own prefix, and those it declares
  const Field& name_space;  // each namespace that is no standard's
};

void say_envelope(const Facts& facts, const Subject& who, const EnvelopeFields& fields,
                  std::string_view document);

}  // namespace camwarden
