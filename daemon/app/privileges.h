#pragma once
// What the daemon gives up once its rings are open: all capabilities, the way back to them, and the
// system calls that a sensor never needs.
//
// Thread: main, before any other thread starts.

#include <string>

#include "base/result.h"

namespace camwarden {

// Becomes `user` (empty: stays who it is), without supplementary groups, with no capability and
// no_new_privs. The error says which step was refused.
Status drop_privileges(const std::string& user);

// Refuses, with EPERM, to start programs, trace, mount, load modules and the like.
Status forbid_system_calls();

}  // namespace camwarden
