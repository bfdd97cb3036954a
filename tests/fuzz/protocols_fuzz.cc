// Shows any bytes to any protocol: the first byte chooses which, the second where a stream is cut
// in two. Stops when a reader breaks its contract.

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "protocols/protocol.h"

namespace camwarden {
namespace {

class Judge : public FactSink {
 public:
  explicit Judge(const Protocol& by) : by_(by) {}
  void fact(const Subject& who, const Field& field, std::string_view value,
            const Evidence& evidence) override {
    const bool declared =
        std::find(by_.fields.begin(), by_.fields.end(), &field) != by_.fields.end();
    const bool origin = who.mac.none() == (who.mac_origin == MacOrigin::none);
    if (!declared || !origin || value.empty() || value.size() > kMaxValueBytes) std::abort();
    if (evidence.protocol != by_.name) std::abort();
  }
  void anomaly(std::string_view name) override {
    if (!name.starts_with(by_.name)) std::abort();
  }

 private:
  const Protocol& by_;
};

Packet packet_with(Bytes bytes) {
  Packet packet;
  packet.number = 1;
  packet.src_mac.octets = {0, 0, 0x5e, 0, 0x53, 0x99};
  packet.dst_mac.octets = {0, 0, 0x5e, 0, 0x53, 0x01};
  packet.src = IpAddress::v4(0xc0000240U);
  packet.dst = IpAddress::v4(0xc000020aU);
  packet.ttl = 64;
  packet.payload = packet.link_payload = bytes;
  return packet;
}

// Shows `bytes` in a block of its own size; returns how much was consumed.
Progress show_stream(const Protocol& to, Bytes bytes, bool closed, std::uint32_t& scratch,
                     Judge& judge) {
  const auto block = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), block.get());
  const auto packet = packet_with({});
  const auto progress =
      to.on_stream({packet, {block.get(), bytes.size()}, closed, &scratch}, judge);
  if (progress.consumed > bytes.size()) std::abort();
  return progress;
}

void in_two_pieces(const Protocol& to, Bytes bytes, std::size_t cut, Judge& judge) {
  std::uint32_t scratch = 0;
  (void)to.recognise(bytes);
  const auto first = show_stream(to, bytes.first(cut), false, scratch, judge);
  if (first.verdict == Progress::more) {
    (void)show_stream(to, bytes.subspan(first.consumed), true, scratch, judge);
  }
}

void whole(const Protocol& to, Bytes bytes, Judge& judge) {
  auto packet = packet_with(bytes);
  packet.src_port = to.udp_ports.empty() ? 0 : to.udp_ports[0];
  (to.on_frame ? to.on_frame : to.on_datagram)(packet, judge);
}

void one_input(Bytes bytes) {
  if (bytes.size() < 2) return;
  const auto all = protocols();
  const auto& chosen = *all[bytes[0] % all.size()];
  const auto rest = bytes.subspan(2);
  Judge judge(chosen);
  if (chosen.on_stream) {
    in_two_pieces(chosen, rest, rest.size() * bytes[1] / 256, judge);
  } else {
    whole(chosen, rest, judge);
  }
}

}  // namespace
}  // namespace camwarden

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  camwarden::one_input({bytes, size});
  return 0;
}
