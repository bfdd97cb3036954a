#pragma once
// Frame: one Ethernet frame in the making, and the capture file it goes to. Frames are well-formed,
// with every checksum right, so that a reader cannot cut them short.
//
// Limits: 2 kB a frame; addresses are IPv4.

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace camwarden::bench {

// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same file on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>((next() >> 32) * limit >> 32);
  }

 private:
  std::uint64_t state_;
};

struct Host {
  std::uint64_t mac;  // 48 bits
  std::uint32_t ip;
  std::uint16_t vlan;
};

class Frame {
 public:
  static constexpr std::size_t kCapacity = 2048;

  explicit Frame(bool tagged = true) : tagged_(tagged) {}
  std::string_view bytes() const { return {octets_.data(), size_}; }
  void arp(const Host& from, std::uint32_t asked);
  void udp(const Host& from, const Host& to, std::uint16_t from_port, std::uint16_t to_port,
           std::string_view payload);
  void tcp(const Host& from, const Host& to, std::uint16_t from_port, std::uint16_t to_port,
           std::uint32_t seq, std::uint32_t ack, std::uint8_t flags, std::string_view payload);

 private:
  void put(std::uint64_t value, int octets);
  void put(std::string_view text);
  void ethernet(std::uint64_t to, const Host& from, std::uint16_t type);
  std::size_t ip(const Host& from, const Host& to, std::uint8_t protocol, std::size_t length);
  void store(std::size_t at, std::uint16_t value);
  // One's complement sum over [from, end), begun with `sum`; its complement.
  std::uint16_t checksum(std::size_t from, std::uint32_t sum) const;
  void transport_checksum(std::size_t start, std::size_t field, const Host& from, const Host& to,
                          std::uint8_t protocol);

  std::array<char, kCapacity> octets_{};
  std::size_t size_ = 0;
  std::uint16_t ident_ = 0;
  bool tagged_;  // with 802.1Q
};

// A pcap file, microseconds, link type Ethernet. Time begins at a fixed moment.
class CaptureFile {
 public:
  explicit CaptureFile(const std::string& path);  // ok() tells
  bool ok() const { return file_ != nullptr; }
  void add(const Frame& frame);
  bool close();                                     // false when not all was written
  std::uint64_t now_us() const { return now_us_; }  // of the next frame
  std::uint64_t packets() const { return packets_; }
  std::uint64_t octets() const { return octets_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t now_us_ = 1'790'000'000'000'000;
  std::uint64_t packets_ = 0, octets_ = 0;
};

}  // namespace camwarden::bench
