#pragma once
// Host: one device that is being asked, within its budget: ports in order of what they tell, and,
// where its segment is not asked as a whole, the table's questions over UDP.
//
// An address of which nobody knows whether a device is there begins as a guess: a few ports are
// tried, and where none of them answers with anything, it ends there.
//
// Thread: the reactor's. Ends by calling `done`; its owner lets it go, but not within the call.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "discovery/asking.h"
#include "discovery/dialogue.h"
#include "discovery/http_dialogue.h"
#include "discovery/location.h"

namespace camwarden {

class Host {
 public:
  struct Known {
    Ends ends;             // device_port and own_port unused
    unsigned scope = 0;    // interface index, for link-local addresses
    bool found = false;    // it is there
    bool unicast = false;  // its segment is not asked as a whole
    const Window* segment = nullptr;
    Duration round_trip{};  // 0: not known
    Suspects suspects = {};
  };
  using Done = std::function<void(const IpAddress&)>;
  using Found = std::function<void(const IpAddress&)>;

  Host(Asking& asking, const Known& known, Found found, Done done);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  void start() { pump(); }
  // Something else showed that it is there, or where: its MAC, a description of itself.
  void learn(const MacAddress& mac);
  void learn_routed();                      // the MAC is that of a router in front of it
  void learn_name() { web_.named = true; }  // its maker's own discovery answered
  void learn_description(const Location& at);
  void learn_service(const Location& at);  // of ONVIF
  void stop();                             // says nothing more
  bool found() const { return known_.found; }
  const Known& known() const { return known_; }

 private:
  struct Task {
    const PortPlan* port = nullptr;
    const Probe* probe = nullptr;
    WebPaths paths = {};  // that an HTTP server is asked for, too
  };
  struct Talk {
    std::unique_ptr<Dialogue> dialogue;
    std::unique_ptr<Connection> connection;
    Ends ends;
    const PortPlan* port = nullptr;
    bool ending = false;
  };
  struct Permit {
    std::uint64_t talk = 0;
    std::size_t packets = 0;
    std::function<void()> go;
  };

  void plan_ports();
  void plan_port(const PortPlan& port);
  void plan_probes();
  using Told = std::set<std::pair<std::uint16_t, std::string>>;
  static constexpr std::size_t kMostTold = 2;  // of each kind
  void plan_told(const Location& at, WebPaths paths, Told& told, std::string why);
  const PortPlan* listed(std::uint16_t port) const;
  static bool speaks(const PortPlan& port, const Location& at);
  void pump();
  bool wait_for_turn(std::size_t packets, std::size_t room);
  void begin(Task task);
  void ask_datagram(const Probe& probe);
  void spend();
  void begin_talk(const PortPlan& port, WebPaths paths);
  void connect(std::uint64_t number);
  Connection::Owner owner_for(std::uint64_t number);
  void permit(std::uint64_t number, std::size_t packets, bool question, std::function<void()> go);
  Permit refusal(std::uint64_t number);
  void note(std::size_t packets);
  void met(Duration round_trip);
  void ended(std::uint64_t number, Connection::End end);
  void judge(const PortPlan& port, Connection::End end);
  void let_go(std::uint64_t number);
  WebFindings findings_for(std::uint64_t number);
  Ear ear_for(std::uint64_t number);
  Connection::Deadlines deadlines() const;
  void finish_if_done();
  bool guessing() const { return !known_.found; }

  Asking& asking_;
  Known known_;
  Found on_found_;
  Done on_done_;
  DevicePace pace_;
  std::deque<Task> tasks_;
  std::deque<Permit> permits_;
  std::map<std::uint64_t, Talk> talks_;
  Told descriptions_, services_;
  std::vector<PortPlan> extra_ports_;  // where those are
  std::uint64_t talk_number_ = 0;
  Reactor::Timer timer_;
  HttpDialogue::Device web_;
  std::optional<Time> reserved_;  // a place in the common pace, for what is next
  bool stopped_ = false, done_ = false, spent_ = false;
  int silent_ = 0;
};

}  // namespace camwarden
