#include "discovery/socket.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace camwarden {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  sockaddr* get() { return static_cast<sockaddr*>(static_cast<void*>(&storage)); }
  const sockaddr* get() const {
    return static_cast<const sockaddr*>(static_cast<const void*>(&storage));
  }
};

SocketAddress address_of(const Endpoint& end) {
  SocketAddress address;
  if (end.ip.is_v6()) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(end.port);
    v6.sin6_scope_id = end.scope;
    std::memcpy(&v6.sin6_addr, end.ip.octets.data(), sizeof v6.sin6_addr);
    std::memcpy(&address.storage, &v6, sizeof v6);
    address.size = sizeof v6;
  } else {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(end.port);
    std::memcpy(&v4.sin_addr, end.ip.octets.data(), sizeof v4.sin_addr);
    std::memcpy(&address.storage, &v4, sizeof v4);
    address.size = sizeof v4;
  }
  return address;
}

Endpoint endpoint_of(const SocketAddress& address) {
  Endpoint end;
  if (address.storage.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address.storage, sizeof v6);
    end.ip = IpAddress::v6({v6.sin6_addr.s6_addr, 16});
    end.port = ntohs(v6.sin6_port);
    end.scope = v6.sin6_scope_id;
  } else if (address.storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address.storage, sizeof v4);
    end.ip = IpAddress::v4(ntohl(v4.sin_addr.s_addr));
    end.port = ntohs(v4.sin_port);
  }
  return end;
}

template <typename T>
bool set(int fd, int level, int name, const T& value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

Descriptor open_socket(bool v6, int type) {
  return Descriptor(socket(v6 ? AF_INET6 : AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

bool join(int fd, const Endpoint& end) {
  const auto& group = end.ip;
  if (group.is_v6()) {
    ipv6_mreq request{};
    std::memcpy(&request.ipv6mr_multiaddr, group.octets.data(), 16);
    request.ipv6mr_interface = end.scope;
    return set(fd, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, request);
  }
  ip_mreqn request{};
  std::memcpy(&request.imr_multiaddr, group.octets.data(), 4);
  request.imr_ifindex = static_cast<int>(end.scope);
  return set(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, request);
}

bool set_interface(int fd, const DatagramOptions& options) {
  if (options.v6) {
    return set(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, static_cast<int>(options.interface)) &&
           set(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0);
  }
  ip_mreqn outgoing{};
  outgoing.imr_ifindex = static_cast<int>(options.interface);
  std::memcpy(&outgoing.imr_address, options.source.octets.data(), 4);
  // Answers of this host to itself are nobody's.
  return set(fd, IPPROTO_IP, IP_MULTICAST_IF, outgoing) &&
         set(fd, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
}

bool prepare(int fd, const DatagramOptions& options) {
  const int on = 1;
  // Only what is for a whole segment may be broadcast: somebody may claim a subnet's broadcast
  // address as his own.
  const int to_all = options.interface != 0 ? 1 : 0;
  bool good = set(fd, SOL_SOCKET, SO_BROADCAST, to_all) && set(fd, SOL_SOCKET, SO_REUSEADDR, on);
  if (options.port != 0) good = good && set(fd, SOL_SOCKET, SO_REUSEPORT, on);
  // A thousand answers to one question come within a moment. Beyond net.core.rmem_max, a
  // twentieth of that, only with CAP_NET_ADMIN (socket(7)).
  constexpr int kRoom = 4 << 20;
  if (!set(fd, SOL_SOCKET, SO_RCVBUFFORCE, kRoom)) (void)set(fd, SOL_SOCKET, SO_RCVBUF, kRoom);
  if (options.v6)
    return good && set(fd, IPPROTO_IPV6, IPV6_V6ONLY, on) &&
           set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, on);
  return good && set(fd, IPPROTO_IP, IP_PKTINFO, on) && set(fd, IPPROTO_IP, IP_MULTICAST_TTL, 1);
}

// Broadcasts to 255.255.255.255 leave by the interface of the address that is bound, and answers
// that are broadcast come only to a socket that is bound to none: so those that listen to all are
// bound to the interface instead, which old kernels allow to root alone.
bool bind_to(int fd, const DatagramOptions& options) {
  if (options.interface != 0) {
    char name[IF_NAMESIZE] = "";
    if (if_indextoname(options.interface, name) != nullptr) {
      (void)setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name,
                       static_cast<socklen_t>(std::strlen(name)));
    }
  }
  Endpoint end{options.v6 ? IpAddress::v6(Bytes(in6addr_any.s6_addr, 16)) : IpAddress::v4(0U),
               options.port, 0};
  const auto address = address_of(end);
  return bind(fd, address.get(), address.size) == 0;
}

void read_control(msghdr& message, Datagram& datagram) {
  for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
      in_pktinfo where{};
      std::memcpy(&where, CMSG_DATA(part), sizeof where);
      datagram.interface = static_cast<unsigned>(where.ipi_ifindex);
      datagram.to = IpAddress::v4(ntohl(where.ipi_addr.s_addr));
    }
    if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo where{};
      std::memcpy(&where, CMSG_DATA(part), sizeof where);
      datagram.interface = where.ipi6_ifindex;
      datagram.to = IpAddress::v6({where.ipi6_addr.s6_addr, 16});
    }
  }
}

}  // namespace

