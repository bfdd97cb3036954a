#pragma once
// Protocol: a constant that says how to read one protocol. A protocol is one source file that
// defines its Protocol, and one line in registry.cc; nothing else knows its name.
//
// Readers see attacker-chosen bytes. They never throw, allocate without bound, loop on the input's
// own word, or log. They take what is well-formed and count the rest as an anomaly.
//
// Thread: any worker; a Protocol is immutable and its readers keep no state of their own.

#include <array>
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

// One direction of a UDP conversation (addresses and ports) that a protocol has recognised, with
// what the worker remembers of it. Forgotten when others need the room, so a count may start anew.
struct DatagramFlow {
  const Packet& packet;                   // the newest
  Time first{};                           // when the conversation was first seen
  std::uint64_t packets = 0;              // with this one
  std::uint64_t octets = 0;               // of payload, with this one
  std::array<std::uint32_t, 4>& scratch;  // for the reader; starts as 0
};

// What an HTTP message carries, whole and with its transfer coding taken off.
struct Body {
  const Packet& packet;  // the packet that brought its end: sender = who sent the message
  std::string_view text;
  bool answer = true;  // of a response; else of a request, which its sender makes of itself too
};

// Exactly one of the on_* is set.
struct Protocol {
  std::string_view name;
  std::span<const Field* const> fields = {};  // all that it may emit

  // Of frames with this ether type, or with this SNAP protocol identifier (IEEE 802: 24 bits of
  // OUI, 16 of protocol; 0x00000c2000 is CDP). Reads packet.link_payload.
  std::uint16_t ether_type = 0;
  std::uint64_t snap = 0;
  void (*on_frame)(const Packet&, FactSink&) = nullptr;

  // Of IP packets with this protocol number that are neither UDP nor TCP; 58 is ICMPv6. Reads
  // packet.payload.
  std::uint8_t ip_protocol = 0;
  void (*on_ip)(const Packet&, FactSink&) = nullptr;

  // UDP: called when either port is one of udp_ports; and, where no protocol has either port, when
  // it is the first to recognise the datagram. Several may share a port: the reader checks that the
  // message is its own, and is silent about what is not. Recognising is done for every datagram of
  // unknown ports, so it looks at a few bytes.
  std::span<const std::uint16_t> udp_ports = {};
  bool (*recognise_datagram)(Bytes payload) = nullptr;
  void (*on_datagram)(const Packet&, FactSink&) = nullptr;
  // With recognise_datagram. True when a sample of what follows will do, one packet in ten seconds;
  // whether the rest still comes depends on the source.
  bool (*on_datagram_flow)(const DatagramFlow&, FactSink&) = nullptr;

  // TCP, on any port: the first protocol that says yes to a direction's first bytes reads it.
  // `from_start`: only where the SYN was seen. A maker's own message proves what it says, and one cut
  // out of the middle of something else (a file that somebody downloads) must not.
  bool from_start = false;
  Guess (*recognise)(Bytes first_bytes) = nullptr;
  Progress (*on_stream)(const Stream&, FactSink&) = nullptr;

  // HTTP: every body that is text is shown to all of these; the reader checks that it is its own.
  // Of one that is too long, or whose end does not come, only who asks for it sees the beginning:
  // XML up to the end of a tag.
  void (*on_body)(const Body&, FactSink&) = nullptr;
  bool reads_beginnings = false;
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
