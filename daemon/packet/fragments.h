#pragma once
// Fragments: datagrams of which some parts have come (RFC 791 section 3.2, RFC 8200 section 4.5).
// Parts of one datagram agree in addresses, id, VLANs, tunnel and interface, and for IPv4 in
// protocol; for IPv6 the first part's protocol counts.
//
// Parts that overlap drop the whole datagram, also what is yet to come of it (RFC 5722; kept for
// IPv4 too, where no sender overlaps on purpose). Exact copies, which mirror ports make, are
// ignored, for kCopyWindow also after the datagram was complete. The clock starts with the first
// part.
//
// Limits, each counted: octets and datagrams held (the oldest goes first), kMaxParts of a datagram,
// 65535 octets of a datagram, the timeout.
// Thread: its worker.

#include <array>
#include <list>
#include <unordered_map>
#include <vector>

#include "packet/decode.h"
#include "packet/network.h"

namespace camwarden {

class Decoder::Fragments {
 public:
  static constexpr std::size_t kMaxParts = 128;  // 65535 octets in packets of 576
  static constexpr Duration kCopyWindow = std::chrono::seconds(1);

  explicit Fragments(const Options& options) : options_(options) {}

  // True when this was the last missing part: `payload` is then the whole datagram's, and its bytes
  // stay until the second next call that returns true.
  bool add(const Packet& packet, IpPayload& payload, FactSink& anomalies);

 private:
  using Key = std::array<std::uint8_t, 49>;
  struct KeyHash {
    std::size_t operator()(const Key& key) const { return keyed_hash(key.data(), key.size()); }
  };
  struct Part {
    std::uint32_t offset, size, at;  // `at`: where in Datagram::bytes
  };
  enum class State : std::uint8_t { open, complete, refused };
  struct Datagram {
    Key key{};
    Time first{};
    State state = State::open;
    std::uint8_t protocol = 0;  // of the part at offset 0
    std::uint32_t total = 0;    // known once the last part came; 0: not yet
    std::uint32_t received = 0;
    std::vector<std::uint8_t> bytes;  // parts in order of arrival
    std::vector<Part> parts;          // in order of offset, never overlapping
  };
  using Datagrams = std::list<Datagram>;  // oldest first

  static Key key_of(const Packet& packet, const IpPayload& payload);
  Datagram& find(const Packet& packet, const IpPayload& payload, FactSink& anomalies);
  bool accept(Datagram& datagram, const IpPayload& payload, FactSink& anomalies);
  void keep(Datagram& datagram, std::size_t place, const IpPayload& payload);
  void make_room(const Datagram& wanting, FactSink& anomalies);
  void assemble(Datagram& datagram, IpPayload& payload);
  void expire(Time now, FactSink& anomalies);
  void remove_oldest(std::string_view anomaly, FactSink& anomalies);
  void release(Datagram& datagram, State state);

  Options options_;
  Datagrams datagrams_;
  std::unordered_map<Key, Datagrams::iterator, KeyHash> by_key_;
  std::size_t held_ = 0;  // capacity of all Datagram::bytes
  // Two, in turn: a datagram may be put together from fragments that lie in another one.
  std::array<std::vector<std::uint8_t>, 2> assembled_;
  std::size_t turn_ = 0;
};

}  // namespace camwarden
