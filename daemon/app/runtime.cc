#include "app/runtime.h"

#include <fmt/format.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/dispatch.h"
#include "app/engine.h"
#include "app/inquirer.h"
#include "app/listening.h"
#include "app/passive_led.h"
#include "app/privileges.h"
#include "app/sight_report.h"
#include "app/supervision.h"
#include "app/worker.h"
#include "base/log.h"
#include "base/queue.h"
#include "base/text.h"
#include "sinks/courier.h"

namespace camwarden {
namespace {

// Observations settled at once. Bounds how long an alert waits behind a flood of facts.
constexpr std::size_t kBatch = 512;
constexpr auto kTickInterval = std::chrono::seconds(1);
constexpr auto kHealthInterval = std::chrono::hours(1);
constexpr auto kMostListening = std::chrono::minutes(1);  // between ticks; more was a suspended host
constexpr auto kAskInterval = std::chrono::seconds(10);
constexpr auto kFirstSight = std::chrono::seconds(10);  // then with the health

Time clock_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

// One ring of an interface: its worker, its thread, and the queues between them and the core.
class Sensor {
 public:
  // `interface`: its index; `cpu`: where to run, -1: anywhere.
  Sensor(Source source, std::size_t interface, const Config& config, int cpu, Wakeup& wakeup)
      : observations_(config.queue_entries),
        health_(4),
        sights_(2),
        interface_(interface),
        cpu_(cpu),
        wakeup_(wakeup),
        worker_(std::move(source), config, [this](Observation&& observation) {
          if (!observations_.push(std::move(observation))) return false;
          wakeup_.signal();
          return true;
        }) {}
  ~Sensor() { stop(); }

  void start() { thread_ = std::thread([this] { loop(); }); }
  // False when that processor is not there, or we may not.
  bool pin() {
    if (cpu_ < 0) return true;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(cpu_), &set);
    return pthread_setaffinity_np(thread_.native_handle(), sizeof set, &set) == 0;
  }
  std::size_t interface() const { return interface_; }
  int cpu() const { return cpu_; }
  void stop() {
    stop_ = true;
    if (!thread_.joinable()) return;
    thread_.join();
    (void)counters();
    (void)sight();
    counters_ = worker_.counters();  // the last second's too
    sight_ = SightReport::of(worker_);
  }
  void check_shunt() { worker_.check_shunt(); }  // before start()
  bool pop(Observation& observation) { return observations_.pop(observation); }
  bool failed() const { return failed_; }
  const Worker& worker() const { return worker_; }  // only after stop(), but for heartbeat()
  std::uint64_t heartbeat() const { return worker_.heartbeat(); }
  // To be asked every second or so, or what the worker reports finds no room.
  const Worker::Counters& counters() {
    while (health_.pop(counters_)) {
    }
    return counters_;
  }
  // The same.
  const SightReport& sight() {
    while (sights_.pop(sight_)) {
    }
    return sight_;
  }

 private:
  void loop() {
    auto next_report = std::chrono::steady_clock::now();
    while (!stop_) {
      const auto next = worker_.step();
      if (next == Source::Next::broken || next == Source::Next::end) {
        failed_ = true;
        wakeup_.signal();
        return;
      }
      // The clock is read only when the ring is empty or now and then: not per packet.
      if (next == Source::Next::frame && (worker_.heartbeat() & 0xfff) != 0) continue;
      const auto now = std::chrono::steady_clock::now();
      if (now < next_report) continue;
      next_report = now + std::chrono::seconds(1);
      health_.push(worker_.counters());
      sights_.push(SightReport::of(worker_));
    }
  }

  Queue<Observation> observations_;
  Queue<Worker::Counters> health_;
  Queue<SightReport> sights_;
  std::size_t interface_;
  int cpu_;
  Wakeup& wakeup_;
  Worker worker_;
  Worker::Counters counters_;
  SightReport sight_;
  std::atomic<bool> stop_{false}, failed_{false};
  std::thread thread_;
};

class Daemon {
 public:
  Daemon(const RunOptions& options, std::shared_ptr<const Setup> setup, const Vocabulary& vocabulary)
      : options_(options), setup_(std::move(setup)), vocabulary_(vocabulary), log_(setup_->config.log_level) {}

