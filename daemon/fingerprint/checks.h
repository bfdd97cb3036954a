#pragma once
// What can be checked only with all vendor files at hand: that names, ids and prefixes are given
// once, that every maker and brand named exists, that no maker is its own ancestor: at every load;
// and that every example and counter-example does what it says: where the files' authors ask.
// Reports all that is wrong.

#include "base/diagnostics.h"
#include "fingerprint/vendor_file.h"

namespace camwarden {

void check_names(const VendorFile& files, Diagnostics& diagnostics);
void check_prefixes(const VendorFile& files, Diagnostics& diagnostics);
void check_examples(const VendorFile& files, Diagnostics& diagnostics);

}  // namespace camwarden
