#pragma once
// Protocol: a constant that says how to read one protocol. A protocol is one source file that
// defines its Protocol, and one line in registry.cc; nothing else knows its name.
//
// Readers see attacker-chosen bytes. They never throw, allocate without bound, loop on the input's
// own word, or log. They take what is well-formed and count the rest as an anomaly.
//
// Thread: any worker; a Protocol is immutable and its readers keep no state of their own.

#include <cstdint>
#include <span>
#include <string_view>

#include "observation/observation.h"
#include "packet/packet.h"

namespace camwarden {

// What a reader says of the bytes of one direction of a TCP stream.
struct Progress {
  enum Verdict : std::uint8_t {
    more,    // mine; call again when there are more bytes
    done,    // nothing further to learn from this direction
    reject,  // not this protocol after all
  };
  Verdict verdict = more;
  std::size_t consumed = 0;  // bytes that need not be shown again, at most bytes.size()
};

// One direction of a TCP stream, as far as it has been read.
struct Stream {
  const Packet& packet;  // the packet that brought the newest bytes: sender = this direction's
  Bytes bytes;           // in order, from the first byte that no reader has consumed
  bool closed = false;   // no more bytes will be shown: FIN, limit reached, or flow expired
  std::uint32_t* scratch = nullptr;  // one word that the reader may keep per direction; starts as 0
};

enum class Guess : std::uint8_t { no, maybe, yes };  // maybe: too few bytes to tell

struct Protocol {
  std::string_view name;
  std::span<const Field* const> fields = {};  // all that it may emit

  // L2 protocols: called with the link payload of frames of this ether type.
  std::uint16_t ether_type = 0;
  void (*on_frame)(const Packet&, FactSink&) = nullptr;

  // UDP: called when either port is one of udp_ports. The reader checks that it is its own.
  std::span<const std::uint16_t> udp_ports = {};
  void (*on_datagram)(const Packet&, FactSink&) = nullptr;

  // TCP, on any port: the first protocol that says yes to a direction's first bytes reads it.
  Guess (*recognise)(Bytes first_bytes) = nullptr;
  Progress (*on_stream)(const Stream&, FactSink&) = nullptr;
};

// All protocols, in the order in which they are tried.
std::span<const Protocol* const> protocols();

// The fields of all protocols, and the two of packets themselves.
Vocabulary vocabulary();

// The sender, or the receiver, of a packet as the subject of a fact.
Subject sender_of(const Packet& packet);
Subject receiver_of(const Packet& packet);
// A device that names itself in its payload. `ip` may be none, and is then left out.
Subject named_in_payload(const Packet& packet, const MacAddress& mac, const IpAddress& ip);

inline Evidence evidence_of(const Packet& packet, std::string_view protocol) {
  return {packet.time, packet.number, protocol, false};
}

}  // namespace camwarden
