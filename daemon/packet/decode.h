#pragma once
// Decoder: one frame to one Packet. Understands Ethernet, 802.1Q, 802.1ad and stacked tags, Linux
// cooked v1 and v2, raw IP, IPv4 with options, IPv6 with extension headers (RFC 8200), UDP, TCP,
// and puts fragments together (RFC 791, RFC 8200 section 4.5) within a fixed memory. A frame that
// is not understood is counted by name, never a crash.
//
// Thread: its worker.

#include <cstddef>
#include <memory>

#include "observation/observation.h"
#include "packet/packet.h"

namespace camwarden {

class Decoder {
 public:
  struct Options {
    std::size_t fragment_bytes = 4 << 20;                  // in all unfinished datagrams
    std::size_t fragment_datagrams = 1024;                 // unfinished at a time
    Duration fragment_timeout = std::chrono::seconds(30);  // by packet time
    bool operator==(const Options&) const = default;
  };
  explicit Decoder(const Options& options);
  ~Decoder();

  // False when the frame holds nothing to look at: malformed (counted as an anomaly), a fragment of
  // an unfinished datagram, or an IP packet cut before its ports. `packet` is then filled as far as
  // it was understood, its link layer in particular, and its payload is empty. Frames of other
  // ether types (ARP, LLDP, ...) and IEEE 802.3 frames are true, with link_payload and no
  // transport. A reassembled datagram is the packet of the fragment that came last, with the whole
  // payload.
  bool decode(const Frame& frame, Packet& packet, FactSink& anomalies);

 private:
  class Fragments;
  std::unique_ptr<Fragments> fragments_;
};

}  // namespace camwarden
