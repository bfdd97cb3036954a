#pragma once
// Replay: capture files through the same Worker and Engine as the daemon's, on one thread and on the
// packets' own time, so that two replays of the same files give the same bytes.
//
// Thread: main.

#include <memory>
#include <string>
#include <vector>

#include "app/engine.h"
#include "app/sight_report.h"
#include "app/worker.h"

namespace camwarden {

struct Replayed {
  std::unique_ptr<Engine> engine;
  std::vector<Alert> alerts;
  std::vector<std::string> errors;  // files that could not be read, or not to their end
  std::uint64_t packets = 0;
  Time newest{};  // of all packets
  std::map<std::string_view, std::uint64_t> anomalies;
  SightReport sight;
};

// Files are read one after the other, as if heard on the first configured interface. What was
// readable counts.
Result<Replayed> replay(const std::vector<std::string>& files, std::shared_ptr<const Setup> setup,
                        const Vocabulary& vocabulary);

}  // namespace camwarden
