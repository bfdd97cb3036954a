#pragma once
// Sockets, without waiting: what the kernel is asked for, in our own types. Errors are errno values
// or none.
//
// Thread: any.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/result.h"
#include "discovery/descriptor.h"

namespace camwarden {

struct Endpoint {
  IpAddress ip;
  std::uint16_t port = 0;
  unsigned scope = 0;  // interface index, of IPv6 link-local addresses and groups
  auto operator<=>(const Endpoint&) const = default;
};

// A connection that is being made. `error` is errno where it failed at once.
struct Dial {
  Descriptor socket;
  int error = 0;
};
Dial dial(const Endpoint& to);
int dial_outcome(int fd);  // 0: connected; else errno
// The local end; none when there is none.
Endpoint local_end(int fd);

struct DatagramOptions {
  bool v6 = false;
  std::uint16_t port = 0;        // 0: any; others are shared with whoever listens there too
  unsigned interface = 0;        // index; 0: as the routes say, and no broadcasts
  IpAddress source;              // of what is sent; none: as the routes say
  std::vector<Endpoint> groups;  // to hear, each on the interface of its scope
};
Result<Descriptor> open_datagrams(const DatagramOptions& options);
int send_datagram(int fd, const Endpoint& to, Bytes payload);  // 0 or errno

struct Datagram {
  Endpoint from;
  IpAddress to;
  unsigned interface = 0;
  Bytes payload;  // within the buffer
};
std::optional<Datagram> receive_datagram(int fd, std::span<std::uint8_t> buffer);
// That came since the socket was opened and were thrown away: for want of room, or, few, since
// their checksum was wrong.
std::uint32_t datagrams_lost(int fd);

// Bytes of a stream. `error` EAGAIN: not now.
struct Transfer {
  std::size_t count = 0;
  int error = 0;
};
Transfer receive_bytes(int fd, std::span<std::uint8_t> buffer);
Transfer send_bytes(int fd, Bytes bytes);
Transfer peek_byte(int fd);  // takes none; count and error 0: the peer said its last

}  // namespace camwarden
