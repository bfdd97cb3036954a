#include "packet/budget.h"

#include <algorithm>

namespace camwarden {
namespace {

std::uint16_t minute_of(Time time) {
  return static_cast<std::uint16_t>(to_unix_ns(time) / 60'000'000'000);
}

std::uint64_t end_of(const IpAddress& ip, std::uint64_t port) {
  std::uint64_t low, high;
  std::memcpy(&low, ip.octets.data(), 8);
  std::memcpy(&high, ip.octets.data() + 8, 8);
  std::uint64_t end = (low ^ port << 48) * 0x9e3779b97f4a7c15;
  end = (end ^ end >> 32 ^ high) * 0xbf58476d1ce4e5b9;
  return end ^ end >> 32;
}

}  // namespace

ConversationBudget::ConversationBudget(std::uint32_t per_minute)
    : per_minute_(per_minute), ends_(kEnds) {}

ConversationBudget::Ends ConversationBudget::ends_of(const Packet& packet) {
  const bool src_serves = packet.src_port < packet.dst_port;
  const auto& server = src_serves ? packet.src : packet.dst;
  const auto& client = src_serves ? packet.dst : packet.src;
  return {end_of(server, src_serves ? packet.src_port : packet.dst_port), end_of(client, 0)};
}

std::uint32_t ConversationBudget::count(std::uint64_t end, std::uint16_t minute) const {
  const auto* first = &ends_[end % (kEnds / 2) * 2];
  for (const auto* one = first; one != first + 2; ++one) {
    if (one->tag == end >> 32 && one->minute == minute) return one->count;
  }
  return 0;
}

void ConversationBudget::add(std::uint64_t end, std::uint16_t minute) {
  auto* first = &ends_[end % (kEnds / 2) * 2];
  const auto tag = static_cast<std::uint32_t>(end >> 32);
  const auto worth = [&](const End& one) { return one.minute == minute ? one.count : 0; };
  auto* place = worth(*first) <= worth(first[1]) ? first : first + 1;
  for (auto* one = first; one != first + 2; ++one) {
    if (one->tag == tag && one->minute == minute) place = one;
  }
  if (place->tag != tag || place->minute != minute) *place = {tag, minute, 0};
  if (place->count < UINT16_MAX) ++place->count;
}

bool ConversationBudget::allows(const Packet& packet) const {
  if (per_minute_ == 0) return true;
  const auto minute = minute_of(packet.time);
  const auto ends = ends_of(packet);
  if (count(ends.server, minute) < per_minute_ || count(ends.client, minute) < per_minute_) {
    return true;
  }
  const std::uint64_t connection = ends.client + std::max(packet.src_port, packet.dst_port);
  return ((ends.server ^ connection) * 0x9e3779b97f4a7c15 >> 40) % kSample == 0;
}

void ConversationBudget::note(const Packet& packet) {
  if (per_minute_ == 0) return;
  const auto minute = minute_of(packet.time);
  const auto ends = ends_of(packet);
  add(ends.server, minute);
  add(ends.client, minute);
}

}  // namespace camwarden
