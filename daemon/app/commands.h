#pragma once
// Commands: the command line. Exit status as diff(1) and grep(1) have it: 0 nothing restricted
// found, 1 a violation found, 2 the command could not do its work.

namespace camwarden {

int run_command_line(int argc, char** argv);

}  // namespace camwarden
