// Frames of any bytes through Decoder and FlowTable. The first octet picks the link type and how
// much the reader takes; the rest is frames, each behind a two-octet length, so that fragments and
// segments of one flow can meet.

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "packet/decode.h"
#include "packet/flow.h"

namespace {

using namespace camwarden;

constexpr int kLinkTypes[] = {1, 0, 12, 101, 108, 113, 228, 229, 276, 105};

class Nobody : public FactSink {
 public:
  void fact(const Subject&, const Field&, std::string_view, const Evidence&) override {}
  void anomaly(std::string_view) override {}
};

void require(bool holds) {
  if (!holds) std::abort();
}

// Touches every octet, so that a view of freed or foreign memory is noticed.
void touch(Bytes bytes) {
  volatile std::uint8_t sum = 0;
  for (const std::uint8_t octet : bytes) sum = static_cast<std::uint8_t>(sum + octet);
}

std::size_t read(void* context, const Packet& packet, Segment& segment) {
  touch(segment.bytes);
  touch(packet.payload);
  require(*segment.reader != FlowTable::kIgnored);
  const int mode = *static_cast<int*>(context);
  if (mode == 3 && segment.bytes.size() > 40) *segment.reader = FlowTable::kIgnored;
  return mode == 0 ? segment.bytes.size() : mode == 1 ? segment.bytes.size() / 2 : 0;
}

FlowTable::Options small_table() {
  FlowTable::Options options;
  options.max_flows = 16;
  options.stream_bytes = 512;
  options.buffer_bytes = 2048;
  return options;
}

Decoder::Options small_decoder() {
  Decoder::Options options;
  options.fragment_bytes = 4096;
  options.fragment_datagrams = 8;
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  Cursor at(Bytes(bytes, size));
  const std::uint8_t choice = at.u8();
  int mode = choice >> 6;
  Decoder decoder(small_decoder());
  FlowTable flows(small_table(), read, &mode);
  Nobody nobody;
  Frame frame;
  frame.link_type = kLinkTypes[(choice & 0x3f) % std::size(kLinkTypes)];
  Packet packet;
  while (at.remaining() > 2) {
    const std::size_t length = at.u16();
    const bool late = length & 0x8000;
    const Bytes taken = at.take(std::min<std::size_t>(length & 0x7fff, at.remaining()));
    const std::vector<std::uint8_t> exact(taken.begin(), taken.end());
    frame.bytes = exact;
    frame.wire_len = static_cast<std::uint32_t>(exact.size() + (length & 0x4000 ? 100 : 0));
    frame.time += late ? std::chrono::seconds(40) : std::chrono::milliseconds(1);
    ++frame.number;
    const bool decoded = decoder.decode(frame, packet, nobody);
    touch(packet.payload);
    touch(packet.link_payload);
    require(decoded || packet.payload.empty());
    if (decoded && packet.transport == Transport::tcp) flows.tcp(packet, nobody);
    require(flows.counters().active <= small_table().max_flows);
  }
  return 0;
}
