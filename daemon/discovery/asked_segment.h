#pragma once
// AskedSegment: one subnet that this host is attached to, while its targets are being asked: who is
// there (ARP, ND), and what all of it answers to the table's questions.
//
// Questions go to the whole segment only where may_be_asked_whole(); else its devices are asked one
// by one.
//
// Thread: the reactor's.

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "discovery/asking.h"
#include "discovery/link_sweep.h"
#include "discovery/targets.h"

namespace camwarden {

// Addresses one after the other.
class Sequence {
 public:
  explicit Sequence(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}
  std::optional<IpAddress> next();

 private:
  std::vector<Range> ranges_;
  std::size_t range_ = 0;
  IpAddress at_;  // none: at the range's start
};

// What two lists of ranges have in common; what the first has alone.
std::vector<Range> common(const std::vector<Range>& ranges, const Range& with);
std::vector<Range> without(const std::vector<Range>& ranges, const Range& what);

// Whether questions may go to all of it at once. What is said to a whole link is heard by every
// host on it, of whichever subnet and version: by none on the never-touch list, and over IPv4 by
// none that is no target.
bool may_be_asked_whole(const Attached& subnet, const std::vector<Attached>& attached,
                        const Targets& targets, const NeverTouch& never);

class AskedSegment {
 public:
  struct Calls {
    // A host of this segment sent a frame.
    std::function<void(AskedSegment&, const Packet&)> frame;
    std::function<void(AskedSegment&, const Probe*, std::uint16_t own_port, const Datagram&)>
        datagram;
  };

  AskedSegment(Asking& asking, const Attached& subnet, std::uint16_t interface, Calls calls);
  ~AskedSegment();
  AskedSegment(const AskedSegment&) = delete;
  AskedSegment& operator=(const AskedSegment&) = delete;

  // Whether frames can be sent; why not is in refused().
  bool open_link();
  // Asks for every address, twice if need be; IPv6 prefixes that are no list by their group too.
  void sweep(std::vector<Range> ranges, bool everybody);
  void ask_whole();
  void stop();

  // Of an address that was asked for: how long ago that was. Not asked for again.
  Duration answered(const IpAddress& ip, Time now);
  bool done(Time now) const;  // and nobody is waited for
  bool whole() const { return whole_; }

  const Attached& subnet() const { return subnet_; }
  std::uint16_t interface() const { return interface_; }
  const Window* window() const { return &window_; }
  const std::vector<std::string>& refused() const { return refused_; }
  // Answers that came faster than they were read, also when they were asked for again.
  std::uint64_t lost() const;

 private:
  void sweep_on();
  void second_pass();
  void question_on();
  void send_question(const Probe& probe);
  void ask_again();

  Asking& asking_;
  Attached subnet_;
  std::uint16_t interface_;
  Calls calls_;
  Window window_;
  std::unique_ptr<LinkSweep> link_;
  std::unique_ptr<ProbeSockets> sockets_;
  std::vector<Range> ranges_;
  std::optional<Sequence> sequence_;
  std::unordered_map<IpAddress, Time> asked_;  // and has not answered
  std::deque<const Probe*> questions_;
  std::vector<std::string> refused_;
  Reactor::Timer sweep_timer_, question_timer_;
  int pass_ = 0;
  bool sweeping_ = false, whole_ = false, asked_again_ = false;
  std::uint64_t made_good_ = 0;  // answers lost before they were asked for again
  Time quiet_after_{};
};

}  // namespace camwarden
