#include "discovery/scanner.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <set>

#include "discovery/location.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxGuesses =
    1024;                                // hosts at a time of which nobody knows whether they exist
constexpr std::size_t kMaxHosts = 4096;  // at a time in all
// Of a target that is too large for a list, so many who say that they are there are believed.
constexpr std::size_t kMaxUnlisted = 65'536;
// Answers to the last questions; who answers on and on does not hold up the end.
constexpr Duration kTail = std::chrono::milliseconds(700), kLongestTail = std::chrono::seconds(3);

// Descriptors that are left to us, some kept for files and sockets that wait.
std::size_t connections_allowed() {
  constexpr std::size_t kKept = 128, kMost = 8192;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  if (limit.rlim_cur < kMost + kKept) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, kMost + kKept);
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    (void)getrlimit(RLIMIT_NOFILE, &limit);
  }
  return std::clamp<std::size_t>(limit.rlim_cur, kKept + 16, kMost + kKept) - kKept;
}

}  // namespace

Scanner::Scanner(Options options, Deliver deliver)
    : options_(std::move(options)),
      answers_(std::move(deliver)),
      pace_(options_.pace.packets),
      asking_{.reactor = reactor_,
              .answers = answers_,
              .pace = pace_,
              .data = options_.data,
              .never = options_.never,
              .limits = options_.pace,
              .deadlines = options_.deadlines,
              .connections_left = options_.max_connections,
              .nonce = options_.seed,
              .note = options_.note,
              .counters = {}},
      roster_(options_.attached, options_.interfaces),
      began_(reactor_.now()) {
  if (asking_.connections_left == 0) asking_.connections_left = connections_allowed();
  asking_.counters.addresses = options_.targets.size();
  plan();
}

Scanner::~Scanner() = default;

const ScanCounters& Scanner::counters() const { return asking_.counters; }

bool Scanner::asked_all() const {
  const auto& counted = counters();
  return complete_ && !left_out_ && counted.spared == 0 && counted.starved == 0 &&
         counted.budgets_spent == 0 && counted.let_alone == 0 && !answers_lost();
}

bool Scanner::answers_lost() const {
  const auto lost = [](const auto& one) { return one && one->lost() > 0; };
  return lost(unicast4_) || lost(unicast6_) ||
         std::any_of(segments_.begin(), segments_.end(), lost);
}

std::vector<std::string> Scanner::losses() const {
  auto losses = losses_;
  if (const auto starved = counters().starved; starved > 0) {
    losses.push_back(
        fmt::format("{} connections not tried: too many open files; see ulimit -n", starved));
  }
  // Without a number: whoever is told remembers what he was told, and anybody can make it grow.
  if (answers_lost()) {
    losses.push_back(
        "answers that came faster than they were read; ask fewer addresses at a time, or raise "
        "net.core.rmem_max");
  }
  for (const auto& segment : segments_) {
    for (const auto& refused : segment->refused()) losses.push_back(refused);
  }
  for (const auto* sockets : {unicast4_.get(), unicast6_.get()}) {
    if (sockets == nullptr) continue;
    losses.insert(losses.end(), sockets->refused().begin(), sockets->refused().end());
  }
  std::sort(losses.begin(), losses.end());
  losses.erase(std::unique(losses.begin(), losses.end()), losses.end());
  return losses;
}

void Scanner::plan() {
  auto rest = options_.targets.listed();
  for (const auto& subnet : options_.attached) plan_segment(subnet, rest);
  open_unicast_sockets();
  guesses_ = std::move(rest);
  guess_.emplace(guesses_);
  guesses_done_ = guesses_.empty();
  guess_on();
}

