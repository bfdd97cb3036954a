#include "app/replay.h"

#include <algorithm>
#include <iterator>

namespace camwarden {
namespace {

// Devices are judged once in so much packet time: often enough that an alert's time is right, and
// seldom enough that a million packets are not a million judgements.
constexpr auto kSettleInterval = std::chrono::milliseconds(100);
constexpr auto kTickInterval = std::chrono::minutes(1);

class Session {
 public:
  explicit Session(Replayed& replayed) : replayed_(replayed), engine_(*replayed.engine) {}

  Status read(const std::string& file, const Setup& setup) {
    auto source = Source::open_file(file, 0);
    if (!source) {
      replayed_.errors.push_back(source.error());
      return {};
    }
    Worker worker(source.take(), setup.config, [this](Observation&& observation) {
      engine_.observe(observation);
      return true;
    });
    return run(worker);
  }

 private:
  Status run(Worker& worker) {
    Source::Next next;
    do {
      next = worker.step();
      if (auto status = advance(worker.newest()); !status) return status;
    } while (next == Source::Next::frame || next == Source::Next::timeout);
    if (next == Source::Next::broken) replayed_.errors.push_back(worker.source().error());
    replayed_.packets += worker.counters().packets;
    for (const auto& [name, count] : worker.anomalies()) replayed_.anomalies[name] += count;
    replayed_.sight.add(SightReport::of(worker));
    return take(engine_.flush(worker.newest()));
  }

  Status advance(Time now) {
    if (now - settled_ < kSettleInterval) return {};
    settled_ = now;
    if (auto status = take(engine_.settle(now)); !status) return status;
    if (now - ticked_ < kTickInterval) return {};
    ticked_ = now;
    return take(engine_.tick(now));
  }

  Status take(Result<std::vector<Alert>> alerts) {
    if (!alerts) return Error{alerts.error()};
    std::move(alerts->begin(), alerts->end(), std::back_inserter(replayed_.alerts));
    return {};
  }

  Replayed& replayed_;
  Engine& engine_;
  Time settled_{}, ticked_{};
};

}  // namespace

Result<Replayed> replay(const std::vector<std::string>& files, std::shared_ptr<const Setup> setup,
                        const Vocabulary& vocabulary) {
  auto silent = std::make_shared<Setup>(*setup);
  silent->config.sinks.clear();  // what is replayed is not news
  setup = std::move(silent);
  auto database = Database::open(":memory:", Database::Mode::read_write);
  if (!database) return Error{database.error()};
  auto engine = Engine::open(database.take(), setup, vocabulary, Origin{}, Engine::Keep::alerts);
  if (!engine) return Error{engine.error()};
  Replayed replayed;
  replayed.engine = engine.take();
  Session session(replayed);
  for (const auto& file : files) {
    if (auto status = session.read(file, *setup); !status) return Error{status.error()};
  }
  return replayed;
}

}  // namespace camwarden
