#include "discovery/host.h"

#include <algorithm>

#include "base/text.h"
#include "discovery/port_dialogue.h"
#include "discovery/stream_reader.h"

namespace camwarden {
namespace {

// What an open connection may yet send without asking: an acknowledgement, its end, and the
// acknowledgement of the other's.
constexpr std::size_t kRoomToOpen = 3, kRoomOfOpen = 3;

PaceLimits limits_for(const Asking& asking, const MacAddress& mac) {
  auto limits = asking.limits;
  if (const auto* family = asking.data.fragile_family(mac)) {
    limits.device_packets = std::min(limits.device_packets, family->packets);
    limits.device_connections = std::min(limits.device_connections, family->connections);
  }
  return limits;
}

}  // namespace

Host::Host(Asking& asking, const Known& known, Found found, Done done)
    : asking_(asking),
      known_(known),
      on_found_(std::move(found)),
      on_done_(std::move(done)),
      pace_(limits_for(asking, known.ends.device_mac), known.segment) {
  if (known.round_trip > Duration::zero()) pace_.answered(known.round_trip);
  for (const auto& maker : known.suspects) web_.suspected += to_lower(maker) + ' ';
  plan_ports();
  if (known_.found) plan_probes();
}

Host::~Host() { asking_.reactor.cancel(timer_); }

void Host::plan_ports() {
  for (const auto& port : asking_.data.ports) {
    if (port.alive || !guessing()) plan_port(port);
  }
}

// Not where only others' devices listen than those of the makers whom it is suspected to be of.
void Host::plan_port(const PortPlan& port) {
  const auto& suspects = known_.suspects;
  const bool other = !port.maker.empty() && !suspects.empty() &&
                     std::find(suspects.begin(), suspects.end(), port.maker) == suspects.end();
  if (!other && !asking_.never.covers(port.port)) tasks_.push_back({&port, nullptr});
}

// Before the rarer ports.
void Host::plan_probes() {
  if (!known_.unicast) return;
  constexpr std::size_t kPortsFirst = 3;
  std::deque<Task> questions;
  for (const auto* probe : unicast_probes()) {
    if (!asking_.never.covers(probe->port) && may_answer(*probe, known_.suspects))
      questions.push_back({nullptr, probe});
  }
  const auto at =
      tasks_.begin() + static_cast<std::ptrdiff_t>(std::min(kPortsFirst, tasks_.size()));
  tasks_.insert(at, questions.begin(), questions.end());
}

void Host::learn(const MacAddress& mac) {
  if (known_.ends.device_mac.none()) known_.ends.device_mac = mac;
  for (auto& [number, talk] : talks_) talk.ends.device_mac = known_.ends.device_mac;
}

void Host::learn_routed() {
  known_.ends.on_link = false;
  for (auto& [number, talk] : talks_) talk.ends.on_link = false;
}

void Host::learn_description(const Location& at) {
  plan_told(at, {.description = at.path}, descriptions_, "where its description is");
}

// At the usual path of a port that is asked for its page anyway, nothing is to be added but that it
// is asked for, whichever server that is.
void Host::learn_service(const Location& at) {
  const auto* usual = at.path == kOnvifPath ? listed(at.port) : nullptr;
  if (usual == nullptr || !speaks(*usual, at))
    return plan_told(at, {.service = at.path}, services_, "where its ONVIF service is");
  for (auto& task : tasks_) {
    if (task.port == usual) task.paths.service = at.path;
  }
}

const PortPlan* Host::listed(std::uint16_t port) const {
  const auto& ports = asking_.data.ports;
  const auto at = std::find_if(ports.begin(), ports.end(),
                               [&](const PortPlan& one) { return one.port == port; });
  return at == ports.end() ? nullptr : &*at;
}

bool Host::speaks(const PortPlan& port, const Location& at) {
  return at.tls ? port.ask == Ask::https : port.ask == Ask::http || port.ask == Ask::either;
}

// Anybody can forge what tells us: never to a port that the list has for something else, such as
// one where a question takes the device down.
void Host::plan_told(const Location& at, WebPaths paths, Told& told, std::string why) {
  const auto* known = listed(at.port);
  if (stopped_ || done_ || asking_.never.covers(at.port) || (known && !speaks(*known, at))) return;
  if (told.contains({at.port, at.path})) return;
  if (told.size() >= kMostTold) {
    ++asking_.counters.ignored;
    return;
  }
  told.insert({at.port, at.path});
  if (extra_ports_.capacity() == 0) extra_ports_.reserve(2 * kMostTold);  // tasks point into it
  paths.strange_port = known == nullptr;
  const auto ask = known ? known->ask : at.tls ? Ask::https : Ask::http;
  extra_ports_.push_back({at.port, ask, false, std::move(why)});
  std::erase_if(tasks_, [&](const Task& task) {
    return task.port != nullptr && task.port == known && task.paths == WebPaths{};
  });
  tasks_.push_front({&extra_ports_.back(), nullptr, std::move(paths)});
  pump();
}

void Host::stop() {
  stopped_ = true;
  tasks_.clear();
  for (auto& permit : permits_) {
    if (permit.talk != 0) permit = refusal(permit.talk);
  }
}

Host::Permit Host::refusal(std::uint64_t number) {
  return {number, 0, [this, number] { talks_[number].connection->give_up(); }};
}

// One thing after the other, as the paces allow: first what an open connection wants to say.
void Host::pump() {
  if (done_ || timer_.number != 0) return;
  while (true) {
    if (!permits_.empty()) {
      const auto packets = permits_.front().packets;
      if (!wait_for_turn(packets, kRoomOfOpen * pace_.open())) return;
      auto permit = std::move(permits_.front());
      permits_.pop_front();
      pace_.sent(asking_.reactor.now(), packets);
      permit.go();
      continue;
    }
    if (tasks_.empty()) return finish_if_done();
    const bool connects = tasks_.front().port != nullptr;
    if (connects && !pace_.may_open()) return;
    if (connects && asking_.connections_left == 0) {
      timer_ = asking_.reactor.at(asking_.reactor.now() + std::chrono::milliseconds(10), [this] {
        timer_ = {};
        pump();
      });
      return;
    }
    if (!wait_for_turn(1, kRoomOfOpen * pace_.open() + (connects ? kRoomToOpen : 0))) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    begin(std::move(task));
  }
}

// True: now. False: pump() is called again when it may be.
bool Host::wait_for_turn(std::size_t packets, std::size_t room) {
  const auto now = asking_.reactor.now();
  if (!reserved_) reserved_ = asking_.pace.reserve(now, packets);
  const auto when = std::max(*reserved_, pace_.when(now, packets + room));
  if (when <= now) {
    reserved_.reset();
    return true;
  }
  timer_ = asking_.reactor.at(when, [this] {
    timer_ = {};
    pump();
  });
  return false;
}

void Host::begin(Task task) {
  // Whom one maker's own discovery named need not be asked for another's.
  if (task.probe != nullptr && web_.named && names_maker(*task.probe)) return;
  if (!pace_.take_request()) {
    spend();
    tasks_.clear();
    return;
  }
  pace_.sent(asking_.reactor.now(), 1);
  if (task.probe != nullptr) return ask_datagram(*task.probe);
  begin_talk(*task.port, std::move(task.paths));
}

void Host::spend() {
  if (!spent_) ++asking_.counters.budgets_spent;
  spent_ = true;
}

void Host::ask_datagram(const Probe& probe) {
  auto* sockets = known_.ends.device.is_v6() ? asking_.datagrams6 : asking_.datagrams4;
  if (sockets == nullptr) return;
  ++asking_.counters.datagrams;
  const Asker asker{known_.ends.own_mac, known_.ends.own, ++asking_.nonce};
  (void)sockets->ask(probe, {known_.ends.device, probe.port, known_.scope}, asker);
}

void Host::begin_talk(const PortPlan& port, WebPaths paths) {
  const auto number = ++talk_number_;
  auto& talk = talks_[number];
  talk.port = &port;
  talk.ends = known_.ends;
  talk.ends.device_port = port.port;
  talk.dialogue = dialogue_for(port, known_.ends.device, ear_for(number), findings_for(number),
                               web_, std::move(paths));
  connect(number);
}

void Host::connect(std::uint64_t number) {
  auto& talk = talks_[number];
  talk.ending = false;
  talk.connection =
      std::make_unique<Connection>(asking_.reactor, *talk.dialogue, deadlines(), owner_for(number));
  pace_.opened();
  --asking_.connections_left;
  ++asking_.counters.connections;
  talk.connection->open({known_.ends.device, talk.port->port, known_.scope});
}

Connection::Owner Host::owner_for(std::uint64_t number) {
  return {.permit =
              [this, number](std::size_t packets, bool question, std::function<void()> go) {
                permit(number, packets, question, std::move(go));
              },
          .note = [this](std::size_t packets) { note(packets); },
          .met = [this](Duration round_trip) { met(round_trip); },
          .answered =
              [this](Duration took) {
                const int before = pace_.level();
                pace_.answered(took);
                if (pace_.level() != before) ++asking_.counters.strained;
              },
          .done = [this, number](Connection::End end) { ended(number, end); }};
}

void Host::permit(std::uint64_t number, std::size_t packets, bool question,
                  std::function<void()> go) {
  const bool spent = !stopped_ && question && !pace_.take_request();
  if (spent) spend();
  if (question && !spent && !stopped_) ++asking_.counters.requests;
  permits_.push_back(spent || stopped_ ? refusal(number) : Permit{number, packets, std::move(go)});
  asking_.reactor.later([this] { pump(); });
}

void Host::note(std::size_t packets) {
  pace_.sent(asking_.reactor.now(), packets);
  asking_.pace.note(asking_.reactor.now(), packets);
}

void Host::met(Duration round_trip) {
  pace_.answered(round_trip);
  if (known_.found) return;
  known_.found = true;
  on_found_(known_.ends.device);
  for (const auto& port : asking_.data.ports) {
    if (!port.alive) plan_port(port);
  }
  plan_probes();
}

void Host::ended(std::uint64_t number, Connection::End end) {
  auto& talk = talks_[number];
  talk.ending = true;
  pace_.closed();
  ++asking_.connections_left;
  std::erase_if(permits_, [&](const Permit& one) { return one.talk == number; });
  judge(*talk.port, end);
  const bool more = end == Connection::End::spoken && talk.dialogue->unfinished() && !spent_ &&
                    !stopped_ && !pace_.exhausted();
  asking_.reactor.later([this, number, more] {
    const bool within = !more || pace_.take_request();
    if (!within) spend();
    if (more && within) {
      permits_.push_front({0, 1, [this, number] { stopped_ ? let_go(number) : connect(number); }});
    } else {
      let_go(number);
    }
    pump();
  });
}

void Host::let_go(std::uint64_t number) { talks_.erase(number); }

// What wears a device out, or shows that it is worn out.
void Host::judge(const PortPlan& port, Connection::End end) {
  if (end == Connection::End::starved) ++asking_.counters.starved;
  if (listed(port.port) == nullptr) return;  // whoever told of it may have lied
  const bool hurt = end == Connection::End::reset || end == Connection::End::silent;
  if (!hurt) return;
  ++silent_;
  pace_.strained();
  ++asking_.counters.strained;
  if (!pace_.exhausted()) return;
  if (known_.found && !tasks_.empty()) ++asking_.counters.let_alone;
  tasks_.clear();
}

void Host::finish_if_done() {
  if (done_ || !tasks_.empty() || !permits_.empty() || !talks_.empty()) return;
  done_ = true;
  on_done_(known_.ends.device);
}

// Where the way is known to be short, a port that says nothing is given up sooner.
Connection::Deadlines Host::deadlines() const {
  auto deadlines = asking_.deadlines;
  if (pace_.best() > Duration::zero()) {
    const Duration least = std::chrono::milliseconds(250);
    deadlines.connect = std::min(deadlines.connect, std::max(least, pace_.best() * 16));
  }
  if (silent_ > 1) deadlines.read /= 3;
  return deadlines;
}

WebFindings Host::findings_for(std::uint64_t number) {
  return {.knows =
              [this, number](std::string_view path, int status) {
                show_known_path(asking_.answers, talks_[number].ends, path, status,
                                asking_.reactor.now());
              },
          .icon =
              [this, number](std::string_view icon) {
                show_icon(asking_.answers, talks_[number].ends, icon, asking_.reactor.now());
              }};
}

Ear Host::ear_for(std::uint64_t number) {
  return [this, number](Bytes answer) {
    auto& talk = talks_[number];
    if (talk.connection) talk.ends.own_port = talk.connection->local().port;
    if (show_stream(asking_.answers, talk.ends, answer, asking_.reactor.now()))
      ++asking_.counters.answers;
  };
}

}  // namespace camwarden