// What of the targets is on this link is swept there, and no guess any more.
void Scanner::plan_segment(const Attached& subnet, std::vector<Range>& rest) {
  const auto all = range_of(subnet.prefix);
  if (subnet.loopback || common(options_.targets.ranges(), all).empty()) return;
  auto segment = std::make_unique<AskedSegment>(
      asking_, subnet, roster_.interface_index(subnet.interface),
      AskedSegment::Calls{
          .frame = [this](AskedSegment& from, const Packet& packet) { on_frame(from, packet); },
          .datagram =
              [this](AskedSegment& from, const Probe* probe, std::uint16_t port,
                     const Datagram& datagram) { on_datagram(&from, probe, port, datagram); }});
  const bool whole = options_.segments && may_be_asked_whole(subnet, options_.attached,
                                                             options_.targets, options_.never);
  const bool link = options_.link && subnet.sweepable() && segment->open_link();
  if (whole) segment->ask_whole();
  if (!link && options_.never.by_mac()) {
    // Where MACs decide what may be asked, nobody is asked before his is known.
    left_out_ = left_out_ || !common(rest, all).empty();
    rest = without(rest, all);
    losses_.push_back(
        subnet.interface +
        ": not asked, since the never-touch list has MACs and nobody's is known here");
  }
  if (link) {
    if (!whole && subnet.address.is_v6() && common(rest, all).empty()) {
      losses_.push_back(fmt::format(
          "{}: {} is too large for a list, and it may not be asked as a whole: nobody was looked "
          "for there",
          subnet.interface, subnet.prefix.to_string()));
    }
    segment->sweep(common(rest, all), whole && subnet.address.is_v6());
    rest = without(rest, all);
  }
  segments_.push_back(std::move(segment));
}

void Scanner::open_unicast_sockets() {
  const auto heard = [this](const Probe* probe, std::uint16_t port, const Datagram& datagram) {
    on_datagram(nullptr, probe, port, datagram);
  };
  unicast4_ = std::make_unique<ProbeSockets>(reactor_, nullptr, false, links(), heard);
  unicast6_ =
      std::make_unique<ProbeSockets>(reactor_, nullptr, true, std::vector<unsigned>{}, heard);
  asking_.datagrams4 = unicast4_.get();
  asking_.datagrams6 = unicast6_.get();
}

// Some devices answer to a group even where they were asked alone.
std::vector<unsigned> Scanner::links() const {
  std::set<unsigned> indices;
  for (const auto& segment : segments_) {
    if (segment->subnet().multicast && segment->subnet().address.is_v4())
      indices.insert(segment->subnet().index);
  }
  return {indices.begin(), indices.end()};
}

// Addresses of which nobody knows: as many at a time as can be watched. Before them, who was found
// when there was no room.
void Scanner::guess_on() {
  while (!waiting_.empty() && hosts_.size() < kMaxHosts && !stopped_) {
    const auto next = waiting_.front();
    waiting_.pop_front();
    ask(next.ip, next.is_there, next.round_trip);
  }
  while (!guesses_done_ && !stopped_ && hosts_.size() < kMaxGuesses) {
    const auto ip = guess_->next();
    if (!ip) {
      guesses_done_ = true;
      return;
    }
    if (roster_.own_address(*ip) || asked_.contains(*ip)) continue;
    if (options_.never.covers(*ip)) {
      ++asking_.counters.spared;
      continue;
    }
    asking_.note_asked(*ip);
    ask(*ip, false, {});
  }
}

bool Scanner::step(Duration at_most) {
  if (stopped_) return false;
  reactor_.turn(at_most);
  const auto now = reactor_.now();
  guess_on();
  asking_.counters.packets = pace_.sent();
  if (now - began_ > options_.deadline) stop();
  const bool busy = !hosts_.empty() || !waiting_.empty() || !guesses_done_ ||
                    std::any_of(segments_.begin(), segments_.end(),
                                [&](const auto& one) { return !one->done(now); });
  if (busy) idle_since_ = now;
  if (busy && !stopped_) return true;
  if (!stopped_ && asking_.counters.datagrams > 0 && now - last_answer_ < kTail &&
      now - idle_since_ < kLongestTail)
    return true;
  complete_ = !stopped_;
  stopped_ = true;
  take_neighbours();
  return false;
}

void Scanner::stop() {
  if (stopped_) return;
  stopped_ = true;
  for (auto& segment : segments_) segment->stop();
  for (auto& [ip, host] : hosts_) host->stop();
  take_neighbours();
}