Dial dial(const Endpoint& to) {
  auto socket = open_socket(to.ip.is_v6(), SOCK_STREAM);
  if (!socket) return {{}, errno};
  (void)set(socket.fd(), IPPROTO_TCP, TCP_NODELAY, 1);
  // What acknowledges goes with what is said next, where that comes soon: a packet less for the
  // device.
  (void)set(socket.fd(), IPPROTO_TCP, TCP_QUICKACK, 0);
  (void)set(socket.fd(), IPPROTO_TCP, TCP_SYNCNT, 1);  // one question; asking again is our decision
  // What is under way when we have read enough is refused by the kernel, a packet for each of its
  // packets, which counts against the device's budget: so no more than a dozen are under way.
  constexpr int kWindow = 16 << 10;
  (void)set(socket.fd(), SOL_SOCKET, SO_RCVBUF, kWindow);
  const auto address = address_of(to);
  if (connect(socket.fd(), address.get(), address.size) == 0 || errno == EINPROGRESS) {
    return {std::move(socket), 0};
  }
  return {{}, errno};
}

int dial_outcome(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

Endpoint local_end(int fd) {
  SocketAddress address;
  if (getsockname(fd, address.get(), &address.size) != 0) return {};
  return endpoint_of(address);
}

Result<Descriptor> open_datagrams(const DatagramOptions& options) {
  auto socket = open_socket(options.v6, SOCK_DGRAM);
  const auto failed = [&](std::string_view what) {
    return Error{
        fmt::format("UDP port {}: cannot {}: {}", options.port, what, std::strerror(errno))};
  };
  if (!socket) return failed("open");
  if (!prepare(socket.fd(), options)) return failed("prepare");
  if (!bind_to(socket.fd(), options)) return failed("bind");
  if (options.interface != 0 && !set_interface(socket.fd(), options))
    return failed("choose the interface");
  for (const auto& group : options.groups) {
    if (!join(socket.fd(), group)) return failed("join " + group.ip.to_string());
  }
  return socket;
}

int send_datagram(int fd, const Endpoint& to, Bytes payload) {
  const auto address = address_of(to);
  const auto sent =
      sendto(fd, payload.data(), payload.size(), MSG_NOSIGNAL, address.get(), address.size);
  return sent < 0 ? errno : 0;
}

std::optional<Datagram> receive_datagram(int fd, std::span<std::uint8_t> buffer) {
  SocketAddress from;
  alignas(cmsghdr) char control[256];
  iovec part{buffer.data(), buffer.size()};
  msghdr message{};
  message.msg_name = from.get();
  message.msg_namelen = from.size;
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  const auto count = recvmsg(fd, &message, MSG_DONTWAIT);
  if (count < 0) return std::nullopt;
  Datagram datagram;
  datagram.from = endpoint_of(from);
  datagram.payload = Bytes(buffer.data(), static_cast<std::size_t>(count));
  read_control(message, datagram);
  return datagram;
}

std::uint32_t datagrams_lost(int fd) {
  std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
  socklen_t size = sizeof memory;
  if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, memory.data(), &size) != 0) return 0;
  return memory[SK_MEMINFO_DROPS];
}

Transfer receive_bytes(int fd, std::span<std::uint8_t> buffer) {
  const auto count = recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count < 0) return {0, errno};
  return {static_cast<std::size_t>(count), 0};
}

Transfer peek_byte(int fd) {
  std::uint8_t octet = 0;
  const auto count = recv(fd, &octet, 1, MSG_PEEK | MSG_DONTWAIT);
  if (count < 0) return {0, errno};
  return {static_cast<std::size_t>(count), 0};
}

Transfer send_bytes(int fd, Bytes bytes) {
  const auto count = send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count < 0) return {0, errno};
  return {static_cast<std::size_t>(count), 0};
}

}  // namespace camwarden
