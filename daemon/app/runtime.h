#pragma once
// Runtime: `camwarden run`. Starts the threads, hands signals, clock and service manager to the
// parts, and stops them in order:
//
//   worker threads (one an interface)  --Queue-->  core (this thread: Engine)  --post-->  io (Courier)
//
// READY is sent once the rings are open, the privileges dropped and the database read. SIGHUP
// reloads, SIGTERM and SIGINT drain and stop, WATCHDOG is sent only while every worker's loop turns.
//
// Thread: core, the main thread.

#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/result.h"

namespace camwarden {

struct RunOptions {
  std::string config_path;
  std::vector<std::string> interfaces;  // from the command line; replace the file's
};

// Returns after a clean stop. The error is the reason for not starting or not going on.
Status run(const RunOptions& options, std::shared_ptr<const Setup> setup, const Vocabulary& vocabulary);

}  // namespace camwarden