  Status run() {
    auto signals = Signals::block();
    if (!signals) return Error{signals.error()};
    if (auto status = start(); !status) return status;
    announce();
    auto status = loop(*signals);
    stop();
    return status;
  }

 private:
  Status start() {
    if (auto status = open_rings(); !status) return status;
    if (auto status = drop_privileges(setup_->config.user); !status) return status;
    if (auto status = open_engine(); !status) return status;
    if (auto status = forbid_system_calls(); !status) return status;
    courier_ = std::make_unique<Courier>(setup_->config.sinks, [this](std::vector<std::int64_t> rows) {
      if (delivered_.push(std::move(rows))) wakeup_.signal();
      // A full queue leaves the rows in the outbox: they go again after a restart, never get lost.
    });
    courier_->post(engine_->take_due());
    start_asking();
    for (auto& sensor : sensors_) {
      sensor->check_shunt();
      complain_of_shunt(sensor->worker().source());
      sensor->start();
      if (!sensor->pin()) log_.warning(fmt::format("capture.cpus: cannot pin a thread to processor {}: it is not there, or the unit does not allow it", sensor->cpu()));
    }
    return {};
  }

  Status open_rings() {
    const auto& config = setup_->config;
    if (config.interfaces.empty()) {
      return Error{fmt::format("no interface to listen on: name one with -i, or under `interfaces:`. Here are: {}",
                               fmt::join(interface_names(), ", "))};
    }
    std::string errors;
    for (std::size_t i = 0; i < config.interfaces.size(); ++i) {
      auto live = config.capture;
      live.interface = config.interfaces[i];
      live.ip_protocols = ip_protocols_read();
      auto rings = Source::open_live(live, static_cast<std::uint16_t>(i));
      if (!rings) {
        errors += (errors.empty() ? "" : "\n") + rings.error();
        continue;
      }
      for (auto& ring : *rings) add_sensor(std::move(ring), i);
      listening_.emplace_back(static_cast<std::uint16_t>(i), config.interfaces[i]);
    }
    return errors.empty() ? Status() : Status(Error{errors});
  }

  void complain_of_shunt(const Source& ring) {
    if (ring.shunt_refused().empty()) return;
    log_.warning(
        fmt::format("{}: the kernel leaves out nothing, so that every frame costs a copy: {}",
                    ring.name(), ring.shunt_refused()));
  }

  void add_sensor(Source ring, std::size_t interface) {
    const auto& config = setup_->config;
    const int cpu = config.cpus.empty() ? -1 : config.cpus[sensors_.size() % config.cpus.size()];
    sensors_.push_back(std::make_unique<Sensor>(std::move(ring), interface, config, cpu, wakeup_));
  }

  Status open_engine() {
    auto database = Database::open(setup_->config.database, Database::Mode::read_write);
    if (!database) return Error{database.error()};
    Origin origin{host_name(), CAMWARDEN_VERSION, static_cast<int>(getpid())};
    auto engine = Engine::open(database.take(), setup_, vocabulary_, origin);
    if (!engine) return Error{engine.error()};
    engine_ = engine.take();
    return {};
  }

  void start_asking() {
    const auto& config = setup_->config;
    if (!config.active.enabled) return;
    inquirer_ = std::make_unique<Inquirer>(config.active, setup_->asking, config.interfaces, wakeup_);
    inquirer_->start();
  }

  // What listening leaves in doubt is asked.
  void ask_doubtful() {
    if (!inquirer_ || !setup_->config.active.passive_led) return;
    const auto devices = engine_->inventory().devices(Inventory::Which::known);
    const auto& config = setup_->config;
    for (auto& doubt :
         passive_led_.choose(devices, config.policy, config.active, inquirer_->room())) {
      (void)inquirer_->ask(std::move(doubt));
    }
  }

