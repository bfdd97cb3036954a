#pragma once
// ProbeSockets: the sockets from which the table's questions go out, and at which their answers
// come in: of one interface, to ask whole segments, or of none, to ask single devices.
//
// A question has a socket of its own, so that an answer is known by where it comes in. Ports that
// somebody else holds alone are left out and told.
//
// Thread: the reactor's.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "discovery/attached.h"
#include "discovery/probe.h"
#include "discovery/reactor.h"
#include "discovery/socket.h"

namespace camwarden {

class ProbeSockets {
 public:
  // `probe`: whose socket it came to, and so most likely the question that it answers.
  using Heard = std::function<void(const Probe* probe, std::uint16_t own_port, const Datagram&)>;

  // `subnet` null: of no interface. `hears`: interfaces where answers to groups are heard.
  ProbeSockets(Reactor& reactor, const Attached* subnet, bool v6, std::vector<unsigned> hears,
               Heard heard);
  ~ProbeSockets();
  ProbeSockets(const ProbeSockets&) = delete;
  ProbeSockets& operator=(const ProbeSockets&) = delete;

  // 0, or errno.
  int ask(const Probe& probe, const Endpoint& to, const Asker& asker);
  const std::vector<std::string>& refused() const { return refused_; }
  // Answers that came and were not read, for want of room: to this question's socket, and to all.
  std::uint64_t lost(const Probe& probe) const;
  std::uint64_t lost() const;

 private:
  struct Socket {
    Descriptor descriptor;
    const Probe* probe = nullptr;
    std::uint16_t port = 0;
  };
  std::uint16_t fixed_port(const Probe& probe) const;  // 0: any
  int socket_of(const Probe& probe) const;             // -1: none
  int socket_for(const Probe& probe);
  int open(const Probe* probe, std::uint16_t port, std::vector<Endpoint> groups);
  void on_readable(int fd);

  Reactor& reactor_;
  const Attached* subnet_;
  bool v6_;
  std::vector<unsigned> hears_;
  Heard heard_;
  std::map<int, Socket> sockets_;
  std::map<std::uint16_t, int> by_port_;  // fixed ports
  std::map<const Probe*, int> by_probe_;  // the others
  std::vector<std::string> refused_;
};

// All questions that may be put to this segment, in order.
std::vector<const Probe*> segment_probes(bool v6);
std::vector<const Probe*> unicast_probes();
// Where a segment is asked.
Endpoint segment_end(const Probe& probe, bool v6, unsigned interface);

}  // namespace camwarden
