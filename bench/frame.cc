#include "frame.h"

#include <algorithm>

namespace camwarden::bench {
namespace {

constexpr std::uint64_t kBroadcast = 0xffffffffffff;
constexpr std::uint64_t kMulticast = 0x01005e000000;  // RFC 1112 section 6.4

std::uint64_t mac_of(const Host& to) {
  if (to.ip == 0xffffffff) return kBroadcast;
  return to.ip >> 28 == 0xe ? kMulticast | (to.ip & 0x7fffff) : to.mac;
}

void little(std::string& out, std::uint64_t value, int octets) {
  for (int i = 0; i < octets; ++i) out += static_cast<char>(value >> (8 * i));
}

}  // namespace

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

void Frame::put(std::uint64_t value, int octets) {
  for (int i = octets - 1; i >= 0; --i) octets_[size_++] = static_cast<char>(value >> (8 * i));
}

void Frame::put(std::string_view text) {
  const auto length = std::min(text.size(), kCapacity - size_);
  std::copy_n(text.begin(), length, octets_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += length;
}

void Frame::store(std::size_t at, std::uint16_t value) {
  octets_[at] = static_cast<char>(value >> 8);
  octets_[at + 1] = static_cast<char>(value);
}

std::uint16_t Frame::checksum(std::size_t from, std::uint32_t sum) const {
  for (std::size_t at = from; at < size_; at += 2) {
    sum += std::uint32_t{static_cast<std::uint8_t>(octets_[at])} << 8;
    if (at + 1 < size_) sum += static_cast<std::uint8_t>(octets_[at + 1]);
  }
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

void Frame::ethernet(std::uint64_t to, const Host& from, std::uint16_t type) {
  size_ = 0;
  put(to, 6);
  put(from.mac, 6);
  if (tagged_ && from.vlan != 0) put(0x81000000u | from.vlan, 4);
  put(type, 2);
}

std::size_t Frame::ip(const Host& from, const Host& to, std::uint8_t protocol, std::size_t length) {
  ethernet(mac_of(to), from, 0x0800);
  const auto start = size_;
  put(0x4500, 2);
  put(20 + length, 2);
  put(std::uint64_t{++ident_} << 16 | 0x4000, 4);
  put(0x4000u | protocol, 2);  // TTL 64
  put(0, 2);
  put(from.ip, 4);
  put(to.ip, 4);
  store(start + 10, checksum(start, 0));
  return size_;
}

void Frame::transport_checksum(std::size_t start, std::size_t field, const Host& from,
                               const Host& to, std::uint8_t protocol) {
  std::uint32_t sum = protocol + static_cast<std::uint32_t>(size_ - start);
  for (const auto address : {from.ip, to.ip}) sum += (address >> 16) + (address & 0xffff);
  store(start + field, checksum(start, sum));
}

void Frame::arp(const Host& from, std::uint32_t asked) {
  ethernet(kBroadcast, from, 0x0806);
  put(0x0001080006040001, 8);
  put(from.mac, 6);
  put(from.ip, 4);
  put(0, 6);
  put(asked, 4);
}

void Frame::udp(const Host& from, const Host& to, std::uint16_t from_port, std::uint16_t to_port,
                std::string_view payload) {
  const auto start = ip(from, to, 17, 8 + payload.size());
  put(from_port, 2);
  put(to_port, 2);
  put(8 + payload.size(), 2);
  put(0, 2);
  put(payload);
  transport_checksum(start, 6, from, to, 17);
}

void Frame::tcp(const Host& from, const Host& to, std::uint16_t from_port, std::uint16_t to_port,
                std::uint32_t seq, std::uint32_t ack, std::uint8_t flags,
                std::string_view payload) {
  const auto start = ip(from, to, 6, 20 + payload.size());
  put(from_port, 2);
  put(to_port, 2);
  put(seq, 4);
  put(ack, 4);
  put(0x5000u | flags, 2);
  put(0xfaf00000, 6);
  store(start + 14, 64240);
  store(start + 16, 0);
  put(payload);
  transport_checksum(start, 16, from, to, 6);
}

CaptureFile::CaptureFile(const std::string& path) : file_(std::fopen(path.c_str(), "wb")) {
  if (!file_) return;
  std::string header;
  little(header, 0xa1b2c3d4, 4);
  little(header, 2 | 4 << 16, 4);
  little(header, 0, 8);
  little(header, 262'144, 4);
  little(header, 1, 4);
  std::fwrite(header.data(), 1, header.size(), file_.get());
}

void CaptureFile::add(const Frame& frame) {
  const auto bytes = frame.bytes();
  std::string header;
  little(header, now_us_ / 1'000'000, 4);
  little(header, now_us_ % 1'000'000, 4);
  little(header, bytes.size(), 4);
  little(header, bytes.size(), 4);
  std::fwrite(header.data(), 1, header.size(), file_.get());
  std::fwrite(bytes.data(), 1, bytes.size(), file_.get());
  now_us_ += 1 + bytes.size() / 125;  // as if the wire ran at a gigabit
  packets_ += 1;
  octets_ += bytes.size();
}

bool CaptureFile::close() {
  const bool good = std::ferror(file_.get()) == 0 && std::fflush(file_.get()) == 0;
  file_.reset();
  return good;
}

}  // namespace camwarden::bench
