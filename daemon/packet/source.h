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
    int snap_len = 65535;            // octets kept of each frame
    bool promiscuous = true;
    Duration block_timeout = std::chrono::milliseconds(10);  // how long a frame may wait in the ring
    std::string filter;              // a libpcap filter expression; "" for all
    bool operator==(const LiveOptions&) const = default;
  };
  struct Counters {
    std::uint64_t frames = 0, octets = 0;    // read by us
    std::uint64_t dropped_ring = 0;          // the ring was full (pcap_stats ps_drop), since start
    std::uint64_t dropped_interface = 0;     // ps_ifdrop, since start
  };
  enum class Next { frame, timeout, end, broken };

  // pcap or pcapng; link types Ethernet, Linux cooked v1 and v2, raw IP (DLT_RAW, IPV4, IPV6),
  // null/loop; any other is an error that names it. The error of an unreadable, truncated-header or
  // non-capture file says what it is and what was expected.
  static Result<Source> open_file(const std::string& path, std::uint16_t interface_index);
  // The error names the interface and, where permission is missing, CAP_NET_RAW.
  static Result<Source> open_live(const LiveOptions& options, std::uint16_t interface_index);

  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;
  ~Source();

  Next next(Frame& frame);            // live: waits at most block_timeout or so
  const std::string& error() const;   // after broken: what, and the packet number where
  const std::string& name() const;    // path or interface
  Counters counters() const;

 private:
  struct Capture;
  explicit Source(std::unique_ptr<Capture> capture);
  std::unique_ptr<Capture> capture_;
};

// Names of interfaces that can be opened, for messages.
std::vector<std::string> interface_names();

}  // namespace camwarden