  // What asking cannot do, each once: no CAP_NET_RAW, a segment that is left out.
  void pass_on_complaints() {
    std::string text;
    while (inquirer_ && inquirer_->pop_complaint(text)) log_.warning("asking: " + text);
    if (inquirer_) (void)inquirer_->counters();  // or what it reports finds no room
  }

  void stop_asking() {
    if (!inquirer_) return;
    inquirer_->stop();
    pass_on_complaints();
    log_.info(asking_line());
    do {
      more_ = false;
      take_in_answers();
    } while (more_);
    for (const auto& doubt : inquirer_->take_unasked()) passive_led_.forget(doubt);
    inquirer_.reset();
    more_ = true;  // what was taken in is still to be settled
  }

  static std::string host_name() {
    char name[256] = "";
    if (gethostname(name, sizeof name - 1) != 0) return "";
    return name;
  }

  void announce() {
    warn();
    log_.info(fmt::format("camwarden {} listens on {}; {} fingerprints ({}), {} law packs, {} devices known",
                          CAMWARDEN_VERSION, fmt::join(setup_->config.interfaces, ", "),
                          setup_->knowledge->fingerprints(), setup_->knowledge->version(),
                          setup_->law_packs.size(), engine_->inventory().size()));
    notify_ready(status_line());
  }

  void warn() {
    for (const auto& warning : setup_->warnings) log_.warning(warning);
    for (const auto& notice : engine_->policy().notices(clock_now())) log_.warning(notice);
  }

  Status loop(Signals& signals) {
    const auto watchdog = watchdog_interval();
    auto next_tick = std::chrono::steady_clock::now() + kTickInterval;
    auto next_asking = std::chrono::steady_clock::now() + kAskInterval;
    auto next_health = std::chrono::steady_clock::now() + kHealthInterval;
    auto next_sight = std::chrono::steady_clock::now() + kFirstSight;
    listened_until_ = std::chrono::steady_clock::now();
    for (;;) {
      wait(signals, watchdog);
      switch (signals.next()) {
        case Signals::Request::stop: return {};
        case Signals::Request::reload: reload(); break;
        case Signals::Request::none: break;
      }
      for (const auto& sensor : sensors_) {
        if (sensor->failed()) return Error{sensor->worker().source().error()};
      }
      take_in();
      const auto now = std::chrono::steady_clock::now();
      if (now >= next_tick) {
        next_tick = now + kTickInterval;
        for (const auto& sensor : sensors_) (void)sensor->counters();
        note_listening();
        publish(engine_->tick(clock_now()));
        tell_manager();
        pet_watchdog(watchdog);
      }
      if (now >= next_asking) {
        next_asking = now + kAskInterval;
        pass_on_complaints();
        ask_doubtful();
      }
      if (now >= next_sight) {
        next_sight = now + kHealthInterval;
        tell_sight();
      }
      if (now >= next_health) {
        next_health = now + kHealthInterval;
        log_.info(status_line());
        if (inquirer_) log_.info(asking_line());
      }
    }
  }

  void wait(Signals& signals, Duration watchdog) {
    const Duration limit = watchdog.count() > 0 ? std::min<Duration>(watchdog, kTickInterval) : Duration(kTickInterval);
    pollfd on[] = {{wakeup_.fd(), POLLIN, 0}, {signals.descriptor(), POLLIN, 0}};
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(more_ ? Duration(0) : limit);
    poll(on, 2, static_cast<int>(ms.count()));
    if (on[0].revents != 0) (void)wakeup_.wait(Duration(0));
  }

  // At most kBatch observations of each sensor, then one transaction.
  void take_in() {
    more_ = false;
    Observation observation;
    for (const auto& sensor : sensors_) {
      std::size_t taken = 0;
      while (taken < kBatch && sensor->pop(observation)) {
        engine_->observe(observation);
        newest_ = std::max(newest_, observation.evidence.time);
        ++taken;
      }
      more_ |= taken == kBatch;
    }
    take_in_answers();
    std::vector<std::int64_t> rows;
    while (delivered_.pop(rows)) engine_->delivered(std::move(rows));
    publish(engine_->settle(newest_));
  }

