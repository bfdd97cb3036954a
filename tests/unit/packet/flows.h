#pragma once
// A flow table with a reader that notes what it is shown, and packets of one connection to give it.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "packet/flow.h"
#include "unit/packet/frames.h"

namespace camwarden::test {

struct Shown {
  std::string bytes;
  bool closed, start;
  std::string sender;
  int src_port;
  std::uint32_t scratch;
};

// Notes what it is shown, and takes all of it or nothing.
struct Listener {
  std::vector<Shown> shown;
  bool consume = true;
  bool ignore = false;

  static std::size_t read(void* context, const Packet& packet, Segment& segment) {
    auto& self = *static_cast<Listener*>(context);
    self.shown.push_back({text_of(segment.bytes), segment.closed, segment.start,
                          packet.src.to_string(), packet.src_port, (*segment.scratch)++});
    if (self.ignore) *segment.reader = FlowTable::kIgnored;
    return self.consume ? segment.bytes.size() : 0;
  }
  std::string all() const {
    std::string joined;
    for (const Shown& one : shown) joined += one.bytes + (one.closed ? "$" : "|");
    return joined;
  }
};

class Flows : public testing::Test {
 protected:
  Flows() { open({}); }
  void open(FlowTable::Options options) {
    options.read_per_minute = 0;  // budget_test.cc has its own
    table_.emplace(options, &Listener::read, &listener_);
  }
  void limit_stream(std::size_t octets) {
    FlowTable::Options options;
    options.stream_bytes = octets;
    open(options);
  }

  Packet packet(std::uint32_t seq, std::string_view payload, unsigned flags = kAck) {
    Packet made;
    made.time = now_;
    made.src = IpAddress::v4(0x0a000001);
    made.dst = IpAddress::v4(0x0a000002);
    made.src_port = client_port_;
    made.dst_port = 80;
    made.transport = Transport::tcp;
    made.ttl = 64;
    made.tcp_seq = seq;
    made.syn = flags & kSyn, made.ack = flags & kAck, made.fin = flags & kFin;
    made.rst = flags & kRst;
    made.payload = as_bytes(payload);
    return made;
  }
  static Packet back(Packet made) {
    std::swap(made.src, made.dst);
    std::swap(made.src_port, made.dst_port);
    return made;
  }
  void give(const Packet& made) { table_->tcp(made, anomalies_); }
  void client(std::uint32_t seq, std::string_view payload, unsigned flags = kAck) {
    give(packet(seq, payload, flags));
  }
  void server(std::uint32_t seq, std::string_view payload, unsigned flags = kAck) {
    give(back(packet(seq, payload, flags)));
  }
  void connect(std::uint32_t client_isn = 99, std::uint32_t server_isn = 499) {
    client(client_isn, "", kSyn);
    server(server_isn, "", kSyn | kAck);
  }
  const FlowTable::Counters& counters() const { return table_->counters(); }

  Listener listener_;
  std::optional<FlowTable> table_;
  Anomalies anomalies_;
  Time now_ = from_unix_ns(1'700'000'000'000'000'000);
  std::uint16_t client_port_ = 40000;
};

}  // namespace camwarden::test
