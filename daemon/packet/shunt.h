#pragma once
// Shunt: has the kernel drop the frames of one packet socket that need not be looked at, before
// they cost a copy: directions that were read to their end (video, downloads), and IP protocols
// that nobody reads. They stay counted, and one frame of each in ten seconds still comes, so that
// coverage and last_seen stay true.
//
// An eBPF socket filter (shunt.bpf.c, built into the program) with an LRU table in the kernel: the
// table forgets what is quiet, and forgetting costs nothing but frames that are looked at again.
// Only of link types with an Ethernet header.
//
// Needs CAP_BPF (or CAP_SYS_ADMIN) while attaching; from Linux 5.19 on nothing afterwards, before
// it also for its tables, which check() tells. Thread: its worker.

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "packet/packet.h"

namespace camwarden {

class Shunt {
 public:
  struct Counters {
    std::uint64_t packets = 0, octets = 0;  // dropped by the kernel
    std::uint64_t directions = 0;           // entered by us
  };

  // `socket`: an AF_PACKET socket. Every IP protocol that is not among `ip_protocols` is shunted
  // but for its samples. The error says what was refused, and what is missing where that is known.
  static Result<Shunt> attach(int socket, std::uint32_t max_directions,
                              const std::vector<std::uint8_t>& ip_protocols);

  Shunt(Shunt&& other) noexcept;
  Shunt& operator=(Shunt&& other) noexcept;
  ~Shunt();

  // From now on, the packet's direction: TCP until its next SYN, all until it is forgotten.
  void add(const Packet& packet);
  void remove(const Packet& packet);
  Status check() const;  // whether the kernel still lets us at its tables
  Counters counters() const;

 private:
  Shunt(int directions, int totals) : directions_(directions), totals_(totals) {}

  int directions_ = -1, totals_ = -1;  // the kernel's tables
  std::uint64_t added_ = 0;
};

}  // namespace camwarden