  void take_in_answers() {
    Observation observation;
    std::size_t taken = 0;
    while (inquirer_ && taken < kBatch && inquirer_->pop(observation)) {
      engine_->observe(observation);
      newest_ = std::max(newest_, observation.evidence.time);
      ++taken;
    }
    more_ |= taken == kBatch;
    Inquirer::Account account;
    while (inquirer_ && inquirer_->pop(account)) {
      const auto& segments = setup_->config.policy.segments;
      for (const auto& asked : account.networks.by_segment(account.targets, segments, account.whole)) {
        engine_->asked(asked);
      }
    }
  }

  void publish(Result<std::vector<Alert>> outcome) {
    if (!outcome) {
      if (!failing_) log_.error(fmt::format("{}; nothing is lost, trying again", outcome.error()));
      failing_ = true;
      return;
    }
    if (failing_) log_.info("the database takes writes again");
    failing_ = false;
    courier_->post(engine_->take_due());
    for (const auto& alert : *outcome) log_.debug(fmt::format("{}: {}", to_string(alert.type), alert.why));
  }

  void reload() {
    notify_reloading();
    Diagnostics diagnostics;
    auto next = load_setup(options_.config_path, options_.interfaces, vocabulary_, diagnostics);
    if (!next) {
      log_.error(fmt::format("reload refused, the old configuration stays:\n{}", diagnostics.to_string()));
    } else if (auto status = adopt(std::move(next)); !status) {
      log_.error(fmt::format("reload failed: {}", status.error()));
    } else {
      log_.info(fmt::format("reloaded {}", options_.config_path));
      warn();
    }
    notify_ready(status_line());
  }

  Status adopt(std::shared_ptr<const Setup> next) {
    const auto &now = setup_->config, &then = next->config;
    if (then.interfaces != now.interfaces || then.database != now.database || !(then.capture == now.capture) ||
        then.cpus != now.cpus) {
      log_.warning("interfaces, capture and database change at the next restart only");
    }
    const bool asks_otherwise = !(then.active == now.active);
    if (asks_otherwise) stop_asking();
    setup_ = std::move(next);
    if (asks_otherwise) start_asking();
    auto status = engine_->reconfigure(setup_);
    courier_->reconfigure(setup_->config.sinks);
    return status;
  }

  void pet_watchdog(Duration watchdog) {
    if (watchdog.count() == 0) return;
    std::vector<std::uint64_t> beats;
    for (const auto& sensor : sensors_) beats.push_back(sensor->heartbeat());
    const bool all_turn = beats_.empty() || std::equal(beats.begin(), beats.end(), beats_.begin(),
                                                       [](auto now, auto before) { return now != before; });
    if (all_turn) notify_watchdog();
    beats_ = std::move(beats);
  }

  // A datagram to the service manager waits until it is read, so only what changed is said.
  void tell_manager() {
    const auto status = fmt::format("{} devices, {} open violations, {} alerts waiting for sinks",
                                    engine_->inventory().size(), engine_->open_findings(),
                                    engine_->waiting_messages());
    if (status == told_) return;
    told_ = status;
    notify_status(status);
  }

  std::string asking_line() {
    const auto counters = inquirer_->counters();
    return fmt::format("asked {} addresses in {} scans: {} hosts answered, {} packets sent, {} facts dropped",
                       counters.asked, counters.scans, counters.hosts, counters.packets, counters.dropped);
  }

