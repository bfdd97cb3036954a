#include "discovery/asked_segment.h"

#include <algorithm>

namespace camwarden {
namespace {

// A host on a link answers ARP within a few milliseconds, a sleeping one within some hundred.
constexpr Duration kAskAgainAfter = std::chrono::milliseconds(250);
constexpr Duration kGrace = std::chrono::milliseconds(300);
// WS-Discovery devices wait up to half a second before they answer, SSDP's up to MX.
constexpr Duration kListen = std::chrono::milliseconds(700);
constexpr Duration kListenAtLeast = std::chrono::milliseconds(1200);
constexpr int kPasses = 2;

IpAddress previous_address(IpAddress ip) {
  for (auto i = static_cast<std::size_t>(ip.bits() / 8); i > 0; --i) {
    if (ip.octets[i - 1]-- != 0) break;
  }
  return ip;
}

}  // namespace

std::optional<IpAddress> Sequence::next() {
  if (range_ >= ranges_.size()) return std::nullopt;
  const auto& range = ranges_[range_];
  at_ = at_.none() ? range.first : next_address(at_);
  const auto ip = at_;
  if (ip == range.last) {
    ++range_;
    at_ = {};
  }
  return ip;
}

std::vector<Range> common(const std::vector<Range>& ranges, const Range& with) {
  std::vector<Range> out;
  for (const auto& range : ranges) {
    if (range.first.family != with.first.family) continue;
    const Range both{std::max(range.first, with.first), std::min(range.last, with.last)};
    if (both.first <= both.last) out.push_back(both);
  }
  return out;
}

std::vector<Range> without(const std::vector<Range>& ranges, const Range& what) {
  std::vector<Range> out;
  for (const auto& range : ranges) {
    if (range.first.family != what.first.family || range.last < what.first ||
        what.last < range.first) {
      out.push_back(range);
      continue;
    }
    if (range.first < what.first) out.push_back({range.first, previous_address(what.first)});
    if (what.last < range.last) out.push_back({next_address(what.last), range.last});
  }
  return out;
}

bool may_be_asked_whole(const Attached& subnet, const std::vector<Attached>& attached,
                        const Targets& targets, const NeverTouch& never) {
  if (!subnet.multicast || !targets.covers(subnet.prefix) || never.may_be_within(subnet.prefix))
    return false;
  return std::all_of(attached.begin(), attached.end(), [&](const Attached& other) {
    const bool hears = other.index == subnet.index && other.prefix.length < other.address.bits();
    if (!hears) return true;
    const bool same = other.address.is_v4() && subnet.address.is_v4();
    return !never.may_be_within(other.prefix) && (!same || targets.covers(other.prefix));
  });
}

AskedSegment::AskedSegment(Asking& asking, const Attached& subnet, std::uint16_t interface,
                           Calls calls)
    : asking_(asking), subnet_(subnet), interface_(interface), calls_(std::move(calls)) {}

AskedSegment::~AskedSegment() { stop(); }

void AskedSegment::stop() {
  asking_.reactor.cancel(sweep_timer_);
  asking_.reactor.cancel(question_timer_);
  questions_.clear();
  sweeping_ = false;
}

bool AskedSegment::open_link() {
  auto link = LinkSweep::open(asking_.reactor, subnet_, interface_, asking_.answers,
                              [this](const Packet& packet) { calls_.frame(*this, packet); });
  if (!link) {
    refused_.push_back(link.error());
    return false;
  }
  link_ = link.take();
  return true;
}

void AskedSegment::sweep(std::vector<Range> ranges, bool everybody) {
  if (!link_) return;
  ranges_ = std::move(ranges);
  sequence_.emplace(ranges_);
  pass_ = 1;
  sweeping_ = true;
  if (everybody) link_->ask_everybody();
  sweep_on();
}

void AskedSegment::sweep_on() {
  sweep_timer_ = {};
  const auto now = asking_.reactor.refresh();
  while (true) {
    const auto ip = sequence_->next();
    if (!ip) return second_pass();
    const bool again = pass_ > 1;
    if (*ip == subnet_.address || asking_.never.covers(*ip)) continue;
    if (again && !asked_.contains(*ip)) continue;
    if (!again) asking_.note_asked(*ip);
    (void)link_->ask(*ip);
    if (!again) asked_[*ip] = now;
    const auto when = asking_.pace.reserve(now, 1);
    if (when <= now) continue;
    sweep_timer_ = asking_.reactor.at(when, [this] { sweep_on(); });
    return;
  }
}

void AskedSegment::second_pass() {
  const auto now = asking_.reactor.now();
  if (++pass_ > kPasses || asked_.empty()) {
    sweeping_ = false;
    quiet_after_ = std::max(quiet_after_, now + kGrace);
    return;
  }
  sequence_.emplace(ranges_);
  sweep_timer_ = asking_.reactor.at(now + kAskAgainAfter, [this] { sweep_on(); });
}

void AskedSegment::ask_whole() {
  whole_ = true;
  const bool v6 = subnet_.address.is_v6();
  sockets_ = std::make_unique<ProbeSockets>(
      asking_.reactor, &subnet_, v6, std::vector<unsigned>{subnet_.index},
      [this](const Probe* probe, std::uint16_t port, const Datagram& datagram) {
        calls_.datagram(*this, probe, port, datagram);
      });
  for (const auto* probe : segment_probes(v6)) {
    if (!asking_.never.covers(probe->port)) questions_.push_back(probe);
  }
  quiet_after_ = asking_.reactor.now() + kListenAtLeast;
  question_on();
}

void AskedSegment::question_on() {
  question_timer_ = {};
  const auto now = asking_.reactor.refresh();
  while (!questions_.empty()) {
    const auto most = asking_.limits.segment_packets();
    if (window_.count(now) >= most) {
      const auto& times = window_.times();
      const auto when = times[times.size() - most] + std::chrono::seconds(1);
      question_timer_ = asking_.reactor.at(when, [this] { question_on(); });
      return;
    }
    const auto* probe = questions_.front();
    questions_.pop_front();
    send_question(*probe);
  }
  quiet_after_ = std::max(quiet_after_, now + (asked_again_ ? kListenAtLeast : kListen));
  if (asked_again_) return;
  for (const auto& refused : sockets_->refused()) refused_.push_back(refused);
  question_timer_ = asking_.reactor.at(quiet_after_, [this] { ask_again(); });
}

// A camera may be known by nothing but the answer that was lost.
void AskedSegment::ask_again() {
  question_timer_ = {};
  asked_again_ = true;
  made_good_ = sockets_->lost();
  if (made_good_ == 0) return;
  for (const auto* probe : segment_probes(subnet_.address.is_v6())) {
    if (!asking_.never.covers(probe->port) && sockets_->lost(*probe) > 0)
      questions_.push_back(probe);
  }
  question_on();
}

void AskedSegment::send_question(const Probe& probe) {
  const auto now = asking_.reactor.now();
  const Asker asker{subnet_.mac, subnet_.address, ++asking_.nonce};
  const bool v6 = subnet_.address.is_v6();
  (void)sockets_->ask(probe, segment_end(probe, v6, subnet_.index), asker);
  window_.note(now);
  asking_.pace.note(now, 1);
  ++asking_.counters.segment_questions;
}

// The kernel's counters wrap.
std::uint64_t AskedSegment::lost() const {
  const auto lost = sockets_ ? sockets_->lost() : 0;
  return lost - std::min(lost, made_good_);
}

Duration AskedSegment::answered(const IpAddress& ip, Time now) {
  const auto found = asked_.find(ip);
  if (found == asked_.end()) return {};
  const auto took = now - found->second;
  asked_.erase(found);
  return took;
}

bool AskedSegment::done(Time now) const {
  const bool to_ask = !questions_.empty() || question_timer_.number != 0;
  return !sweeping_ && !to_ask && now >= quiet_after_;
}

}  // namespace camwarden
