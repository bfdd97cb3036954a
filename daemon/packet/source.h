#pragma once
// Source: where frames come from, a capture file or a live ring; both through libpcap, which stays
// in source.cc. A frame's bytes are valid until the next call.
//
// Thread: one owner, the worker (or, for replay, the main thread).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "packet/packet.h"

namespace camwarden {

class Source {
 public:
  struct LiveOptions {
    std::string interface;
    std::size_t ring_bytes = 64 << 20;
    int snap_len = 65535;  // octets kept of each frame
    bool promiscuous = true;
    Duration block_timeout =
        std::chrono::milliseconds(10);  // how long a frame may wait in the ring
    std::string filter;                 // a libpcap filter expression; "" for all
    std::size_t workers = 1;            // rings among which the kernel divides the frames, by flow
    bool shunt = true;  // drop what was read to its end, in the kernel where it lets us: shunt.h
    std::size_t shunt_directions = 65'536;
    // IP protocols that are read; of others the kernel passes samples. Not of the configuration.
    std::vector<std::uint8_t> ip_protocols;
    bool operator==(const LiveOptions&) const = default;
  };
  struct Counters {
    std::uint64_t frames = 0, octets = 0;  // read by us
    std::uint64_t dropped_ring = 0;        // the ring was full (pcap_stats ps_drop), since start
    std::uint64_t dropped_interface = 0;   // ps_ifdrop, since start
    std::uint64_t shunted = 0, shunted_octets = 0;  // left unread on purpose, since start
  };
  enum class Next { frame, timeout, end, broken };

  // pcap or pcapng; link types Ethernet, Linux cooked v1 and v2, raw IP (DLT_RAW, IPV4, IPV6),
  // null/loop; any other is an error that names it. The error of an unreadable, truncated-header or
  // non-capture file says what it is and what was expected. `shunt_directions`: that are left
  // unread at a time once they were read to their end (local_shunt.h); 0: every frame is delivered.
  static Result<Source> open_file(const std::string& path, std::uint16_t interface_index,
                                  std::size_t shunt_directions = 0);
  // One source for each of options.workers, all of the one interface: PACKET_FANOUT by a hash of
  // the flow that is the same for both directions, after defragmentation. The error names the
  // interface and, where permission is missing, CAP_NET_RAW.
  static Result<std::vector<Source>> open_live(const LiveOptions& options,
                                               std::uint16_t interface_index);

  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;
  ~Source();

  Next next(Frame& frame);  // live: waits at most block_timeout or so
  // Nothing more of this packet's direction is needed: its frames are left unread, live in the
  // kernel where it lets us.
  void shunt(const Packet& packet);
  void take_back(const Packet& packet);  // it is needed again
  // Once privileges are dropped: older kernels then refuse the tables too.
  void check_shunt();
  bool shunts() const;
  const std::string& shunt_refused() const;  // why it does not although it should; or ""
  const std::string& error() const;          // after broken: what, and the packet number where
  const std::string& name() const;           // path or interface
  Counters counters() const;

 private:
  struct Capture;
  static Result<Source> open_ring(const LiveOptions& options, std::uint16_t interface_index);
  explicit Source(std::unique_ptr<Capture> capture);
  std::unique_ptr<Capture> capture_;
};

// Names of interfaces that can be opened, for messages.
std::vector<std::string> interface_names();

}  // namespace camwarden
