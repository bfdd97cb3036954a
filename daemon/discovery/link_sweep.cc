#include "discovery/link_sweep.h"

#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <tins/tins.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace camwarden {
namespace {

constexpr int kAtOnce = 256;
constexpr int kEthernet = 1;  // DLT_EN10MB

Tins::HWAddress<6> tins(const MacAddress& mac) { return Tins::HWAddress<6>(mac.octets.data()); }
Tins::IPv6Address tins6(const IpAddress& ip) { return Tins::IPv6Address(ip.octets.data()); }

// The group of an address's last three octets (RFC 4291 section 2.7.1), and its MAC (RFC 2464).
IpAddress solicited_node(const IpAddress& target) {
  auto group = *IpAddress::parse("ff02::1:ff00:0");
  std::copy(target.octets.begin() + 13, target.octets.end(), group.octets.begin() + 13);
  return group;
}
MacAddress group_mac(const IpAddress& group) {
  MacAddress mac{{0x33, 0x33}};
  std::copy(group.octets.begin() + 12, group.octets.end(), mac.octets.begin() + 2);
  return mac;
}

// ARP answers and requests, ICMPv6, and the segments to this host that begin or refuse a TCP
// connection, for their TTL: all else stays in the kernel.
bool filter(int fd) {
  constexpr std::uint32_t kSynOrReset = 0x06, kFrameKind = SKF_AD_OFF + SKF_AD_PKTTYPE;
  std::array<sock_filter, 15> program{{
      BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 12),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_ARP, 11, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IPV6, 8, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 0, 10),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFrameKind),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_HOST, 0, 8),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 14 + 9),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 6),
      BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 14),
      BPF_STMT(BPF_LD | BPF_B | BPF_IND, 14 + 13),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, kSynOrReset, 2, 3),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 14 + 6),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_ICMPV6, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 2048),
      BPF_STMT(BPF_RET | BPF_K, 0),
  }};
  const sock_fprog code{static_cast<unsigned short>(program.size()), program.data()};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &code, sizeof code) == 0;
}

bool bind_to(int fd, unsigned index) {
  sockaddr_ll link{};
  link.sll_family = AF_PACKET;
  link.sll_protocol = htons(ETH_P_ALL);
  link.sll_ifindex = static_cast<int>(index);
  return bind(fd, static_cast<const sockaddr*>(static_cast<const void*>(&link)), sizeof link) == 0;
}

}  // namespace

std::vector<std::uint8_t> arp_request(const Attached& from, const IpAddress& target) {
  auto frame =
      Tins::ARP::make_arp_request(Tins::IPv4Address(target.to_string()),
                                  Tins::IPv4Address(from.address.to_string()), tins(from.mac));
  return frame.serialize();
}

// RFC 4861 section 4.3, with the source's link-layer address.
std::vector<std::uint8_t> neighbour_solicitation(const Attached& from, const IpAddress& target) {
  const auto group = solicited_node(target);
  Tins::ICMPv6 message(Tins::ICMPv6::NEIGHBOUR_SOLICIT);
  message.target_addr(tins6(target));
  message.source_link_layer_addr(tins(from.mac));
  Tins::IPv6 packet(tins6(group), tins6(from.address));
  packet.hop_limit(255);
  auto frame = Tins::EthernetII(tins(group_mac(group)), tins(from.mac)) / packet / message;
  return frame.serialize();
}

// RFC 4443 section 4.1; every node of the link is in the group, and most answer.
std::vector<std::uint8_t> echo_to_all(const Attached& from) {
  const auto all = *IpAddress::parse("ff02::1");
  Tins::ICMPv6 message(Tins::ICMPv6::ECHO_REQUEST);
  message.identifier(0xca);
  message.sequence(1);
  Tins::IPv6 packet(tins6(all), tins6(from.address));
  packet.hop_limit(1);
  auto frame = Tins::EthernetII(tins(group_mac(all)), tins(from.mac)) / packet / message;
  return frame.serialize();
}

Result<std::unique_ptr<LinkSweep>> LinkSweep::open(Reactor& reactor, const Attached& subnet,
                                                   std::uint16_t interface, FactSink& anomalies,
                                                   Heard heard) {
  std::unique_ptr<LinkSweep> sweep(
      new LinkSweep(reactor, subnet, interface, anomalies, std::move(heard)));
  sweep->socket_ = Descriptor(socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const auto failed = [&] {
    const bool denied = errno == EPERM || errno == EACCES;
    return Error{
        fmt::format("{}: no {} sweep, so that hosts which answer no connection are not found: {}",
                    subnet.interface, subnet.address.is_v6() ? "neighbour" : "ARP",
                    denied ? "it needs CAP_NET_RAW" : std::strerror(errno))};
  };
  const int fd = sweep->socket_.fd();
  if (fd < 0 || !filter(fd) || !bind_to(fd, subnet.index)) return failed();
  reactor.watch(fd, Reactor::kRead, [raw = sweep.get()](unsigned) { raw->on_readable(); });
  return sweep;
}

LinkSweep::LinkSweep(Reactor& reactor, const Attached& subnet, std::uint16_t interface,
                     FactSink& anomalies, Heard heard)
    : reactor_(reactor),
      subnet_(subnet),
      interface_(interface),
      anomalies_(anomalies),
      heard_(std::move(heard)),
      decoder_(Decoder::Options{.fragment_bytes = 64 << 10, .fragment_datagrams = 16}) {}

LinkSweep::~LinkSweep() {
  if (socket_) reactor_.forget(socket_.fd());
}

bool LinkSweep::ask(const IpAddress& ip) {
  return send(ip.is_v6() ? neighbour_solicitation(subnet_, ip) : arp_request(subnet_, ip));
}

bool LinkSweep::ask_everybody() { return send(echo_to_all(subnet_)); }

bool LinkSweep::send(const std::vector<std::uint8_t>& frame) {
  const auto sent = ::send(socket_.fd(), frame.data(), frame.size(), MSG_DONTWAIT);
  return sent == static_cast<ssize_t>(frame.size());
}

void LinkSweep::on_readable() {
  std::array<std::uint8_t, 2048> buffer;
  for (int i = 0; i < kAtOnce; ++i) {
    const auto count = recv(socket_.fd(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) return;
    Frame frame;
    frame.bytes = Bytes(buffer.data(), static_cast<std::size_t>(count));
    frame.wire_len = static_cast<std::uint32_t>(count);
    frame.time = reactor_.now();
    frame.number = ++number_;
    frame.interface = interface_;
    frame.link_type = kEthernet;
    Packet packet;
    // What this host itself sends is on the socket too.
    if (decoder_.decode(frame, packet, anomalies_) && packet.src_mac != subnet_.mac) heard_(packet);
  }
}

}  // namespace camwarden
