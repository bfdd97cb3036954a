#pragma once
// Worker: the left half on one screen. Takes frames from a Source, decodes them, hands them to the
// protocols that may read them, and delivers what is news as observations.
//
// Thread: its own (or, for replay, the main thread). Everything it owns is bounded by its options.

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "app/dispatch.h"
#include "observation/novelty.h"
#include "observation/observation.h"
#include "packet/copies.h"
#include "packet/decode.h"
#include "packet/flow.h"
#include "packet/handshakes.h"
#include "packet/source.h"
#include "protocols/protocol.h"

namespace camwarden {

class Worker final : private FactSink {
 public:
  struct Counters {
    Source::Counters source;
    FlowTable::Counters flows;
    std::uint64_t packets = 0, facts = 0, said = 0, dropped_queue = 0, not_home = 0;
    std::uint64_t repeated = 0;  // datagrams that were read a moment before
  };
  // False when there is no room: the fact is counted as dropped and may come again.
  using Deliver = std::function<bool(Observation&&)>;

  Worker(Source source, const Config& config, Deliver deliver);

  // One frame, or one wait for a frame.
  Source::Next step();

  Time newest() const { return newest_; }  // of all packets so far
  const Source& source() const { return source_; }
  void check_shunt() { source_.check_shunt(); }
  Counters counters() const;
  // By name, "dhcp.truncated": how often hostile or broken bytes were met.
  const std::map<std::string_view, std::uint64_t>& anomalies() const { return anomalies_; }
  Sight sight() const;  // what all frames so far were
  // Grows with every step; a watchdog sees that the loop turns. Any thread.
  std::uint64_t heartbeat() const { return heartbeat_.load(std::memory_order_relaxed); }

 private:
  void look_at(const Frame& frame);
  void note_sender();
  void tell_sender();
  void follow_stream();
  void shunt();
  void read_frame();
  void read_ip();
  void read_datagram();
  bool read_saying(std::span<const Protocol* const> by_src,
                   std::span<const Protocol* const> by_dst);
  void show_datagram(std::span<const Protocol* const> by_src,
                     std::span<const Protocol* const> by_dst);
  void read_unknown_datagram();
  std::size_t read_stream(const Packet& packet, Segment& segment);

  void fact(const Subject& who, const Field& field, std::string_view value,
            const Evidence& evidence) override;
  void anomaly(std::string_view name) override;
  void tell(std::uint64_t key, const Subject& who, const Field& field, std::string value,
            const Evidence& evidence);
  bool ours(const Subject& who) const;

  Source source_;
  Decoder decoder_;
  Copies copies_;
  Handshakes handshakes_;
  FlowTable flows_;
  Novelty novelty_;
  Deliver deliver_;
  std::vector<Prefix> home_;

  PortTable udp_ports_;
  DatagramFlows datagram_flows_;
  std::uint32_t unread_datagrams_ = 0;
  Sightings sightings_;  // who was noted as a sender
  Sightings sayings_;    // datagrams that were read

  Packet packet_;
  Time newest_{};
  std::map<std::string_view, std::uint64_t> anomalies_;
  std::uint64_t packets_ = 0, facts_ = 0, said_ = 0, dropped_queue_ = 0, not_home_ = 0;
  std::uint64_t repeated_ = 0;
  std::uint64_t heard_ = 0;  // facts and anomalies, new or not
  std::atomic<std::uint64_t> heartbeat_{0};
};

}  // namespace camwarden
