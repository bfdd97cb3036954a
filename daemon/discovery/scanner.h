#pragma once
// Scanner: asks every target, once, politely, and hands what is answered to the protocol readers.
// To its caller three calls: make it, step() it until it says it is done, ask it what it did.
//
//   segments   ARP and ND sweeps, and the table's questions to whole segments
//   hosts      whoever was found, or may be there: TCP ports, and questions one by one
//
// All packets together keep to one rate, each device to its own budget (pace.h). Nothing is sent to
// what is no target or on the never-touch list; whoever answers unasked is heard, and not asked on.
//
// Thread: one, its owner's. Bounded: hosts asked at a time, open connections, octets of an answer.

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "discovery/asked_segment.h"
#include "discovery/host.h"
#include "discovery/roster.h"
#include "discovery/targets.h"

namespace camwarden {

class Scanner {
 public:
  struct Options {
    Targets targets;
    NeverTouch never;
    PaceLimits pace;
    AskingData data;
    std::vector<Attached> attached;
    std::vector<std::string> interfaces;  // of the sensor, by index
    Connection::Deadlines deadlines;
    Duration deadline = std::chrono::hours(24);  // of all
    bool segments = true;                        // ask whole segments
    bool link = true;                            // sweep by frames of our own
    std::size_t max_connections = 0;             // 0: as many as descriptors allow
    std::uint64_t seed = 1;
    // Who made whom, as far as is known: of him only what a device of theirs may answer is asked.
    std::unordered_map<IpAddress, Suspects> suspects = {};
    NoteAddress note = {};  // for whoever keeps account of what was asked
  };
  using Deliver = Answers::Deliver;

  Scanner(Options options, Deliver deliver);
  ~Scanner();

  // Waits at most so long, and works. False when all is done, or it was stopped.
  bool step(Duration at_most);
  void stop();  // asks no more; what was found stays
  bool complete() const { return complete_; }
  // And nobody was left out: none spared, cut short by its budget or its troubles, or untried for
  // want of descriptors, and no answer lost. Less, and what was not found may be there.
  bool asked_all() const;
  bool answers_lost() const;  // that came, also when they were asked for again

  const ScanCounters& counters() const;
  // 0 to 1, by what is left to ask.
  double progress() const;
  Duration elapsed() const { return reactor_.now() - began_; }
  Time now() const { return reactor_.now(); }
  // What was lost, in words: no CAP_NET_RAW, ports that others hold.
  std::vector<std::string> losses() const;
  const std::map<std::string_view, std::uint64_t>& anomalies() const {
    return answers_.anomalies();
  }

 private:
  struct Waiting {
    IpAddress ip;
    bool is_there;
    Duration round_trip;
  };

  void plan();
  void plan_segment(const Attached& subnet, std::vector<Range>& rest);
  void open_unicast_sockets();
  std::vector<unsigned> links() const;
  void guess_on();
  AskedSegment* segment_of(const IpAddress& ip);
  void on_frame(AskedSegment& segment, const Packet& packet);
  void on_first_segment(const Packet& packet);
  void on_datagram(AskedSegment* segment, const Probe* probe, std::uint16_t own_port,
                   const Datagram& datagram);
  void found(const IpAddress& ip, const MacAddress& mac, AskedSegment* segment);
  void ask(const IpAddress& ip, bool is_there, Duration round_trip);
  bool note_answer(const IpAddress& ip);
  void spare(const IpAddress& ip);
  void named_by_answer(const IpAddress& ip);
  void follow(const IpAddress& ip, const Probe& probe, std::string_view answer);
  void take_neighbours();
  void remove(const IpAddress& ip);

  Options options_;
  Reactor reactor_;
  Answers answers_;
  GlobalPace pace_;
  Asking asking_;
  Roster roster_;
  std::vector<std::unique_ptr<AskedSegment>> segments_;
  std::unique_ptr<ProbeSockets> unicast4_, unicast6_;
  std::unordered_map<IpAddress, std::unique_ptr<Host>> hosts_;
  std::unordered_set<IpAddress> asked_;  // had or have a Host
  std::unordered_set<MacAddress> asked_macs_;
  std::unordered_set<IpAddress> answered_, named_;
  std::deque<Waiting> waiting_;  // for room among hosts_; at most one an address
  std::unordered_map<IpAddress, Location> services_;  // of hosts that wait, or came too late
  std::vector<Range> guesses_;
  std::optional<Sequence> guess_;
  std::vector<std::string> losses_;
  Time began_{}, last_answer_{}, idle_since_{};
  bool stopped_ = false, complete_ = false, guesses_done_ = true;
  bool left_out_ = false;  // a subnet or a host was not asked, for nobody knows its MAC
};

}  // namespace camwarden
