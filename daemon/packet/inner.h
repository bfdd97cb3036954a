#pragma once
// Inner: what a layer holds behind its header; the readers of shims and tunnels fill it.

#include <cstdint>

#include "base/bytes.h"
#include "packet/encapsulation.h"

namespace camwarden {

struct Inner {
  enum class Form : std::uint8_t {
    same_link,  // this frame goes on: its MACs and VLANs stay
    frame,      // another Ethernet frame
    packet,     // a network packet of which no link layer is known
  };

  Encapsulation kind = Encapsulation::none;  // none: nothing is wrapped here after all
  Form form = Form::same_link;
  std::uint16_t ether_type = 0;  // of `bytes`; not for a frame
  std::uint16_t vlan = 0;        // that the header gives to a frame without a tag of its own
  std::uint32_t vni = 0;         // the network or tunnel that the header names
  bool truncated = false;        // the header says that it does not hold all
  Bytes bytes;

  void holds(Encapsulation wrapped, Form shape, std::uint16_t type, Bytes rest) {
    kind = wrapped;
    form = shape;
    ether_type = type;
    bytes = rest;
  }
};

// Can these be the first octets of an Ethernet frame? For places where nothing else tells: the
// type must be one that is common, and what follows must look like it.
bool looks_like_ethernet(Bytes bytes);
// Of an IPv4 or IPv6 packet whose headers are whole and right: its ether type; else 0.
std::uint16_t looks_like_ip(Bytes bytes, bool cut);

}  // namespace camwarden
