#include "unit/protocols/samples.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "packet/decode.h"
#include "packet/source.h"

namespace camwarden {
namespace {

class Silence : public FactSink {
 public:
  void fact(const Subject&, const Field&, std::string_view, const Evidence&) override {}
  void anomaly(std::string_view) override {}
};

class Collection {
 public:
  explicit Collection(std::size_t per_protocol) : limit_(per_protocol) {}

  void read(const std::string& path) {
    own_ = std::filesystem::path(path).stem().string();
    auto source = Source::open_file(path, 0);
    if (!source) return;
    Decoder decoder({});
    Silence silence;
    Frame frame;
    Packet packet;
    while (source->next(frame) == Source::Next::frame) {
      if (decoder.decode(frame, packet, silence)) take(packet);
    }
    for (const auto& [key, direction] : directions_) take_stream(direction.bytes);
    directions_.clear();
  }
  std::vector<Sample> samples() && { return std::move(samples_); }

 private:
  struct Direction {
    std::uint32_t next = 0;
    std::string bytes;
  };
  using Key = std::tuple<IpAddress, IpAddress, std::uint16_t, std::uint16_t, std::uint16_t>;

  void take(const Packet& packet) {
    switch (packet.transport) {
      case Transport::none:
        return take_frame(packet);
      case Transport::udp:
        return take_datagram(packet);
      case Transport::tcp:
        return take_segment(packet);
      case Transport::other:
        return take_ip(packet);
    }
  }

  void take_frame(const Packet& packet) {
    for (const auto* one : protocols()) {
      if (one->on_frame && ((packet.ether_type && one->ether_type == packet.ether_type) ||
                            (packet.snap && one->snap == packet.snap))) {
        add(one, as_text(packet.link_payload));
      }
    }
  }

  void take_ip(const Packet& packet) {
    for (const auto* one : protocols()) {
      if (one->on_ip && one->ip_protocol == packet.ip_protocol) add(one, as_text(packet.payload));
    }
  }

  void take_datagram(const Packet& packet) {
    for (const auto* one : protocols()) {
      const auto& ports = one->udp_ports;
      const bool by_port = std::any_of(ports.begin(), ports.end(), [&](auto port) {
        return port == packet.src_port || port == packet.dst_port;
      });
      if (by_port || (one->recognise_datagram && one->recognise_datagram(packet.payload))) {
        add(one, as_text(packet.payload));
      }
    }
  }

  // In order only: the captures of protocols have no loss to speak of.
  void take_segment(const Packet& packet) {
    auto& to = directions_[{packet.src, packet.dst, packet.src_port, packet.dst_port, packet.vlan}];
    if (packet.syn) to.next = packet.tcp_seq + 1;
    if (packet.payload.empty() || (to.next != 0 && packet.tcp_seq != to.next)) return;
    to.next = packet.tcp_seq + static_cast<std::uint32_t>(packet.payload.size());
    to.bytes += as_text(packet.payload);
  }

  void take_stream(std::string_view bytes) {
    for (const auto* one : protocols()) {
      if (one->recognise && one->recognise(as_bytes(bytes)) == Guess::yes) {
        add(one, bytes);
        break;
      }
    }
    const auto body = bytes.find("\r\n\r\n");
    if (body == std::string_view::npos || body + 4 >= bytes.size()) return;
    for (const auto* one : protocols()) {
      // Half of the room is for what a protocol's own capture carries.
      const bool room = one->name == own_ || counts_[one] < limit_ / 2;
      if (one->on_body && room) add(one, bytes.substr(body + 4));
    }
  }

  void add(const Protocol* to, std::string_view bytes) {
    if (bytes.empty() || bytes.size() > 16 << 10 || counts_[to] == limit_) return;
    if (!seen_.insert({to->name, std::string(bytes)}).second) return;
    ++counts_[to];
    samples_.push_back({to, std::string(bytes)});
  }

  std::size_t limit_;
  std::string own_;
  std::map<Key, Direction> directions_;
  std::map<const Protocol*, std::size_t> counts_;
  std::set<std::pair<std::string_view, std::string>> seen_;
  std::vector<Sample> samples_;
};

// Files of the protocols' own first, so that they are not crowded out by the captures of others.
std::vector<std::string> captures(const std::string& directory) {
  std::vector<std::pair<bool, std::string>> found;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const auto name = entry.path().stem().string();
    const bool capture =
        entry.path().extension() == ".pcap" || entry.path().extension() == ".pcapng";
    if (!capture || name.starts_with("hostile")) continue;
    const auto all = protocols();
    const bool own =
        std::any_of(all.begin(), all.end(), [&](auto* one) { return one->name == name; });
    found.emplace_back(!own, entry.path().string());
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> paths;
  for (auto& [other, path] : found) paths.push_back(std::move(path));
  return paths;
}

}  // namespace

std::vector<Sample> samples_in(const std::string& directory, std::size_t per_protocol) {
  Collection collection(per_protocol);
  for (const auto& path : captures(directory)) collection.read(path);
  return std::move(collection).samples();
}

// As an answer, from the port, and as a question, to it: many readers ask which of the two it is.
static void show_datagram(const Protocol& to, const Packet& packet, FactSink& sink) {
  to.on_datagram(packet, sink);
  auto question = packet;
  std::swap(question.src_port, question.dst_port);
  to.on_datagram(question, sink);
}

void show_once(const Protocol& to, const Packet& packet, FactSink& sink) {
  if (to.on_frame) to.on_frame(packet, sink);
  if (to.on_ip) {
    auto near = packet;
    near.ttl = 255;  // not forwarded, as neighbour discovery wants it
    to.on_ip(near, sink);
  }
  if (to.recognise_datagram) (void)to.recognise_datagram(packet.payload);
  if (to.on_datagram) show_datagram(to, packet, sink);
  if (to.on_body) to.on_body({packet, as_text(packet.payload), true}, sink);
  if (to.on_datagram_flow) {
    std::array<std::uint32_t, 4> scratch{};
    for (std::uint64_t count = 1; count <= 4096; count *= 8) {
      const Duration age = std::chrono::seconds(count);
      to.on_datagram_flow(
          {packet, packet.time - age, count, count * packet.payload.size(), scratch}, sink);
    }
  }
}

}  // namespace camwarden
