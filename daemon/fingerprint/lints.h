#pragma once
// Lints: what is wrong with the fingerprints although every file reads well. They look at each
// example beside all rules of its field, which takes longer than a daemon's start should: only
// `camwarden check` and the tests of the shipped fingerprints run them.
//
// Errors: an example of one rule on which another fires that claims another maker, brand or exact
// kind. Warnings: a rule that another makes needless, a pattern that is slow, a maker that nothing
// shows. All at once, each with its place.

#include "base/diagnostics.h"
#include "fingerprint/vendor_file.h"

namespace camwarden {

void lint_overlaps(const VendorFile& files, Diagnostics& errors);
void lint_shadows(const VendorFile& files, Diagnostics& warnings);
void lint_patterns(const VendorFile& files, Diagnostics& warnings);
void lint_makers(const VendorFile& files, Diagnostics& warnings);

}  // namespace camwarden