AskedSegment* Scanner::segment_of(const IpAddress& ip) {
  AskedSegment* best = nullptr;
  for (const auto& segment : segments_) {
    const auto& prefix = segment->subnet().prefix;
    if (!prefix.contains(ip)) continue;
    if (best == nullptr || prefix.length > best->subnet().prefix.length) best = segment.get();
  }
  return best;
}

// ARP over Ethernet (RFC 826): the sender's MAC and address; of IPv6 the packet's own.
void Scanner::on_frame(AskedSegment& segment, const Packet& packet) {
  if (packet.transport == Transport::tcp) return on_first_segment(packet);
  answers_.frame(packet);
  if (packet.ether_type != 0x0806) {
    if (packet.src.host()) found(packet.src, packet.src_mac, &segment);
    return;
  }
  Cursor cursor(packet.link_payload);
  cursor.skip(8);
  const auto mac = MacAddress::from(cursor.take(6));
  const auto ip = IpAddress::v4(cursor.take(4));
  if (cursor.ok() && ip.host() && !mac.none()) found(ip, mac, &segment);
}

// The only thing of a TCP connection that tells whether a router is in between.
void Scanner::on_first_segment(const Packet& packet) {
  if (!packet.routed() || !options_.targets.contains(packet.src)) return;
  if (!roster_.learn_routed(packet.src)) return;
  if (const auto host = hosts_.find(packet.src); host != hosts_.end()) host->second->learn_routed();
}

void Scanner::on_datagram(AskedSegment* segment, const Probe* probe, std::uint16_t own_port,
                          const Datagram& datagram) {
  const auto& ip = datagram.from.ip;
  if (roster_.own_address(ip) || !ip.host()) return;
  if (!roster_.hear(ip)) {
    ++asking_.counters.ignored;
    return;
  }
  if (segment == nullptr) segment = segment_of(ip);
  if (segment != nullptr && segment->subnet().prefix.contains(ip)) found(ip, {}, segment);
  auto ends = roster_.ends_of(ip);
  ends.device_port = datagram.from.port;
  ends.own_port = own_port;
  if (!datagram.to.none()) ends.own = datagram.to;
  if (segment != nullptr) ends.interface = segment->interface();
  if (answers_.datagram(ends, datagram.payload, probe ? probe->protocol : "", reactor_.now())) {
    ++asking_.counters.answers;
    last_answer_ = reactor_.now();
    (void)note_answer(ip);
    if (probe != nullptr && names_maker(*probe)) named_by_answer(ip);
    if (probe != nullptr) follow(ip, *probe, as_text(datagram.payload));
  }
}

void Scanner::named_by_answer(const IpAddress& ip) {
  named_.insert(ip);
  if (const auto host = hosts_.find(ip); host != hosts_.end()) host->second->learn_name();
}

void Scanner::follow(const IpAddress& ip, const Probe& probe, std::string_view answer) {
  const auto host = hosts_.find(ip);
  if (probe.protocol == "ssdp" && host != hosts_.end()) {
    if (const auto at = description_in(answer, ip); at.port != 0)
      host->second->learn_description(at);
  }
  if (probe.protocol != "wsdd") return;
  const auto at = service_in(answer, ip);
  if (at.port == 0) return;
  if (host != hosts_.end()) return host->second->learn_service(at);
  if (!asked_.contains(ip) || services_.size() >= kMaxHosts) return;
  services_.emplace(ip, at);
}

