#pragma once
// The domains that cameras, recorders and their makers' clouds live in: which names that a host
// asks for are worth a fact. See dns.cc for why there is such a list here at all.

#include <string_view>

namespace camwarden {

// Whether `name` (lower case, no dot at its end) is one of the domains or below one.
bool in_cloud_domain(std::string_view name);

}  // namespace camwarden
