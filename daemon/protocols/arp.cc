// ARP over Ethernet (RFC 826): the sender of a request or an answer says which IPv4 address it has.
// Nothing is learnt of the target, whom the sender only asks for or answers to.

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kArp;

namespace {

constexpr Field kAnnounce{"arp.announce", FieldKind::ip, FieldRole::locator,
                          "IPv4 address that a host says is its own, in ARP"};
constexpr const Field* kFields[] = {&kMacField, &kAnnounce};

constexpr std::uint16_t kEthernet = 1;
constexpr std::uint16_t kIpv4 = 0x0800;
constexpr std::uint16_t kRequest = 1;
constexpr std::uint16_t kReply = 2;

// spa is 0.0.0.0 before the address is known, or while it is being probed for (RFC 5227
// section 2.1.1).
void announce(const Facts& facts, const MacAddress& sha, const IpAddress& spa) {
  const auto who = named_in_payload(facts.packet(), sha, spa);
  facts.say(who, kMacField, sha.to_string());
  if (!spa.unspecified()) facts.say(who, kAnnounce, spa.to_string());
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kArp.name, sink);
  Cursor cursor(packet.link_payload);
  const auto hardware = cursor.u16();
  const auto protocol = cursor.u16();
  const auto lengths = cursor.u16();
  const auto operation = cursor.u16();
  const auto sha = MacAddress::from(cursor.take(6));
  const auto spa = IpAddress::v4(cursor.take(4));
  cursor.skip(10);  // tha, tpa
  if (!cursor.ok()) return facts.truncated("arp.truncated");
  if (hardware != kEthernet || protocol != kIpv4 || lengths != 0x0604) return;
  if (operation != kRequest && operation != kReply) return;
  if (sha.none() || sha.multicast()) return facts.anomaly("arp.bad_sender");
  if (!spa.host() && !spa.unspecified()) return facts.anomaly("arp.bad_sender");
  announce(facts, sha, spa);
}

}  // namespace

const Protocol kArp{.name = "arp",
                    .fields = kFields,
                    .ether_type = 0x0806,
                    .on_frame = read};

}  // namespace camwarden
