#include "app/inquirer.h"

#include "base/random.h"

namespace camwarden {
namespace {

constexpr auto kStep = std::chrono::milliseconds(50);
constexpr auto kGather = std::chrono::seconds(2);

}  // namespace

Inquirer::Inquirer(const ActiveOptions& options, AskingData data,
                   std::vector<std::string> interfaces, Wakeup& core)
    : options_(options), data_(std::move(data)), interfaces_(std::move(interfaces)), core_(core) {}

Inquirer::~Inquirer() { stop(); }

void Inquirer::stop() {
  stop_ = true;
  work_.signal();
  if (thread_.joinable()) thread_.join();
}

void Inquirer::start() {
  next_ = now() + options_.every;
  thread_ = std::thread([this] { loop(); });
}

std::vector<Doubt> Inquirer::take_unasked() {
  take_named();
  return std::exchange(doubts_, {});
}

void Inquirer::take_named() {
  Doubt doubt;
  while (doubts_.size() < 2 * kMostNamed && named_.pop(doubt)) doubts_.push_back(std::move(doubt));
}

bool Inquirer::ask(Doubt doubt) {
  if (!named_.push(std::move(doubt))) return false;
  work_.signal();
  return true;
}

Inquirer::Counters Inquirer::counters() {
  while (reports_.pop(shown_)) {
  }
  return shown_;
}

void Inquirer::complain(const std::string& text) {
  constexpr std::size_t kMost = 64;
  if (complained_.size() >= kMost || !complained_.insert(text).second) return;
  (void)complaints_.push(std::string(text));
}

Time Inquirer::now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

void Inquirer::loop() {
  while (!stop_) {
    (void)work_.wait(kGather);
    if (stop_ || !options_.may_now(now())) continue;  // what waits goes when the window opens
    ask_named();
    if (options_.every > Duration::zero() && now() >= next_) ask_all();
  }
}

void Inquirer::ask_named() {
  take_named();
  if (doubts_.empty()) return;
  std::vector<std::string> targets;
  Suspected suspected;
  for (const auto& doubt : doubts_) {
    targets.push_back(doubt.ip.to_string());
    suspected[doubt.ip] = doubt.suspects;
  }
  if (const auto met = run(targets, std::move(suspected), false)) {
    std::erase_if(doubts_, [&](const Doubt& doubt) { return met->contains(doubt.ip); });
  } else {
    doubts_.clear();
  }
}

// So often from one beginning to the next: counted from the end, a window's close in the middle
// would put the next time behind the next window.
void Inquirer::ask_all() {
  next_ = now() + options_.every;
  std::vector<std::string> targets;
  for (const auto& prefix : options_.allowed) targets.push_back(prefix.to_string());
  (void)run(targets, {}, true);
}

std::optional<Scanner::Options> Inquirer::options_for(const std::vector<std::string>& targets) {
  Scanner::Options options;
  options.attached = attached_subnets();
  Diagnostics diagnostics;
  const Targets::Options where{
      .allow_huge = true, .allowed = options_.allowed, .attached = options.attached};
  auto parsed = Targets::parse(targets, where, diagnostics);
  if (!parsed) return complain(diagnostics.to_string()), std::nullopt;
  options.targets = std::move(*parsed);
  options.never = options_.never_touch;
  options.pace = options_.pace;
  options.data = data_;
  options.interfaces = interfaces_;
  options.seed = random_seed();
  return options;
}

std::optional<std::unordered_set<IpAddress>> Inquirer::run(const std::vector<std::string>& targets,
                                                           Suspected suspected, bool segments) {
  auto options = options_for(targets);
  if (!options) return std::nullopt;
  options->segments = segments;
  options->suspects = std::move(suspected);
  Account account{.networks = {}, .targets = options->targets, .whole = {.begin = now()}};
  std::unordered_set<IpAddress> met;
  options->note = [&](const IpAddress& ip, bool answered) {
    account.networks.note(ip, answered);
    if (answered && !segments) met.insert(ip);
  };
  Scanner scanner(std::move(*options), [this](Observation&& observation) {
    if (!observations_.push(std::move(observation))) ++counters_.dropped;
    core_.signal();
  });
  while (!stop_ && options_.may_now(now()) && scanner.step(kStep)) {
  }
  for (const auto& loss : scanner.losses()) complain(loss);
  ++counters_.scans;
  counters_.asked += scanner.counters().addresses_asked;
  counters_.hosts += scanner.counters().hosts;
  counters_.packets += scanner.counters().packets;
  reports_.push(Counters(counters_));
  account.whole.end = now();
  account.whole.questions = scanner.counters().packets;
  account.whole.complete = scanner.asked_all();
  account.whole.limits = scanner.losses();
  accounts_.push(std::move(account));
  core_.signal();
  if (scanner.complete()) return std::nullopt;
  return met;
}

}  // namespace camwarden
