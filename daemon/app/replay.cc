#include "app/replay.h"

#include <algorithm>
#include <iterator>

#include "app/listening.h"

namespace camwarden {
namespace {

// Devices are judged once in so much packet time: often enough that an alert's time is right, and
// seldom enough that a million packets are not a million judgements.
constexpr auto kSettleInterval = std::chrono::milliseconds(100);
constexpr auto kTickInterval = std::chrono::minutes(1);
// A capture tells its silences by the next packet; a longer one may as well be a pause.
constexpr auto kListenInterval = std::chrono::seconds(10);
constexpr auto kLongestSilence = std::chrono::minutes(1);

class Session {
 public:
  Session(Replayed& replayed, const Setup& setup)
      : replayed_(replayed),
        engine_(*replayed.engine),
        listening_(0, setup.config.interfaces.empty() ? "" : setup.config.interfaces.front()) {}

  Status read(const std::string& file, const Setup& setup) {
    const auto& capture = setup.config.capture;
    auto source = Source::open_file(file, 0, capture.shunt ? capture.shunt_directions : 0);
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
    listened_ = Time{};
    do {
      next = worker.step();
      listen(worker, kListenInterval);
      if (auto status = advance(worker.newest()); !status) return status;
    } while (next == Source::Next::frame || next == Source::Next::timeout);
    if (next == Source::Next::broken) replayed_.errors.push_back(worker.source().error());
    listen(worker, Duration(0));
    const auto counters = worker.counters();
    replayed_.packets += counters.packets + counters.source.shunted;
    replayed_.newest = std::max(replayed_.newest, worker.newest());
    for (const auto& [name, count] : worker.anomalies()) replayed_.anomalies[name] += count;
    replayed_.sight.add(SightReport::of(worker));
    return take(engine_.flush(worker.newest()));
  }

  // Once in `interval` of packet time, what came since goes into the ledger.
  void listen(const Worker& worker, Duration interval) {
    const auto now = worker.newest();
    if (listened_ == Time{}) listened_ = now;
    if (now - listened_ < interval || worker.counters().packets == 0) return;
    const auto length = std::min<Duration>(now - listened_, kLongestSilence);
    listened_ = now;
    engine_.listened(listening_.since_last(SightReport::of(worker), now, length));
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
  Listening listening_;
  Time settled_{}, ticked_{}, listened_{};
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
  Session session(replayed, *setup);
  for (const auto& file : files) {
    if (auto status = session.read(file, *setup); !status) return Error{status.error()};
  }
  return replayed;
}

}  // namespace camwarden
