#pragma once
// Turns a sink's host into addresses without keeping anybody waiting. getaddrinfo() cannot be
// cancelled and may take half a minute, so a name is looked up on a thread of its own, which shares
// nothing with the caller but one end of a socket pair: a caller that has gone is no trouble.
//
// Thread: io. At most one lookup a sink is under way at a time.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace camwarden {

// A descriptor that will carry an answer for read_answer() and then end. The caller closes it.
Result<int> start_lookup(const std::string& host);

// The addresses in the order to try them, at most 16, or why there are none.
Result<std::vector<std::string>> read_answer(std::string_view answer, std::string_view host);

}  // namespace camwarden
