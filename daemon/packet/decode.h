#pragma once
// Decoder: one frame to one Packet. Understands Ethernet, 802.1Q, 802.1ad and stacked tags, Linux
// cooked v1 and v2, raw IP, IPv4 with options, IPv6 with extension headers (RFC 8200), UDP, TCP,
// and puts fragments together (RFC 791, RFC 8200 section 4.5) within a fixed memory. A frame that
// is not understood is counted by name, never a crash.
//
// Shims and tunnels (encapsulation.h) are taken off: the packet is the innermost one, and who sent
// it is its sender. The ends of a tunnel are nobody's fact: a switch that mirrors by ERSPAN says
// nothing of itself by what others say. So MACs, VLANs and addresses of the outer layers are
// dropped, except of shims that lie on the frame's own link. A VLAN is the inner frame's outermost
// tag, or what an ERSPAN header says of a frame without one; a tunnel's network is no VLAN.
//
// Limits: kMaxLayers shims and tunnels around a packet.
//
// Thread: its worker.

#include <cstddef>
#include <memory>

#include "observation/observation.h"
#include "packet/inner.h"
#include "packet/packet.h"
#include "packet/sight.h"

namespace camwarden {

struct IpPayload;

class Decoder {
 public:
  static constexpr int kMaxLayers = 8;

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

  // What all frames so far were; connections and copies are for others to count.
  const Sight& sight() const { return sight_; }

 private:
  class Fragments;
  // What became of a layer: it is broken or waits, the packet is whole, or there may be more in it.
  enum class Layer : std::uint8_t { broken, whole, wrapping };

  Layer read_network(bool cut, Packet& packet, FactSink& anomalies);
  Layer read_frame_type(bool cut, Packet& packet);
  Layer read_transport(const IpPayload& payload, Packet& packet, FactSink& anomalies);
  Layer unwrap(bool snapped, int depth, Packet& packet, FactSink& anomalies);
  Layer enter(const Inner& inner, bool cut, Packet& packet, FactSink& anomalies);
  void count(const Packet& packet, Layer layer);

  std::unique_ptr<Fragments> fragments_;
  Sight sight_;
  int link_type_ = -1;
};

}  // namespace camwarden
