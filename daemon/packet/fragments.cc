#include "packet/fragments.h"

#include <algorithm>

namespace camwarden {
namespace {

constexpr std::uint32_t kMaxDatagram = 65535;

bool well_formed(const IpPayload& payload, FactSink& anomalies) {
  const std::size_t size = payload.bytes.size();
  // RFC 8200 section 4.5: every part but the last is a multiple of eight octets.
  if (size == 0 || (payload.more && size % 8 != 0)) {
    anomalies.anomaly("fragment.length");
    return false;
  }
  if (size > kMaxDatagram - std::min(payload.offset, kMaxDatagram)) {
    anomalies.anomaly("fragment.oversize");
    return false;
  }
  return true;
}

}  // namespace

bool Decoder::Fragments::add(const Packet& packet, IpPayload& payload, FactSink& anomalies) {
  expire(packet.time, anomalies);
  if (packet.truncated) {
    anomalies.anomaly("fragment.truncated");
    return false;
  }
  if (!well_formed(payload, anomalies)) return false;
  Datagram& datagram = find(packet, payload, anomalies);
  if (datagram.state != State::open || !accept(datagram, payload, anomalies)) return false;
  if (datagram.total == 0 || datagram.received != datagram.total) return false;
  assemble(datagram, payload);
  release(datagram, State::complete);
  return true;
}

Decoder::Fragments::Key Decoder::Fragments::key_of(const Packet& packet, const IpPayload& payload) {
  Key key{};
  auto at = std::copy(packet.src.octets.begin(), packet.src.octets.end(), key.begin());
  at = std::copy(packet.dst.octets.begin(), packet.dst.octets.end(), at);
  for (int shift = 24; shift >= 0; shift -= 8)
    *at++ = static_cast<std::uint8_t>(payload.id >> shift);
  for (const std::uint16_t word : {packet.vlan, packet.inner_vlan, packet.interface}) {
    *at++ = static_cast<std::uint8_t>(word >> 8);
    *at++ = static_cast<std::uint8_t>(word);
  }
  *at++ = static_cast<std::uint8_t>(packet.tunnel);
  for (int shift = 24; shift >= 0; shift -= 8)
    *at++ = static_cast<std::uint8_t>(packet.vni >> shift);
  *at++ = packet.src.is_v4() ? payload.protocol : 0;
  *at = static_cast<std::uint8_t>(packet.src.family);
  return key;
}

Decoder::Fragments::Datagram& Decoder::Fragments::find(const Packet& packet,
                                                       const IpPayload& payload,
                                                       FactSink& anomalies) {
  const Key key = key_of(packet, payload);
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    Datagram& datagram = *known->second;
    const bool reused =
        datagram.state == State::complete && packet.time - datagram.first > kCopyWindow;
    if (!reused) return datagram;
    datagrams_.erase(known->second);
    by_key_.erase(known);
  }
  while (!datagrams_.empty() && datagrams_.size() >= options_.fragment_datagrams) {
    remove_oldest("fragment.datagram_limit", anomalies);
  }
  datagrams_.emplace_back();
  datagrams_.back().key = key;
  datagrams_.back().first = packet.time;
  by_key_.emplace(key, std::prev(datagrams_.end()));
  return datagrams_.back();
}

// True when the part is new and fits between the others.
bool Decoder::Fragments::accept(Datagram& datagram, const IpPayload& payload, FactSink& anomalies) {
  const auto size = static_cast<std::uint32_t>(payload.bytes.size());
  const std::uint32_t end = payload.offset + size;
  const auto next =
      std::lower_bound(datagram.parts.begin(), datagram.parts.end(), payload.offset,
                       [](const Part& part, std::uint32_t offset) { return part.offset < offset; });
  if (next != datagram.parts.end() && next->offset == payload.offset && next->size == size &&
      std::equal(payload.bytes.begin(), payload.bytes.end(), datagram.bytes.begin() + next->at)) {
    return false;  // an exact copy
  }
  const std::uint32_t known_end =
      datagram.parts.empty() ? 0 : datagram.parts.back().offset + datagram.parts.back().size;
  const bool overlaps = (next != datagram.parts.end() && next->offset < end) ||
                        (next != datagram.parts.begin() &&
                         std::prev(next)->offset + std::prev(next)->size > payload.offset);
  // Two ends, or a part behind the end, cannot be of one datagram either.
  const bool past_end = payload.more ? datagram.total != 0 && end >= datagram.total
                                     : datagram.total != 0 || known_end > end;
  if (overlaps || past_end) {
    anomalies.anomaly("fragment.overlap");
    release(datagram, State::refused);
    return false;
  }
  if (datagram.parts.size() == kMaxParts) {
    anomalies.anomaly("fragment.part_limit");
    release(datagram, State::refused);
    return false;
  }
  keep(datagram, static_cast<std::size_t>(next - datagram.parts.begin()), payload);
  make_room(datagram, anomalies);
  return datagram.state == State::open;
}

void Decoder::Fragments::keep(Datagram& datagram, std::size_t place, const IpPayload& payload) {
  const auto size = static_cast<std::uint32_t>(payload.bytes.size());
  const auto at = static_cast<std::uint32_t>(datagram.bytes.size());
  held_ -= datagram.bytes.capacity();
  datagram.bytes.insert(datagram.bytes.end(), payload.bytes.begin(), payload.bytes.end());
  held_ += datagram.bytes.capacity();
  datagram.parts.insert(datagram.parts.begin() + static_cast<std::ptrdiff_t>(place),
                        Part{payload.offset, size, at});
  datagram.received += size;
  if (!payload.more) datagram.total = payload.offset + size;
  if (payload.offset == 0) datagram.protocol = payload.protocol;
}

void Decoder::Fragments::make_room(const Datagram& wanting, FactSink& anomalies) {
  while (held_ > options_.fragment_bytes && &datagrams_.front() != &wanting) {
    remove_oldest("fragment.memory_limit", anomalies);
  }
  if (held_ <= options_.fragment_bytes) return;
  anomalies.anomaly("fragment.memory_limit");
  release(datagrams_.front(), State::refused);
}

void Decoder::Fragments::assemble(Datagram& datagram, IpPayload& payload) {
  turn_ = 1 - turn_;
  auto& whole = assembled_[turn_];
  whole.resize(datagram.total);
  for (const Part& part : datagram.parts) {
    std::copy_n(datagram.bytes.begin() + part.at, part.size, whole.begin() + part.offset);
  }
  payload = IpPayload{};
  payload.bytes = whole;
  payload.protocol = datagram.protocol;
}

void Decoder::Fragments::expire(Time now, FactSink& anomalies) {
  while (!datagrams_.empty() && now - datagrams_.front().first > options_.fragment_timeout) {
    remove_oldest("fragment.timeout", anomalies);
  }
}

void Decoder::Fragments::remove_oldest(std::string_view anomaly, FactSink& anomalies) {
  Datagram& oldest = datagrams_.front();
  if (oldest.state == State::open) anomalies.anomaly(anomaly);
  held_ -= oldest.bytes.capacity();
  by_key_.erase(oldest.key);
  datagrams_.pop_front();
}

void Decoder::Fragments::release(Datagram& datagram, State state) {
  held_ -= datagram.bytes.capacity();
  datagram.bytes = std::vector<std::uint8_t>();  // "= {}" would keep the memory
  datagram.parts = std::vector<Part>();
  datagram.state = state;
}

}  // namespace camwarden
