#pragma once
// Inquirer: asks devices from a thread of its own, so that listening never waits: single ones that
// the core names, and on a schedule all that may be asked. What they answer goes to the core by a
// queue, as a worker's observations do; where it is full, the fact is dropped and counted.
//
// Thread: all that is public the core's; the scanner's is its own.

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/active_options.h"
#include "app/asked_networks.h"
#include "app/passive_led.h"
#include "base/queue.h"
#include "discovery/scanner.h"
#include "observation/observation.h"

namespace camwarden {

class Inquirer {
 public:
  struct Counters {
    std::uint64_t scans = 0, asked = 0, hosts = 0, packets = 0, dropped = 0;
  };

  Inquirer(const ActiveOptions& options, AskingData data, std::vector<std::string> interfaces,
           Wakeup& core);
  ~Inquirer();

  void start();
  void stop();                        // asks nobody any more; what was answered waits for pop()
  std::vector<Doubt> take_unasked();  // after stop(): whose turn never came
  bool ask(Doubt doubt);              // false: too many wait
  std::size_t room() const { return kMostNamed - named_.size(); }
  bool pop_complaint(std::string& text) { return complaints_.pop(text); }
  bool pop(Observation& observation) { return observations_.pop(observation); }
  // What one scan asked of whom, once it is over; the policy's segments are the core's to know.
  struct Account {
    AskedNetworks networks;
    Targets targets;
    Asked whole;
  };
  bool pop(Account& account) { return accounts_.pop(account); }
  Counters counters();

 private:
  void loop();
  void take_named();
  void ask_named();
  void ask_all();
  using Suspected = std::unordered_map<IpAddress, Suspects>;
  std::optional<Scanner::Options> options_for(const std::vector<std::string>& targets);
  // Who answered, where it was cut short; else nothing, and there is nobody left to ask.
  std::optional<std::unordered_set<IpAddress>> run(const std::vector<std::string>& targets,
                                                   Suspected suspected, bool segments);
  void complain(const std::string& text);
  Time now() const;

  static constexpr std::size_t kMostNamed = 4096;
  ActiveOptions options_;
  AskingData data_;
  std::vector<std::string> interfaces_;
  Wakeup& core_;
  Wakeup work_;
  Queue<Doubt> named_{kMostNamed};
  std::vector<Doubt> doubts_;  // taken from there, and not asked yet
  Queue<Observation> observations_{16'384};
  Queue<Counters> reports_{64};
  Queue<std::string> complaints_{64};
  std::set<std::string> complained_;  // each once
  Queue<Account> accounts_{64};
  Counters counters_, shown_;
  Time next_{};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace camwarden
