#pragma once
// Coverage: what a claim of absence rests on. "No restricted camera was found" is worth as much as
// the listening and the asking behind it, so both are counted by segment: how long, how much was
// lost, which hosts were heard, which addresses were asked and how many answered.
//
// A segment is one of the policy's, by name; "" is whatever lies outside all of them. Sensors
// cannot tell which segment a lost packet would have been of, so a loss counts for every segment
// that its interface shows. Values; merging them is order-free but for `limits`, which keep their
// order.
//
// Limits: kMaxSeen VLANs, prefixes, targets and limits each; what finds no room is counted.

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/time.h"

namespace camwarden {

struct Loss {
  std::uint64_t interface = 0;  // before the kernel's ring: the card or its driver
  std::uint64_t ring = 0;       // the ring was full
  std::uint64_t queue = 0;      // facts for which the queue to the core had no room

  std::uint64_t total() const { return interface + ring + queue; }
  void add(const Loss& other);
  auto operator<=>(const Loss&) const = default;
};

// What was asked of one segment, by one scan or by the daemon for a while. Who asks makes one of
// these for each segment that a target lies in, and hands it to Ledger::asked() or to a Report.
struct Asked {
  std::string segment = {};
  Time begin{}, end{};            // of the first question and of the last wait for an answer
  std::set<Prefix> targets = {};  // what was to be asked; a single address is a full-length prefix
  std::uint64_t addresses = 0;    // asked at least one question
  std::uint64_t answered = 0;     // of those, that gave any answer: a refusal is one too
  std::uint64_t questions = 0;    // packets, connections and requests sent
  // Every target was asked all that it should be, and heard: not stopped, out of time, or out of
  // budget, and no answer lost.
  bool complete = true;
  std::vector<std::string> limits = {};  // in words: "no ARP sweep: CAP_NET_RAW is missing"

  bool any() const { return addresses > 0 || questions > 0 || !targets.empty(); }
  // Of the same segment, at another time. Addresses that were asked twice count twice. What one
  // left out and the other asked was asked.
  void add(const Asked& other);
  bool operator==(const Asked&) const = default;
};

// What one interface delivered in a while that the sensor listened on it.
struct Listened {
  Time end{};
  Duration length{};
  std::uint16_t interface = 0;  // as in Presence
  std::string name;             // of the interface, as segments name it
  std::vector<std::pair<std::uint16_t, std::uint64_t>> packets;  // by outermost VLAN; 0: untagged
  Loss lost;
};

// What was heard of one segment.
struct Heard {
  Duration listened{};  // its interfaces were listened on
  Duration alive{};     // and packets of its VLANs came
  // Frames on its VLANs, or on those that carry its hosts. Not those that the kernel was told to
  // keep.
  std::uint64_t packets = 0;
  std::uint64_t delivered =
      0;  // by the interfaces that show it, of any VLAN: what `lost` is a part of
  Loss lost;
  // Of the same hour; over several hours the most in one of them.
  std::uint64_t hosts = 0, named = 0;
  std::set<std::uint16_t> vlans;
  std::set<Prefix> prefixes;  // of its hosts: /24 and /64
  std::uint64_t prefixes_untold = 0;
  Time first{};  // when listening began
  Time last{};   // when packets came last; Time{}: never

  std::uint64_t unnamed() const { return hosts > named ? hosts - named : 0; }
  double loss() const;  // a share, 0 to 1
  void add(const Heard& other);
  bool operator==(const Heard&) const = default;
};

// A segment's hour, or day: the unit of the ledger.
struct Coverage {
  std::string segment;
  Time begin{};
  Duration length = std::chrono::hours(1);
  Heard heard;
  Asked asked;

  void add(const Coverage& other);
  bool operator==(const Coverage&) const = default;
};

inline constexpr std::size_t kMaxSeen = 64;

// Each of `inner` lies in one of `outer`.
bool covers(const std::set<Prefix>& outer, const std::set<Prefix>& inner);
// A row of nothing but the questions.
Coverage coverage_of(const Asked& asked);
// The hour that a time is in.
Time hour_of(Time time);
// The network that an address is likely of: its /24, or its /64.
Prefix network_of(const IpAddress& ip);
// One row for each segment, over all that is given; sorted by segment.
std::vector<Coverage> by_segment(const std::vector<Coverage>& rows);

}  // namespace camwarden
