// IPv6 neighbour discovery (RFC 4861): which link-layer address an IPv6 address has, as ARP says it
// for IPv4; and who is a router. Only from hosts on this link: a hop limit below 255 was forwarded
// (section 11.2) or forged from afar.
//
// Solicitations bind their sender, advertisements their target. One for address detection has no
// sender yet, and binds nobody (RFC 4862 section 5.4). An advertisement that says it does not
// override (RFC 4861 section 4.4: anycast, or a proxy's) does not bind either.

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kNdp;

namespace {

constexpr Field kAnnounce{"ndp.announce", FieldKind::ip, FieldRole::locator,
                          "IPv6 address that a host says is its own, in neighbour discovery"};
constexpr Field kRouter{"ndp.router", FieldKind::text, FieldRole::attribute,
                        "advertises itself as a router: default, or for its prefixes only"};
constexpr const Field* kFields[] = {&kMacField, &kAnnounce, &kRouter};

constexpr std::uint8_t kIcmpV6 = 58;
constexpr std::uint8_t kHopLimit = 255;
constexpr int kMaxOptions = 64;

enum Type : std::uint8_t {
  kRouterSolicitation = 133,
  kRouterAdvertisement = 134,
  kNeighbourSolicitation = 135,
  kNeighbourAdvertisement = 136,
};
enum Option : std::uint8_t { kSourceLinkLayer = 1, kTargetLinkLayer = 2 };

// The Ethernet address in an option of that type (RFC 2464 section 6); none when there is none.
MacAddress link_layer(const Facts& facts, Bytes options, Option wanted) {
  Cursor cursor(options);
  for (int left = kMaxOptions; left > 0 && cursor.remaining() > 0; --left) {
    const auto type = cursor.u8();
    const std::size_t octets = cursor.u8() * std::size_t{8};
    const auto value = cursor.take(octets < 2 ? 0 : octets - 2);
    if (!cursor.ok() || octets == 0) {
      facts.truncated("ndp.bad_option");
      return {};
    }
    if (type == wanted && value.size() == 6) return MacAddress::from(value);
  }
  return {};
}

void bind(const Facts& facts, const MacAddress& mac, const IpAddress& ip) {
  if (mac.none() || !ip.host()) return;
  if (mac.multicast()) return facts.anomaly("ndp.bad_link_layer");
  const auto who = named_in_payload(facts.packet(), mac, ip);
  facts.say(who, kMacField, mac.to_string());
  facts.say(who, kAnnounce, ip.to_string());
}

void read_solicitation(const Facts& facts, Bytes options) {
  bind(facts, link_layer(facts, options, kSourceLinkLayer), facts.packet().src);
}

void read_advertisement(const Facts& facts, std::uint32_t flags, Cursor cursor) {
  constexpr std::uint32_t kOverride = 1U << 29;
  const auto target = IpAddress::v6(cursor.take(16));
  if (!cursor.ok()) return facts.truncated("ndp.truncated");
  if (target.multicast()) return facts.anomaly("ndp.bad_target");
  if (flags & kOverride) bind(facts, link_layer(facts, cursor.rest(), kTargetLinkLayer), target);
}

void read_router(const Facts& facts, std::uint32_t head, Cursor cursor) {
  cursor.skip(8);  // reachable time, retransmission timer
  if (!cursor.ok()) return facts.truncated("ndp.truncated");
  if (!facts.packet().src.link_local()) return facts.anomaly("ndp.bad_router");
  const bool is_default = (head & 0xffff) != 0;  // the router lifetime
  facts.say(sender_of(facts.packet()), kRouter, is_default ? "default" : "prefixes");
  read_solicitation(facts, cursor.rest());
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kNdp.name, sink);
  Cursor cursor(packet.payload);
  const auto type = cursor.u8();
  const auto code = cursor.u8();
  if (type < kRouterSolicitation || type > kNeighbourAdvertisement) return;
  cursor.skip(2);  // checksum
  const auto head = cursor.u32();
  if (!cursor.ok()) return facts.truncated("ndp.truncated");
  if (packet.ttl != kHopLimit || code != 0) return facts.anomaly("ndp.not_from_this_link");
  switch (type) {
    case kRouterSolicitation:
      return read_solicitation(facts, cursor.rest());
    case kRouterAdvertisement:
      return read_router(facts, head, cursor);
    case kNeighbourSolicitation: {
      cursor.skip(16);  // whom it asks for
      if (!cursor.ok()) return facts.truncated("ndp.truncated");
      return read_solicitation(facts, cursor.rest());
    }
    case kNeighbourAdvertisement:
      return read_advertisement(facts, head, cursor);
  }
}

}  // namespace

const Protocol kNdp{.name = "ndp", .fields = kFields, .ip_protocol = kIcmpV6, .on_ip = read};

}  // namespace camwarden