// Somebody is there. Asked on only if it is a target.
void Scanner::found(const IpAddress& ip, const MacAddress& mac, AskedSegment* segment) {
  if (roster_.own_address(ip)) return;
  if (roster_.learn(ip, mac)) {
    if (const auto host = hosts_.find(ip); host != hosts_.end()) host->second->learn(mac);
  }
  const auto now = reactor_.now();
  const auto took = segment ? segment->answered(ip, now) : Duration{};
  if (!note_answer(ip)) return;
  const auto its_mac = roster_.mac_of(ip);
  // Two may answer for one address: it is enough that either is on the list.
  if (options_.never.covers(ip) || options_.never.covers(its_mac) || options_.never.covers(mac))
    return spare(ip);
  if (asked_.contains(ip) || stopped_) return;
  // One device, one budget: what speaks both versions is asked by the first.
  if (ip.is_v6() && !its_mac.none() && asked_macs_.contains(its_mac)) return;
  if (its_mac.none() && options_.never.by_mac() && roster_.on_link(ip)) {
    left_out_ = true;
    return;
  }
  ask(ip, true, took);
}

void Scanner::ask(const IpAddress& ip, bool is_there, Duration round_trip) {
  asked_.insert(ip);
  if (hosts_.size() >= kMaxHosts) return waiting_.push_back({ip, is_there, round_trip});
  const auto* segment = segment_of(ip);
  Host::Known known;
  known.ends = roster_.ends_of(ip);
  known.found = is_there;
  known.round_trip = round_trip;
  if (!known.ends.device_mac.none()) asked_macs_.insert(known.ends.device_mac);
  if (segment != nullptr) {
    known.segment = segment->window();
    if (ip.link_local()) known.scope = segment->subnet().index;
  }
  known.unicast = segment == nullptr || !segment->whole();
  if (const auto one = options_.suspects.find(ip); one != options_.suspects.end())
    known.suspects = one->second;
  auto host = std::make_unique<Host>(
      asking_, known, [this](const IpAddress& who) { (void)note_answer(who); },
      [this](const IpAddress& who) { remove(who); });
  auto& kept = hosts_[ip] = std::move(host);
  if (named_.contains(ip)) kept->learn_name();
  if (const auto told = services_.extract(ip); told) kept->learn_service(told.mapped());
  kept->start();
}

void Scanner::spare(const IpAddress& ip) {
  if (asked_.insert(ip).second) ++asking_.counters.spared;
  if (const auto host = hosts_.find(ip); host != hosts_.end()) host->second->stop();
}

// False where nobody was to be asked, or too many say that they are there.
bool Scanner::note_answer(const IpAddress& ip) {
  if (answered_.contains(ip)) return true;
  if (!options_.targets.contains(ip)) return false;
  if (answered_.size() >= asking_.counters.addresses + kMaxUnlisted) {
    ++asking_.counters.ignored;
    return false;
  }
  answered_.insert(ip);
  asking_.note_answered(ip);
  answers_.seen(roster_.ends_of(ip), reactor_.now());
  return true;
}

void Scanner::remove(const IpAddress& ip) {
  last_answer_ = reactor_.now();
  reactor_.later([this, ip] {
    const auto host = hosts_.find(ip);
    if (host == hosts_.end()) return;
    if (host->second->found()) ++asking_.counters.hosts_done;
    hosts_.erase(host);
  });
}

// Without frames of our own the kernel's table still knows whom it had to find for us. A MAC of
// several addresses may be a router's that answers for others: nobody saw a TTL.
void Scanner::take_neighbours() {
  const auto neighbours = kernel_neighbours();
  std::unordered_map<MacAddress, int> addresses;
  for (const auto& [ip, mac] : neighbours) ++addresses[mac];
  for (const auto& [ip, mac] : neighbours) {
    if (addresses[mac] > 1 || !answered_.contains(ip) || !roster_.learn(ip, mac)) continue;
    answers_.neighbour(roster_.ends_of(ip), reactor_.now());
  }
}

double Scanner::progress() const {
  const auto& counters = asking_.counters;
  const double addresses = static_cast<double>(std::max<std::uint64_t>(counters.addresses, 1));
  const double swept = std::min(1.0, static_cast<double>(counters.addresses_asked) / addresses);
  const double hosts = counters.hosts == 0 ? swept
                                           : static_cast<double>(counters.hosts_done) /
                                                 static_cast<double>(counters.hosts);
  return std::min(1.0, 0.5 * swept + 0.5 * std::min(swept, hosts));
}

}  // namespace camwarden
