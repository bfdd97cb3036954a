#pragma once
// Frames and captures for the tests of this folder: Ethernet with TCP or UDP in IPv4, and ARP.
// Checksums are zero, which nobody here reads.

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace camwarden {

using Octets = std::vector<std::uint8_t>;

inline void append(Octets& to, const Octets& more) {
  to.insert(to.end(), more.begin(), more.end());
}
inline void append16(Octets& to, unsigned value) {
  append(to, {std::uint8_t(value >> 8), std::uint8_t(value)});
}

struct Ends {
  Octets src_mac{0x44, 0x19, 0xb6, 0x0a, 0x0b, 0x0c}, dst_mac{0x00, 0x1b, 0x21, 0x01, 0x02, 0x03};
  Octets src{192, 168, 1, 64}, dst{192, 168, 1, 10};
  std::uint8_t ttl = 64;
  std::uint16_t src_port = 554, dst_port = 40000;
};

inline constexpr std::uint8_t kSyn = 0x02, kAck = 0x10, kFin = 0x01;

// RFC 791, 9293.
inline Octets tcp_frame(const Ends& ends, std::uint32_t seq, std::uint8_t flags,
                        const std::string& payload) {
  Octets frame = ends.dst_mac;
  append(frame, ends.src_mac);
  append(frame, {0x08, 0x00, 0x45, 0x00});
  append16(frame, static_cast<unsigned>(40 + payload.size()));
  append(frame, {0, 1, 0, 0, ends.ttl, 6, 0, 0});
  append(frame, ends.src);
  append(frame, ends.dst);
  append16(frame, ends.src_port);
  append16(frame, ends.dst_port);
  append16(frame, seq >> 16);
  append16(frame, seq & 0xffff);
  append(frame, {0, 0, 0, 0, 0x50, flags, 0xff, 0xff, 0, 0, 0, 0});
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

// RFC 791, 768.
inline Octets udp_frame(const Ends& ends, const std::string& payload) {
  Octets frame = ends.dst_mac;
  append(frame, ends.src_mac);
  append(frame, {0x08, 0x00, 0x45, 0x00});
  append16(frame, static_cast<unsigned>(28 + payload.size()));
  append(frame, {0, 1, 0, 0, ends.ttl, 17, 0, 0});
  append(frame, ends.src);
  append(frame, ends.dst);
  append16(frame, ends.src_port);
  append16(frame, ends.dst_port);
  append16(frame, static_cast<unsigned>(8 + payload.size()));
  append16(frame, 0);
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

// A gratuitous ARP request (RFC 826).
inline Octets arp_frame(const Ends& ends) {
  Octets frame(6, 0xff);
  append(frame, ends.src_mac);
  append(frame, {0x08, 0x06, 0, 1, 0x08, 0x00, 6, 4, 0, 1});
  append(frame, ends.src_mac);
  append(frame, ends.src);
  append(frame, Octets(6, 0));
  append(frame, ends.src);
  return frame;
}

// A classic pcap file, little endian, written as it grows.
class CaptureFile {
 public:
  explicit CaptureFile(const std::string& path) : file_(path, std::ios::binary) {
    for (const std::uint32_t value : {0xa1b2c3d4U, 0x00040002U, 0U, 0U, 65535U, 1U}) word(value);
  }
  void add(const Octets& frame, std::uint64_t milliseconds) {
    word(static_cast<std::uint32_t>(1'700'000'000 + milliseconds / 1000));
    word(static_cast<std::uint32_t>(milliseconds % 1000 * 1000));
    word(static_cast<std::uint32_t>(frame.size()));
    word(static_cast<std::uint32_t>(frame.size()));
    file_.write(reinterpret_cast<const char*>(frame.data()),
                static_cast<std::streamsize>(frame.size()));
  }

 private:
  void word(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) file_.put(static_cast<char>(value >> shift));
  }
  std::ofstream file_;
};

}  // namespace camwarden
