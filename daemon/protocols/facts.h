#pragma once
// Facts: what a reader says while it reads one packet. Carries what every fact of that packet
// shares (its evidence) and keeps three promises for all readers: a value has no blanks or NULs at
// its ends, none is empty, and none is longer than kMaxValueBytes. The bytes in between stay as
// sent.
//
// Also names the device that a discovery answer describes.
//
// Thread: its worker; lives on the stack of a reader.

#include <string_view>

#include "protocols/protocol.h"

namespace camwarden {

class Facts {
 public:
  Facts(const Packet& packet, std::string_view protocol, FactSink& sink)
      : packet_(packet), evidence_(evidence_of(packet, protocol)), sink_(sink) {}

  const Packet& packet() const { return packet_; }
  void say(const Subject& who, const Field& field, std::string_view value) const;
  void anomaly(std::string_view name) const { sink_.anomaly(name); }
  // Nothing is amiss with a message that the snap length cut.
  void truncated(std::string_view name) const {
    if (!packet_.truncated) sink_.anomaly(name);
  }

 private:
  const Packet& packet_;
  Evidence evidence_;
  FactSink& sink_;
};

// Who a discovery answer (SADP, DHIP) is about, given the MAC and the IPv4 address written in it.
struct Described {
  Subject device;
  // The answer names a device that its sender cannot be shown to be. What it says stays with the
  // MAC. Of the sender is said too that it answers, and with which serial number: by that the
  // inventory finds a device behind a router or address translation again, and it never joins two
  // MACs on one link.
  bool other_than_sender = false;
};
Described described_in(const Packet& packet, std::string_view mac, std::string_view ip);

}  // namespace camwarden
