#pragma once
// Frames made by hand, byte by byte, for the tests of packet/. Nothing here is shared with the
// decoder: what a test expects does not depend on the code under test.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "observation/observation.h"
#include "packet/packet.h"

namespace camwarden::test {

using Octets = std::vector<std::uint8_t>;

inline constexpr int kEthernetLink = 1;

class Anomalies : public FactSink {
 public:
  void fact(const Subject&, const Field&, std::string_view, const Evidence&) override {}
  void anomaly(std::string_view name) override { ++count_[std::string(name)]; }
  int operator[](const std::string& name) const {
    const auto found = count_.find(name);
    return found == count_.end() ? 0 : found->second;
  }
  bool none() const { return count_.empty(); }
  std::string all() const {
    std::string text;
    for (const auto& [name, count] : count_) text += name + " " + std::to_string(count) + "; ";
    return text;
  }

 private:
  std::map<std::string, int> count_;
};

inline Octets text(std::string_view characters) { return {characters.begin(), characters.end()}; }

inline Octets operator+(Octets left, const Octets& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

inline Octets be16(unsigned value) {
  return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}
inline Octets be32(std::uint32_t value) { return be16(value >> 16) + be16(value & 0xffff); }

inline Octets mac(std::uint8_t last) { return {0x44, 0x19, 0xb6, 0, 0, last}; }

// Destination 44:19:b6:00:00:02, source 44:19:b6:00:00:01. `tags` are TPID and TCI of each.
inline Octets ethernet(unsigned type, const Octets& payload, const Octets& tags = {}) {
  return mac(2) + mac(1) + tags + be16(type) + payload;
}
inline Octets tag(unsigned tpid, unsigned vlan) { return be16(tpid) + be16(vlan); }

struct V4 {
  std::uint32_t src = 0x0a000001, dst = 0x0a000002;
  unsigned id = 7;
  bool more = false;
  unsigned offset = 0;  // octets
  std::uint8_t ttl = 64;
  Octets options;  // a multiple of four
  int total_length = -1;
};
inline Octets ipv4(std::uint8_t protocol, const Octets& payload, const V4& with = {}) {
  const std::size_t header = 20 + with.options.size();
  const auto total = with.total_length >= 0 ? static_cast<std::size_t>(with.total_length)
                                            : header + payload.size();
  return Octets{static_cast<std::uint8_t>(0x40 | header / 4), 0} +
         be16(static_cast<unsigned>(total)) + be16(with.id) +
         be16((with.more ? 0x2000u : 0u) | with.offset / 8) + Octets{with.ttl, protocol, 0, 0} +
         be32(with.src) + be32(with.dst) + with.options + payload;
}

inline Octets v6_address(std::uint8_t last) {
  return {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last};
}
inline Octets ipv6(std::uint8_t next, const Octets& payload) {
  return be32(0x60000000) + be16(static_cast<unsigned>(payload.size())) + Octets{next, 64} +
         v6_address(1) + v6_address(2) + payload;
}
inline Octets v6_options(std::uint8_t next) { return {next, 0, 1, 4, 0, 0, 0, 0}; }  // PadN
inline Octets v6_fragment(std::uint8_t next, unsigned offset, bool more, std::uint32_t id,
                          const Octets& payload) {
  return Octets{next, 0} + be16(offset | (more ? 1u : 0u)) + be32(id) + payload;
}

inline Octets udp(unsigned src, unsigned dst, const Octets& payload, int length = -1) {
  const unsigned stated =
      length >= 0 ? static_cast<unsigned>(length) : static_cast<unsigned>(8 + payload.size());
  return be16(src) + be16(dst) + be16(stated) + be16(0) + payload;
}

enum Flag : std::uint8_t { kFin = 1, kSyn = 2, kRst = 4, kAck = 16 };
inline Octets tcp(unsigned src, unsigned dst, std::uint32_t seq, unsigned flags,
                  const Octets& payload, const Octets& options = {}) {
  return be16(src) + be16(dst) + be32(seq) + be32(0) +
         Octets{static_cast<std::uint8_t>((20 + options.size()) / 4 << 4),
                static_cast<std::uint8_t>(flags)} +
         be16(8192) + be16(0) + be16(0) + options + payload;
}

// A view: `octets` must outlive the frame.
inline Frame frame(const Octets& octets, int link_type = kEthernetLink) {
  Frame made;
  made.bytes = octets;
  made.wire_len = static_cast<std::uint32_t>(octets.size());
  made.time = from_unix_ns(1'700'000'000'000'000'000);
  made.number = 1;
  made.link_type = link_type;
  return made;
}

inline std::string text_of(Bytes bytes) { return std::string(as_text(bytes)); }

}  // namespace camwarden::test
