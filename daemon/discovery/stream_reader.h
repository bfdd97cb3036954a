#pragma once
// Shows one whole answer that came over TCP to the protocol that knows it: the first of the
// registry that recognises its first bytes, as a worker does with a direction that it saw from its
// SYN on.

#include "discovery/answers.h"

namespace camwarden {

// Whether a reader took it.
bool show_stream(Answers& answers, const Ends& ends, Bytes answer, Time now);
// HTTP's reader says who else may see a body; this says that the device told this path from a wrong
// one.
void show_known_path(Answers& answers, const Ends& ends, std::string_view path, int status,
                     Time now);
void show_icon(Answers& answers, const Ends& ends, std::string_view icon, Time now);

}  // namespace camwarden