  std::string status_line() {
    std::uint64_t packets = 0, dropped = 0, shunted = 0;
    for (const auto& sensor : sensors_) {
      const auto& counters = sensor->counters();
      packets += counters.packets + counters.source.shunted;
      shunted += counters.source.shunted;
      dropped += counters.source.dropped_ring + counters.source.dropped_interface + counters.dropped_queue;
    }
    return fmt::format(
        "{} devices, {} open violations, {} alerts waiting for sinks, {} dropped there; "
        "{} packets, {} of them left unread, {} lost; {} facts and findings turned away for want "
        "of room",
        engine_->inventory().size(), engine_->open_findings(), engine_->waiting_messages(),
        engine_->dropped_messages(), packets, shunted, dropped, engine_->turned_away());
  }

  void stop() {
    notify_stopping();
    log_.info("stopping");
    stop_asking();
    for (auto& sensor : sensors_) sensor->stop();
    do {
      take_in();
    } while (more_);
    courier_->drain(setup_->config.drain_time);
    std::vector<std::int64_t> rows;
    while (delivered_.pop(rows)) engine_->delivered(std::move(rows));
    publish_last();
  }

  // What every interface delivered since it was last asked goes into the ledger.
  void note_listening() {
    const auto now = std::chrono::steady_clock::now();
    const auto length = std::min<Duration>(now - listened_until_, kMostListening);
    listened_until_ = now;
    std::vector<SightReport> all(listening_.size());
    for (const auto& sensor : sensors_) all[sensor->interface()].add(sensor->sight());
    for (std::size_t i = 0; i < all.size(); ++i) {
      engine_->listened(listening_[i].since_last(all[i], clock_now(), length));
    }
  }

  SightReport sight_of_all() {
    SightReport all;
    for (const auto& sensor : sensors_) all.add(sensor->sight());
    return all;
  }

  std::string sight_line(const SightReport& seen) {
    return fmt::format("interfaces={} {}", fmt::join(setup_->config.interfaces, ","), to_text(seen));
  }

  // One event of all interfaces: what we see, what we cannot see into, and what we lost.
  void tell_sight() {
    const auto seen = sight_of_all();
    const auto lost = seen.lost_interface + seen.lost_ring + seen.lost_queue;
    Alert event;
    event.type = AlertType::sensor_sight;
    event.time = clock_now();
    event.severity = lost > lost_ ? Severity::warning : Severity::info;
    event.why = sight_line(seen);
    event.sight = to_string(to_json(seen));
    lost_ = lost;
    log_.info("sight: " + event.why);
    if (auto status = engine_->report(std::move(event)); !status) {
      return log_.error(fmt::format("{}; what the sensor sees is in this log alone", status.error()));
    }
    courier_->post(engine_->take_due());
  }

  void publish_last() {
    note_listening();
    if (auto outcome = engine_->flush(newest_); !outcome) {
      log_.error(outcome.error());
    }
    log_.info(status_line());
    log_.info("sight: " + sight_line(sight_of_all()));
    for (const auto& sensor : sensors_) {
      for (const auto& [name, count] : sensor->worker().anomalies()) {
        log_.info(fmt::format("{}: anomaly {} x {}", sensor->worker().source().name(), name, count));
      }
    }
  }

  const RunOptions& options_;
  std::shared_ptr<const Setup> setup_;
  const Vocabulary& vocabulary_;
  Log log_;
  Wakeup wakeup_;
  Queue<std::vector<std::int64_t>> delivered_{4096};
  std::vector<std::unique_ptr<Sensor>> sensors_;
  std::vector<Listening> listening_;  // by interface
  std::chrono::steady_clock::time_point listened_until_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Inquirer> inquirer_;  // where the configuration allows to ask
  PassiveLed passive_led_;
  std::unique_ptr<Courier> courier_;  // stops before what it calls back goes
  Time newest_ = clock_now();
  bool more_ = false, failing_ = false;
  std::vector<std::uint64_t> beats_;
  std::uint64_t lost_ = 0;  // frames and facts, when the sight was told last
  std::string told_;
};

}  // namespace

Status run(const RunOptions& options, std::shared_ptr<const Setup> setup, const Vocabulary& vocabulary) {
  return Daemon(options, std::move(setup), vocabulary).run();
}

}  // namespace camwarden
