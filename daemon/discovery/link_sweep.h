#pragma once
// LinkSweep: who is on a link, asked by ARP (RFC 826) and neighbour solicitations (RFC 4861) with
// frames of our own. Needs CAP_NET_RAW; open() says so where it is missing. Answers are decoded by
// the Decoder that listens, and go to the same readers.
//
// Frames are built by libtins; nothing of the wire is read by it.
//
// Thread: the reactor's.

#include <functional>
#include <memory>
#include <optional>

#include "base/result.h"
#include "discovery/attached.h"
#include "discovery/reactor.h"
#include "packet/decode.h"

namespace camwarden {

class LinkSweep {
 public:
  // A frame from that link: ARP, ICMPv6, or a TCP segment that begins a connection or refuses it.
  using Heard = std::function<void(const Packet&)>;

  static Result<std::unique_ptr<LinkSweep>> open(Reactor& reactor, const Attached& subnet,
                                                 std::uint16_t interface, FactSink& anomalies,
                                                 Heard heard);
  ~LinkSweep();

  bool ask(const IpAddress& ip);  // ARP, or a neighbour solicitation
  bool ask_everybody();           // an echo request to ff02::1

 private:
  LinkSweep(Reactor& reactor, const Attached& subnet, std::uint16_t interface, FactSink& anomalies,
            Heard heard);
  void on_readable();
  bool send(const std::vector<std::uint8_t>& frame);

  Reactor& reactor_;
  Attached subnet_;
  std::uint16_t interface_;
  FactSink& anomalies_;
  Heard heard_;
  Descriptor socket_;
  Decoder decoder_;
  std::uint64_t number_ = 0;
};

// For tests and for what is sent.
std::vector<std::uint8_t> arp_request(const Attached& from, const IpAddress& target);
std::vector<std::uint8_t> neighbour_solicitation(const Attached& from, const IpAddress& target);
std::vector<std::uint8_t> echo_to_all(const Attached& from);

}  // namespace camwarden
